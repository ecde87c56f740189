// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/configfile.h"
#include "console/cli/configsaving.h"
#include "console/cli/enrolment.h"
#include "console/cli/signingkeyfile.h"
#include "console/cli/signingreview.h"
#include "console/cli/verb.h"
#include "shared/config/configfields.h"
#include "shared/config/serverconfig.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/enrolling.h"
#include "shared/protocol/keys.h"

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

RedisAnswer<EnrolmentStanding> readStanding(VerbCall &call, const QString &ip)
{
    const auto replies = call.redis().pipeline(enrolmentStandingWords(ip));
    if (!replies)
        return replies.failure();
    QList<RedisValue> values;
    for (const RedisReply &reply : *replies) {
        if (!reply.isOk())
            return call.redis().failureOf(reply);
        values << reply.value;
    }
    const auto standing = readEnrolmentStanding(ip, values);
    if (!standing)
        return RedisFailure{ExitCode::BadInput, standing.error().text};
    return *standing;
}

std::optional<ConfigFields> readFile(VerbCall &call, const QString &path, ExitCode &code)
{
    const auto bytes = readInputFile(call, path, code);
    if (!bytes)
        return std::nullopt;
    const auto read = readConfigFields(*bytes, oneLine(path, 200));
    for (const ConfigIssue &issue : read.issues)
        code = call.fail(issue.line(), ExitCode::BadInput);
    return read.fields;
}

/// Binds the configuration to the machine that asked. False when the file says it is for another
/// one.
bool bindMachine(ConfigFields &fields, const std::optional<QJsonObject> &request)
{
    const QByteArray asked
        = request ? (*request)[u"machine_id"_s].toString().toUtf8() : QByteArray();
    if (asked.isEmpty())
        return true;
    const QByteArray named = fields.value("machine_id", asked);
    fields.insert("machine_id", asked);
    return named == asked;
}

void report(VerbCall &call, const QString &ip, const ConfigFields &fields)
{
    const auto config = parseServerConfig(ip, fields).config.value_or(ServerConfig());
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginObject().member(u"ip", QStringView(ip)).member(u"version", config.version);
        writer.member(u"machine_id", QStringView(config.machineId)).key(u"services").beginArray();
        for (const ServiceDefinition &service : config.services)
            writer.value(QStringView(service.id.text()));
        call.out().printJson(writer.endArray().endObject().takeBytes());
        return;
    }
    QStringList names;
    for (const ServiceDefinition &service : config.services)
        names << service.id.text();
    call.out().printLine(
        names.isEmpty()
            ? CliText::tr(
                  "%1 is enrolled. No service is watched yet: treewarden config set %1 FILE")
                  .arg(ip)
            : CliText::tr("%1 is enrolled. Watched there: %2").arg(ip, names.join(u", "_s)));
}

/// The configuration to enrol with, from the file or the server's own request; else `code` says why
/// not.
std::optional<ConfigFields> chooseFields(VerbCall &call, const QString &ip,
                                         const std::optional<QJsonObject> &request, ExitCode &code)
{
    if (call.isSet(u"from"_s))
        return readFile(call, call.value(u"from"_s), code);
    if (request)
        return requestedConfig(*request);
    code = call.fail(CliText::tr("%1 has not asked to be enrolled: start its agent, or name a "
                                 "configuration with --from FILE")
                         .arg(ip),
                     ExitCode::BadInput);
    return std::nullopt;
}

ExitCode refuseEnrolled(const VerbCall &call, const QString &ip)
{
    return call.fail(CliText::tr("%1 is enrolled already: change it with treewarden config set %1 "
                                 "FILE, or remove it first")
                         .arg(ip),
                     ExitCode::Refused);
}

ExitCode refuseOther(const VerbCall &call, const QString &ip, const EnrolmentStanding &standing)
{
    return call.fail(
        CliText::tr("another machine asks as %1 (machine_id %2) than the one that is enrolled "
                    "there (%3): look who it is; if the server was replaced, say --replace")
            .arg(ip, oneLine((*standing.request)[u"machine_id"_s].toString(), 64),
                 oneLine(QString::fromUtf8(standing.enrolled.value("machine_id")), 64)),
        ExitCode::Refused);
}

/// Everything that may be wrong with what is to be stored and, where it is signed, with signing it.
std::optional<ExitCode> refusal(VerbCall &call, const QString &ip, const ConfigFields &fields,
                                const std::optional<SigningKey> &key)
{
    const auto parsed = parseServerConfig(ip, fields);
    for (const ConfigIssue &issue : parsed.issues)
        call.warn(issue.line());
    if (!parsed.config)
        return call.fail(CliText::tr("%1 is not enrolled: its configuration has errors").arg(ip),
                         ExitCode::BadInput);
    if (!key)
        return std::nullopt;
    if (parsed.config->machineId.isEmpty())
        call.warn(CliText::tr("the configuration of %1 is bound to no machine, so nothing is run "
                              "there: sign it again when its agent has started")
                      .arg(ip));
    // A file is the caller's own; what a server asks for may be anybody's.
    if (call.isSet(u"from"_s))
        return std::nullopt;
    const auto failure = reviewBeforeSigning(call, ip, *parsed.config);
    return failure ? std::optional(call.fail(*failure)) : std::nullopt;
}

