// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedagent.h"

#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

ScriptedAgent::ScriptedAgent(const RedisServer &redis, const QString &ip)
    : m_redis(redis)
    , m_ip(ip)
    , m_lastId(u"0-0"_s)
    , m_subscriber(redis.url())
{
    const QByteArray key = ip.toUtf8(), machine = "machine-" + key;
    const QByteArray actions
        = R"({"start":"a","stop":"b","restart":{"argv":["/bin/c"],"timeout":20},"reload":"d"})";
    m_redis.call(
        {"HSET", Keys::serverConfig(ip), "version", "1", "machine_id", machine, "services",
         R"({"nginx":{"default":{"alive":{"probe":"auto"}}},"redis":{"6379":{"alive":{"probe":"auto"}}}})",
         "controlled",
         R"({"nginx":{"default":)" + actions + R"(},"redis":{"default":)" + actions
             + R"(},"system":{"default":{"restart":"reboot","shutdown":"poweroff"}}})"});
    m_redis.call({"HSET", Keys::serverInfo(ip), "machine_id", machine, "hostname", "host-" + key,
                  "session", "s"});
    m_redis.call({"HSET", Keys::serversAlive, key, "1"});
    m_redis.call({"SET", Keys::serverAlive(ip), "1", "PX", "3600000"});
    setService({u"nginx"_s, u"default"_s}, true);
    setService({u"redis"_s, u"6379"_s}, true);
    m_subscriber.subscribe(Channels::manage(ip));
    connect(&m_subscriber, &RedisSubscriber::ready, this, &ScriptedAgent::takeNew);
    connect(&m_subscriber, &RedisSubscriber::message, this, &ScriptedAgent::takeNew);
    m_subscriber.open();
}

void ScriptedAgent::takeNew()
{
    const RedisValue entries
        = m_redis.call({"XRANGE", Keys::commandStream(m_ip), '(' + m_lastId.toLatin1(), "+"});
    for (const RedisValue &stored : entries.elements) {
        m_lastId = QString::fromLatin1(stored.elements.value(0).toBytes());
        const auto entry = CommandEntry::fromWords(stored.elements.value(1).toList());
        const auto request = entry ? parseCommandRequest(entry->payload) : Error{};
        if (!request)
            qFatal("the sender sent no command: %s", qPrintable(request.error().text));
        m_entries << *entry;
        m_asked << request->service.text() + u' ' + request->action;
        for (const CommandMessage &told : answer ? answer(*request) : QList<CommandMessage>())
            tell(told);
    }
}

CommandMessage ScriptedAgent::message(const CommandRequest &request, CommandState state,
                                      const QString &detail)
{
    CommandMessage message{request.ip, request.id};
    message.service = request.service;
    message.action = request.action;
    message.state = state;
    message.detail = detail;
    message.timestamp = request.issued;
    message.by = request.by;
    message.reason = request.reason;
    message.took = 1200;
    return message;
}

void ScriptedAgent::tellQuietly(const CommandMessage &message) const
{
    m_redis.call({"XADD", Keys::commands, "*", "ip", message.ip.toUtf8(), "id", message.id.toUtf8(),
                  "state", commandStateWord(message.state).toUtf8(), "json",
                  toJson(UpdateMessage(message))});
}

void ScriptedAgent::tell(const CommandMessage &message) const
{
    if (message.state != CommandState::Accepted && message.state != CommandState::Running)
        tellQuietly(message);
    m_redis.call({"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))});
}

void ScriptedAgent::setService(const ServiceId &service, bool isAlive)
{
    ServiceMessage message{m_ip, service, isAlive, ++m_told, m_told, {}, {}, {}, {}, 0};
    message.told = Told{u"s"_s, m_told};
    m_redis.call({"HSET", Keys::services(m_ip), service.text().toUtf8(),
                  "{\"alive\":" + QByteArray(isAlive ? "1" : "0") + ",\"since\":1}"});
    m_redis.call({"HSET", Keys::serverInfo(m_ip), "told", "s:" + QByteArray::number(m_told)});
    m_redis.call({"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))});
}

} // namespace Treewarden
