// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/changeconfig.h"
#include "console/cli/clitext.h"
#include "console/cli/configsaving.h"
#include "console/cli/lastruns.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/config/serverconfig.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

using LastRuns = QMap<QString, CommandMessage>;

QString scheduleUsage()
{
    return CliText::tr("write it as: treewarden schedule list IP, add IP ID CRON ROLE INSTANCE "
                       "ACTION, remove IP ID, enable IP ID or disable IP ID; CRON in quotes, such "
                       "as \"30 3 * * mon-fri\"");
}

/// "2026-01-31 03:30:00 in 3 h 18 min", on this machine's clock.
QString nextText(const ScheduleEntry &entry, qint64 now)
{
    const auto next = entry.next(now);
    return next ? CliText::tr("%1 in %2").arg(timeText(*next), formatDuration(*next - now))
                : notKnown;
}

TableCell lastCell(const LastRuns &runs, const QString &id)
{
    if (!runs.contains(id))
        return {notKnown};
    const CommandMessage run = runs[id];
    QString text = commandStateWord(run.state) + u' ' + timeText(run.timestamp);
    const bool isBad = isFinal(run.state) && run.state != CommandState::Done;
    if (isBad && !run.detail.isEmpty())
        text += u": "_s + oneLine(run.detail, 60);
    return {text, isBad ? Tone::Died : Tone::Plain};
}

void printScheduleTable(const QList<ScheduleEntry> &schedule, const LastRuns &runs, VerbCall &call)
{
    if (schedule.isEmpty()) {
        call.out().printLine(CliText::tr("Nothing is scheduled: treewarden schedule add --help."));
        return;
    }
    TextTable table({{CliText::tr("ID")},
                     {CliText::tr("WHEN")},
                     {CliText::tr("SERVICE")},
                     {CliText::tr("ACTION")},
                     {CliText::tr("ENABLED")},
                     {CliText::tr("NEXT")},
                     {CliText::tr("LAST")}});
    for (const ScheduleEntry &entry : schedule) {
        table.addRow({{entry.id, Tone::Heading},
                      {entry.cron + u' ' + QString::fromLatin1(entry.zone.id())},
                      {entry.service.text()},
                      {entry.action},
                      {entry.isEnabled ? CliText::tr("yes") : CliText::tr("no"),
                       entry.isEnabled ? Tone::Plain : Tone::Pale},
                      {nextText(entry, call.now())},
                      lastCell(runs, entry.id)});
    }
    table.print(call.out());
}

void writeLast(JsonWriter &writer, const CommandMessage &run)
{
    writer.beginObject().member(u"id", QStringView(run.id));
    writer.member(u"state", QStringView(commandStateWord(run.state)));
    if (run.exit)
        writer.member(u"exit", *run.exit);
    writer.member(u"detail", QStringView(run.detail));
    writer.member(u"timestamp", run.timestamp).endObject();
}

void printScheduleJson(const QList<ScheduleEntry> &schedule, const LastRuns &runs, VerbCall &call)
{
    JsonWriter writer;
    writer.beginArray();
    for (const ScheduleEntry &entry : schedule) {
        writer.beginObject().member(u"id", QStringView(entry.id));
        writer.member(u"cron", QStringView(entry.cron));
        writer.member(u"role", QStringView(entry.service.role));
        writer.member(u"instance", QStringView(entry.service.instance));
        writer.member(u"action", QStringView(entry.action));
        writer.member(u"timezone", QStringView(QString::fromLatin1(entry.zone.id())));
        writer.member(u"enabled", entry.isEnabled).key(u"not_while").beginArray();
        if (entry.notInMaintenance)
            writer.value(whileInMaintenance);
        for (const QString &id : entry.notWhile)
            writer.value(QStringView(id));
        const bool makesUp = entry.missed == ScheduleEntry::Missed::Run;
        writer.endArray().member(u"missed", makesUp ? QStringView(u"run") : QStringView(u"skip"));
        if (const auto next = entry.next(call.now()))
            writer.member(u"next", *next);
        else
            writer.key(u"next").null();
        writer.key(u"last");
        if (runs.contains(entry.id))
            writeLast(writer, runs[entry.id]);
        else
            writer.null();
        writer.endObject();
    }
    call.out().printJson(writer.endArray().takeBytes());
}

