// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulatedagents.h"

#include "shared/protocol/channels.h"
#include "shared/protocol/event.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/serverinfo.h"
#include "shared/protocol/updatemessage.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

qint64 clockNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

void ignoreReply(const RedisReply &)
{
}

} // namespace

SimulatedAgent::SimulatedAgent(const RedisUrl &url, const QString &ip, Beat beat, QObject *parent)
    : QObject(parent)
    , m_connection(url)
    , m_ip(ip)
    , m_beat(beat)
{
    m_timer.setInterval(beat.heartbeat);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SimulatedAgent::beat);
    connect(&m_connection, &RedisConnection::connected, this, [this] {
        if (m_isAnnounced)
            this->beat();
    });
    for (const char *name : {"ssh:default", "nginx:80"})
        m_services.insert(*ServiceId::parse(QString::fromLatin1(name)),
                          {true, clockNow(), {}, {}, {}, clockNow(), {}});
}

void SimulatedAgent::start()
{
    m_session = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_n = 0;
    m_connection.open();
    writeEverything();
    announce(true);
    m_timer.start();
}

void SimulatedAgent::kill()
{
    m_timer.stop();
    m_isAnnounced = false;
    m_connection.close();
}

void SimulatedAgent::stop()
{
    m_timer.stop();
    const AliveMessage message{m_ip, false, clockNow(), Told{m_session, ++m_n}};
    QList<Words> commands{
        {"HSET", Keys::serversAlive, m_ip.toUtf8(), "0"},
        {"HSET", Keys::serversSince, m_ip.toUtf8(), QByteArray::number(message.timestamp)},
        {"SET", Keys::serverAlive(m_ip), "0"},
        {"PUBLISH", Channels::serverAlive(m_ip), "0"}};
    commands << transition("alive", toJson(UpdateMessage(message)));
    m_connection.transaction(commands, this, [this](const RedisReply &) { kill(); });
}

void SimulatedAgent::writeEverything()
{
    ServerInfo info;
    info.hostname = u"sim-"_s + m_ip.section(u'.', 2);
    info.machineId = u"m"_s + m_ip;
    info.session = m_session;
    info.started = info.updated = clockNow();
    info.lease = m_beat.lease.count();
    QList<Words> commands{{"HSETNX", Keys::serversAlive, m_ip.toUtf8(), "0"},
                          {"HSET", Keys::serverConfig(m_ip), "services", "{}"},
                          Words{"HSET", Keys::serverInfo(m_ip)} + toHashFields(info),
                          {"DEL", Keys::services(m_ip)}};
    for (auto it = m_services.cbegin(); it != m_services.cend(); ++it)
        commands << Words{"HSET", Keys::services(m_ip), it.key().text().toUtf8(), toJson(*it)};
    m_connection.transaction(commands, this, ignoreReply);
}

