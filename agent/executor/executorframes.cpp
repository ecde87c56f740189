// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/executorframes.h"

#include "shared/core/json.h"
#include "shared/trust/publickey.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostConfigFields = 256, longestConfigField = 4 << 20;

} // namespace

QJsonObject stateFrame(const CommandMessage &message, qint64 n, const QString &entry)
{
    const auto json = parseJsonObject(toJson(UpdateMessage(message)), u"a message"_s);
    return {{u"type"_s, u"state"_s},
            {u"n"_s, n},
            {u"entry"_s, entry},
            {u"message"_s, json ? *json : QJsonObject()}};
}

QJsonObject repeatFrame(const CommandMessage &message, qint64 n, const QString &entry)
{
    QJsonObject frame = stateFrame(message, n, entry);
    frame[u"repeat"_s] = true;
    return frame;
}

QJsonObject noticeFrame(const QString &entry, const QJsonObject &details)
{
    return {{u"type"_s, u"notice"_s}, {u"entry"_s, entry}, {u"details"_s, details}};
}

Result<CommandEntry> entryOf(const QJsonObject &frame)
{
    const auto payload
        = decodeBase64(frame.value(u"payload").toString().toLatin1(), longestCommandPayload);
    if (!payload)
        return Error{u"the command is none: its payload is too long or no base64"_s};
    return CommandEntry::fromWords({"payload", *payload, "key",
                                    frame.value(u"key").toString().toUtf8(), "signature",
                                    frame.value(u"signature").toString().toUtf8()});
}

Result<ConfigFields> configFieldsOf(const QJsonObject &frame)
{
    const QJsonObject object = frame.value(u"fields").toObject();
    if (object.isEmpty() || object.size() > mostConfigFields)
        return Error{u"the configuration has no fields, or more than %1"_s.arg(mostConfigFields)};
    ConfigFields fields;
    for (auto field = object.begin(); field != object.end(); ++field) {
        const auto value = decodeBase64(field->toString().toLatin1(), longestConfigField);
        if (!field->isString() || !value)
            return Error{u"a field of the configuration is too long or no base64"_s};
        fields.insert(field.key().toUtf8(), *value);
    }
    return fields;
}

} // namespace Treewarden