ExitCode listSchedule(VerbCall &call, const QString &ip)
{
    const auto stored = readStoredConfig(call, ip);
    if (!stored)
        return call.fail(stored.failure());
    const auto parsed = parseServerConfig(ip, *stored);
    if (!parsed.config) {
        return call.fail(
            CliText::tr("the configuration of %1 has errors, so it runs nothing: treewarden config "
                        "check %1 lists them")
                .arg(ip),
            ExitCode::BadInput);
    }
    const QList<ScheduleEntry> &schedule = parsed.config->schedule;
    QStringList ids;
    for (const ScheduleEntry &entry : schedule)
        ids << entry.id;
    const auto runs = lastScheduledRuns(call.redis(), ip, ids);
    if (!runs)
        return call.fail(runs.failure());
    if (call.wantsJson())
        printScheduleJson(schedule, *runs, call);
    else
        printScheduleTable(schedule, *runs, call);
    return ExitCode::Done;
}

/// The list in the field `schedule`; empty when there is none.
Result<QJsonArray> scheduleOf(const QHash<QByteArray, QByteArray> &fields)
{
    if (!fields.contains("schedule"))
        return QJsonArray();
    const auto value = parseJsonValue(fields.value("schedule"), u"schedule"_s);
    if (!value)
        return value.error();
    if (!value->isArray())
        return Error{CliText::tr("schedule is no list: mend it with treewarden config set")};
    return value->toArray();
}

using ScheduleEdit = std::function<Result<void>(QJsonArray &entries)>;

/// Lets `edit` change the list of entries, saves, and says `sentence`.
ExitCode changeSchedule(VerbCall &call, const QString &ip, const QString &sentence,
                        const ScheduleEdit &edit)
{
    const auto version = changeConfig(
        call, ip, u"schedule"_s, [&edit](QHash<QByteArray, QByteArray> &fields) -> Result<void> {
            auto entries = scheduleOf(fields);
            if (!entries)
                return entries.error();
            if (const auto edited = edit(*entries); !edited)
                return edited.error();
            fields.insert("schedule", QJsonDocument(*entries).toJson(QJsonDocument::Compact));
            return {};
        });
    if (!version)
        return call.fail(version.failure());
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginObject().member(u"ip", QStringView(ip)).member(u"version", *version);
        call.out().printJson(writer.endObject().takeBytes());
    } else {
        call.out().printLine(
            CliText::tr("%1 %2 has version %3 now.").arg(sentence, ip).arg(*version));
    }
    return ExitCode::Done;
}

/// Where the entry `id` stands, or why it does not.
Result<qsizetype> indexOfEntry(const QJsonArray &entries, const QString &id)
{
    QStringList ids;
    for (const auto &entry : entries)
        ids << entry.toObject()[u"id"_s].toString();
    if (const qsizetype index = ids.indexOf(id); index >= 0)
        return index;
    const QString missing
        = CliText::tr("there is no entry '%1' in the schedule").arg(oneLine(id, 64));
    if (ids.isEmpty())
        return Error{missing + CliText::tr(": it is empty")};
    return Error{missing
                 + CliText::tr("; did you mean '%1'?").arg(oneLine(nearestName(id, ids), 64))};
}

QJsonObject entryOfWords(const VerbCall &call)
{
    QJsonObject entry{{u"id"_s, call.word(2)},
                      {u"cron"_s, call.word(3)},
                      {u"role"_s, call.word(4)},
                      {u"instance"_s, call.word(5)},
                      {u"action"_s, call.word(6)}};
    if (call.isSet(u"timezone"_s))
        entry[u"timezone"_s] = call.value(u"timezone"_s);
    if (call.isSet(u"missed"_s))
        entry[u"missed"_s] = call.value(u"missed"_s);
    if (call.isSet(u"not-while"_s))
        entry[u"not_while"_s] = QJsonArray::fromStringList(call.values(u"not-while"_s));
    return entry;
}