/// The machine that asks takes the place of the one that was enrolled, with its configuration or
/// the file's.
ExitCode replaceMachine(VerbCall &call, const QString &ip, const EnrolmentStanding &standing)
{
    ExitCode code = ExitCode::BadInput;
    auto fields = call.isSet(u"from"_s) ? readFile(call, call.value(u"from"_s), code)
                                        : std::optional(standing.enrolled);
    if (!fields)
        return code;
    fields->insert("machine_id", (*standing.request)[u"machine_id"_s].toString().toUtf8());
    const auto key = keyForSaving(call, standing.enrolled);
    if (!key)
        return call.fail(key.failure());
    const qint64 base = standing.enrolled.value("version").toLongLong();
    const ConfigFields stored = versionedConfig(ip, *fields, base + 1, *key ? &**key : nullptr);
    if (const auto refused = refusal(call, ip, stored, *key))
        return *refused;
    const auto saved
        = saveConfig(call.redis(), ip, stored, base, *key ? &**key : nullptr, call.now());
    if (!saved)
        return call.fail(saved.failure());
    if (saved->kind != SaveResult::Kind::Stored)
        return call.fail(conflictSentence(*saved, base, call.now()), ExitCode::Refused);
    const auto dropped = call.redis().request({"HDEL", Keys::serversPending, ip.toUtf8()});
    if (!dropped)
        return call.fail(dropped.failure());
    report(call, ip, stored);
    return ExitCode::Done;
}

ExitCode enrolNew(VerbCall &call, const QString &ip, const EnrolmentStanding &standing)
{
    ExitCode code = ExitCode::BadInput;
    auto fields = chooseFields(call, ip, standing.request, code);
    if (!fields)
        return code;
    if (!bindMachine(*fields, standing.request)) {
        return call.fail(CliText::tr("the file is for another machine than the one that asks as "
                                     "%1: take machine_id out of "
                                     "it, or check the address")
                             .arg(ip),
                         ExitCode::BadInput);
    }
    const auto key = keyForSaving(call, {});
    if (!key)
        return call.fail(key.failure());
    const ConfigFields stored
        = versionedConfig(ip, *fields, standing.lastVersion + 1, *key ? &**key : nullptr);
    if (const auto refused = refusal(call, ip, stored, *key))
        return *refused;
    const auto done = enrolServer(call.redis(), ip, stored, call.now());
    if (!done)
        return call.fail(done.failure());
    if (!*done)
        return refuseEnrolled(call, ip);
    report(call, ip, stored);
    return ExitCode::Done;
}

ExitCode runEnrol(VerbCall &call)
{
    const auto ip = call.ip(0);
    if (!ip)
        return ExitCode::Usage;
    const auto standing = readStanding(call, *ip);
    if (!standing)
        return call.fail(standing.failure());
    if (standing->enrolled.isEmpty())
        return enrolNew(call, *ip, *standing);
    if (!standing->isOtherMachine())
        return refuseEnrolled(call, *ip);
    return call.isSet(u"replace"_s) ? replaceMachine(call, *ip, *standing)
                                    : refuseOther(call, *ip, *standing);
}

} // namespace

Verb enrol()
{
    Verb verb{u"enrol"_s, u"IP"_s, CliText::tr("The server's address."),
              CliText::tr("Makes a server one of the fleet.")};
    verb.details = CliText::tr(
        "Takes the services that the server found itself, or the configuration in FILE: a JSON "
        "object\n"
        "of fields such as services, controlled and intervals. The configuration is bound to the\n"
        "machine that asks, and signed where there is a key (treewarden keygen makes one).\n\n"
        "Examples:\n"
        "  treewarden enrol 10.0.0.7\n"
        "  treewarden enrol 10.0.0.7 --from web.json\n"
        "  treewarden-agent --discover | jq '{services: .}' | treewarden enrol 10.0.0.7 --from -");
    verb.options = signingOptions()
        + QList<QCommandLineOption>{
            {u"from"_s, CliText::tr("Read the configuration from FILE (- is standard input)."),
             u"FILE"_s},
            {u"replace"_s,
             CliText::tr("The machine that asks takes the place of the one that is enrolled.")}};
    verb.fewestWords = verb.mostWords = 1;
    verb.run = runEnrol;
    return verb;
}

} // namespace Treewarden::Verbs
