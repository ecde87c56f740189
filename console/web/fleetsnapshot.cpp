// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/fleetsnapshot.h"

#include "console/web/metricstext.h"
#include "shared/fleet/fleetjson.h"

#include <QStringList>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr auto jsonType = "application/json";
constexpr auto plainText = "text/plain; charset=utf-8";
/// /metrics has numbers that change with every request; it is written anew this often at most.
constexpr qint64 metricsPause = 250;
/// How many events a joining listener gets; /api/v1/events has all that are kept.
constexpr qsizetype joiningEvents = 60;

void writeProblems(JsonWriter &writer, const FleetState &state, qint64 now)
{
    writer.key(u"problems").beginArray();
    for (const Problem &problem : fleetProblems(state, now)) {
        writer.beginObject()
            .member(u"health", QStringView(healthWord(problem.health)))
            .member(u"ip", QStringView(problem.ip));
        if (problem.service)
            writer.member(u"role", QStringView(problem.service->role))
                .member(u"instance", QStringView(problem.service->instance));
        writer.member(u"since", problem.since)
            .member(u"services", static_cast<qint64>(problem.services.size()));
        writer.key(u"roles").beginArray();
        for (const QString &role : problem.roles)
            writer.value(QStringView(role));
        writer.endArray().endObject();
    }
    writer.endArray();
}

void writeTotalsOf(JsonWriter &writer, const FleetTotals &totals)
{
    writer.key(u"totals").beginObject();
    writer.member(u"servers", totals.servers).member(u"servers_alive", totals.serversAlive);
    writer.member(u"services", totals.services).member(u"services_alive", totals.servicesAlive);
    writer.member(u"paas", totals.trees).member(u"paas_alive", totals.treesAlive).endObject();
}

/// Who declared a maintenance and why stays among administrators.
void writeMaintenance(JsonWriter &writer, const FleetState &state, qint64 now)
{
    writer.key(u"maintenance").beginObject();
    for (auto it = state.maintenance.begin(); it != state.maintenance.end(); ++it) {
        if (it->until > now)
            writer.member(it.key(), it->until);
    }
    writer.endObject();
}

void writeOverview(JsonWriter &writer, const FleetState &state, qint64 now)
{
    writeTotalsOf(writer, fleetTotals(state, now));
    writeProblems(writer, state, now);
    writeMaintenance(writer, state, now);
}

/// What the table of servers shows and what changes every second.
Workload tableNumbers(const Workload &workload)
{
    Workload numbers;
    numbers.cpu.busy = workload.cpu.busy;
    numbers.memory.total = workload.memory.total;
    numbers.memory.used = workload.memory.used;
    numbers.load = workload.load;
    return numbers;
}

} // namespace

FleetSnapshot::FleetSnapshot(const FleetState &state, const QString &title, Now now)
    : m_state(state)
    , m_title(title)
    , m_now(std::move(now))
    , m_ok("ok\n", plainText, Representation::Caching::NoStore)
    , m_notOk("Redis does not answer\n", plainText, Representation::Caching::NoStore)
    , m_streamHead("", "text/event-stream; charset=utf-8", Representation::Caching::NoStore)
    , m_noState("{\"error\":\"Redis has not answered yet, so nothing is known of the fleet\"}\n",
                jsonType, Representation::Caching::NoStore)
{
}

void FleetSnapshot::setLiveness(const Liveness &liveness)
{
    if (liveness == m_liveness)
        return;
    m_liveness = liveness;
    m_hasLivenessChanged = true;
}

void FleetSnapshot::noteReset()
{
    m_isReset = true;
}

void FleetSnapshot::noteServer(const QString &ip)
{
    m_servers.insert(ip);
    m_haveTreesChanged = true;
}

void FleetSnapshot::noteWorkload(const QString &ip)
{
    m_workloads.insert(ip);
}

void FleetSnapshot::noteTrees()
{
    m_haveTreesChanged = true;
}

