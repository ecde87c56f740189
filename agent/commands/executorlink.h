// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/commands/streamid.h"
#include "shared/core/clock.h"
#include "shared/protocol/commandrequest.h"
#include "shared/protocol/executorframe.h"
#include "shared/protocol/updatemessage.h"

#include <QHash>
#include <QLocalSocket>
#include <QTimer>

namespace Treewarden {

/// The conversation with the executor on its Unix socket (shared/protocol/executorframe.h).
/// Connects by itself, again and again; says the configuration first, then the maintenance. The
/// executor has the privilege, but is not trusted to behave: what it says is bounded and taken at a
/// pace of the agent's.
class ExecutorLink : public QObject
{
    Q_OBJECT
public:
    explicit ExecutorLink(QString socketPath, QObject *parent = nullptr);
    ~ExecutorLink() override;

    /// Connects from now on; with an empty path never.
    void open();
    /// Somebody waits for it: tries again soon.
    void hurry();

    /// It said welcome, and takes what it is told.
    bool isReady() const;

    /// Why it is not ready, a sentence with its cure.
    QString trouble() const;

    void setConfiguration(const QString &ip, const QHash<QByteArray, QByteArray> &fields);
    /// This server was removed from the fleet; told at once, for the agent is about to leave.
    void tellRemoved(const QString &ip);
    /// Of this server: "", "role" or "role:instance" and until when (Unix ms).
    void setMaintenance(const QString &ip, const QMap<QString, qint64> &scopes);
    /// False when it could not be told now.
    bool handOver(const CommandEntry &command, const StreamId &id);
    /// The outcome `n` and all before it are safe.
    void take(qint64 n);

Q_SIGNALS:
    /// Commands may be handed over (again).
    void ready();
    void lost();
    /// A state. A final one has a number above 0 until it was taken; with 0 it was told before, and
    /// only answers the entry that asked again.
    void stateTold(const Treewarden::CommandMessage &message, qint64 n, const QString &entry);
    /// Worth an event; all that is said about this entry, if one is named.
    void noticed(const QJsonObject &details, const QString &entry);
    void configurationAnswered(qint64 version, bool isAccepted, const QString &detail);

private:
    void connectNow();
    void retry(const QString &why);
    void read();
    void takeFrame(const QJsonObject &frame);
    void takeState(const QJsonObject &frame);
    void begin();
    bool send(const QJsonObject &frame);
    void sendDue();
    QJsonObject configurationFrame() const;
    QJsonObject maintenanceFrame() const;

    const QString m_path;
    QLocalSocket m_socket;
    ExecutorFrameReader m_frames;
    QTimer m_retry, m_welcome, m_readAgain;
    std::chrono::milliseconds m_pause{0};
    bool m_isWelcome = false;
    QString m_trouble, m_told;
    QString m_ip;
    QHash<QByteArray, QByteArray> m_fields;
    QMap<QString, qint64> m_maintenance;
    bool m_isFull = false; ///< a command found no room
    bool m_isConfigurationDue = false, m_isMaintenanceDue = false;
    qint64 m_takenDue = 0;
};

} // namespace Treewarden
