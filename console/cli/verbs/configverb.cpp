// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/changeconfig.h"
#include "console/cli/clitext.h"
#include "console/cli/configfile.h"
#include "console/cli/savescripts.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/config/configfields.h"
#include "shared/config/serverconfig.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

using FieldHash = QHash<QByteArray, QByteArray>;

void printIssues(const QList<ConfigIssue> &issues, VerbCall &call)
{
    JsonWriter writer;
    writer.beginArray();
    for (const ConfigIssue &issue : issues) {
        const bool isError = issue.severity == ConfigIssue::Severity::Error;
        if (!call.wantsJson()) {
            const QString mark = isError
                ? call.out().toned(u"■ "_s + CliText::tr("error"), Tone::Died)
                : call.out().toned(u"▲ "_s + CliText::tr("warning"), Tone::Degraded);
            call.out().printLine(mark + u"  "_s + issue.line());
        }
        writer.beginObject().member(u"severity",
                                    isError ? QStringView(u"error") : QStringView(u"warning"));
        writer.member(u"path", QStringView(issue.path))
            .member(u"text", QStringView(issue.text))
            .endObject();
    }
    if (call.wantsJson())
        call.out().printJson(writer.endArray().takeBytes());
}

ExitCode getConfig(VerbCall &call, const QString &ip)
{
    if (call.words().size() > 2)
        return call.fail(
            CliText::tr("config get takes no file: it prints; redirect it with > FILE"),
            ExitCode::Usage);
    const auto stored = readStoredConfig(call, ip);
    if (!stored)
        return call.fail(stored.failure());
    call.out().print(QString::fromUtf8(writeConfigFields(*stored)));
    return ExitCode::Done;
}

ExitCode checkConfig(VerbCall &call, const QString &ip)
{
    FieldHash fields;
    QList<ConfigIssue> issues;
    bool isRight = true;
    if (call.words().size() > 2) {
        ExitCode code = ExitCode::BadInput;
        const auto bytes = readInputFile(call, call.word(2), code);
        if (!bytes)
            return code;
        const auto read = readConfigFields(*bytes, oneLine(call.word(2), 200));
        issues = read.issues;
        isRight = read.fields.has_value();
        fields = read.fields.value_or(FieldHash());
    } else {
        const auto stored = readStoredConfig(call, ip);
        if (!stored)
            return call.fail(stored.failure());
        fields = *stored;
    }
    if (isRight) {
        const auto parsed = parseServerConfig(ip, fields);
        issues = parsed.issues;
        isRight = parsed.config.has_value();
        if (isRight && !call.wantsJson())
            call.out().printLine(CliText::tr("The configuration is right; services watched: %1.")
                                     .arg(parsed.config->services.size()));
    }
    printIssues(issues, call);
    return isRight ? ExitCode::Done : ExitCode::BadInput;
}

/// The version that the save starts from: --base, else the file's, else the one that stands.
std::optional<qint64> chooseBase(VerbCall &call, const FieldHash &fields, const FieldHash &stored)
{
    bool isNumber = false;
    if (call.isSet(u"base"_s)) {
        const qint64 base = call.value(u"base"_s).toLongLong(&isNumber);
        return isNumber && base >= 0 ? std::optional(base) : std::nullopt;
    }
    const qint64 inFile = fields.value("version").toLongLong(&isNumber);
    return isNumber ? inFile : stored.value("version").toLongLong();
}

ExitCode refuseConflict(const VerbCall &call, const QString &ip, const SaveResult &result,
                        qint64 base)
{
    if (result.kind == SaveResult::Kind::Missing)
        return call.fail(CliText::tr("%1 was removed meanwhile: nothing is saved").arg(ip),
                         ExitCode::NotEnrolled);
    return call.fail(
        conflictSentence(result, base, call.now()) + u' '
            + CliText::tr("Bring your changes into what treewarden config get %1 prints.").arg(ip),
        ExitCode::Refused);
}

