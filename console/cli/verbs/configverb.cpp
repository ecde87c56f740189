// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/changeconfig.h"
#include "console/cli/clitext.h"
#include "console/cli/configfile.h"
#include "console/cli/configsaving.h"
#include "console/cli/signingkeyfile.h"
#include "console/cli/signingreview.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/config/configfields.h"
#include "shared/config/serverconfig.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/configversions.h"

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

RedisAnswer<QList<ConfigVersion>> readConfigHistory(RedisSession &redis, const QString &ip)
{
    const auto reply = redis.request(configHistoryWords(ip));
    if (!reply)
        return reply.failure();
    return readConfigVersions(*reply);
}

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

/// Who signed, as far as the configuration itself tells.
QString signatureText(const ConfigFields &fields)
{
    if (!fields.contains("signature"))
        return CliText::tr("It is not signed: servers that trust keys ignore it, and run nothing.");
    return CliText::tr("It is signed with the key %1.")
        .arg(oneLine(QString::fromUtf8(fields.value("signer")), 40));
}

/// With --trusted-keys, what is wrong with the signature. False when those can't be read, which
/// was told.
bool addSignatureIssue(const VerbCall &call, const QString &ip, const ConfigFields &fields,
                       QList<ConfigIssue> &issues)
{
    if (!call.isSet(u"trusted-keys"_s))
        return true;
    const auto keys = TrustedKeys::read(call.value(u"trusted-keys"_s));
    if (!keys) {
        call.fail(keys.error().text, ExitCode::BadConfiguration);
        return false;
    }
    const auto signer = verifyConfig(ip, fields, *keys);
    if (!signer)
        issues << ConfigIssue{ConfigIssue::Severity::Error, u"signature"_s, signer.error().text};
    return true;
}

ExitCode checkConfig(VerbCall &call, const QString &ip)
{
    ConfigFields fields;
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
        fields = read.fields.value_or(ConfigFields());
    } else {
        const auto stored = readStoredConfig(call, ip);
        if (!stored)
            return call.fail(stored.failure());
        fields = *stored;
    }
    if (isRight && !addSignatureIssue(call, ip, fields, issues))
        return ExitCode::BadConfiguration;
    if (isRight) {
        const auto parsed = parseServerConfig(ip, fields);
        isRight = parsed.config.has_value();
        if (isRight && !call.wantsJson()) {
            call.out().printLine(CliText::tr("The configuration is right; services watched: %1.")
                                     .arg(parsed.config->services.size()));
            call.out().printLine(signatureText(fields));
        }
        isRight = isRight && issues.isEmpty();
        issues = parsed.issues + issues;
    }
    printIssues(issues, call);
    return isRight ? ExitCode::Done : ExitCode::BadInput;
}

/// The version that the save starts from: --base, else the file's, else the one that stands.
std::optional<qint64> chooseBase(VerbCall &call, const ConfigFields &fields,
                                 const ConfigFields &stored)
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

ExitCode reportSaved(VerbCall &call, const QString &ip, const SaveResult &saved, qint64 base)
{
    if (saved.kind != SaveResult::Kind::Stored)
        return refuseConflict(call, ip, saved, base);
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginObject()
            .member(u"ip", QStringView(ip))
            .member(u"version", saved.version)
            .endObject();
        call.out().printJson(writer.takeBytes());
    } else {
        call.out().printLine(CliText::tr("%1 has version %2 now; its agent follows at once.")
                                 .arg(ip)
                                 .arg(saved.version));
    }
    return ExitCode::Done;
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
    ConfigFields fields = *read.fields;
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
    const auto parsed = parseServerConfig(ip, fields);
    for (const ConfigIssue &issue : parsed.issues)
        call.warn(issue.line());
    if (!parsed.config)
        return call.fail(CliText::tr("nothing is saved: the configuration has errors"),
                         ExitCode::BadInput);
    const auto base = chooseBase(call, fields, *stored);
    if (!base)
        return call.fail(CliText::tr("--base takes a version, a whole number"), ExitCode::Usage);
    const auto key = keyForSaving(call, *stored);
    if (!key)
        return call.fail(key.failure());
    if (*key) {
        if (const auto failure = bindToMachine(call, ip, fields))
            return call.fail(*failure);
    }
    const auto saved
        = saveConfig(call.redis(), ip, fields, *base, *key ? &**key : nullptr, call.now());
    return saved ? reportSaved(call, ip, *saved, *base) : call.fail(saved.failure());
}

