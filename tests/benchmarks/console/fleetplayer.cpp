// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/console/fleetplayer.h"

#include "shared/core/json.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/redis/respencoder.h"
#include "tests/support/demofleet.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

// Of 100 messages. A server tells its workload each second, and with each heartbeat of 5 s that it
// lives and how all its services are; some services have a workload of their own; one message in
// 500 is a service that dies or comes back.
constexpr int aliveShare = 13, servicesShare = 13, serviceWorkloadShare = 5;
constexpr int transitionEvery = 500;
constexpr qint64 batchBytes = 1 << 20;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// What a real server tells beside what the demo's servers do.
Workload complete(Workload workload)
{
    workload.cpu.cores = 8;
    workload.cpu.steal = 0.0;
    workload.memory.cached = 4LL << 30;
    workload.memory.swapTotal = 2LL << 30;
    workload.memory.swapUsed = 12 << 20;
    workload.pressure = {0.3, 0.0, 1.2};
    workload.disk = {12'288.0, 480'111.5, 3.1};
    workload.network = {1'204'331.0, 880'412.5, 0.0};
    workload.processes = {312, 2, 0};
    workload.ping = {{u"10.0.0.1"_s, 0.31}, {u"10.0.0.9"_s, std::nullopt}};
    workload.uptime = 864'000;
    workload.agent.cpu = 0.4;
    workload.agent.rss = 18 << 20;
    workload.agent.round = 3.7;
    workload.agent.skipped = 0;
    return workload;
}

} // namespace