void FleetSnapshot::noteEvents(const QList<Event> &events)
{
    m_events += events;
    for (const Event &event : events)
        m_servers.insert(event.ip); // the server's own page lists its events
    if (m_events.size() > joiningEvents)
        m_isReset = true;
}

bool FleetSnapshot::hasChanges() const
{
    return m_isReset || m_haveTreesChanged || m_hasLivenessChanged || !m_servers.isEmpty()
        || !m_events.isEmpty();
}

std::optional<QByteArray> FleetSnapshot::nextGeneration(bool withWorkloads, bool isWanted)
{
    ++m_generation;
    for (const QString &ip : std::as_const(m_servers)) {
        m_changed[ip] = m_generation;
        if (!m_state.servers.contains(ip))
            m_serverAnswers.erase(ip);
    }
    if (withWorkloads) {
        for (const QString &ip : std::as_const(m_workloads))
            m_changed[ip] = m_generation;
    }
    std::optional<QByteArray> message;
    if (m_isReset) {
        m_changed.clear();
        m_serverAnswers.clear();
        m_treeAnswers.clear();
        m_toldTrees.clear();
    } else if (isWanted) {
        message = changeMessage(withWorkloads);
    } else {
        m_toldTrees.clear();
    }
    forgetNotes(withWorkloads);
    return message;
}

void FleetSnapshot::forgetNotes(bool withWorkloads)
{
    if (withWorkloads || m_isReset)
        m_workloads.clear();
    m_servers.clear();
    m_events.clear();
    m_isReset = m_haveTreesChanged = m_hasLivenessChanged = false;
}

QByteArray FleetSnapshot::changeMessage(bool withWorkloads)
{
    const qint64 now = m_now();
    JsonWriter writer(1024);
    writer.beginObject().member(u"now", now).member(u"live", m_liveness.isLive);
    if (!m_liveness.isLive)
        writer.member(u"stale_since", m_liveness.staleSince);
    if (m_haveTreesChanged || !m_servers.isEmpty()) {
        writeOverview(writer, m_state, now);
        writeChangedTrees(writer);
    }
    writer.key(u"servers").beginArray();
    for (const QString &ip : std::as_const(m_servers)) {
        if (const auto server = m_state.servers.constFind(ip); server != m_state.servers.cend())
            writeServerSummary(writer, m_state, *server, now);
    }
    writer.endArray().key(u"removed").beginArray();
    for (const QString &ip : std::as_const(m_servers)) {
        if (!ip.isEmpty() && !m_state.servers.contains(ip))
            writer.value(QStringView(ip));
    }
    writer.endArray();
    if (withWorkloads) {
        writer.key(u"workloads").beginObject();
        for (const QString &ip : std::as_const(m_workloads)) {
            const auto server = m_state.servers.constFind(ip);
            if (server != m_state.servers.cend() && !m_servers.contains(ip))
                writeWorkload(writer.key(ip), tableNumbers(server->workload.info.read()));
        }
        writer.endObject();
    }
    if (!m_events.isEmpty())
        writer.key(u"events").raw(eventsJson(QList<Event>(m_events.crbegin(), m_events.crend())));
    writer.endObject();
    return writer.takeBytes();
}

/// Trees that say something else than what was told last, and the ids of all, so that a removed one
/// is seen.
void FleetSnapshot::writeChangedTrees(JsonWriter &writer)
{
    const qint64 now = m_now();
    writer.key(u"paas").beginArray();
    for (const PaasTree &tree : m_state.trees) {
        const QByteArray json = treeJson(m_state, tree, now);
        QByteArray &told = m_toldTrees[tree.id];
        if (told == json)
            continue;
        told = json;
        writer.raw(json);
    }
    writer.endArray().key(u"paas_ids").beginArray();
    for (const PaasTree &tree : m_state.trees)
        writer.value(QStringView(tree.id));
    writer.endArray();
}

