// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/consoleday/dayfleet.h"

#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/updatemessage.h"
#include "tests/support/demohistory.h"
#include "tests/support/redisserver.h"

#include <QDateTime>
#include <QRandomGenerator>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int withHistory = 3; ///< servers that have some

/// One script, for a hundred thousand calls would take minutes. KEYS: events, commands; ARGV: how
/// many of each, the present in ms, and "now" for what happens now.
constexpr char filling[] = R"(
local day = 86400000
local function place(ms, number)
    return ARGV[4] == 'now' and '*' or ms .. '-' .. number
end
for i = 1, ARGV[1] do
    local ms = string.format('%.0f', ARGV[3] - day + math.floor(i * day / (ARGV[1] + 1)))
    local ip = '10.1.0.' .. (i % 60 + 1)
    local fault = i % 2 == 0 and ',"reason":"2 processes found, 4 expected","code":"process.count",'
        .. '"args":{"found":2,"least":4}' or ''
    redis.call('XADD', KEYS[1], place(ms, i % 7), 'type', 'service', 'ip', ip, 'json',
        '{"type":"service","ip":"' .. ip .. '","role":"nginx","instance":"' .. (80 + i % 4) ..
        '","alive":' .. (i % 2) .. fault .. ',"timestamp":' .. ms .. ',"since":' .. ms ..
        ',"session":"e6fd32d8-9d6f-4b8b-8a8a-1f8fbc1a2b11","n":' .. i .. '}')
end
for i = 1, ARGV[2] do
    local ms = string.format('%.0f', ARGV[3] - day + math.floor(i * day / (ARGV[2] + 1)))
    local ip = '10.1.0.' .. (i % 60 + 1)
    redis.call('XADD', KEYS[2], place(ms, 0), 'ip', ip, 'id', 'old' .. i, 'state', 'done', 'json',
        '{"type":"command","id":"old' .. i .. '","ip":"' .. ip .. '","role":"nginx","instance":"80",'
        .. '"action":"restart","by":"somebody","reason":"it hangs","state":"done","exit":0,'
        .. '"took":840,"timestamp":' .. ms .. '}')
end
return 'filled')";

} // namespace

void fillStreams(const RedisServer &redis, Happened when, int events, int commands)
{
    const QByteArray now = QByteArray::number(QDateTime::currentMSecsSinceEpoch());
    if (redis.text({"EVAL", filling, "2", Keys::events, Keys::commands, QByteArray::number(events),
                    QByteArray::number(commands), now, when == Happened::Now ? "now" : "yesterday"})
        != "filled")
        qFatal("the streams could not be filled");
    redis.call({"PUBLISH", Channels::updateInfo, R"({"type":"event","ip":"10.1.0.1"})"});
}

DayFleet::DayFleet(RedisServer &redis, int count)
    : m_redis(redis)
    , m_fleet(redis.url(), count, {1000ms, 3000ms})
    , m_connection(redis.url())
    , m_sweeper(m_connection)
{
    for (int i = 0; i < withHistory; ++i)
        shortHistory(QDateTime::currentMSecsSinceEpoch()).fill(redis, m_fleet.agent(i).ip());
    m_connection.open();
    m_sweeper.start();
    m_fleet.start();
    connect(&m_timer, &QTimer::timeout, this, &DayFleet::change);
    writeTree();
    m_timer.start(100ms);
}

int DayFleet::random(int below)
{
    return int(QRandomGenerator::global()->bounded(below));
}

void DayFleet::change()
{
    ++m_changes;
    SimulatedAgent &agent = m_fleet.agent(random(m_fleet.count()));
    const ServiceId service{random(2) ? u"nginx"_s : u"redis"_s, QString::number(80 + random(4))};
    switch (random(20)) {
    case 0:
        agent.kill();
        QTimer::singleShot(6s, this, [&agent] { agent.start(); });
        break;
    case 1:
    case 2:
        command(agent.ip(), service);
        break;
    case 3:
        configure(agent.ip());
        break;
    case 4:
        agent.removeService(service);
        break;
    case 5:
        maintain(agent.ip());
        break;
    default:
        agent.setService(service, random(3) ? std::optional(random(2) > 0) : std::nullopt,
                         u"%1 processes found, 4 expected"_s.arg(random(4)));
    }
    if (m_changes % 600 == 0)
        writeTree();
}

void DayFleet::command(const QString &ip, const ServiceId &service)
{
    CommandMessage message;
    message.ip = ip;
    message.id = u"c%1"_s.arg(m_changes);
    message.service = service;
    message.action = u"restart"_s;
    message.by = u"somebody"_s;
    message.timestamp = QDateTime::currentMSecsSinceEpoch();
    for (const CommandState state : {CommandState::Running, CommandState::Done}) {
        message.state = state;
        const QByteArray json = toJson(UpdateMessage(message));
        m_redis.call({"PUBLISH", "update:info", json});
        if (state == CommandState::Done)
            m_redis.call({"XADD", Keys::commands, "MAXLEN", "~", "10000", "*", "ip", ip.toUtf8(),
                          "id", message.id.toUtf8(), "state", "done", "json", json});
    }
}

void DayFleet::configure(const QString &ip)
{
    m_redis.call({"XADD", Keys::events, "MAXLEN", "~", "100000", "*", "type", "config", "ip",
                  ip.toUtf8(), "json",
                  R"({"type":"config","by":"somebody","state":"saved","version":)"
                      + QByteArray::number(m_changes) + '}'});
    m_redis.call({"PUBLISH", "update:info", R"({"type":"event","ip":")" + ip.toUtf8() + "\"}"});
    m_redis.call({"PUBLISH", "update:info",
                  R"({"type":"config","ip":")" + ip.toUtf8() + R"(","version":3})"});
}

void DayFleet::maintain(const QString &ip)
{
    const QByteArray until = QByteArray::number(QDateTime::currentMSecsSinceEpoch() + 20'000);
    m_redis.call({"HSET", "maintenance", ip.toUtf8(),
                  R"({"by":"somebody","reason":"disk","until":)" + until + '}'});
}

void DayFleet::writeTree()
{
    QByteArray instances;
    for (int i = 0; i < m_fleet.count(); ++i)
        instances += (i ? "," : "") + QByteArray(R"({"ip":")") + m_fleet.agent(i).ip().toUtf8()
            + R"(","instance":"80"})";
    m_redis.call({"SADD", "paas:list", "day"});
    m_redis.call({"SET", "paas:day",
                  R"({"id":"day","title":"Day","version":)" + QByteArray::number(m_changes + 1)
                      + R"(,"roles":[{"role":"nginx","needs":["redis"],"instances":[)" + instances
                      + R"(]},{"role":"redis","instances":[]}]})"});
    m_redis.call({"PUBLISH", "update:info", R"({"type":"config","paas":"day","version":1})"});
}

} // namespace Treewarden
