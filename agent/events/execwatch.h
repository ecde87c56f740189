// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/tokenbucket.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace Treewarden {

/// Tells that programs were started, the moment the kernel does: its process connector
/// (NETLINK_CONNECTOR), filtered down to exec events inside the kernel, so that forks wake nobody.
/// Needs CAP_NET_ADMIN outside of containers. A burst is told once. After twenty in a row it tells
/// one in ten seconds, until somebody expects a start again; on a host that starts very many
/// programs it turns itself off for a while.
class ExecWatch : public QObject
{
    Q_OBJECT
public:
    explicit ExecWatch(QObject *parent = nullptr);
    ~ExecWatch() override;

    /// Listens from now on, or does not any more. Nothing is open and nothing costs while it does
    /// not.
    void setListening(bool isListening);

    /// Something was lost just now: what is started next is worth hearing of at once.
    void expect();

    bool isListening() const { return m_socket >= 0; }

    /// Why the kernel does not tell starts here; empty when it does.
    static QString refusal();

Q_SIGNALS:
    void started();

private:
    bool open();
    void close();
    void receive();
    void giveUp(int starts);

    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_burst, m_rest;
    TokenBucket m_atOnce; ///< how often it may tell without a rest
    int m_counted = 0; ///< starts since m_countedAt
    qint64 m_countedAt = 0, m_offUntil = 0; ///< steady ms
};

} // namespace Treewarden
