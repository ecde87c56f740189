// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/eventtext.h"

#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QString member(const Event &event, const QString &name)
{
    const QJsonValue value = event.json.value(name);
    if (value.isString())
        return oneLine(value.toString(), 300);
    const auto number = jsonInteger(value);
    return number ? QString::number(*number) : QString();
}

/// Where it happened: "10.0.0.7 mysql:3306".
QString place(const Event &event)
{
    QStringList words;
    if (!event.ip.isEmpty())
        words << oneLine(event.ip, 64);
    if (event.json.contains(u"role"_s))
        words << member(event, u"role"_s) + u':' + member(event, u"instance"_s);
    if (event.json.contains(u"paas"_s))
        words << CliText::tr("PaaS %1").arg(member(event, u"paas"_s));
    return words.join(u' ');
}

std::optional<Health> healthOf(const Event &event)
{
    const QJsonValue alive = event.json.value(u"alive"_s);
    if (alive.isNull())
        return Health::Unknown;
    if (!alive.isDouble())
        return std::nullopt;
    return alive.toInt() == 1 ? Health::Alive : Health::Died;
}

QString configSentence(const Event &event)
{
    const QString state = member(event, u"state"_s), version = member(event, u"version"_s),
                  by = member(event, u"by"_s);
    QString sentence = state.isEmpty() ? CliText::tr("configuration changed")
                                       : CliText::tr("configuration %1").arg(state);
    if (!version.isEmpty())
        sentence += CliText::tr(", version %1").arg(version);
    if (!by.isEmpty())
        sentence += CliText::tr(", by %1").arg(by);
    if (const QString detail = member(event, u"detail"_s); !detail.isEmpty())
        sentence += u": "_s + detail;
    return sentence;
}

/// The members of a message of another type, as they are.
QString plainSentence(const Event &event)
{
    QJsonObject rest = event.json;
    for (const QString &known :
         {u"type"_s, u"ip"_s, u"role"_s, u"instance"_s, u"timestamp"_s, u"session"_s, u"n"_s})
        rest.remove(known);
    return oneLine(event.type, 40) + u' ' + oneLine(QString::fromUtf8(compactJson(rest)), 300);
}

QString sentence(const Event &event)
{
    const auto health = healthOf(event);
    if ((event.type == u"alive"_s || event.type == u"service"_s) && health) {
        QString text = stateWord(*health);
        if (event.json.value(u"by"_s) == u"sweeper"_s)
            text += CliText::tr(" (silent, found by the sweeper)");
        if (event.json.value(u"mass"_s).toBool())
            text += CliText::tr(" (with most of the fleet: look at Redis and the network first)");
        const QString reason = member(event, u"reason"_s);
        return reason.isEmpty() ? text : text + u": "_s + reason;
    }
    if (event.type == u"service-removed"_s)
        return CliText::tr("is not watched any more");
    if (event.type == u"config"_s)
        return configSentence(event);
    return plainSentence(event);
}

} // namespace

QString eventLine(const Event &event, const Terminal &terminal)
{
    // Ids of the stream are Redis' clock in ms; the message has the agent's.
    const qint64 stored = event.id.section(u'-', 0, 0).toLongLong();
    const qint64 time = jsonInteger(event.json.value(u"timestamp"_s)).value_or(stored);
    const auto health = healthOf(event);
    const QString glyph = health ? terminal.toned(stateGlyph(*health), stateTone(*health)) : u"·"_s;
    return terminal.toned(timeText(time), Tone::Pale) + u"  "_s + glyph + u' '
        + terminal.toned(place(event), Tone::Heading) + (place(event).isEmpty() ? u""_s : u" "_s)
        + sentence(event);
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
        const QByteArray inArray
            = QJsonDocument(QJsonArray{entry.value()}).toJson(QJsonDocument::Compact);
        writer.key(entry.key()).raw(QByteArrayView(inArray).sliced(1, inArray.size() - 2));
    }
    return writer.endObject().takeBytes();
}

} // namespace Treewarden
