// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/systemdclient.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QSet>

namespace Treewarden {

/// A connection to the message bus, made again when it broke. It is opened as Qt D-Bus opens one
/// to a peer, and says Hello itself: connecting to a bus would wait for up to 25 s for a daemon
/// that hangs.
class SystemdBus : public QObject, public SystemdClient
{
    Q_OBJECT
public:
    explicit SystemdBus(const QString &address);
    ~SystemdBus() override;

    void listUnits(const QStringList &names, std::chrono::milliseconds timeout,
                   Units done) override;
    void readProperties(const QString &path, const QStringList &names,
                        std::chrono::milliseconds timeout, Properties done) override;
    void watch(const QString &path) override;

private Q_SLOTS:
    void takeChange(const QDBusMessage &signal);
    void takeJob(const QDBusMessage &signal);
    void close();

private:
    using Reply = std::function<void(const QDBusMessage &)>;

    bool open();
    void call(const QDBusMessage &message, std::chrono::milliseconds timeout, Reply reply);
    void addMatch(const QString &path);

    const QString m_address, m_name;
    QDBusConnection m_connection;
    QSet<QString> m_watched;
    bool m_isOpen = false;
};

} // namespace Treewarden
