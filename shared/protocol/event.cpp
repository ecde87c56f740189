// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/event.h"

#include "shared/core/json.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

QList<QByteArray> eventWords(const QByteArray &type, const QString &ip, const QByteArray &json)
{
    return {
        "MAXLEN", "~", QByteArray::number(Keys::eventsLength), "*", "type", type, "ip", ip.toUtf8(),
        "json",   json};
}

Result<Event> parseEvent(const QByteArray &id, const QList<QByteArray> &fieldsAndValues)
{
    Event event;
    event.id = QString::fromLatin1(id.left(64));
    QByteArray json;
    for (qsizetype i = 0; i + 1 < fieldsAndValues.size(); i += 2) {
        const QByteArray &name = fieldsAndValues[i], &value = fieldsAndValues[i + 1];
        if (name == "type")
            event.type = QString::fromUtf8(value.left(64));
        else if (name == "ip")
            event.ip = QString::fromUtf8(value.left(64));
        else if (name == "json")
            json = value;
    }
    if (event.type.isEmpty())
        return Error{u"the event %1 has no type"_s.arg(event.id)};
    auto object = parseJsonObject(json, u"the event "_s + event.id, 64 * 1024);
    if (!object)
        return object.error();
    event.json = std::move(*object);
    return event;
}

} // namespace Treewarden
