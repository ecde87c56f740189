// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/core/ipaddress.h"
#include "shared/fleet/fleetjson.h"

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamed = 3;

/// "27/30": how many services live, of how many.
TableCell serviceCount(const FleetState &state, const FleetServer &server, qint64 now)
{
    qsizetype alive = 0;
    for (const FleetService &service : server.services)
        alive += serviceHealth(state, server, service, now) == Health::Alive;
    const qsizetype all = server.services.size();
    return {u"%1/%2"_s.arg(alive).arg(all), alive == all ? Tone::Plain : Tone::Heading};
}

/// What is not alive on a server that is: "mysql:3306, redis:6379 and 2 more".
QString wrongServices(const FleetState &state, const FleetServer &server, qint64 now)
{
    if (!server.alive.value_or(false))
        return {};
    QStringList names;
    for (const FleetService &service : server.services) {
        if (serviceHealth(state, server, service, now) == Health::Died)
            names << service.id.text();
    }
    const qsizetype more = names.size() - mostNamed;
    const QString first = names.mid(0, mostNamed).join(u", "_s);
    return more > 0 ? CliText::tr("%1 and %2 more").arg(first).arg(more) : first;
}

void printServers(const FleetState &state, VerbCall &call)
{
    using Align = TextTable::Align;
    const qint64 now = call.now();
    TextTable table({{CliText::tr("IP")},
                     {CliText::tr("NAME")},
                     {CliText::tr("STATE")},
                     {CliText::tr("SINCE"), Align::Right},
                     {CliText::tr("CPU %"), Align::Right},
                     {CliText::tr("MEMORY %"), Align::Right},
                     {CliText::tr("LOAD"), Align::Right},
                     {CliText::tr("SERVICES"), Align::Right},
                     {CliText::tr("DIED")}});
    QList<const FleetServer *> servers;
    for (const FleetServer &server : state.servers)
        servers << &server;
    std::sort(servers.begin(), servers.end(), [&](const FleetServer *a, const FleetServer *b) {
        const Health left = serverHealth(state, *a, now), right = serverHealth(state, *b, now);
        return left != right ? left > right : ipLessThan(a->ip, b->ip);
    });
    for (const FleetServer *server : std::as_const(servers)) {
        const bool isAlive = server->alive.value_or(false);
        const Workload load = isAlive ? server->workload.info.read() : Workload();
        table.addRow({{server->ip, Tone::Heading},
                      {server->info.hostname.isEmpty() ? notKnown : server->info.hostname},
                      stateCell(serverHealth(state, *server, now), server->health()),
                      {ageText(server->since, now)},
                      {numberText(load.cpu.busy)},
                      {percentText(load.memory.used, load.memory.total)},
                      {load.load.isEmpty() ? notKnown : numberText(load.load.first(), 2)},
                      serviceCount(state, *server, now),
                      {wrongServices(state, *server, now), Tone::Died}});
    }
    table.print(call.out());
}

ExitCode runServers(VerbCall &call)
{
    const auto fleet = call.redis().fleet();
    if (!fleet)
        return call.fail(fleet.failure());
    const FleetState &state = **fleet;
    if (call.wantsJson())
        call.out().printJson(serversJson(state, call.now()));
    else if (state.servers.isEmpty())
        call.out().printLine(
            CliText::tr("No server is enrolled. treewarden pending lists those that ask."));
    else
        printServers(state, call);
    return ExitCode::Done;
}

} // namespace

Verb servers()
{
    Verb verb{u"servers"_s, {}, {}, CliText::tr("Lists the servers, the worst first.")};
    verb.details
        = CliText::tr("Examples:\n"
                      "  treewarden servers\n"
                      "  treewarden servers --json | jq -r '.[] | select(.alive == 0).ip'");
    verb.run = runServers;
    return verb;
}

} // namespace Treewarden::Verbs