/// The configuration that stands, or an earlier one, is signed as a new version.
ExitCode signAgain(VerbCall &call, const QString &ip, ConfigFields fields,
                   const ConfigFields &stored)
{
    const auto key = needSigningKey(call);
    if (!key)
        return call.fail(key.failure());
    const bool isAsSigned = isSignedWith(**key, ip, fields);
    // An earlier version comes back for the machine that is enrolled now.
    fields.insert("machine_id", stored.value("machine_id"));
    if (const auto failure = bindToMachine(call, ip, fields))
        return call.fail(*failure);
    const auto parsed = parseServerConfig(ip, fields);
    for (const ConfigIssue &issue : parsed.issues)
        call.warn(issue.line());
    if (!parsed.config)
        return call.fail(CliText::tr("nothing is signed: the configuration has errors"),
                         ExitCode::BadInput);
    if (!isAsSigned) {
        if (const auto refused = reviewBeforeSigning(call, ip, *parsed.config))
            return call.fail(*refused);
    }
    const qint64 base = stored.value("version").toLongLong();
    const auto saved = saveConfig(call.redis(), ip, fields, base, &**key, call.now());
    return saved ? reportSaved(call, ip, *saved, base) : call.fail(saved.failure());
}

ExitCode signStanding(VerbCall &call, const QString &ip)
{
    const auto stored = readStoredConfig(call, ip);
    return stored ? signAgain(call, ip, *stored, *stored) : call.fail(stored.failure());
}

void printHistory(const QList<ConfigVersion> &versions, VerbCall &call)
{
    TextTable table({{CliText::tr("VERSION"), TextTable::Align::Right},
                     {CliText::tr("WHEN")},
                     {CliText::tr("BY")},
                     {CliText::tr("KEY")},
                     {CliText::tr("CHANGED")}});
    for (qsizetype i = 0; i < versions.size(); ++i) {
        const ConfigVersion &version = versions[i];
        const bool isOldest = i + 1 == versions.size();
        const QStringList changed
            = isOldest ? QStringList() : changedFields(versions[i + 1].fields, version.fields);
        table.addRow({{QString::number(version.version), Tone::Heading},
                      {timeText(version.timestamp)},
                      {version.by},
                      {version.signer.isEmpty() ? CliText::tr("unsigned") : version.signer},
                      {changed.isEmpty() ? notKnown : changed.join(u", "_s)}});
    }
    table.print(call.out());
}

ExitCode showHistory(VerbCall &call, const QString &ip)
{
    const auto versions = readConfigHistory(call.redis(), ip);
    if (!versions)
        return call.fail(versions.failure());
    if (versions->isEmpty())
        return call.fail(CliText::tr("no configuration of %1 is remembered: treewarden servers "
                                     "lists the servers that are enrolled")
                             .arg(ip),
                         ExitCode::NotEnrolled);
    if (!call.wantsJson()) {
        printHistory(*versions, call);
        return ExitCode::Done;
    }
    JsonWriter writer;
    writer.beginArray();
    for (qsizetype i = 0; i < versions->size(); ++i) {
        const ConfigVersion &version = versions->at(i);
        writer.beginObject().member(u"version", version.version);
        writer.member(u"timestamp", version.timestamp).member(u"by", QStringView(version.by));
        writer.member(u"signer", QStringView(version.signer)).key(u"changed").beginArray();
        if (i + 1 < versions->size()) {
            for (const QString &name : changedFields(versions->at(i + 1).fields, version.fields))
                writer.value(QStringView(name));
        }
        writer.endArray().endObject();
    }
    call.out().printJson(writer.endArray().takeBytes());
    return ExitCode::Done;
}

