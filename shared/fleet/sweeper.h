// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"

#include <QObject>
#include <QTimer>

namespace Treewarden {

/// Declares servers dead whose lease ran out: one atomic script on Redis' own clock, once a second,
/// safe to run from any number of readers (docs/protocol.md, "Sweeper").
class Sweeper : public QObject
{
    Q_OBJECT
public:
    explicit Sweeper(RedisConnection &connection, QObject *parent = nullptr);

    void start();
    void stop();

Q_SIGNALS:
    /// The servers that the last sweep of this process declared dead.
    void swept(const QStringList &ips, bool isMass);
    /// A sweep could not be done, a sentence; told once until one succeeds again.
    void failed(const QString &reason);

private:
    void sweep();
    void sendScript();
    void take(const RedisReply &reply);

    RedisConnection &m_connection;
    QTimer m_timer;
    bool m_isRunning = false;
    bool m_hasFailed = false;
};

} // namespace Treewarden
