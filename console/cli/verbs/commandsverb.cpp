// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/interruption.h"
#include "console/cli/statetext.h"
#include "console/cli/streamfollower.h"
#include "console/cli/verb.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/commandlist.h"
#include "shared/fleet/commandtext.h"
#include "shared/fleet/reasontext.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redissubscriber.h"

#include <QEventLoop>

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualCommands = 50, mostCommands = 10'000;

/// How many earlier outcomes to show; nothing when --last is no such number.
std::optional<int> earlierCommands(const VerbCall &call)
{
    if (!call.isSet(u"last"_s))
        return call.isSet(u"follow"_s) ? 0 : usualCommands;
    bool isNumber = false;
    const int count = call.value(u"last"_s).toInt(&isNumber);
    return isNumber && count >= 0 && count <= mostCommands ? std::optional(count) : std::nullopt;
}

Tone commandTone(CommandState state)
{
    switch (state) {
    case CommandState::Accepted:
    case CommandState::Running:
        return Tone::Maintenance;
    case CommandState::Done:
    case CommandState::Verified:
        return Tone::Alive;
    case CommandState::Unverified:
    case CommandState::Expired:
        return Tone::Degraded;
    case CommandState::Failed:
    case CommandState::Refused:
        return Tone::Died;
    case CommandState::Unknown:
        return Tone::Unknown;
    }
    return Tone::Plain;
}

QString askedBy(const CommandMessage &command)
{
    const QString asker = command.by.isEmpty() ? command.key : command.by;
    return command.schedule.isEmpty() ? asker : CliText::tr("schedule %1").arg(command.schedule);
}

/// Host names, read once each; for comfort: where Redis does not tell them the address stands
/// there.
class HostNames
{
public:
    explicit HostNames(VerbCall &call)
        : m_call(call)
    {
    }

    const FleetState &of(const QList<CommandMessage> &commands)
    {
        QStringList ips;
        QList<RedisSession::Words> questions;
        for (const CommandMessage &command : commands) {
            if (ips.contains(command.ip) || m_state.servers.contains(command.ip))
                continue;
            ips << command.ip;
            questions << RedisSession::Words{"HGET", Keys::serverInfo(command.ip), "hostname"};
        }
        const auto replies
            = m_call.redis().pipeline(questions + QList<RedisSession::Words>{{"PING"}});
        for (qsizetype i = 0; replies && i < ips.size(); ++i) {
            FleetServer server;
            server.ip = ips[i];
            server.info.hostname = QString::fromUtf8(replies->at(i).value.toBytes().left(256));
            m_state.servers.insert(server.ip, server);
        }
        return m_state;
    }

private:
    VerbCall &m_call;
    FleetState m_state; ///< names, nothing else
};

void printTable(const QList<CommandMessage> &newestFirst, VerbCall &call)
{
    HostNames names(call);
    const FleetState &state = names.of(newestFirst);
    TextTable table({{CliText::tr("WHEN")},
                     {CliText::tr("SERVER")},
                     {CliText::tr("SERVICE")},
                     {CliText::tr("ACTION")},
                     {CliText::tr("STATE")},
                     {CliText::tr("TOOK"), TextTable::Align::Right},
                     {CliText::tr("WHO")},
                     {CliText::tr("WHY")},
                     {CliText::tr("DETAIL")}});
    for (const CommandMessage &command : newestFirst) {
        table.addRow({{timeText(command.timestamp), Tone::Pale},
                      {serverText(state, command.ip), Tone::Heading},
                      {command.service.text()},
                      {command.action},
                      {commandStateText(command.state), commandTone(command.state)},
                      {command.took > 0 ? tookText(command.took) : notKnown},
                      {askedBy(command)},
                      {command.reason},
                      {command.detail}});
    }
    table.print(call.out());
}

QString commandLine(const CommandMessage &command, const FleetState &state,
                    const Terminal &terminal)
{
    QString line = terminal.toned(timeText(command.timestamp), Tone::Pale) + u"  "_s
        + commandTitle(state, command.ip, command.service, command.action) + u": "_s
        + terminal.toned(commandStateText(command.state), commandTone(command.state));
    if (command.took > 0)
        line += CliText::tr(" in %1").arg(tookText(command.took));
    if (!command.detail.isEmpty())
        line += u": "_s + oneLine(command.detail, 300);
    if (const QString who = askedBy(command); !who.isEmpty())
        line += CliText::tr(", by %1").arg(oneLine(who, 100));
    return command.reason.isEmpty() ? line : line + u" ("_s + oneLine(command.reason, 300) + u')';
}

/// Prints what is told of commands, each state once.
class CommandPrinter
{
public:
    CommandPrinter(VerbCall &call, QString ip)
        : m_call(call)
        , m_ip(std::move(ip))
        , m_names(call)
    {
    }

    /// False when nobody reads any more.
    bool print(const QList<CommandMessage> &oldestFirst)
    {
        for (const CommandMessage &command : oldestFirst) {
            if ((!m_ip.isEmpty() && command.ip != m_ip) || !noteCommand(m_known, command))
                continue;
            if (m_call.wantsJson())
                m_call.out().printJson(toJson(UpdateMessage(command)));
            else
                m_call.out().printLine(commandLine(command, m_names.of({command}), m_call.out()));
        }
        return m_call.out().flush();
    }

private:
    VerbCall &m_call;
    QString m_ip;
    HostNames m_names;
    QList<CommandMessage> m_known;
};

