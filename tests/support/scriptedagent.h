// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/commandrequest.h"
#include "shared/protocol/updatemessage.h"
#include "shared/redis/redissubscriber.h"

#include <functional>

namespace Treewarden {

class RedisServer;

/// Stands for agent and executor of one server: takes the commands of its stream and tells what the
/// test says became of them.
class ScriptedAgent : public QObject
{
    Q_OBJECT
public:
    /// Enrols `ip` as an alive server "host-IP" of the machine "machine-IP" whose nginx:default
    /// and redis:6379 are alive and can be started, stopped, restarted and reloaded.
    ScriptedAgent(const RedisServer &redis, const QString &ip);

    /// What it tells of each command, in this order; nothing at all without it.
    std::function<QList<CommandMessage>(const CommandRequest &)> answer;

    const QList<CommandEntry> &entries() const { return m_entries; }

    /// The commands that came, "nginx:default restart".
    const QStringList &asked() const { return m_asked; }

    /// Tells a state: outcomes into the stream `commands` and out, others only out.
    void tell(const CommandMessage &message) const;
    /// Into the stream alone, as if the message had been lost.
    void tellQuietly(const CommandMessage &message) const;
    /// The state of a service, into the keys and out.
    void setService(const ServiceId &service, bool isAlive);

    bool isReady() const { return m_subscriber.isReady(); }

    static CommandMessage message(const CommandRequest &request, CommandState state,
                                  const QString &detail = {});

private:
    void takeNew();

    const RedisServer &m_redis;
    QString m_ip, m_lastId;
    RedisSubscriber m_subscriber;
    QList<CommandEntry> m_entries;
    QStringList m_asked;
    qint64 m_told = 0;
};

} // namespace Treewarden
