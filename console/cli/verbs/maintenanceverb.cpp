// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/maintenancewords.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/fleetreading.h"
#include "shared/fleet/savescripts.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

struct StandingMaintenance
{
    QString key;
    Maintenance maintenance;
};

/// What is in maintenance now, what ends first first.
QList<StandingMaintenance> standingOf(const RedisValue &hash, qint64 now)
{
    const auto all = readIndex({{}, {}, hash, {}}).maintenance;
    QList<StandingMaintenance> standing;
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (it->until > now)
            standing << StandingMaintenance{it.key(), *it};
    }
    std::sort(standing.begin(), standing.end(),
              [](const StandingMaintenance &a, const StandingMaintenance &b) {
                  return std::tie(a.maintenance.until, a.key)
                      < std::tie(b.maintenance.until, b.key);
              });
    return standing;
}

QByteArray standingJson(const QList<StandingMaintenance> &all)
{
    JsonWriter writer;
    writer.beginArray();
    for (const StandingMaintenance &standing : all) {
        writer.beginObject().member(u"key", QStringView(standing.key));
        const auto target = MaintenanceTarget::parse(standing.key).value_or(MaintenanceTarget());
        if (!target.ip.isEmpty())
            writer.member(u"ip", QStringView(target.ip));
        if (!target.paas.isEmpty())
            writer.member(u"paas", QStringView(target.paas));
        if (target.service || !target.role.isEmpty())
            writer.member(u"role",
                          QStringView(target.service ? target.service->role : target.role));
        if (target.service)
            writer.member(u"instance", QStringView(target.service->instance));
        writer.member(u"until", standing.maintenance.until);
        writer.member(u"by", QStringView(standing.maintenance.by));
        writer.member(u"reason", QStringView(standing.maintenance.reason)).endObject();
    }
    return writer.endArray().takeBytes();
}

ExitCode listMaintenance(VerbCall &call)
{
    if (call.words().size() > 1)
        return call.fail(CliText::tr("write it as: treewarden maintenance list"), ExitCode::Usage);
    const auto reply = call.redis().request({"HGETALL", Keys::maintenance});
    if (!reply)
        return call.fail(reply.failure());
    const QList<StandingMaintenance> all = standingOf(*reply, call.now());
    if (call.wantsJson()) {
        call.out().printJson(standingJson(all));
        return ExitCode::Done;
    }
    if (all.isEmpty()) {
        call.out().printLine(CliText::tr("Nothing is in maintenance."));
        return ExitCode::Done;
    }
    TextTable table({{CliText::tr("WHAT")},
                     {CliText::tr("UNTIL")},
                     {CliText::tr("LEFT"), TextTable::Align::Right},
                     {CliText::tr("BY")},
                     {CliText::tr("REASON")}});
    for (const StandingMaintenance &standing : all) {
        const Maintenance &maintenance = standing.maintenance;
        table.addRow({{standing.key, Tone::Heading},
                      {timeText(maintenance.until)},
                      {formatDuration(maintenance.until - call.now())},
                      {maintenance.by},
                      {maintenance.reason}});
    }
    table.print(call.out());
    return ExitCode::Done;
}

/// The targets that the words name; nothing after an error, which was told.
std::optional<QList<MaintenanceTarget>> targetsOf(VerbCall &call)
{
    const auto targets = parseMaintenanceWords(call.words().mid(1));
    if (targets)
        return *targets;
    call.fail(targets.error().text, ExitCode::Usage);
    return std::nullopt;
}

/// A slip of the pen would silence nothing and seem to. Done when all targets are known.
ExitCode checkTargets(VerbCall &call, const QList<MaintenanceTarget> &targets)
{
    QList<RedisSession::Words> questions;
    for (const MaintenanceTarget &target : targets) {
        if (!target.paas.isEmpty()) {
            questions << RedisSession::Words{"GET", Keys::paas(target.paas)}
                      << RedisSession::Words{"PING"};
        } else {
            const QByteArray service = target.service ? target.service->text().toUtf8() : "";
            questions << RedisSession::Words{"HEXISTS", Keys::serversAlive, target.ip.toUtf8()}
                      << RedisSession::Words{"HEXISTS", Keys::services(target.ip), service};
        }
    }
    const auto replies = call.redis().pipeline(questions);
    if (!replies)
        return call.fail(replies.failure());
    for (const RedisReply &reply : *replies) {
        if (!reply.isOk())
            return call.fail(call.redis().failureOf(reply));
    }
    for (qsizetype i = 0; i < targets.size(); ++i) {
        const MaintenanceTarget &target = targets[i];
        const RedisValue &first = replies->at(2 * i).value;
        if (!target.ip.isEmpty() && first.integer == 0) {
            return call.fail(
                CliText::tr("%1 is not enrolled: treewarden servers lists all").arg(target.ip),
                ExitCode::NotEnrolled);
        }
        if (target.service && replies->at(2 * i + 1).value.integer == 0) {
            call.warn(CliText::tr("%1 tells of no service %2: is it written right?")
                          .arg(target.ip, target.service->text()));
        }
        if (target.paas.isEmpty())
            continue;
        if (first.isNil()) {
            return call.fail(
                CliText::tr("there is no tree '%1': treewarden paas list shows all; a service is "
                            "named after its server: 10.0.0.7 mysql:3306")
                    .arg(target.paas),
                ExitCode::BadInput);
        }
        const auto tree = parsePaasTree(first.toBytes(), target.paas).tree.value_or(PaasTree());
        const bool isKnown = target.role.isEmpty()
            || std::any_of(tree.roles.begin(), tree.roles.end(),
                           [&target](const PaasRole &role) { return role.role == target.role; });
        if (!isKnown) {
            return call.fail(CliText::tr("the tree %1 has no role '%2': treewarden paas show %1")
                                 .arg(target.paas, target.role),
                             ExitCode::BadInput);
        }
    }
    return ExitCode::Done;
}

