// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/eventline.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleetjson.h"
#include "shared/fleet/fleetreading.h"
#include "shared/fleet/reasontext.h"
#include "shared/fleet/workloadpairs.h"

#include <algorithm>
#include <climits>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

constexpr int shownEvents = 10;
constexpr qsizetype pairsALine = 4;

/// "Debian GNU/Linux 12 · kernel 6.1.0 · x86_64 · 4 CPUs · agent 0.1.0": what is known of it.
QString factsLine(const ServerInfo &info)
{
    QStringList facts;
    const auto add = [&facts](const QString &sentence, const QString &fact) {
        if (!fact.isEmpty())
            facts << sentence.arg(oneLine(fact, 80));
    };
    add(u"%1"_s, info.os);
    add(CliText::tr("kernel %1"), info.kernel);
    add(u"%1"_s, info.architecture);
    if (info.cpuCount)
        facts << CliText::tr("%n CPU(s)", nullptr, *info.cpuCount);
    add(u"%1"_s, info.hardware);
    add(u"%1"_s, info.virtualization == u"none"_s ? QString() : info.virtualization);
    add(CliText::tr("agent %1"), info.agentVersion);
    return facts.join(u" · "_s);
}

QString loadText(const QList<double> &load)
{
    QStringList numbers;
    for (const double number : load)
        numbers << numberText(number, 2);
    return numbers.isEmpty() ? notKnown : numbers.join(u' ');
}

QString partText(std::optional<qint64> part, std::optional<qint64> whole)
{
    return CliText::tr("%1 of %2 (%3 %)")
        .arg(bytesText(part), bytesText(whole), percentText(part, whole));
}

QString rateText(std::optional<double> perSecond)
{
    return perSecond ? CliText::tr("%1/s").arg(formatBytes(qint64(*perSecond))) : notKnown;
}

/// "12 packages wait, 5 of them for security; a restart is due"; empty when nothing is known.
QString updatesText(const ServerInfo &info)
{
    QStringList parts;
    if (info.updates && *info.updates == 0)
        parts << CliText::tr("no package waits");
    else if (info.updates)
        parts << CliText::tr("%n package(s) wait, %1 of them for security", nullptr,
                             int(std::min<qint64>(*info.updates, INT_MAX)))
                     .arg(info.securityUpdates.value_or(0));
    if (info.isRestartRequired)
        parts << CliText::tr("a restart is due");
    return parts.join(CliText::tr("; "));
}

/// "0.1 % of a core, 14 MiB, 1.4 ms a round, 0 rounds skipped": what the agent itself costs.
QString agentText(const Workload::Agent &agent)
{
    return CliText::tr("%1 % of a core, %2, %3 ms a round, %4 rounds skipped")
        .arg(numberText(agent.cpu, 2), bytesText(agent.rss), numberText(agent.round),
             agent.skipped ? QString::number(*agent.skipped) : notKnown);
}

void printWorkload(const Workload &load, const ServerInfo &info, Terminal &out)
{
    QList<std::pair<QString, QString>> rows{
        {CliText::tr("CPU"),
         CliText::tr("%1 % busy, %2 % waiting for disks")
             .arg(numberText(load.cpu.busy), numberText(load.cpu.iowait))},
        {CliText::tr("Load"), loadText(load.load)},
        {CliText::tr("Memory"), partText(load.memory.used, load.memory.total)},
        {CliText::tr("Network"),
         CliText::tr("%1 in, %2 out")
             .arg(rateText(load.network.receive), rateText(load.network.transmit))},
        {CliText::tr("Disks"),
         CliText::tr("%1 read, %2 written, %3 % busy")
             .arg(rateText(load.disk.read), rateText(load.disk.write), numberText(load.disk.busy))},
    };
    for (auto mount = load.filesystems.begin(); mount != load.filesystems.end(); ++mount)
        rows << std::pair(mount.key(), partText(mount->used, mount->total));
    if (load.agent.rss)
        rows << std::pair(CliText::tr("Agent"), agentText(load.agent));
    if (const QString updates = updatesText(info); !updates.isEmpty())
        rows << std::pair(CliText::tr("Updates"), updates);
    int width = 0;
    for (const auto &[name, text] : std::as_const(rows))
        width = qMax(width, displayWidth(oneLine(name, 40)));
    for (const auto &[name, text] : std::as_const(rows)) {
        const QString shown = oneLine(name, 40);
        out.printLine(u"  "_s + out.toned(shown, Tone::Pale)
                      + QString(width - displayWidth(shown) + 2, u' ') + text);
    }
}