ExitCode rollBack(VerbCall &call, const QString &ip)
{
    bool isNumber = false;
    const qint64 wanted = call.word(2).toLongLong(&isNumber);
    if (!isNumber)
        return call.fail(
            CliText::tr("name the version: treewarden config rollback %1 VERSION").arg(ip),
            ExitCode::Usage);
    const auto stored = readStoredConfig(call, ip);
    if (!stored)
        return call.fail(stored.failure());
    const auto versions = readConfigHistory(call.redis(), ip);
    if (!versions)
        return call.fail(versions.failure());
    for (const ConfigVersion &version : *versions) {
        if (version.version != wanted)
            continue;
        const auto key = keyForSaving(call, *stored);
        if (!key)
            return call.fail(key.failure());
        if (*key)
            return signAgain(call, ip, version.fields, *stored);
        ConfigFields fields = version.fields;
        fields.insert("machine_id", stored->value("machine_id"));
        const qint64 base = stored->value("version").toLongLong();
        const auto saved = saveConfig(call.redis(), ip, fields, base, nullptr, call.now());
        return saved ? reportSaved(call, ip, *saved, base) : call.fail(saved.failure());
    }
    return call.fail(CliText::tr("version %1 of %2 is not remembered any more: treewarden config "
                                 "history %2 lists those that are")
                         .arg(call.word(2), ip),
                     ExitCode::BadInput);
}

struct ConfigAction
{
    QString word;
    ExitCode (*run)(VerbCall &, const QString &ip);
};

ExitCode runConfig(VerbCall &call)
{
    const ConfigAction actions[]
        = {{u"get"_s, getConfig},     {u"set"_s, setConfig},       {u"check"_s, checkConfig},
           {u"sign"_s, signStanding}, {u"history"_s, showHistory}, {u"rollback"_s, rollBack}};
    for (const ConfigAction &action : actions) {
        if (action.word != call.word(0))
            continue;
        const auto ip = call.ip(1);
        return ip ? action.run(call, *ip) : ExitCode::Usage;
    }
    return call.fail(
        CliText::tr("config knows get, set, check, sign, history and rollback, not '%1'")
            .arg(oneLine(call.word(0), 60)),
        ExitCode::Usage);
}

} // namespace

Verb config()
{
    Verb verb{
        u"config"_s, u"get|set|check|sign|history|rollback IP [FILE|VERSION]"_s,
        CliText::tr("What to do, the server's address, and a JSON file (- is standard input)."),
        CliText::tr("Reads, checks, signs and saves the configuration of a server.")};
    verb.details = CliText::tr(
        "A save names the version that it started from: --base, else the \"version\" in FILE, else "
        "the one\n"
        "that stands. Where somebody saved in between it is refused, and nothing is lost.\n"
        "A save is signed where there is a key (treewarden keygen makes one); sign signs what\n"
        "stands, after it showed what may be run because of it.\n\n"
        "Examples:\n"
        "  treewarden config get 10.0.0.7 > web.json\n"
        "  treewarden config check 10.0.0.7 web.json\n"
        "  treewarden config set 10.0.0.7 web.json\n"
        "  treewarden config sign 10.0.0.7\n"
        "  treewarden config check 10.0.0.7 --trusted-keys signing-key.pub");
    verb.options = signingOptions()
        + QList<QCommandLineOption>{
            {u"base"_s, CliText::tr("The version that FILE was made from."), u"VERSION"_s},
            {u"trusted-keys"_s,
             CliText::tr("check: verify the signature with the keys in this file."), u"FILE"_s}};
    verb.fewestWords = 2;
    verb.mostWords = 3;
    verb.run = runConfig;
    return verb;
}

} // namespace Treewarden::Verbs