QByteArray FleetSnapshot::wholeState() const
{
    const qint64 now = m_now();
    JsonWriter writer(4096);
    writer.beginObject()
        .member(u"now", now)
        .member(u"title", QStringView(m_title))
        .member(u"version", u"" TREEWARDEN_VERSION);
    writer.member(u"live", m_liveness.isLive).member(u"known", m_liveness.hasState);
    if (!m_liveness.isLive)
        writer.member(u"stale_since", m_liveness.staleSince);
    writeOverview(writer, m_state, now);
    writer.key(u"servers").beginArray();
    for (const FleetServer &server : m_state.servers)
        writeServerSummary(writer, m_state, server, now);
    writer.endArray().key(u"paas").raw(treesJson(m_state, now));
    writer.key(u"events").raw(
        eventsJson(m_state.events.first(std::min(joiningEvents, m_state.events.size()))));
    writer.endObject();
    return writer.takeBytes();
}

WebContent::Found FleetSnapshot::find(QByteArrayView path)
{
    constexpr QByteArrayView api = "/api/v1/";
    if (path.startsWith(api))
        return fleet(path.sliced(api.size()));
    if (path == "/metrics")
        return metrics();
    if (path == "/healthz")
        return health();
    return {};
}

WebContent::Found FleetSnapshot::fleet(QByteArrayView rest)
{
    if (rest == "stream")
        return {&m_streamHead, 200, true};
    constexpr QByteArrayView servers = "servers/", trees = "paas/";
    const bool isKnownPath = rest == "fleet" || rest == "paas" || rest == "events"
        || rest.startsWith(servers) || rest.startsWith(trees);
    if (!m_liveness.hasState && isKnownPath)
        return {&m_noState, 503};
    if (rest == "fleet")
        return cached(m_fleet, m_generation,
                      [this] { return withLiveness(fleetJson(m_state, m_now())); });
    if (rest == "paas")
        return cached(m_trees, m_generation, [this] { return treesJson(m_state, m_now()); });
    if (rest == "events")
        return cached(m_eventList, m_generation, [this] { return eventsJson(m_state.events); });
    if (rest.startsWith(servers)) {
        const auto server
            = m_state.servers.constFind(QString::fromUtf8(rest.sliced(servers.size())));
        if (server == m_state.servers.cend())
            return {};
        return cached(m_serverAnswers[server->ip], m_changed.value(server->ip, 1),
                      [&] { return withLiveness(serverJson(m_state, *server, m_now())); });
    }
    if (rest.startsWith(trees)) {
        const auto tree = m_state.trees.constFind(QString::fromUtf8(rest.sliced(trees.size())));
        if (tree == m_state.trees.cend())
            return {};
        return cached(m_treeAnswers[tree->id], m_generation,
                      [&] { return treeJson(m_state, *tree, m_now()); });
    }
    return {};
}

WebContent::Found FleetSnapshot::cached(Cached &entry, quint64 generation,
                                        const std::function<QByteArray()> &build)
{
    if (!entry.representation || entry.generation < generation) {
        entry.representation = std::make_unique<Representation>(build(), jsonType);
        entry.generation = generation;
    }
    return {entry.representation.get()};
}

WebContent::Found FleetSnapshot::metrics()
{
    const qint64 now = m_now();
    if (!m_metrics.representation || now - m_metricsTime >= metricsPause || now < m_metricsTime) {
        m_metricsTime = now;
        const MetricsSelf self{m_liveness.isLive, m_selfNumbers ? m_selfNumbers() : SelfNumbers{}};
        m_metrics.representation = std::make_unique<Representation>(
            metricsText(m_state, self, now), "text/plain; version=0.0.4; charset=utf-8",
            Representation::Caching::NoStore);
    }
    return {m_metrics.representation.get()};
}

WebContent::Found FleetSnapshot::health()
{
    return m_liveness.isLive ? Found{&m_ok} : Found{&m_notOk, 503};
}

/// Says first whether what follows is true now.
QByteArray FleetSnapshot::withLiveness(QByteArray object) const
{
    QByteArray head = m_liveness.isLive
        ? QByteArray("{\"live\":true,")
        : "{\"live\":false,\"stale_since\":" + QByteArray::number(m_liveness.staleSince) + ',';
    return object.replace(0, 1, head);
}

} // namespace Treewarden
