// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetjson.h"

#include "shared/core/ipaddress.h"
#include "shared/fleet/visitortext.h"

#include <QJsonArray>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int maximumServerEvents = 50;

// What a visitor may see of an event; "by" only when the sweeper tells, names and keys of people
// are nobody's business.
constexpr QStringView visibleMembers[]
    = {u"role",    u"instance", u"alive",    u"timestamp", u"since",    u"reason",   u"code",
       u"args",    u"mass",     u"version",  u"paas",      u"action",   u"state",    u"until",
       u"session", u"n",        u"hostname", u"addresses", u"enrolled", u"flapping", u"skew",
       u"probe",   u"took",     u"metric",   u"severity",  u"value"};

void writeJsonValue(JsonWriter &writer, const QJsonValue &value)
{
    if (value.isString()) {
        writer.value(QStringView(value.toString()));
    } else if (value.isBool()) {
        writer.value(value.toBool());
    } else if (value.isDouble()) {
        writer.value(value.toDouble(), 3);
    } else if (value.isObject()) {
        writer.value(value.toObject());
    } else if (value.isArray()) {
        writer.beginArray();
        const QJsonArray array = value.toArray();
        for (const auto &element : array)
            writeJsonValue(writer, element);
        writer.endArray();
    } else {
        writer.null();
    }
}

void writeAliveMember(JsonWriter &writer, std::optional<bool> alive)
{
    writer.key(u"alive");
    alive ? writer.value(*alive ? 1 : 0) : writer.null();
}

void writeReason(JsonWriter &writer, const ServiceState &state)
{
    QJsonObject args = state.args;
    const QString reason = visibleReason(state.reason, args);
    writer.member(u"reason", QStringView(reason));
    if (!state.code.isEmpty())
        writer.member(u"code", QStringView(state.code))
            .member(u"args", visibleValue(args).toObject());
}

/// The state that a reader may rely on: of a server that is not alive nothing is known.
std::optional<bool> knownAlive(const FleetServer &server, const FleetService &service)
{
    return server.alive.value_or(false) ? service.state.alive : std::nullopt;
}

void writeServices(JsonWriter &writer, const FleetState &state, const FleetServer &server,
                   qint64 now, bool withWorkload)
{
    writer.key(u"services").beginArray();
    for (const FleetService &service : server.services) {
        writer.beginObject().member(u"role", QStringView(service.id.role));
        writer.member(u"instance", QStringView(service.id.instance));
        writeAliveMember(writer, knownAlive(server, service));
        writer.member(u"health",
                      QStringView(healthWord(serviceHealth(state, server, service, now))));
        writer.member(u"since", service.state.since);
        writeReason(writer, service.state);
        if (withWorkload && !service.workload.isEmpty())
            writer.member(u"workload", visibleWorkload(service.workload.read()));
        writer.endObject();
    }
    writer.endArray();
}

void writeSummaryMembers(JsonWriter &writer, const FleetState &state, const FleetServer &server,
                         qint64 now)
{
    writer.member(u"ip", QStringView(server.ip))
        .member(u"hostname", QStringView(server.info.hostname));
    // An enrolled server that was never seen has not died: nobody knows yet.
    writeAliveMember(writer, server.wasSeen ? server.alive : std::nullopt);
    writer.member(u"health", QStringView(healthWord(serverHealth(state, server, now))))
        .member(u"since", server.since);
}

void writeFacts(JsonWriter &writer, const ServerInfo &info)
{
    writer.key(u"info").beginObject();
    const auto text = [&writer](QStringView name, const QString &content) {
        if (!content.isEmpty())
            writer.member(name, QStringView(content));
    };
    text(u"hostname", info.hostname);
    text(u"os", info.os);
    text(u"kernel", info.kernel);
    text(u"architecture", info.architecture);
    text(u"cpu_model", info.cpuModel);
    text(u"virtualization", info.virtualization);
    text(u"agent_version", info.agentVersion);
    writer.member(u"cpu_count", info.cpuCount).member(u"memory_total", info.memoryTotal);
    writer.member(u"boot_time", info.bootTime)
        .member(u"started", info.started)
        .member(u"updated", info.updated);
    writer.key(u"addresses").beginArray();
    for (const QString &address : info.addresses)
        writer.value(QStringView(address));
    writer.endArray().endObject();
}