void printServices(const FleetState &state, const FleetServer &server, VerbCall &call)
{
    if (server.services.isEmpty())
        return call.out().printLine(
            CliText::tr("No service is watched here: treewarden config set %1 FILE")
                .arg(server.ip));
    TextTable table({{CliText::tr("SERVICE")},
                     {CliText::tr("STATE")},
                     {CliText::tr("SINCE"), TextTable::Align::Right},
                     {CliText::tr("WHY")}});
    for (const FleetService &service : server.services) {
        const bool isTold = server.alive.value_or(false);
        table.addRow(
            {{service.id.text(), Tone::Heading},
             stateCell(serviceHealth(state, server, service, call.now()),
                       server.serviceHealth(service)),
             {isTold ? ageText(service.state.since, call.now()) : notKnown},
             {isTold ? reasonText(service.state) : CliText::tr("the server is not alive")}});
    }
    table.print(call.out());
}

void printServiceWorkloads(const FleetServer &server, Terminal &out)
{
    TextTable table({{CliText::tr("SERVICE")}, {CliText::tr("WORKLOAD")}});
    for (const FleetService &service : server.services) {
        const QStringList pairs = workloadPairs(service.workload.read());
        for (qsizetype i = 0; i < pairs.size(); i += pairsALine)
            table.addRow({{i == 0 ? service.id.text() : QString(), Tone::Heading},
                          {pairs.mid(i, pairsALine).join(u", "_s)}});
    }
    if (table.isEmpty())
        return;
    out.printLine();
    table.print(out);
}

void printEvents(const FleetState &state, const QString &ip, Terminal &out)
{
    int count = 0;
    for (const Event &event : state.events) {
        if (event.ip != ip || count == shownEvents)
            continue;
        if (count++ == 0)
            out.printLine(u'\n' + out.toned(CliText::tr("EVENTS"), Tone::Heading));
        out.printLine(eventLine(event, state, out));
    }
}

void printServer(const FleetState &state, const FleetServer &server, VerbCall &call)
{
    Terminal &out = call.out();
    const TableCell cell = stateCell(serverHealth(state, server, call.now()), server.health());
    const QString name = oneLine(server.displayName(), 80);
    const QString place = name == server.ip ? name : u"%1 (%2)"_s.arg(name, server.ip);
    out.printLine(out.toned(place, Tone::Heading) + u"  "_s + out.toned(cell.text, cell.tone)
                  + u"  "_s
                  + (server.wasSeen ? ageText(server.since, call.now())
                                    : CliText::tr("never seen: start its agent")));
    if (const QString facts = factsLine(server.info); !facts.isEmpty())
        out.printLine(u"  "_s + facts);
    if (server.alive.value_or(false) && server.workload.timestamp > 0)
        printWorkload(server.workload.info.read(), server.info, out);
    if (!server.wasSeen && server.services.isEmpty())
        return printEvents(state, server.ip, out);
    out.printLine();
    printServices(state, server, call);
    if (server.alive.value_or(false))
        printServiceWorkloads(server, out);
    printEvents(state, server.ip, out);
}

/// They are told by messages, which this program does not wait for.
std::optional<RedisFailure> addServiceWorkloads(VerbCall &call, FleetServer *server)
{
    const QList<RedisSession::Words> commands = serviceWorkloadCommands(*server);
    if (commands.isEmpty())
        return std::nullopt;
    const auto replies = call.redis().pipeline(commands);
    if (!replies)
        return replies.failure();
    QList<RedisValue> values;
    for (const RedisReply &reply : *replies)
        values << reply.value;
    readServiceWorkloads(values, server);
    return std::nullopt;
}

ExitCode runServer(VerbCall &call)
{
    const auto ip = call.ip(0);
    if (!ip)
        return ExitCode::Usage;
    const auto fleet = call.redis().fleet();
    if (!fleet)
        return call.fail(fleet.failure());
    const FleetState &state = **fleet;
    const auto server = state.servers.constFind(*ip);
    if (server == state.servers.cend()) {
        return call.fail(
            CliText::tr(
                "%1 is not enrolled: treewarden servers lists all, treewarden enrol %1 adds it")
                .arg(*ip),
            ExitCode::NotEnrolled);
    }
    FleetServer shown = *server;
    if (const auto failure = addServiceWorkloads(call, &shown))
        return call.fail(*failure);
    if (call.wantsJson())
        call.out().printJson(serverJson(state, shown, call.now()));
    else
        printServer(state, shown, call);
    return ExitCode::Done;
}

} // namespace

Verb server()
{
    Verb verb{u"server"_s, u"IP"_s, CliText::tr("The server's address."),
              CliText::tr("Shows one server: facts, load, services, events.")};
    verb.details = CliText::tr("Examples:\n"
                               "  treewarden server 10.0.0.7\n"
                               "  treewarden server 10.0.0.7 --json | jq .workload.cpu.busy");
    verb.fewestWords = verb.mostWords = 1;
    verb.run = runServer;
    return verb;
}

} // namespace Treewarden::Verbs
