// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/configfile.h"
#include "console/cli/enrolment.h"
#include "console/cli/verb.h"
#include "shared/config/configfields.h"
#include "shared/config/serverconfig.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

using ConfigHash = QHash<QByteArray, QByteArray>;

struct Standing
{
    bool isEnrolled = false;
    std::optional<QJsonObject> request; ///< what the server told of itself, if it asked
};

RedisAnswer<Standing> readStanding(VerbCall &call, const QString &ip)
{
    const auto replies = call.redis().pipeline(
        {{"HGET", Keys::serversPending, ip.toUtf8()}, {"EXISTS", Keys::serverConfig(ip)}});
    if (!replies)
        return replies.failure();
    for (const RedisReply &reply : *replies) {
        if (!reply.isOk())
            return call.redis().failureOf(reply);
    }
    Standing standing{replies->at(1).value.integer > 0, {}};
    const RedisValue &entry = replies->at(0).value;
    if (entry.isNil())
        return standing;
    const auto facts = parseJsonObject(entry.toBytes(), u"servers:pending "_s + ip);
    if (!facts)
        return RedisFailure{ExitCode::BadInput, facts.error().text};
    standing.request = *facts;
    return standing;
}

/// The configuration that an agent asks for: the fields of the hash among its facts.
ConfigHash fieldsOf(const QJsonObject &request)
{
    QJsonObject wanted;
    for (auto member = request.begin(); member != request.end(); ++member) {
        if (isJsonConfigField(member.key().toUtf8()))
            wanted.insert(member.key(), member.value());
    }
    return readConfigFields(compactJson(wanted), {}).fields.value_or(ConfigHash());
}

std::optional<ConfigHash> readFile(VerbCall &call, const QString &path, ExitCode &code)
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
bool bindMachine(ConfigHash &fields, const std::optional<QJsonObject> &request)
{
    const QByteArray asked
        = request ? (*request)[u"machine_id"_s].toString().toUtf8() : QByteArray();
    if (asked.isEmpty())
        return true;
    const QByteArray named = fields.value("machine_id", asked);
    fields.insert("machine_id", asked);
    return named == asked;
}

bool isValid(const VerbCall &call, const QString &ip, const ConfigHash &fields)
{
    const auto parsed = parseServerConfig(ip, fields);
    for (const ConfigIssue &issue : parsed.issues)
        call.warn(issue.line());
    return parsed.config.has_value();
}

void report(VerbCall &call, const QString &ip, const ConfigHash &fields)
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
std::optional<ConfigHash> chooseFields(VerbCall &call, const QString &ip,
                                       const std::optional<QJsonObject> &request, ExitCode &code)
{
    if (call.isSet(u"from"_s))
        return readFile(call, call.value(u"from"_s), code);
    if (request)
        return fieldsOf(*request);
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

ExitCode runEnrol(VerbCall &call)
{
    const auto ip = call.ip(0);
    if (!ip)
        return ExitCode::Usage;
    const auto standing = readStanding(call, *ip);
    if (!standing)
        return call.fail(standing.failure());
    if (standing->isEnrolled)
        return refuseEnrolled(call, *ip);
    ExitCode code = ExitCode::BadInput;
    auto fields = chooseFields(call, *ip, standing->request, code);
    if (!fields)
        return code;
    if (!bindMachine(*fields, standing->request)) {
        return call.fail(CliText::tr("the file is for another machine than the one that asks as "
                                     "%1: take machine_id out of "
                                     "it, or check the address")
                             .arg(*ip),
                         ExitCode::BadInput);
    }
    fields->insert("version", "1");
    fields->remove("signer");
    fields->remove("signature");
    if (!isValid(call, *ip, *fields))
        return call.fail(CliText::tr("%1 is not enrolled: its configuration has errors").arg(*ip),
                         ExitCode::BadInput);
    const auto done = enrolServer(call.redis(), *ip, *fields, call.now());
    if (!done)
        return call.fail(done.failure());
    if (!*done)
        return refuseEnrolled(call, *ip);
    report(call, *ip, *fields);
    return ExitCode::Done;
}

} // namespace

Verb enrol()
{
    Verb verb{u"enrol"_s, u"IP"_s, CliText::tr("The server's address."),
              CliText::tr("Makes a server one of the fleet.")};
    verb.details = CliText::tr(
        "Takes the services that the server found itself, or the configuration in FILE: a JSON "
        "object\n"
        "of fields such as services, controlled and intervals.\n\n"
        "Examples:\n"
        "  treewarden enrol 10.0.0.7\n"
        "  treewarden enrol 10.0.0.7 --from web.json\n"
        "  treewarden-agent --discover | jq '{services: .}' | treewarden enrol 10.0.0.7 --from -");
    verb.options
        = {{u"from"_s, CliText::tr("Read the configuration from FILE (- is standard input)."),
            u"FILE"_s}};
    verb.fewestWords = verb.mostWords = 1;
    verb.run = runEnrol;
    return verb;
}

} // namespace Treewarden::Verbs