/// What runs is told by messages alone, what ended stands in the stream.
ExitCode followCommands(VerbCall &call, CommandPrinter &printer, const QString &lastId)
{
    QEventLoop loop;
    const Interruption interruption;
    RedisConnection connection(call.redis().url());
    RedisSubscriber subscriber(call.redis().url());
    const StreamFollower follower(connection, Keys::commands, lastId);
    QObject::connect(&interruption, &Interruption::asked, &loop, &QEventLoop::quit);
    QObject::connect(&follower, &StreamFollower::troubled, &loop, [&call](const QString &reason) {
        call.warn(reason + CliText::tr("; going on when it is back"));
    });
    QObject::connect(&follower, &StreamFollower::recovered, &loop, [&call] {
        call.warn(CliText::tr("Redis answers again; no outcome was missed"));
    });
    const auto print = [&](const QList<CommandMessage> &commands) {
        if (!printer.print(commands))
            loop.quit();
    };
    // Queued, because the printer waits for names, which it must not do while a connection hands
    // out what it got.
    QObject::connect(
        &follower, &StreamFollower::entriesCame, &loop,
        [print](const RedisValue &entries) { print(readCommands(entries)); }, Qt::QueuedConnection);
    QObject::connect(
        &subscriber, &RedisSubscriber::message, &loop,
        [print](const QByteArray &, const QByteArray &payload) {
            if (!payload.startsWith(R"({"type":"command")"))
                return;
            const auto message = parseUpdateMessage(payload);
            const auto *command
                = message && *message ? std::get_if<CommandMessage>(&**message) : nullptr;
            if (command && !isFinal(command->state))
                print({*command});
        },
        Qt::QueuedConnection);
    subscriber.subscribe(Channels::updateInfo);
    subscriber.open();
    connection.open();
    loop.exec();
    return ExitCode::Done;
}

/// The newest outcomes, newest first; of one server where `ip` says so.
RedisAnswer<RedisValue> readOutcomes(VerbCall &call, const QString &ip, int count)
{
    // Of one server as many as there are, for the others stand in between.
    const int asked = ip.isEmpty() ? std::max(count, 1) : mostCommands;
    return call.redis().request(
        {"XREVRANGE", Keys::commands, "+", "-", "COUNT", QByteArray::number(asked)});
}

void printList(const QList<CommandMessage> &newestFirst, VerbCall &call)
{
    JsonWriter writer;
    writer.beginArray();
    for (const CommandMessage &command : newestFirst)
        writer.raw(toJson(UpdateMessage(command)));
    call.out().printJson(writer.endArray().takeBytes());
}

ExitCode runCommands(VerbCall &call)
{
    const auto count = earlierCommands(call);
    if (!count)
        return call.fail(CliText::tr("--last takes a number from 0 to %1, not '%2'")
                             .arg(mostCommands)
                             .arg(oneLine(call.value(u"last"_s), 40)),
                         ExitCode::Usage);
    const auto ip = call.words().isEmpty() ? std::optional(QString()) : call.ip(0);
    if (!ip)
        return ExitCode::Usage;
    const auto reply = readOutcomes(call, *ip, *count);
    if (!reply)
        return call.fail(reply.failure());
    QList<CommandMessage> told = readCommands(*reply);
    told.removeIf([&](const CommandMessage &other) { return !ip->isEmpty() && other.ip != *ip; });
    told = told.mid(0, *count);
    if (call.isSet(u"follow"_s)) {
        std::reverse(told.begin(), told.end());
        CommandPrinter printer(call, *ip);
        if (!printer.print(told))
            return ExitCode::Done;
        const QByteArray lastId = reply->elements.value(0).elements.value(0).toBytes();
        return followCommands(call, printer,
                              lastId.isEmpty() ? u"0-0"_s : QString::fromLatin1(lastId));
    }
    if (call.wantsJson()) {
        printList(told, call);
        return ExitCode::Done;
    }
    QList<CommandMessage> merged;
    for (auto command = told.crbegin(); command != told.crend(); ++command) {
        if (merged.size() < maximumCommands || *count <= maximumCommands)
            noteCommand(merged, *command);
    }
    if (merged.isEmpty())
        call.out().printLine(CliText::tr("No command has ended yet: treewarden run sends one."));
    else
        printTable(merged, call);
    return ExitCode::Done;
}

} // namespace

Verb commands()
{
    Verb verb{u"commands"_s, u"[IP]"_s, CliText::tr("Only those of this server."),
              CliText::tr("Tells what became of commands, who asked for them and why.")};
    verb.details = CliText::tr("--json is a list, the newest first; with --follow one JSON object "
                               "a line, also of commands\n"
                               "that are accepted or running. Ctrl+C ends it.\n\n"
                               "Examples:\n"
                               "  treewarden commands --last 20\n"
                               "  treewarden commands 10.0.0.7 --follow");
    verb.options
        = {{{u"f"_s, u"follow"_s}, CliText::tr("Go on and print what happens from now on.")},
           {u"last"_s, CliText::tr("Print this many earlier outcomes (50; 0 with --follow)."),
            u"COUNT"_s}};
    verb.mostWords = 1;
    verb.run = runCommands;
    return verb;
}

} // namespace Treewarden::Verbs