QList<RedisConnection::Words> SimulatedAgent::transition(const QByteArray &type,
                                                         const QByteArray &json)
{
    return {Words{"XADD", Keys::events} + eventWords(type, m_ip, json),
            {"HSET", Keys::serverInfo(m_ip), "told",
             m_session.toUtf8() + ':' + QByteArray::number(m_n)},
            {"PUBLISH", Channels::updateInfo, json},
            {"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(EventMessage{m_ip}))}};
}

void SimulatedAgent::announce(bool isFirst)
{
    const AliveMessage message{m_ip, true, clockNow(), Told{m_session, ++m_n}};
    QList<Words> commands{
        {"SET", Keys::serverAlive(m_ip), "1", "PX", QByteArray::number(m_beat.lease.count())},
        {"HSET", Keys::serversAlive, m_ip.toUtf8(), "1"},
        {"HSET", Keys::serversSince, m_ip.toUtf8(), QByteArray::number(message.timestamp)},
        {"PUBLISH", Channels::serverAlive(m_ip), "1"}};
    commands << transition("alive", toJson(UpdateMessage(message)));
    m_connection.transaction(commands, this, [this, isFirst](const RedisReply &reply) {
        m_isAnnounced = m_isAnnounced || reply.isOk();
        if (!isFirst)
            ++m_resurrections;
    });
}

void SimulatedAgent::beat()
{
    ServicesMessage services{m_ip, {}, clockNow()};
    for (auto it = m_services.cbegin(); it != m_services.cend(); ++it)
        services.states.insert(it.key().text(), it->alive);
    Workload workload;
    workload.cpu.busy = 10 + m_beats % 50;
    const WorkloadSample sample{clockNow(), workload};
    const QList<Words> commands{
        {"SET", Keys::serverAlive(m_ip), "1", "PX", QByteArray::number(m_beat.lease.count())},
        {"HGET", Keys::serversAlive, m_ip.toUtf8()},
        {"HGET", Keys::serverInfo(m_ip), "session"},
        {"PUBLISH", Channels::updateInfo,
         toJson(UpdateMessage(AliveMessage{m_ip, true, clockNow(), {}}))},
        {"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(services))},
        {"RPUSH", Keys::serverWorkload(m_ip), toJson(sample)},
        {"PUBLISH", Channels::updateInfo,
         toJson(UpdateMessage(WorkloadMessage{m_ip, workload, sample.timestamp}))},
    };
    m_connection.transaction(
        commands, this, [this](const RedisReply &reply) { takeBeat(reply); },
        RedisConnection::Queueing::Never);
}

void SimulatedAgent::takeBeat(const RedisReply &reply)
{
    if (!reply.isOk() || reply.value.elements.size() < 3 || !m_timer.isActive())
        return;
    ++m_beats;
    if (reply.value.elements[2].isNil())
        writeEverything();
    if (reply.value.elements[1].toBytes() != "1")
        announce(false);
}

void SimulatedAgent::setService(const ServiceId &service, std::optional<bool> alive,
                                const QString &reason)
{
    ServiceState &state = m_services[service];
    state = {alive, clockNow(), reason,   reason.isEmpty() ? QString() : u"process.count"_s,
             {},    clockNow(), m_session};
    const ServiceMessage message{
        m_ip,         service,    alive,      state.timestamp,       state.since,
        state.reason, state.code, state.args, Told{m_session, ++m_n}};
    QList<Words> commands{{"HSET", Keys::services(m_ip), service.text().toUtf8(), toJson(state)}};
    commands << transition("service", toJson(UpdateMessage(message)));
    m_connection.transaction(commands, this, ignoreReply);
}

void SimulatedAgent::removeService(const ServiceId &service)
{
    m_services.remove(service);
    const ServiceRemovedMessage message{m_ip, service, clockNow(), Told{m_session, ++m_n}};
    QList<Words> commands{{"HDEL", Keys::services(m_ip), service.text().toUtf8()}};
    commands << transition("service-removed", toJson(UpdateMessage(message)));
    m_connection.transaction(commands, this, ignoreReply);
}

SimulatedFleet::SimulatedFleet(const RedisUrl &url, int count, SimulatedAgent::Beat beat)
{
    for (int i = 0; i < count; ++i) {
        const QString ip = u"10.1.%1.%2"_s.arg(i / 250).arg(i % 250 + 1);
        m_agents.push_back(std::make_unique<SimulatedAgent>(url, ip, beat));
    }
}

void SimulatedFleet::start()
{
    for (const auto &agent : m_agents)
        agent->start();
}

void SimulatedFleet::killAll()
{
    for (const auto &agent : m_agents)
        agent->kill();
}

bool SimulatedFleet::isAnnounced() const
{
    return std::all_of(m_agents.begin(), m_agents.end(),
                       [](const auto &agent) { return agent->isAnnounced(); });
}

int SimulatedFleet::resurrections() const
{
    int count = 0;
    for (const auto &agent : m_agents)
        count += agent->resurrections();
    return count;
}

} // namespace Treewarden
