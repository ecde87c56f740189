// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/executor.h"
#include "agent/executor/peerconnection.h"

#include <QSet>
#include <QSocketNotifier>

#include <sys/types.h>

namespace Treewarden {

/// The executor's socket: lets in whom it may, hands on what they say, and tells all of them what
/// the executor tells.
class ExecutorServer : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostPeers = 8;

    /// Owns `descriptor`, a listening socket. `users` may connect.
    ExecutorServer(Executor &executor, int descriptor, QSet<uid_t> users,
                   QObject *parent = nullptr);
    ~ExecutorServer() override;

    /// Lets nobody in any more.
    void close();

private:
    void accept();
    void welcome(int descriptor);
    void tell(const QJsonObject &frame);

    Executor &m_executor;
    const int m_descriptor;
    const QSet<uid_t> m_users;
    QSocketNotifier m_waiting;
    QList<PeerConnection *> m_peers;
    QSet<PeerConnection *> m_greeted; ///< those that were told what nobody took yet
    TokenBucket m_complaints{10, 6000};
};

} // namespace Treewarden