/// Tells which keys changed; `sentence` has a place for each.
void printChanged(VerbCall &call, const QStringList &keys, const QStringList &sentences,
                  qint64 until)
{
    if (!call.wantsJson()) {
        for (const QString &sentence : sentences)
            call.out().printLine(sentence);
        return;
    }
    JsonWriter writer;
    writer.beginArray();
    for (const QString &key : keys)
        writer.beginObject().member(u"key", QStringView(key)).member(u"until", until).endObject();
    call.out().printJson(writer.endArray().takeBytes());
}

ExitCode setMaintenance(VerbCall &call)
{
    const auto targets = targetsOf(call);
    if (!targets)
        return ExitCode::Usage;
    const auto until
        = parseMaintenanceEnd(call.value(u"for"_s), call.value(u"until"_s), call.now());
    if (!until)
        return call.fail(until.error().text, ExitCode::Usage);
    const QString reason = call.value(u"reason"_s).trimmed();
    if (reason.isEmpty() || reason.size() > longestReason) {
        return call.fail(CliText::tr("say why, in at most %1 letters: --reason \"disk swap\"")
                             .arg(longestReason),
                         ExitCode::Usage);
    }
    if (const ExitCode code = checkTargets(call, *targets); code != ExitCode::Done)
        return code;
    const auto reply = call.redis().request(
        startMaintenanceCommand(*targets, {*until, savedBy(), reason}, call.now()));
    if (!reply)
        return call.fail(reply.failure());
    QStringList sentences;
    const QStringList keys = changedMaintenance(*reply);
    for (const QString &key : keys) {
        sentences << CliText::tr("%1 is in maintenance until %2 (%3 from now).")
                         .arg(key, timeText(*until), formatDuration(*until - call.now()));
    }
    printChanged(call, keys, sentences, *until);
    return ExitCode::Done;
}

ExitCode endMaintenance(VerbCall &call)
{
    const auto targets = targetsOf(call);
    if (!targets)
        return ExitCode::Usage;
    if (call.isSet(u"for"_s) || call.isSet(u"until"_s))
        return call.fail(CliText::tr("end is at once; to end it another time, set it anew"),
                         ExitCode::Usage);
    const qint64 now = call.now();
    const auto reply = call.redis().request(endMaintenanceCommand(
        *targets, savedBy(), call.value(u"reason"_s).trimmed().left(longestReason), now));
    if (!reply)
        return call.fail(reply.failure());
    const QStringList ended = changedMaintenance(*reply);
    for (const MaintenanceTarget &target : *targets) {
        if (!ended.contains(target.key()) && !ended.isEmpty())
            call.warn(CliText::tr("%1 was not in maintenance").arg(target.key()));
    }
    if (ended.isEmpty()) {
        return call.fail(CliText::tr("%1 was not in maintenance: treewarden maintenance list")
                             .arg(targets->first().key()),
                         ExitCode::BadInput);
    }
    QStringList sentences;
    for (const QString &key : ended)
        sentences << CliText::tr("The maintenance of %1 has ended.").arg(key);
    printChanged(call, ended, sentences, now);
    return ExitCode::Done;
}

ExitCode runMaintenance(VerbCall &call)
{
    const QString action = call.word(0);
    if (action == u"list"_s)
        return listMaintenance(call);
    if (action == u"set"_s)
        return setMaintenance(call);
    if (action == u"end"_s)
        return endMaintenance(call);
    return call.fail(
        CliText::tr("maintenance knows list, set, end, not '%1'").arg(oneLine(action, 60)),
        ExitCode::Usage);
}

} // namespace

Verb maintenance()
{
    Verb verb{u"maintenance"_s, u"list|set|end [IP|ROLE|PAAS …]"_s,
              CliText::tr("What to do, and servers, services after their server, and trees or "
                          "roles of them."),
              CliText::tr("Says what is down on purpose, so that nobody is alarmed.")};
    verb.details = CliText::tr(
        "While something is in maintenance its deaths are no problem and raise no alert; its state "
        "is shown\n"
        "beside. Each maintenance ends by itself, at most 30 days from now; setting it again moves "
        "the end.\n\n"
        "Examples:\n"
        "  treewarden maintenance set 10.0.0.7 --for 2h --reason \"disk swap\"\n"
        "  treewarden maintenance set 10.0.0.7 mysql:3306 redis:6379 --for 90m --reason upgrade\n"
        "  treewarden maintenance set paas/dev paas/intranet/mysql --until 2026-11-27T04:00 "
        "--reason move\n"
        "  treewarden maintenance end 10.0.0.7\n"
        "  treewarden maintenance list");
    verb.options
        = {{u"for"_s, CliText::tr("How long: 90m, 2h, 3d; at most 30d."), u"TIME"_s},
           {u"until"_s, CliText::tr("Until when: 2026-11-27T04:00 (here), or with an offset."),
            u"TIME"_s},
           {u"reason"_s, CliText::tr("Why; administrators see it, visitors don't."), u"TEXT"_s}};
    verb.fewestWords = 1;
    verb.mostWords = 1000;
    verb.run = runMaintenance;
    return verb;
}

} // namespace Treewarden::Verbs
