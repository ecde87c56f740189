// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What is published, and what is read of one server, applied to the state.
#include "shared/core/textformat.h"
#include "shared/fleet/fleetwatcherprivate.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 leaseMargin = 2'000, leaseDefault = 15'000, leaseAgain = 1'000; // ms
constexpr qint64 strangerFor = 5'000, crowdPause = 2'000, besidesPause = 200; // ms
constexpr int mostStrangers = 1'000, mostLookUps = 256;

bool isTransition(const UpdateMessage &message)
{
    return std::visit(
        [](const auto &m) {
            if constexpr (requires { m.told; })
                return m.told.has_value();
            else
                return false;
        },
        message);
}

/// The next one comes soon.
bool isLoad(const MessageGlance &glance)
{
    return glance.type == MessageGlance::Type::Workload
        || glance.type == MessageGlance::Type::ServiceWorkload;
}

} // namespace

void FleetWatcher::Private::take(const QByteArray &payload)
{
    ++messageCount;
    lastSign = now();
    const auto glance = glanceAtMessage(payload);
    if (glance && takeUsual(payload, *glance))
        return;
    const auto parsed = parseUpdateMessage(payload);
    if (!parsed) {
        complaints.complain(u"message"_s, parsed.error().text);
        return;
    }
    // While neither stands, the snapshot that follows the gap tells everything.
    if (!*parsed || (!building && !isLive))
        return;
    announce(**parsed);
    if (const auto *command = std::get_if<CommandMessage>(&**parsed))
        takeCommand(*command);
    const QString ip = ipOf(**parsed);
    if (!ip.isEmpty())
        apply(**parsed, ip);
}

/// Nearly all messages tell a load that nobody reads now, or that all is as it was: these are taken
/// without being parsed. False: this one is not of them.
bool FleetWatcher::Private::takeUsual(const QByteArray &payload, const MessageGlance &glance)
{
    if (!building && !isLive)
        return true; // the snapshot that follows the gap tells everything
    glanceIp = QLatin1StringView(glance.ip);
    const auto server = target().servers.find(glanceIp);
    if (server == target().servers.end())
        return building && isLoad(glance) && reader.isAsking(glanceIp);
    switch (glance.type) {
    case MessageGlance::Type::Workload:
        server->workload = {glance.timestamp, WorkloadText(payload, glance.body, glance.figures)};
        if (mayTell())
            Q_EMIT q.workloadChanged(server->ip);
        return true;
    case MessageGlance::Type::Alive:
        if (*glance.alive == 0 || server->alive != true)
            return false;
        renewDue(*server);
        return true;
    case MessageGlance::Type::Services:
        return areAsTold(*server, glance.body);
    case MessageGlance::Type::ServiceWorkload: {
        glanceService.role = QLatin1StringView(glance.role);
        glanceService.instance = QLatin1StringView(glance.instance);
        const auto service = server->services.find(glanceService);
        if (service == server->services.end())
            return false;
        service->workload = ToldObject(payload, glance.body);
        if (mayTell())
            Q_EMIT q.workloadChanged(server->ip);
        return true;
    }
    }
    return false;
}

void FleetWatcher::Private::announce(const UpdateMessage &message)
{
    const auto *config = std::get_if<ConfigMessage>(&message);
    if (config && !config->ip.isEmpty())
        Q_EMIT q.configChanged(config->ip);
    if (config && config->ip.isEmpty())
        readTreesAgain();
    if (config || std::holds_alternative<EventMessage>(message))
        nextBesides = std::min(nextBesides, steady() + besidesPause);
    if (std::holds_alternative<EventMessage>(message)
        || std::holds_alternative<CommandMessage>(message) || isTransition(message)) {
        events.readSoon();
    }
}

void FleetWatcher::Private::apply(const UpdateMessage &message, const QString &ip)
{
    const auto server = target().servers.find(ip);
    if (server == target().servers.end()) {
        lookUp(message, ip);
        return;
    }
    const auto *alive = std::get_if<AliveMessage>(&message);
    const Effect effect = applyMessage(message, *server, tracks[ip].last);
    if (alive && alive->alive)
        renewDue(*server);
    if (effect == Effect::Doubtful)
        reader.read(ip);
    else if (effect == Effect::Changed || isTransition(message))
        reader.overtake(ip);
    if (!mayTell())
        return;
    if (effect == Effect::NewWorkload)
        Q_EMIT q.workloadChanged(ip);
    else if (effect == Effect::Changed || (effect == Effect::Doubtful && alive))
        Q_EMIT q.serverChanged(ip);
}

/// Somebody who is not in the state speaks: only the index says who belongs to the fleet.
void FleetWatcher::Private::lookUp(const UpdateMessage &message, const QString &ip)
{
    reader.overtake(ip);
    if ((!isIndexRead && building) || reader.isAsking(ip))
        return;
    const bool isConfig = std::holds_alternative<ConfigMessage>(message);
    if ((strangers.value(ip, 0) > steady() && !isConfig)
        || target().servers.size() >= maximumServers)
        return;
    if (reader.waitingCount() >= mostLookUps) {
        complaints.complain(
            u"strangers"_s,
            u"more servers than can be looked up speak on update:info without being enrolled"_s);
        // Among them may be one that belongs here: the index tells all at once.
        nextIndexCheck = std::min(nextIndexCheck, steady() + crowdPause);
        return;
    }
    reader.read(ip);
}

void FleetWatcher::Private::takeReading(const QString &ip,
                                        const std::optional<ServerReading> &reading)
{
    lastSign = now();
    if (!reading) {
        forgetServer(ip);
        return;
    }
    strangers.remove(ip);
    FleetServer server = reading->server;
    Track &track = tracks[ip];
    track.last = LastTold::parse(reading->told);
    if (server.alive == std::optional(false))
        track.due = never;
    else
        track.due
            = steady() + (reading->leaseLeft > 0 ? reading->leaseLeft + leaseMargin : leaseAgain);
    const auto known = target().servers.find(ip);
    const bool isNew = known == target().servers.end();
    if (!isNew) {
        if (known->workload.timestamp > server.workload.timestamp)
            server.workload = known->workload;
        for (FleetService &service : server.services)
            service.workload = known->services.value(service.id).workload;
    }
    target().servers.insert(ip, server);
    if (mayTell())
        isNew ? Q_EMIT q.serverAdded(ip) : Q_EMIT q.serverChanged(ip);
}

/// It is enrolled, but nothing more can be known of it than what it says itself.
void FleetWatcher::Private::takeUnreadable(const QString &ip)
{
    complaints.complain(u"unreadable"_s,
                        u"the keys of the server %1 break the connection to Redis: they are left "
                        u"out for 10 min; look at them with "
                        "redis-cli --bigkeys"_s.arg(ip));
    FleetServer &server = target().servers[ip];
    server.ip = ip;
    server.alive = std::nullopt;
    server.wasSeen = true;
    if (mayTell())
        Q_EMIT q.serverChanged(ip);
}

void FleetWatcher::Private::forgetServer(const QString &ip)
{
    strangers.removeIf([this](const auto &entry) { return entry.value() <= steady(); });
    if (strangers.size() < mostStrangers)
        strangers.insert(ip, steady() + strangerFor);
    tracks.remove(ip);
    if (target().servers.remove(ip) && mayTell())
        Q_EMIT q.serverRemoved(ip);
}

void FleetWatcher::Private::renewDue(const FleetServer &server)
{
    const qint64 lease
        = std::clamp<qint64>(server.info.lease.value_or(leaseDefault), 100, 3'600'000);
    tracks[server.ip].due = steady() + lease + leaseMargin;
}

} // namespace Treewarden