FleetPlayer::FleetPlayer(const QByteArray &socketPath, int servers, int perSecond)
    : m_socket(socket(AF_UNIX, SOCK_STREAM, 0))
    , m_perSecond(perSecond)
    , m_state(hugeFleet(servers, now()))
    , m_ips(m_state.servers.keys())
{
    // With few messages a heartbeat comes seldom, and nobody shall die of that.
    m_lease = qMax<qint64>(15'000, 4'000LL * servers * 100 / aliveShare / qMax(1, perSecond));
    sockaddr_un address{AF_UNIX, {}};
    std::strncpy(address.sun_path, socketPath.constData(), sizeof address.sun_path - 1);
    if (connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        qFatal("the player cannot connect to %s", socketPath.constData());
}

FleetPlayer::~FleetPlayer()
{
    close(m_socket);
}

void FleetPlayer::appendTo(QByteArray &out, const QByteArrayList &words)
{
    appendCommand(out, words);
}

/// Redis answers each command with at least one byte; what it says is of no interest.
void FleetPlayer::drain()
{
    char answers[1 << 16];
    while (recv(m_socket, answers, sizeof answers, MSG_DONTWAIT) > 0) { }
}

/// Waits until everything that was sent is done.
void FleetPlayer::finish()
{
    add({"ECHO", "everything is done"});
    send();
    QByteArray end;
    char answers[1 << 16];
    while (!end.endsWith("everything is done\r\n")) {
        const auto size = recv(m_socket, answers, sizeof answers, 0);
        if (size <= 0)
            qFatal("Redis left before it had the whole fleet");
        end = (end + QByteArray(answers, size)).right(64);
    }
}

void FleetPlayer::send()
{
    qsizetype sent = 0;
    while (sent < m_out.size()) {
        pollfd state{m_socket, POLLIN | POLLOUT, 0};
        poll(&state, 1, -1);
        if (state.revents & POLLIN)
            drain();
        const auto count = ::send(m_socket, m_out.constData() + sent,
                                  size_t(qMin<qsizetype>(m_out.size() - sent, 1 << 16)),
                                  MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count > 0)
            sent += count;
        else if (errno != EAGAIN)
            std::exit(0); // Redis is gone: so is the benchmark
    }
    m_out.clear();
}

void FleetPlayer::fill()
{
    for (const QString &ip : std::as_const(m_ips)) {
        FleetServer &server = m_state.servers[ip];
        server.workload = {server.workload.timestamp, complete(server.workload.info.read())};
        server.info.session = u"session-"_s + ip;
        server.info.lease = m_lease;
        fillServer(server);
        if (m_out.size() > batchBytes) {
            send();
            drain();
        }
    }
    for (const PaasTree &tree : std::as_const(m_state.trees)) {
        add({"SADD", Keys::paasList, tree.id.toUtf8()});
        add({"SET", Keys::paas(tree.id), toJson(tree)});
    }
    add({"HSET", Keys::sweeper, "last", QByteArray::number(now())});
    finish();
}

void FleetPlayer::fillServer(const FleetServer &server)
{
    const bool isAlive = server.alive.value_or(false);
    const QByteArray ip = server.ip.toUtf8();
    add({"HSET", Keys::serversAlive, ip, isAlive ? "1" : "0"});
    add({"HSET", Keys::serversSince, ip, QByteArray::number(server.since)});
    add(QByteArrayList{"HSET", Keys::serverInfo(server.ip)} + toHashFields(server.info));
    if (isAlive)
        add({"SET", Keys::serverAlive(server.ip), "1", "PX", QByteArray::number(m_lease)});
    QByteArrayList services{"HSET", Keys::services(server.ip)};
    for (const FleetService &service : server.services)
        services << service.id.text().toUtf8() << toJson(service.state);
    add(services);
    add({"RPUSH", Keys::serverWorkload(server.ip), toJson(server.workload.sample())});
}

void FleetPlayer::tell(int number)
{
    FleetServer &server = m_state.servers[m_ips[int(m_random() % quint32(m_ips.size()))]];
    if (!server.alive.value_or(false))
        return tell(number);
    const int dice = int(m_random() % 100);
    if (number % transitionEvery == 0) {
        tellTransition(server);
    } else if (dice < aliveShare) {
        add({"SET", Keys::serverAlive(server.ip), "1", "PX", QByteArray::number(m_lease)});
        add({"PUBLISH", Channels::updateInfo, toJson(AliveMessage{server.ip, true, now(), {}})});
    } else if (dice < aliveShare + servicesShare) {
        tellServices(server);
    } else if (dice < aliveShare + servicesShare + serviceWorkloadShare) {
        tellServiceWorkload(server);
    } else {
        tellWorkload(server);
    }
}

/// The list is kept short here: 300 samples of 10,000 servers would be a Redis of 3 GB.
void FleetPlayer::tellWorkload(FleetServer &server)
{
    Workload &workload = m_loads[server.ip];
    workload.cpu.busy = double(m_random() % 1000) / 10;
    workload.cpu.user = *workload.cpu.busy * 0.7;
    workload.cpu.system = *workload.cpu.busy * 0.25;
    const WorkloadSample sample{now(), workload};
    add({"RPUSH", Keys::serverWorkload(server.ip), toJson(sample)});
    add({"LTRIM", Keys::serverWorkload(server.ip), "-2", "-1"});
    add({"PUBLISH", Channels::updateInfo,
         toJson(WorkloadMessage{server.ip, workload, sample.timestamp})});
}

void FleetPlayer::tellServices(const FleetServer &server)
{
    ServicesMessage message{server.ip, {}, now()};
    for (const FleetService &service : server.services)
        message.states.insert(service.id.text(), service.state.alive);
    add({"PUBLISH", Channels::updateInfo, toJson(message)});
}

void FleetPlayer::tellServiceWorkload(const FleetServer &server)
{
    const QJsonObject info{{u"connections"_s, qint64(m_random() % 500)},
                           {u"commands_per_second"_s, double(m_random() % 100'000) / 10},
                           {u"memory"_s, 120'331'264}};
    const ServiceId id = server.services.cbegin()->id;
    add({"SET", Keys::serviceWorkload(server.ip, id),
         compactJson({{u"timestamp"_s, now()}, {u"info"_s, info}})});
    add({"PUBLISH", Channels::updateInfo,
         toJson(ServiceWorkloadMessage{server.ip, id, info, now()})});
}

void FleetPlayer::tellTransition(FleetServer &server)
{
    FleetService &service = server.services.first();
    service.state.alive = !service.state.alive.value_or(false);
    service.state.since = service.state.timestamp = now();
    service.state.reason = *service.state.alive ? QString() : u"0 processes found, 1 expected"_s;
    service.state.code = *service.state.alive ? QString() : u"process.count"_s;
    const ServiceMessage message{server.ip,
                                 service.id,
                                 service.state.alive,
                                 now(),
                                 now(),
                                 service.state.reason,
                                 service.state.code,
                                 {},
                                 Told{server.info.session, ++m_n}};
    const QByteArray json = toJson(message), ip = server.ip.toUtf8();
    add({"MULTI"});
    add({"SET", Keys::serviceAlive(server.ip, service.id), *service.state.alive ? "1" : "0"});
    add({"HSET", Keys::services(server.ip), service.id.text().toUtf8(), toJson(service.state)});
    add({"HSET", Keys::serverInfo(server.ip), "told",
         server.info.session.toUtf8() + ':' + QByteArray::number(m_n)});
    add({"XADD", Keys::events, "MAXLEN", "~", "100000", "*", "type", "service", "ip", ip, "json",
         json});
    add({"PUBLISH", Channels::updateInfo, json});
    add({"EXEC"});
}

void FleetPlayer::play()
{
    for (const QString &ip : std::as_const(m_ips)) {
        FleetServer &server = m_state.servers[ip];
        m_loads.insert(ip, complete(server.workload.info.read()));
        server.info.session = u"session-"_s + ip;
    }
    QElapsedTimer clock;
    clock.start();
    qint64 told = 0;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (poll(&input, 1, 1) == 0) {
        const qint64 due = clock.elapsed() * m_perSecond / 1000;
        // After a pause of the machine, what was missed is not made up for in one burst.
        told = qMax(told, due - m_perSecond / 5);
        while (told < due)
            tell(int(++told));
        send();
        drain();
    }
}

} // namespace Treewarden
