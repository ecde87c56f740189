// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/eventline.h"

#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// What administrators may see beside the sentence that everybody sees: why, and who.
QString background(const Event &event)
{
    const QJsonObject &json = event.json;
    QString text;
    const QString reason = reasonText(json[u"code"_s].toString(), json[u"args"_s].toObject(),
                                      json[u"reason"_s].toString());
    if (!reason.isEmpty())
        text += CliText::tr(": %1").arg(reason);
    else if (event.type == u"config"_s && !json[u"detail"_s].toString().isEmpty())
        text += CliText::tr(": %1").arg(oneLine(json[u"detail"_s].toString(), 300));
    else if (event.type == u"alert"_s && !json[u"text"_s].toString().isEmpty())
        text += CliText::tr(": %1").arg(oneLine(json[u"text"_s].toString(), 300));
    const QString state = json[u"state"_s].toString();
    if (event.type == u"command"_s && state != u"done"_s && state != u"verified"_s)
        text += u" ("_s + oneLine(json[u"detail"_s].toString(), 300) + u')';
    const QString by = oneLine(json[u"by"_s].toString(), 100);
    if (!by.isEmpty() && by != u"sweeper"_s)
        text += CliText::tr(", by %1").arg(by);
    return text;
}

} // namespace

QString eventLine(const Event &event, const FleetState &state, const Terminal &terminal)
{
    // Ids of the stream are Redis' clock in ms; the message has the agent's.
    const qint64 stored = event.id.section(u'-', 0, 0).toLongLong();
    const qint64 time = jsonInteger(event.json[u"timestamp"_s]).value_or(stored);
    const auto health = eventHealth(event);
    const QString glyph = health ? terminal.toned(stateGlyph(*health), stateTone(*health)) : u"·"_s;
    return terminal.toned(timeText(time), Tone::Pale) + u"  "_s + glyph + u' '
        + eventText(event, state) + background(event);
}

QByteArray eventJson(const Event &event)
{
    JsonWriter writer;
    writer.beginObject()
        .member(u"id", QStringView(event.id))
        .member(u"type", QStringView(event.type));
    if (!event.ip.isEmpty())
        writer.member(u"ip", QStringView(event.ip));
    for (auto entry = event.json.begin(); entry != event.json.end(); ++entry) {
        if (entry.key() == u"id"_s || entry.key() == u"type"_s || entry.key() == u"ip"_s)
            continue;
        // Qt writes only objects and arrays: the value goes in as an array's only element.
        const QByteArray inArray
            = QJsonDocument(QJsonArray{entry.value()}).toJson(QJsonDocument::Compact);
        writer.key(entry.key()).raw(QByteArrayView(inArray).sliced(1, inArray.size() - 2));
    }
    return writer.endObject().takeBytes();
}

} // namespace Treewarden
