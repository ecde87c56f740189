// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/commandrequest.h"

#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"

#include <QUuid>

#include <algorithm>
#include <array>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestBy = 100;

Error wrongCommand(const QString &why)
{
    return Error{u"the command is none: %1"_s.arg(why)};
}

bool isUuid(const QString &text)
{
    return text.size() == 36 && QUuid::fromString(text).toString(QUuid::WithoutBraces) == text;
}

/// The first of the texts that is wrong, by name; empty when all are right.
QString wrongText(const CommandRequest &r)
{
    if (!isUuid(r.id))
        return u"id must be a UUID"_s;
    if (!isCanonicalIp(r.ip))
        return u"ip must be an address"_s;
    if (r.machineId.isEmpty() || r.machineId.size() > 64)
        return u"machine_id is missing or too long"_s;
    if (!isValidName(r.service.role) || !isValidName(r.service.instance)
        || r.service.instance == allInstances)
        return u"role and instance must be names of 1 to 64 of A-Z a-z 0-9 _ . -"_s;
    if (!isValidName(r.action))
        return u"action must be a name of 1 to 64 of A-Z a-z 0-9 _ . -"_s;
    if (r.by.size() > longestBy || r.reason.size() > longestCommandReason)
        return u"by or reason is too long"_s;
    return {};
}

} // namespace

bool isBuiltInAction(QStringView action)
{
    return action == u"refresh" || action == u"ping";
}

bool isForbiddenWhenProtected(QStringView action)
{
    return action == u"stop" || action == u"restart" || action == u"shutdown";
}

QByteArray toJson(const CommandRequest &r)
{
    JsonWriter writer;
    writer.beginObject().member(u"id", QStringView(r.id)).member(u"seq", r.seq);
    writer.member(u"ip", QStringView(r.ip)).member(u"machine_id", QStringView(r.machineId));
    writer.member(u"role", QStringView(r.service.role))
        .member(u"instance", QStringView(r.service.instance));
    writer.member(u"action", QStringView(r.action));
    writer.member(u"issued", r.issued).member(u"expires", r.expires);
    writer.member(u"by", QStringView(r.by).left(longestBy));
    writer.member(u"reason", QStringView(r.reason).left(longestCommandReason)).endObject();
    return writer.takeBytes();
}

Result<CommandRequest> parseCommandRequest(const QByteArray &json)
{
    const auto object = parseJsonObject(json, u"the command"_s, longestCommandPayload);
    if (!object)
        return object.error();
    const auto text = [&object](QStringView name) { return object->value(name).toString(); };
    CommandRequest r{
        text(u"id"),     0, text(u"ip"), text(u"machine_id"), {text(u"role"), text(u"instance")},
        text(u"action"), 0, 0,           text(u"by"),         text(u"reason")};
    if (const QString wrong = wrongText(r); !wrong.isEmpty())
        return wrongCommand(wrong);
    const auto seq = jsonInteger(object->value(u"seq")),
               issued = jsonInteger(object->value(u"issued")),
               expires = jsonInteger(object->value(u"expires"));
    if (!seq || !issued || !expires)
        return wrongCommand(u"seq, issued and expires must be whole numbers"_s);
    if (*expires <= *issued || *expires - *issued > longestCommandLife)
        return wrongCommand(u"it must expire within a minute after it was issued"_s);
    r.seq = *seq;
    r.issued = *issued;
    r.expires = *expires;
    return r;
}

QList<QByteArray> CommandEntry::words() const
{
    return {"payload", payload, "key", key.toUtf8(), "signature", signature};
}

Result<CommandEntry> CommandEntry::fromWords(const QList<QByteArray> &fieldsAndValues)
{
    CommandEntry entry;
    std::array<int, 3> seen{};
    for (qsizetype i = 0; i + 1 < fieldsAndValues.size(); i += 2) {
        const QByteArray &name = fieldsAndValues[i], &value = fieldsAndValues[i + 1];
        if (name == "payload" && ++seen[0])
            entry.payload = value;
        else if (name == "key" && ++seen[1])
            entry.key = QString::fromUtf8(value.left(64));
        else if (name == "signature" && ++seen[2])
            entry.signature = value.left(256);
    }
    if (std::any_of(seen.begin(), seen.end(), [](int count) { return count != 1; }))
        return wrongCommand(u"its entry needs payload, key and signature once each"_s);
    if (entry.payload.size() > longestCommandPayload)
        return wrongCommand(u"its payload has %1, more than %2"_s.arg(
            formatBytes(entry.payload.size()), formatBytes(longestCommandPayload)));
    return entry;
}

} // namespace Treewarden