/// What a table of the fleet shows of a sample; /api/v1/servers/{ip} has all of it.
Workload summaryOf(const Workload &workload)
{
    Workload summary = workload;
    summary.pressure = {};
    summary.processes = {};
    summary.ping.clear();
    summary.agent = {};
    return summary;
}

void writeTotals(JsonWriter &writer, const FleetTotals &totals)
{
    writer.key(u"totals").beginObject();
    writer.member(u"servers", totals.servers).member(u"servers_alive", totals.serversAlive);
    writer.member(u"servers_died", totals.serversDied)
        .member(u"servers_unknown", totals.serversUnknown);
    writer.member(u"servers_maintenance", totals.serversMaintenance);
    writer.member(u"services", totals.services).member(u"services_alive", totals.servicesAlive);
    writer.member(u"services_died", totals.servicesDied)
        .member(u"services_unknown", totals.servicesUnknown);
    writer.member(u"services_maintenance", totals.servicesMaintenance);
    writer.member(u"paas", totals.trees).member(u"paas_alive", totals.treesAlive);
    writer.endObject();
}

void writeEvent(JsonWriter &writer, const Event &event)
{
    writer.beginObject()
        .member(u"id", QStringView(event.id))
        .member(u"type", QStringView(event.type));
    if (!event.ip.isEmpty())
        writer.member(u"ip", QStringView(event.ip));
    QJsonObject json = event.json;
    QJsonObject args = json.value(u"args").toObject();
    if (!args.isEmpty()) {
        json.insert(u"reason"_s, visibleReason(json.value(u"reason").toString(), args));
        json.insert(u"args"_s, args);
    }
    if (event.type == u"maintenance" || event.type == u"command")
        json.remove(
            u"reason"); // a person's; stays among administrators, as in the fleet's own list
    for (const QStringView name : visibleMembers) {
        const QJsonValue value = json.value(name);
        if (!value.isUndefined())
            writeJsonValue(writer.key(name), visibleValue(value));
    }
    if (event.type == u"alive" && event.json.value(u"by").toString() == u"sweeper")
        writer.member(u"by", QStringView(u"sweeper"));
    writer.endObject();
}

void writeInstance(JsonWriter &writer, const FleetState &state, const PaasRole &role,
                   const PaasInstance &instance, qint64 now)
{
    writer.beginObject().member(u"ip", QStringView(instance.ip));
    const auto server = state.servers.constFind(instance.ip);
    if (server != state.servers.cend())
        writer.member(u"hostname", QStringView(server->info.hostname));
    writer.member(u"instance", QStringView(instance.instance));
    writer.member(u"health", QStringView(healthWord(instanceHealth(state, role, instance, now))));
    const auto service = server == state.servers.cend()
        ? QMap<ServiceId, FleetService>::const_iterator()
        : server->services.constFind({role.role, instance.instance});
    if (server != state.servers.cend() && service != server->services.cend()) {
        writeAliveMember(writer, knownAlive(*server, *service));
        writer.member(u"since", service->state.since);
        writeReason(writer, service->state);
    } else {
        writeAliveMember(writer, std::nullopt);
    }
    writer.endObject();
}