ExitCode addEntry(VerbCall &call, const QString &ip)
{
    const QJsonObject added = entryOfWords(call);
    return changeSchedule(
        call, ip, CliText::tr("'%1' is scheduled.").arg(oneLine(call.word(2), 64)),
        [&](QJsonArray &entries) -> Result<void> {
            if (indexOfEntry(entries, call.word(2)))
                return Error{CliText::tr("there is an entry '%1' already: remove it first, or "
                                         "choose another id")
                                 .arg(oneLine(call.word(2), 64))};
            entries << added;
            return {};
        });
}

ExitCode removeEntry(VerbCall &call, const QString &ip)
{
    return changeSchedule(call, ip,
                          CliText::tr("'%1' is scheduled no more.").arg(oneLine(call.word(2), 64)),
                          [&](QJsonArray &entries) -> Result<void> {
                              const auto index = indexOfEntry(entries, call.word(2));
                              if (!index)
                                  return index.error();
                              entries.removeAt(*index);
                              return {};
                          });
}

ExitCode enableEntry(VerbCall &call, const QString &ip, bool isEnabled)
{
    const QString id = oneLine(call.word(2), 64);
    return changeSchedule(call, ip,
                          isEnabled ? CliText::tr("'%1' is enabled.").arg(id)
                                    : CliText::tr("'%1' is disabled.").arg(id),
                          [&](QJsonArray &entries) -> Result<void> {
                              const auto index = indexOfEntry(entries, call.word(2));
                              if (!index)
                                  return index.error();
                              QJsonObject entry = entries[*index].toObject();
                              entry[u"enabled"_s] = isEnabled;
                              entries[*index] = entry;
                              return {};
                          });
}

ExitCode runSchedule(VerbCall &call)
{
    static const QHash<QString, qsizetype> wordsOf{
        {u"list"_s, 2}, {u"add"_s, 7}, {u"remove"_s, 3}, {u"enable"_s, 3}, {u"disable"_s, 3}};
    const QString action = call.word(0);
    if (wordsOf.value(action) != call.words().size())
        return call.fail(scheduleUsage(), ExitCode::Usage);
    for (const auto &option : {u"timezone"_s, u"missed"_s, u"not-while"_s}) {
        if (action != u"add"_s && call.isSet(option))
            return call.fail(CliText::tr("--%1 goes with schedule add only").arg(option),
                             ExitCode::Usage);
    }
    const auto ip = call.ip(1);
    if (!ip)
        return ExitCode::Usage;
    return action == u"list"_s  ? listSchedule(call, *ip)
        : action == u"add"_s    ? addEntry(call, *ip)
        : action == u"remove"_s ? removeEntry(call, *ip)
                                : enableEntry(call, *ip, action == u"enable"_s);
}

} // namespace

Verb schedule()
{
    Verb verb{u"schedule"_s, u"list|add|remove|enable|disable IP …"_s,
              CliText::tr("What to do, the server's address, the entry's id; for add also when, "
                          "role, instance and action."),
              CliText::tr("Shows and changes what a server runs by itself, and when.")};
    verb.details = CliText::tr(
        "CRON is minute, hour, day of month, month and day of week, in quotes, with names, ranges, "
        "steps and lists,\n"
        "or @hourly, @daily, @weekly, @monthly, @yearly. Its times are those of --timezone (UTC). "
        "ACTION stands in\n"
        "\"controlled\" of the configuration. NEXT is this machine's time.\n\n"
        "Examples:\n"
        "  treewarden schedule list 10.0.0.7\n"
        "  treewarden schedule add 10.0.0.7 nightly \"30 3 * * mon-fri\" nginx 80 restart "
        "--timezone Europe/Berlin --not-while maintenance\n"
        "  treewarden schedule disable 10.0.0.7 nightly");
    verb.options = signingOptions()
        + QList<QCommandLineOption>{
            {u"timezone"_s, CliText::tr("Whose clock CRON is about (UTC)."), u"ZONE"_s},
            {u"missed"_s,
             CliText::tr(
                 "What becomes of times that passed while the server was down: skip, or run "
                 "once for all of them (skip)."),
             u"skip|run"_s},
            {u"not-while"_s,
             CliText::tr("Skip while this goes on: maintenance, or the id of another entry. May be "
                         "repeated."),
             u"WHAT"_s},
        };
    verb.fewestWords = 1;
    verb.mostWords = 64;
    verb.run = runSchedule;
    return verb;
}

} // namespace Treewarden::Verbs
