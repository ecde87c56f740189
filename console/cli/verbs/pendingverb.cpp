// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

struct Request
{
    QString ip;
    QJsonObject facts;
};

/// The entries that can be read, sorted by address.
QList<Request> readRequests(const QHash<QByteArray, QByteArray> &hash, const VerbCall &call)
{
    QList<Request> requests;
    for (auto entry = hash.begin(); entry != hash.end(); ++entry) {
        const QString ip = QString::fromUtf8(entry.key());
        const auto facts = parseJsonObject(*entry, u"servers:pending "_s + ip);
        if (facts && isCanonicalIp(ip))
            requests << Request{ip, *facts};
        else
            call.warn(facts
                          ? CliText::tr("servers:pending names '%1', which is no address: ignored")
                                .arg(ip)
                          : facts.error().text);
    }
    std::sort(requests.begin(), requests.end(),
              [](const Request &a, const Request &b) { return ipLessThan(a.ip, b.ip); });
    return requests;
}

/// "mysql:3306, ssh:22".
QString serviceList(const QJsonObject &services)
{
    QStringList names;
    for (auto role = services.begin(); role != services.end(); ++role) {
        const QStringList instances = role->toObject().keys();
        for (const QString &instance : instances) {
            if (instance != u"_"_s)
                names << role.key() + u':' + instance;
        }
    }
    return names.isEmpty() ? notKnown : names.join(u", "_s);
}

void printRequests(const QList<Request> &requests, VerbCall &call)
{
    TextTable table({{CliText::tr("IP")},
                     {CliText::tr("NAME")},
                     {CliText::tr("SYSTEM")},
                     {CliText::tr("ASKED")},
                     {CliText::tr("REMOVED")},
                     {CliText::tr("SERVICES FOUND")}});
    for (const Request &request : requests) {
        const auto asked = jsonInteger(request.facts[u"timestamp"_s]).value_or(0);
        const auto removed = jsonInteger(request.facts[u"removed"_s]).value_or(0);
        table.addRow({{request.ip, Tone::Heading},
                      {request.facts[u"hostname"_s].toString(notKnown)},
                      {request.facts[u"os"_s].toString(notKnown)},
                      {ageText(asked, call.now())},
                      {ageText(removed, call.now())},
                      {serviceList(request.facts[u"services"_s].toObject())}});
    }
    table.print(call.out());
}

ExitCode runPending(VerbCall &call)
{
    const auto reply = call.redis().request({"HGETALL", Keys::serversPending});
    if (!reply)
        return call.fail(reply.failure());
    const QList<Request> requests = readRequests(reply->toHash(), call);
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginArray();
        for (const Request &request : requests) {
            QJsonObject object = request.facts;
            object.insert(u"ip"_s, request.ip);
            writer.value(object);
        }
        call.out().printJson(writer.endArray().takeBytes());
    } else if (requests.isEmpty()) {
        call.out().printLine(CliText::tr(
            "No server asks to be enrolled. Start treewarden-agent on one to make it ask."));
    } else {
        printRequests(requests, call);
    }
    return ExitCode::Done;
}

} // namespace

Verb pending()
{
    Verb verb{u"pending"_s, {}, {}, CliText::tr("Lists the servers that ask to be enrolled.")};
    verb.details = CliText::tr(
        "An agent that is not enrolled says so, with the services that it found running.\n\n"
        "Examples:\n"
        "  treewarden pending\n"
        "  treewarden enrol 10.0.0.7        accept it with these services");
    verb.run = runPending;
    return verb;
}

} // namespace Treewarden::Verbs
