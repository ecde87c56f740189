// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/auditrecord.h"

#include "shared/core/ipaddress.h"
#include "shared/core/json.h"

#include <QCryptographicHash>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype sumDigits = 8;
constexpr qsizetype longestAuditLine = 256 * 1024, longestAuditText = 600;

/// In the order of the enumeration.
const QStringList &auditWords()
{
    static const QStringList words{u"began"_s,    u"claimed"_s,    u"ended"_s, u"rejected"_s,
                                   u"replayed"_s, u"configured"_s, u"taken"_s, u"looked"_s};
    return words;
}

QByteArray sumOf(QByteArrayView text)
{
    return QCryptographicHash::hash(text.toByteArray(), QCryptographicHash::Sha256)
        .left(sumDigits / 2)
        .toHex();
}

void put(QJsonObject &object, const QString &name, const QString &text, qsizetype longest)
{
    if (!text.isEmpty())
        object[name] = text.left(longest);
}

void put(QJsonObject &object, const QString &name, qint64 number)
{
    if (number != 0)
        object[name] = number;
}

/// False when the member is there and is no message of a command.
bool readMessage(const QJsonObject &object, AuditRecord &record)
{
    const QJsonValue value = object.value(u"message");
    if (value.isUndefined())
        return true;
    auto parsed = parseUpdateMessage(compactJson(value.toObject()));
    if (!parsed || !parsed->has_value() || !std::holds_alternative<CommandMessage>(**parsed))
        return false;
    record.message = std::get<CommandMessage>(**parsed);
    return true;
}

bool needsMessage(AuditRecord::Kind kind)
{
    return kind == AuditRecord::Kind::Claimed || kind == AuditRecord::Kind::Ended
        || kind == AuditRecord::Kind::Replayed;
}

} // namespace

bool operator==(const AuditRecord &a, const AuditRecord &b)
{
    return auditLine(a) == auditLine(b);
}

QString auditWord(AuditRecord::Kind kind)
{
    return auditWords().at(int(kind));
}

QByteArray auditLine(const AuditRecord &record)
{
    QJsonObject object{{u"kind"_s, auditWord(record.kind)}, {u"time"_s, record.time}};
    put(object, u"n"_s, record.n);
    put(object, u"entry"_s, record.entry, 64);
    put(object, u"expires"_s, record.expires);
    put(object, u"signer"_s, record.signer, 64);
    put(object, u"ip"_s, record.ip, 64);
    put(object, u"version"_s, record.version);
    put(object, u"count"_s, record.count);
    put(object, u"text"_s, record.text, longestAuditText);
    put(object, u"output"_s, record.output, longestAuditOutput);
    if (record.isCarried)
        object[u"carried"_s] = true;
    if (record.isAccepted)
        object[u"accepted"_s] = true;
    if (record.message) {
        const auto message
            = parseJsonObject(toJson(UpdateMessage(*record.message)), u"a message"_s);
        object[u"message"_s] = message ? *message : QJsonObject();
    }
    if (!record.marks.isEmpty())
        object[u"marks"_s] = record.marks;
    const QByteArray json = compactJson(object);
    return sumOf(json) + ' ' + json + '\n';
}

std::optional<AuditRecord> parseAuditLine(QByteArrayView line)
{
    if (line.size() <= sumDigits + 1 || line.size() > longestAuditLine)
        return std::nullopt;
    const QByteArrayView json = line.sliced(sumDigits + 1);
    if (line.first(sumDigits + 1) != sumOf(json) + ' ')
        return std::nullopt;
    const auto object = parseJsonObject(json.toByteArray(), u"a record"_s, longestAuditLine);
    if (!object)
        return std::nullopt;
    const auto text = [&object](QStringView name, qsizetype longest) {
        return object->value(name).toString().left(longest);
    };
    const auto number
        = [&object](QStringView name) { return jsonInteger(object->value(name)).value_or(0); };
    const qsizetype kind = auditWords().indexOf(text(u"kind", 16));
    AuditRecord record;
    if (kind < 0 || !readMessage(*object, record))
        return std::nullopt;
    record.kind = AuditRecord::Kind(kind);
    record.time = number(u"time");
    record.n = number(u"n");
    record.entry = text(u"entry", 64);
    record.expires = number(u"expires");
    record.signer = text(u"signer", 64);
    record.isCarried = object->value(u"carried").toBool();
    record.ip = text(u"ip", 64);
    record.version = number(u"version");
    record.isAccepted = object->value(u"accepted").toBool();
    record.count = number(u"count");
    record.text = text(u"text", longestAuditText);
    record.output = text(u"output", longestAuditOutput);
    record.marks = object->value(u"marks").toObject();
    if (needsMessage(record.kind) && !record.message)
        return std::nullopt;
    return record;
}

AuditFile parseAuditFile(QByteArrayView bytes)
{
    AuditFile file;
    for (qsizetype end = 0; (end = bytes.indexOf('\n', file.whole)) >= 0; file.whole = end + 1) {
        if (auto record = parseAuditLine(bytes.sliced(file.whole, end - file.whole)))
            file.records << std::move(*record);
        else
            ++file.damaged;
    }
    return file;
}

} // namespace Treewarden
