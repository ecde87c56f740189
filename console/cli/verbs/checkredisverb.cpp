// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/redishealth.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/config/serverconfig.h"
#include "shared/core/jsonwriter.h"
#include "shared/protocol/keys.h"

#include <QElapsedTimer>
#include <QHostAddress>

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

using Words = RedisSession::Words;

constexpr int pings = 21;
constexpr qsizetype mostConfigurations = 10'000;

/// The median of some round trips in ms, and how much Redis' clock is ahead.
RedisAnswer<std::pair<double, qint64>> measure(VerbCall &call)
{
    QList<double> trips;
    QElapsedTimer timer;
    for (int i = 0; i < pings; ++i) {
        timer.start();
        const auto pong = call.redis().request({"PING"});
        if (!pong)
            return pong.failure();
        trips << double(timer.nsecsElapsed()) / 1e6;
    }
    std::nth_element(trips.begin(), trips.begin() + pings / 2, trips.end());
    const double median = trips[pings / 2];
    const qint64 asked = call.now();
    const auto time = call.redis().request({"TIME"});
    if (!time)
        return std::pair(median, qint64{0});
    const QList<QByteArray> parts = time->toList();
    const qint64 there = parts.value(0).toLongLong() * 1000 + parts.value(1).toLongLong() / 1000;
    return std::pair(median, there - (asked + call.now()) / 2);
}

Intervals intervalsOf(const QByteArray &json)
{
    if (json.isEmpty())
        return {};
    const auto parsed = parseServerConfig({}, {{"intervals", json}});
    return parsed.config ? parsed.config->intervals : Intervals();
}

/// What every enrolled server records; where that cannot be read the defaults stand.
RedisAnswer<QList<RedisFacts::Recorded>> readRecorded(VerbCall &call)
{
    const auto ips = call.redis().request({"HKEYS", Keys::serversAlive});
    if (!ips)
        return ips.failure();
    QList<Words> commands;
    for (const QByteArray &text : ips->toList().mid(0, mostConfigurations)) {
        const QString ip = QString::fromUtf8(text);
        commands << Words{"HGET", Keys::serverConfig(ip), "intervals"}
                 << Words{"LINDEX", Keys::serverWorkload(ip), "-1"};
    }
    QList<RedisFacts::Recorded> recorded;
    if (commands.isEmpty())
        return recorded;
    const auto replies = call.redis().pipeline(commands);
    if (!replies)
        return replies.failure();
    for (qsizetype i = 0; i + 1 < replies->size(); i += 2) {
        RedisFacts::Recorded server{intervalsOf(replies->at(i).value.toBytes())};
        if (const auto sample = parseWorkloadSample(replies->at(i + 1).value.toBytes()))
            server.numbers = changingNumbers(sample->info);
        recorded << server;
    }
    return recorded;
}

bool isOnNetwork(const RedisUrl &url)
{
    const bool isLocal = url.transport == RedisUrl::Transport::Unix || url.host == u"localhost"_s
        || QHostAddress(url.host).isLoopback();
    return !isLocal;
}

/// Whether Redis answers somebody without a name and a password. Who opens a Unix socket is a
/// matter of its file.
bool isOpenToAll(VerbCall &call)
{
    RedisUrl url = call.redis().url();
    url.user.clear();
    url.password.clear();
    RedisSession anybody(url, [&call] { return call.now(); });
    const bool isOpen = bool(anybody.request({"PING"}));
    return isOpen && url.transport != RedisUrl::Transport::Unix;
}

RedisAnswer<RedisFacts> readFacts(VerbCall &call)
{
    RedisFacts facts;
    const auto measured = measure(call);
    if (!measured)
        return measured.failure();
    std::tie(facts.latency, facts.skew) = *measured;
    const auto replies = call.redis().pipeline(
        {{"INFO"}, {"CONFIG", "GET", "save"}, {"ACL", "WHOAMI"}, {"HLEN", Keys::serversAlive}});
    if (!replies)
        return replies.failure();
    facts.info = parseRedisInfo(replies->at(0).isOk() ? replies->at(0).value.text : QByteArray());
    if (replies->at(1).isOk())
        facts.saveRule = replies->at(1).value.toList().value(1);
    if (replies->at(2).isOk())
        facts.user = replies->at(2).value.text;
    facts.isOpenToAll = isOpenToAll(call);
    facts.isOnNetwork = isOnNetwork(call.redis().url());
    facts.servers = replies->at(3).value.integer;
    const auto recorded = readRecorded(call);
    if (!recorded)
        return recorded.failure();
    facts.recorded = *recorded;
    return facts;
}

void printFindings(const QList<RedisFinding> &findings, VerbCall &call)
{
    TextTable table({{CliText::tr("STATE")},
                     {CliText::tr("WHAT")},
                     {CliText::tr("FOUND")},
                     {CliText::tr("CURE")}});
    for (const RedisFinding &finding : findings) {
        const TableCell mark = finding.cure.isEmpty()
            ? TableCell{u"● "_s + CliText::tr("ok"), Tone::Alive}
            : TableCell{u"▲ "_s + CliText::tr("warning"), Tone::Degraded};
        const QString found = finding.assumption.isEmpty()
            ? finding.value
            : u"%1 (%2)"_s.arg(finding.value, finding.assumption);
        table.addRow({mark, {finding.title}, {found}, {finding.cure}});
    }
    table.print(call.out());
}

ExitCode runCheckRedis(VerbCall &call)
{
    const auto facts = readFacts(call);
    if (!facts)
        return call.fail(facts.failure());
    const QList<RedisFinding> findings = judgeRedis(*facts);
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginArray();
        for (const RedisFinding &finding : findings) {
            writer.beginObject().member(u"check", QStringView(finding.check));
            writer.member(u"status",
                          finding.cure.isEmpty() ? QStringView(u"ok") : QStringView(u"warning"));
            writer.member(u"value", QStringView(finding.value));
            if (!finding.assumption.isEmpty())
                writer.member(u"assumption", QStringView(finding.assumption));
            if (!finding.cure.isEmpty())
                writer.member(u"cure", QStringView(finding.cure));
            writer.endObject();
        }
        call.out().printJson(writer.endArray().takeBytes());
        return ExitCode::Done;
    }
    call.out().printLine(CliText::tr("Redis at %1").arg(call.redis().url().displayText()));
    printFindings(findings, call);
    return ExitCode::Done;
}

} // namespace

Verb checkredis()
{
    Verb verb{
        u"check-redis"_s,
        {},
        {},
        CliText::tr("Says whether this Redis is fit for a fleet, with the cure for each warning.")};
    verb.details = CliText::tr("Changes nothing. Leaves with 0 when Redis answers, whatever the "
                               "warnings, and with 69 when not.\n\n"
                               "Examples:\n"
                               "  treewarden check-redis\n"
                               "  treewarden check-redis --redis unix:///run/redis/redis.sock");
    verb.run = runCheckRedis;
    return verb;
}

} // namespace Treewarden::Verbs
