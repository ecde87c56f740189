// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outboxrecord.h"

#include "shared/core/json.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype checksumDigits = 4;
constexpr qsizetype longestRecord = 64 * 1024;
constexpr qint64 longestLease = 24 * 3600 * 1000;

QByteArray checksum(QByteArrayView text)
{
    return QByteArray::number(qChecksum(text), 16).rightJustified(checksumDigits, '0');
}

QByteArray transitionText(const Transition &transition)
{
    const bool isNotice = std::holds_alternative<AgentNotice>(transition.content);
    return QByteArray(isNotice ? "N" : "M") + (transition.hasEvent ? " 1 " : " 0 ")
        + QByteArray::number(transition.lease.count()) + ' ' + contentJson(transition);
}

std::optional<Transition::Content> parseNotice(const QByteArray &json, const QString &ip)
{
    auto object = parseJsonObject(json, u"a notice"_s, longestRecord);
    if (!object || object->value(u"ip").toString() != ip)
        return std::nullopt;
    AgentNotice notice;
    notice.ip = ip;
    notice.type = object->take(u"type").toString().left(64);
    notice.timestamp = jsonInteger(object->take(u"timestamp")).value_or(0);
    notice.told = Told{object->take(u"session").toString().left(64),
                       jsonInteger(object->take(u"n")).value_or(0)};
    object->remove(u"ip");
    notice.details = *object;
    return notice.type.isEmpty() ? std::nullopt : std::optional<Transition::Content>(notice);
}

/// What has no number of its own is no transition.
std::optional<Transition::Content> parseMessage(const QByteArray &json, const QString &ip)
{
    auto parsed = parseUpdateMessage(json);
    if (!parsed || !parsed->has_value())
        return std::nullopt;
    return std::visit(
        [&](auto &message) -> std::optional<Transition::Content> {
            if constexpr (requires { Transition::Content(std::move(message)); })
                return message.ip == ip ? std::optional<Transition::Content>(std::move(message))
                                        : std::nullopt;
            else
                return std::nullopt;
        },
        **parsed);
}

/// "M 1 15000 {…}" or "N 1 0 {…}".
std::optional<OutboxRecord> parseTransition(const QByteArray &text, const QString &ip)
{
    const qsizetype leaseEnd = text.indexOf(' ', 4);
    if (leaseEnd < 0 || (text[2] != '0' && text[2] != '1') || text[3] != ' ')
        return std::nullopt;
    bool isNumber = false;
    const qint64 lease = text.mid(4, leaseEnd - 4).toLongLong(&isNumber);
    if (!isNumber || lease < 0 || lease > longestLease)
        return std::nullopt;
    const QByteArray json = text.mid(leaseEnd + 1);
    auto content = text.startsWith('N') ? parseNotice(json, ip) : parseMessage(json, ip);
    if (!content)
        return std::nullopt;
    Transition transition{std::move(*content), text[2] == '1', std::chrono::milliseconds(lease)};
    const Told told = transition.told();
    return told.n > 0 && !told.session.isEmpty() ? std::optional<OutboxRecord>(transition)
                                                 : std::nullopt;
}

} // namespace

QByteArray outboxLine(const OutboxRecord &record)
{
    const auto *told = std::get_if<Told>(&record);
    const QByteArray text
        = told ? "T " + toldText(*told) : transitionText(std::get<Transition>(record));
    return checksum(text) + ' ' + text + '\n';
}

std::optional<OutboxRecord> parseOutboxLine(const QByteArray &line, const QString &ip)
{
    const QByteArray text = line.mid(checksumDigits + 1);
    if (line.size() > longestRecord || text.size() < 5
        || line.left(checksumDigits + 1) != checksum(text) + ' ' || text[1] != ' ')
        return std::nullopt;
    if (text.startsWith('M') || text.startsWith('N'))
        return parseTransition(text, ip);
    if (!text.startsWith('T'))
        return std::nullopt;
    const auto told = parseTold(text.mid(2));
    return told ? std::optional<OutboxRecord>(*told) : std::nullopt;
}

} // namespace Treewarden
