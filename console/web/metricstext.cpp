// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/metricstext.h"

#include <functional>
#include <initializer_list>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct Label
{
    const char *name;
    QString value;
};

QByteArray escapedLabel(const QString &value)
{
    return value.toUtf8().replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
}

/// Writes one family at a time, head first, as the format wants it.
class MetricsWriter
{
public:
    void family(const char *name, const char *type, const char *help)
    {
        m_name = name;
        m_text
            += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }

    void sample(const QList<Label> &labels, double value)
    {
        m_text += m_name;
        char separator = '{';
        for (const Label &label : labels) {
            m_text += separator + QByteArray(label.name) + "=\"" + escapedLabel(label.value) + '"';
            separator = ',';
        }
        m_text += (labels.isEmpty() ? " " : "} ") + QByteArray::number(value, 'g', 15) + '\n';
    }

    void single(const char *name, const char *type, const char *help, double value)
    {
        family(name, type, help);
        sample({}, value);
    }

    QByteArray take() { return std::move(m_text); }

private:
    QByteArray m_text, m_name;
};

struct ServerFamily
{
    const char *name, *help;
    std::optional<double> (*value)(const Workload &);
};

std::optional<double> ratio(std::optional<double> percent)
{
    return percent ? std::optional(*percent / 100) : std::nullopt;
}

std::optional<double> number(std::optional<qint64> value)
{
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

constexpr ServerFamily serverFamilies[] = {
    {"treewarden_server_cpu_busy_ratio", "Share of the processors' time that is not idle.",
     [](const Workload &w) { return ratio(w.cpu.busy); }},
    {"treewarden_server_load1", "Load average over one minute.",
     [](const Workload &w) {
         return w.load.isEmpty() ? std::nullopt : std::optional(w.load.first());
     }},
    {"treewarden_server_memory_total_bytes", "Memory of the server.",
     [](const Workload &w) { return number(w.memory.total); }},
    {"treewarden_server_memory_used_bytes", "Memory that is not available to new work.",
     [](const Workload &w) { return number(w.memory.used); }},
    {"treewarden_server_swap_used_bytes", "Swap space in use.",
     [](const Workload &w) { return number(w.memory.swapUsed); }},
    {"treewarden_server_disk_busy_ratio", "Share of time in which the busiest disk worked.",
     [](const Workload &w) { return ratio(w.disk.busy); }},
    {"treewarden_server_disk_read_bytes_per_second", "Bytes read from disks in a second.",
     [](const Workload &w) { return w.disk.read; }},
    {"treewarden_server_disk_written_bytes_per_second", "Bytes written to disks in a second.",
     [](const Workload &w) { return w.disk.write; }},
    {"treewarden_server_network_receive_bytes_per_second", "Bytes received in a second.",
     [](const Workload &w) { return w.network.receive; }},
    {"treewarden_server_network_transmit_bytes_per_second", "Bytes sent in a second.",
     [](const Workload &w) { return w.network.transmit; }},
    {"treewarden_server_uptime_seconds", "Time since the server started.",
     [](const Workload &w) { return number(w.uptime); }},
};

QList<Label> labelsOf(const FleetServer &server)
{
    return {{"ip", server.ip}, {"hostname", server.info.hostname}};
}

void writeTotals(MetricsWriter &writer, const FleetTotals &totals)
{
    const auto states = [&](const char *name, const char *help,
                            std::initializer_list<std::pair<const char *, int>> counts) {
        writer.family(name, "gauge", help);
        for (const auto &[state, count] : counts)
            writer.sample({{"state", QString::fromLatin1(state)}}, count);
    };
    states("treewarden_servers", "Enrolled servers by state.",
           {{"alive", totals.serversAlive},
            {"died", totals.serversDied},
            {"unknown", totals.serversUnknown}});
    states("treewarden_services", "Watched services by state.",
           {{"alive", totals.servicesAlive},
            {"died", totals.servicesDied},
            {"unknown", totals.servicesUnknown}});
}

/// Unknown has no sample: 0 would say died.
void writeServers(MetricsWriter &writer, const FleetState &state)
{
    writer.family("treewarden_server_alive", "gauge",
                  "1 while the server is alive, 0 when it died; absent: unknown.");
    for (const FleetServer &server : state.servers) {
        if (server.alive && server.wasSeen)
            writer.sample(labelsOf(server), *server.alive);
    }
    QList<std::pair<const FleetServer *, Workload>> loads;
    for (const FleetServer &server : state.servers)
        if (server.alive.value_or(false))
            loads.emplaceBack(&server, server.workload.info.read());
    for (const ServerFamily &family : serverFamilies) {
        writer.family(family.name, "gauge", family.help);
        for (const auto &[server, load] : std::as_const(loads))
            if (const auto value = family.value(load))
                writer.sample(labelsOf(*server), *value);
    }
    writer.family("treewarden_service_alive", "gauge",
                  "1 while the service is alive, 0 when it died; absent: unknown.");
    for (const FleetServer &server : state.servers) {
        for (const FleetService &service : server.services) {
            if (server.alive.value_or(false) && service.state.alive)
                writer.sample(labelsOf(server) << Label{"role", service.id.role}
                                               << Label{"instance", service.id.instance},
                              *service.state.alive);
        }
    }
}

void writeTrees(MetricsWriter &writer, const FleetState &state, qint64 now)
{
    const auto each = [&](const char *name, const char *help, int RoleHealth::*member) {
        writer.family(name, "gauge", help);
        for (const PaasTree &tree : state.trees) {
            for (const PaasRole &role : tree.roles)
                writer.sample({{"paas", tree.id}, {"role", role.role}},
                              roleHealth(state, tree, role, now).*member);
        }
    };
    each("treewarden_paas_role_instances", "Instances of a role of a service tree.",
         &RoleHealth::total);
    each("treewarden_paas_role_instances_alive",
         "Instances of a role of a service tree that are alive.", &RoleHealth::alive);
}

} // namespace

QByteArray metricsText(const FleetState &state, const MetricsSelf &self, qint64 now)
{
    MetricsWriter writer;
    writer.family("treewarden_build_info", "gauge", "The version that answers, in its label.");
    writer.sample({{"version", u"" TREEWARDEN_VERSION ""_s}}, 1);
    writer.single("treewarden_redis_up", "gauge",
                  "1 while Redis answers and the fleet below is true now.", self.isLive);
    writer.single("treewarden_web_requests_total", "counter", "Requests answered since the start.",
                  static_cast<double>(self.numbers.requests));
    writer.single("treewarden_web_connections", "gauge", "Open connections of visitors.",
                  self.numbers.connections);
    writer.single("treewarden_web_listeners", "gauge", "Open live streams.",
                  self.numbers.listeners);
    if (self.isLive) {
        writeTotals(writer, fleetTotals(state, now));
        writeServers(writer, state);
        writeTrees(writer, state, now);
    }
    return writer.take();
}

} // namespace Treewarden
