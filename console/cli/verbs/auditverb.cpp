// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/commandtext.h"
#include "shared/protocol/auditrecord.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

// Longer than an executor lets a journal become.
constexpr qint64 longestAudit = 300 << 20;
constexpr qsizetype shownText = 400;

using RecordKind = AuditRecord::Kind;

QString recordTitle(const AuditRecord &record)
{
    if (!record.message)
        return record.ip;
    const CommandMessage &command = *record.message;
    return CliText::tr("%1 of %2").arg(oneLine(command.action, 64), command.service.text());
}

QString recordWhat(const AuditRecord &record)
{
    switch (record.kind) {
    case RecordKind::Began:
        return CliText::tr("this file begins");
    case RecordKind::Claimed:
        return CliText::tr("%1 begins").arg(recordTitle(record));
    case RecordKind::Ended:
        return record.message
            ? recordTitle(record) + u": "_s + commandStateText(record.message->state)
            : CliText::tr("something ended");
    case RecordKind::Rejected:
        return CliText::tr("%n command(s) rejected that nobody vouches for", nullptr,
                           int(std::clamp<qint64>(record.count, 1, 1'000'000)));
    case RecordKind::Replayed:
        return CliText::tr("%1 came again and was not run").arg(recordTitle(record));
    case RecordKind::Configured:
        return record.isAccepted
            ? CliText::tr("configuration %1 of %2 counts").arg(record.version).arg(record.ip)
            : CliText::tr("configuration %1 of %2 refused").arg(record.version).arg(record.ip);
    case RecordKind::Taken:
        return CliText::tr("the agent has the outcomes up to %1").arg(record.n);
    case RecordKind::Looked:
        return CliText::tr("the schedule was looked at");
    }
    return {};
}

Tone recordTone(const AuditRecord &record)
{
    if (record.kind == RecordKind::Rejected || record.kind == RecordKind::Replayed
        || (record.kind == RecordKind::Configured && !record.isAccepted))
        return Tone::Degraded;
    if (record.kind != RecordKind::Ended || !record.message)
        return Tone::Plain;
    return record.message->state == CommandState::Done ? Tone::Alive : Tone::Died;
}

/// "2026-01-31 17:20:41  restart of nginx:default: done: exit status 0, by chen@desk, key chen
/// (new certificate)".
QString recordLine(const AuditRecord &record, const Terminal &out)
{
    QString line = out.toned(timeText(record.time), Tone::Pale) + u"  "_s
        + out.toned(recordWhat(record), recordTone(record));
    const QString detail
        = !record.text.isEmpty() || !record.message ? record.text : record.message->detail;
    if (!detail.isEmpty())
        line += u": "_s + oneLine(detail, shownText);
    if (record.message && !record.message->schedule.isEmpty())
        line += CliText::tr(", schedule %1").arg(oneLine(record.message->schedule, 64));
    if (record.message && !record.message->by.isEmpty())
        line += CliText::tr(", by %1").arg(oneLine(record.message->by, 100));
    if (!record.signer.isEmpty())
        line += CliText::tr(", key %1").arg(oneLine(record.signer, 64));
    if (record.message && !record.message->reason.isEmpty())
        line += u" ("_s + oneLine(record.message->reason, shownText) + u')';
    return line;
}

/// What the executor writes down for itself alone.
bool isBookkeeping(const AuditRecord &record)
{
    return record.isCarried || record.kind == RecordKind::Began || record.kind == RecordKind::Taken
        || record.kind == RecordKind::Looked;
}

void printRecords(const AuditFile &audit, VerbCall &call)
{
    for (const AuditRecord &record : audit.records) {
        if (isBookkeeping(record) && !call.isSet(u"all"_s))
            continue;
        call.out().printLine(recordLine(record, call.out()));
        for (const QString &line : record.output.split(u'\n', Qt::SkipEmptyParts))
            call.out().printLine(u"    "_s
                                 + call.out().toned(oneLine(line, shownText), Tone::Pale));
    }
}

/// The records as they stand in the file, without their sums.
void printAuditJson(const AuditFile &audit, VerbCall &call)
{
    JsonWriter writer;
    writer.beginArray();
    for (const AuditRecord &record : audit.records) {
        const QByteArray line = auditLine(record);
        const qsizetype start = line.indexOf('{');
        writer.raw(QByteArrayView(line).sliced(start, line.size() - 1 - start));
    }
    call.out().printJson(writer.endArray().takeBytes());
}

ExitCode runAudit(VerbCall &call)
{
    QFile file(call.word(0));
    const QString shown = oneLine(call.word(0), 200);
    const bool isFolder = QFileInfo(file).isDir();
    if (isFolder || !file.open(QIODevice::ReadOnly))
        return call.fail(
            CliText::tr("cannot read %1: %2")
                .arg(shown, isFolder ? CliText::tr("it is a folder") : file.errorString()),
            ExitCode::InputOutput);
    const QByteArray bytes = file.read(longestAudit + 1);
    if (bytes.size() > longestAudit)
        return call.fail(CliText::tr("%1 is larger than a journal ever is").arg(shown),
                         ExitCode::BadInput);
    const AuditFile audit = parseAuditFile(bytes);
    if (call.wantsJson())
        printAuditJson(audit, call);
    else
        printRecords(audit, call);
    if (audit.whole < bytes.size())
        call.warn(CliText::tr("the last line of %1 was torn off, as a crash leaves it").arg(shown));
    if (audit.damaged == 0)
        return ExitCode::Done;
    return call.fail(CliText::tr("%1 has %n line(s) that are damaged or no records: it is no "
                                 "journal, or somebody changed it",
                                 nullptr, int(std::min<qsizetype>(audit.damaged, 1'000'000)))
                         .arg(shown),
                     ExitCode::BadInput);
}

} // namespace

Verb audit()
{
    Verb verb{
        u"audit"_s, u"FILE"_s, CliText::tr("A journal, or a copy of one."),
        CliText::tr("Prints what a server's executor wrote down of all that was asked of it.")};
    verb.details = CliText::tr(
        "The executor keeps its journal in /var/lib/treewarden-executor on the server, readable\n"
        "for root: commands before they begin, their outcomes, refusals, replays, configurations.\n"
        "Redis is not asked. 65 when lines are damaged.\n\n"
        "Example:\n"
        "  sudo treewarden audit /var/lib/treewarden-executor/journal");
    verb.options = {{u"all"_s, CliText::tr("Also what it writes down for itself alone.")}};
    verb.fewestWords = verb.mostWords = 1;
    verb.run = runAudit;
    return verb;
}

} // namespace Treewarden::Verbs