void writeTree(JsonWriter &writer, const FleetState &state, const PaasTree &tree, qint64 now)
{
    writer.beginObject()
        .member(u"id", QStringView(tree.id))
        .member(u"title", QStringView(tree.title));
    writer.member(u"version", tree.version);
    writer.member(u"health", QStringView(healthWord(treeHealth(state, tree, now))));
    writer.key(u"roles").beginArray();
    for (const PaasRole &role : tree.roles) {
        const RoleHealth health = roleHealth(state, tree, role, now);
        writer.beginObject()
            .member(u"role", QStringView(role.role))
            .member(u"title", QStringView(role.title));
        writer.member(u"group", QStringView(role.group))
            .member(u"health", QStringView(healthWord(health.health)));
        writer.member(u"alive", health.alive)
            .member(u"total", health.total)
            .member(u"least", role.least);
        writer.key(u"needs").beginArray();
        for (const QString &need : role.needs)
            writer.value(QStringView(need));
        writer.endArray().key(u"instances").beginArray();
        for (const PaasInstance &instance : role.instances)
            writeInstance(writer, state, role, instance, now);
        writer.endArray().endObject();
    }
    writer.endArray().endObject();
}

QList<const FleetServer *> worstFirst(const FleetState &state, qint64 now)
{
    QList<std::pair<Health, const FleetServer *>> ranked;
    ranked.reserve(state.servers.size());
    for (const FleetServer &server : state.servers)
        ranked.emplace_back(serverHealth(state, server, now), &server);
    std::sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : ipLessThan(a.second->ip, b.second->ip);
    });
    QList<const FleetServer *> servers;
    servers.reserve(ranked.size());
    for (const auto &[health, server] : ranked)
        servers << server;
    return servers;
}

} // namespace

void writeServerSummary(JsonWriter &writer, const FleetState &state, const FleetServer &server,
                        qint64 now)
{
    writer.beginObject();
    writeSummaryMembers(writer, state, server, now);
    writer.key(u"workload");
    writeWorkload(writer, summaryOf(server.workload.info.read()));
    writer.member(u"sampled", server.workload.timestamp);
    writeServices(writer, state, server, now, false);
    writer.endObject();
}

QByteArray fleetJson(const FleetState &state, qint64 now)
{
    JsonWriter writer(1024 + state.servers.size() * 1536);
    writer.beginObject().member(u"generated", now);
    writeTotals(writer, fleetTotals(state, now));
    writer.key(u"servers").raw(serversJson(state, now)).endObject();
    return writer.takeBytes();
}

QByteArray serversJson(const FleetState &state, qint64 now)
{
    JsonWriter writer(1024 + state.servers.size() * 1536);
    writer.beginArray();
    for (const FleetServer *server : worstFirst(state, now))
        writeServerSummary(writer, state, *server, now);
    writer.endArray();
    return writer.takeBytes();
}

QByteArray serverJson(const FleetState &state, const FleetServer &server, qint64 now)
{
    JsonWriter writer(8192);
    writer.beginObject().member(u"generated", now);
    writeSummaryMembers(writer, state, server, now);
    writeFacts(writer, server.info);
    writer.key(u"workload");
    writeWorkload(writer, server.workload.info.read());
    writer.member(u"sampled", server.workload.timestamp);
    writeServices(writer, state, server, now, true);
    writer.key(u"events").beginArray();
    int count = 0;
    for (const Event &event : state.events) {
        if (event.ip == server.ip && count++ < maximumServerEvents)
            writeEvent(writer, event);
    }
    writer.endArray().endObject();
    return writer.takeBytes();
}

QByteArray treesJson(const FleetState &state, qint64 now)
{
    JsonWriter writer(8192);
    writer.beginArray();
    for (const PaasTree &tree : state.trees)
        writeTree(writer, state, tree, now);
    writer.endArray();
    return writer.takeBytes();
}

QByteArray treeJson(const FleetState &state, const PaasTree &tree, qint64 now)
{
    JsonWriter writer(8192);
    writeTree(writer, state, tree, now);
    return writer.takeBytes();
}

QByteArray eventsJson(const QList<Event> &events)
{
    JsonWriter writer(256 * (events.size() + 1));
    writer.beginArray();
    for (const Event &event : events)
        writeEvent(writer, event);
    writer.endArray();
    return writer.takeBytes();
}

} // namespace Treewarden