ExitCode setConfig(VerbCall &call, const QString &ip)
{
    if (call.words().size() < 3)
        return call.fail(CliText::tr("name the file: treewarden config set %1 FILE").arg(ip),
                         ExitCode::Usage);
    ExitCode code = ExitCode::BadInput;
    const auto bytes = readInputFile(call, call.word(2), code);
    if (!bytes)
        return code;
    const auto read = readConfigFields(*bytes, oneLine(call.word(2), 200));
    for (const ConfigIssue &issue : read.issues)
        code = call.fail(issue.line(), ExitCode::BadInput);
    if (!read.fields)
        return code;
    const auto stored = readStoredConfig(call, ip);
    if (!stored)
        return call.fail(stored.failure());
    FieldHash fields = *read.fields;
    const QByteArray machineId = stored->value("machine_id");
    if (!machineId.isEmpty() && fields.value("machine_id", machineId) != machineId) {
        return call.fail(CliText::tr("the file is for another machine than %1 (machine_id): remove "
                                     "the server and enrol it "
                                     "again if it was replaced")
                             .arg(ip),
                         ExitCode::BadInput);
    }
    if (!machineId.isEmpty())
        fields.insert("machine_id", machineId);
    // A signature covers every field, so it ends with the first change.
    fields.remove("signer");
    fields.remove("signature");
    const auto parsed = parseServerConfig(ip, fields);
    for (const ConfigIssue &issue : parsed.issues)
        call.warn(issue.line());
    if (!parsed.config)
        return call.fail(CliText::tr("nothing is saved: the configuration has errors"),
                         ExitCode::BadInput);
    const auto base = chooseBase(call, fields, *stored);
    if (!base)
        return call.fail(CliText::tr("--base takes a version, a whole number"), ExitCode::Usage);
    const auto saved = saveConfig(call.redis(), ip, fields, *base, call.now());
    if (!saved)
        return call.fail(saved.failure());
    if (saved->kind != SaveResult::Kind::Stored)
        return refuseConflict(call, ip, *saved, *base);
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginObject()
            .member(u"ip", QStringView(ip))
            .member(u"version", saved->version)
            .endObject();
        call.out().printJson(writer.takeBytes());
    } else {
        call.out().printLine(CliText::tr("%1 has version %2 now; its agent follows at once.")
                                 .arg(ip)
                                 .arg(saved->version));
    }
    return ExitCode::Done;
}

ExitCode runConfig(VerbCall &call)
{
    const QString action = call.word(0);
    if (action != u"get"_s && action != u"set"_s && action != u"check"_s) {
        return call.fail(
            CliText::tr("config knows get, set and check, not '%1'").arg(oneLine(action, 60)),
            ExitCode::Usage);
    }
    const auto ip = call.ip(1);
    if (!ip)
        return ExitCode::Usage;
    return action == u"get"_s ? getConfig(call, *ip)
        : action == u"set"_s  ? setConfig(call, *ip)
                              : checkConfig(call, *ip);
}

} // namespace

Verb config()
{
    Verb verb{
        u"config"_s, u"get|set|check IP [FILE]"_s,
        CliText::tr("What to do, the server's address, and a JSON file (- is standard input)."),
        CliText::tr("Reads, checks and saves the configuration of a server.")};
    verb.details = CliText::tr(
        "A save names the version that it started from: --base, else the \"version\" in FILE, else "
        "the one\n"
        "that stands. Where somebody saved in between it is refused, and nothing is lost.\n\n"
        "Examples:\n"
        "  treewarden config get 10.0.0.7 > web.json\n"
        "  treewarden config check 10.0.0.7 web.json\n"
        "  treewarden config set 10.0.0.7 web.json");
    verb.options = {{u"base"_s, CliText::tr("The version that FILE was made from."), u"VERSION"_s}};
    verb.fewestWords = 2;
    verb.mostWords = 3;
    verb.run = runConfig;
    return verb;
}

} // namespace Treewarden::Verbs
