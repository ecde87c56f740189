// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/eventline.h"
#include "console/cli/interruption.h"
#include "console/cli/streamfollower.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

#include <QEventLoop>

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualCount = 200, mostEvents = 100'000;

/// How many earlier events to show; nothing when --last is no such number.
std::optional<int> earlierCount(const VerbCall &call)
{
    if (!call.isSet(u"last"_s))
        return call.isSet(u"follow"_s) ? 0 : usualCount;
    bool isNumber = false;
    const int count = call.value(u"last"_s).toInt(&isNumber);
    return isNumber && count >= 0 && count <= mostEvents ? std::optional(count) : std::nullopt;
}

/// Prints events, the oldest first, with the names of their servers.
class EventPrinter
{
public:
    explicit EventPrinter(VerbCall &call)
        : m_call(call)
    {
    }

    void print(const QList<Event> &oldestFirst)
    {
        if (!m_call.wantsJson())
            learnNames(oldestFirst);
        for (const Event &event : oldestFirst) {
            // What came before tells how long something was away.
            m_known.events.prepend(event);
            if (m_known.events.size() > remembered)
                m_known.events.removeLast();
            if (m_call.wantsJson())
                m_call.out().printJson(eventJson(event));
            else
                m_call.out().printLine(eventLine(event, m_known, m_call.out()));
        }
    }

private:
    static constexpr qsizetype remembered = 500;

    /// Names are for comfort: where Redis does not tell them the address stands there.
    void learnNames(const QList<Event> &events)
    {
        QStringList ips;
        QList<RedisSession::Words> commands;
        for (const Event &event : events) {
            if (event.ip.isEmpty() || ips.contains(event.ip) || m_known.servers.contains(event.ip))
                continue;
            ips << event.ip;
            commands << RedisSession::Words{"HGET", Keys::serverInfo(event.ip), "hostname"};
        }
        if (ips.isEmpty())
            return;
        const auto replies = m_call.redis().pipeline(commands);
        if (!replies)
            return;
        for (qsizetype i = 0; i < ips.size(); ++i) {
            FleetServer server;
            server.ip = ips[i];
            server.info = serverInfoFromHash({{"hostname", replies->value(i).value.toBytes()}});
            m_known.servers.insert(server.ip, server);
        }
    }

    VerbCall &m_call;
    FleetState m_known; ///< names and the last events, nothing else
};

/// A list, the newest first, as /api/v1/events has it.
void printList(const QList<Event> &newestFirst, VerbCall &call)
{
    JsonWriter writer;
    writer.beginArray();
    for (const Event &event : newestFirst)
        writer.raw(eventJson(event));
    call.out().printJson(writer.endArray().takeBytes());
}

ExitCode follow(VerbCall &call, EventPrinter &printer, const QString &lastId)
{
    QEventLoop loop;
    Interruption interruption;
    // A connection of its own: what the printer asks would wait behind a reading that blocks.
    RedisConnection connection(call.redis().url());
    StreamFollower follower(connection, Keys::events, lastId);
    QObject::connect(&interruption, &Interruption::asked, &loop, &QEventLoop::quit);
    QObject::connect(&follower, &StreamFollower::troubled, &loop, [&call](const QString &reason) {
        call.warn(reason + CliText::tr("; going on when it is back"));
    });
    QObject::connect(&follower, &StreamFollower::recovered, &loop, [&call] {
        call.warn(CliText::tr("Redis answers again; nothing was missed"));
    });
    // Queued, because the printer waits for names, which it must not do while the connection hands
    // out a reply.
    const auto print = [&](const RedisValue &entries) {
        printer.print(readEntries(entries));
        if (!call.out().flush())
            loop.quit();
    };
    QObject::connect(&follower, &StreamFollower::entriesCame, &loop, print, Qt::QueuedConnection);
    connection.open();
    loop.exec();
    return ExitCode::Done;
}

ExitCode runEvents(VerbCall &call)
{
    const auto count = earlierCount(call);
    if (!count) {
        return call.fail(CliText::tr("--last takes a number from 0 to %1, not '%2'")
                             .arg(mostEvents)
                             .arg(oneLine(call.value(u"last"_s), 40)),
                         ExitCode::Usage);
    }
    const auto reply = call.redis().request(
        {"XREVRANGE", Keys::events, "+", "-", "COUNT", QByteArray::number(std::max(*count, 1))});
    if (!reply)
        return call.fail(reply.failure());
    const RedisValue newest = reply->elements.value(0);
    QList<Event> events = readEntries(*reply).mid(0, *count);
    const bool isFollowing = call.isSet(u"follow"_s);
    if (call.wantsJson() && !isFollowing) {
        printList(events, call);
        return ExitCode::Done;
    }
    std::reverse(events.begin(), events.end());
    EventPrinter printer(call);
    printer.print(events);
    if (!isFollowing) {
        if (events.isEmpty())
            call.out().printLine(CliText::tr("Nothing has happened yet."));
        return ExitCode::Done;
    }
    if (!call.out().flush())
        return ExitCode::Done;
    const QByteArray lastId = newest.elements.value(0).toBytes();
    return follow(call, printer, lastId.isEmpty() ? u"0-0"_s : QString::fromLatin1(lastId));
}

} // namespace

Verb events()
{
    Verb verb{u"events"_s,
              {},
              {},
              CliText::tr("Tells what happened: deaths, recoveries, configurations.")};
    verb.details
        = CliText::tr("--json is a list, the newest first; with --follow one JSON object a line, "
                      "as they happen.\n"
                      "A follower outlives a Redis that is away for a while and misses nothing. "
                      "Ctrl+C ends it.\n\n"
                      "Examples:\n"
                      "  treewarden events --last 20\n"
                      "  treewarden events --follow\n"
                      "  treewarden events --follow --json | jq -r 'select(.alive == 0) | .ip'");
    verb.options
        = {{{u"f"_s, u"follow"_s}, CliText::tr("Go on and print what happens from now on.")},
           {u"last"_s, CliText::tr("Print this many earlier events first (200; 0 with --follow)."),
            u"COUNT"_s}};
    verb.run = runEvents;
    return verb;
}

} // namespace Treewarden::Verbs
