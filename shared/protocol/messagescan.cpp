// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/messagescan.h"

#include "shared/core/jsonscanner.h"

#include <utility>

namespace Treewarden {

namespace {

constexpr qsizetype longestMessage = 256 * 1024, longestSample = 64 * 1024;

std::optional<qint64> wholeNumber(std::optional<double> number)
{
    if (!number || std::abs(*number) > 9007199254740992.0 || *number != std::floor(*number))
        return std::nullopt;
    return qint64(*number);
}

/// Members that a message may have only once: of two, a whole parser knows which counts.
class Once
{
public:
    bool isFirst(unsigned member) { return !(std::exchange(m_seen, m_seen | member) & member); }

    bool hasAll(unsigned members) const { return (m_seen & members) == members; }

    bool hasOnly(unsigned members) const { return !(m_seen & ~members); }

private:
    unsigned m_seen = 0;
};

enum Member : unsigned {
    Ip = 1,
    Timestamp = 2,
    Alive = 4,
    Info = 8,
    States = 16,
    ServiceRole = 32,
    ServiceInstance = 64
};

/// The members, beside `ip` and `timestamp`, that a message of a type has.
unsigned membersOf(MessageGlance::Type type)
{
    switch (type) {
    case MessageGlance::Type::Alive:
        return Alive;
    case MessageGlance::Type::Workload:
        return Info;
    case MessageGlance::Type::Services:
        return States;
    case MessageGlance::Type::ServiceWorkload:
        break;
    }
    return Info | ServiceRole | ServiceInstance;
}

std::optional<MessageGlance::Type> typeOf(QByteArrayView type)
{
    if (isWord(type, "workload"))
        return MessageGlance::Type::Workload;
    if (isWord(type, "alive"))
        return MessageGlance::Type::Alive;
    if (isWord(type, "services"))
        return MessageGlance::Type::Services;
    if (isWord(type, "service-workload"))
        return MessageGlance::Type::ServiceWorkload;
    return std::nullopt;
}

/// False: this one is for a whole parser.
bool takeInfo(JsonScanner &json, MessageGlance &glance)
{
    if (glance.type == MessageGlance::Type::ServiceWorkload) {
        glance.body = json.object();
        return !glance.body.isEmpty();
    }
    const char *start = json.position();
    if (!scanFigures(json, glance.figures))
        return false;
    glance.body = {start, json.position() - start};
    return true;
}

/// In the same way.
bool takeText(JsonScanner &json, QByteArrayView &text)
{
    const auto read = json.text();
    text = read.value_or(QByteArrayView());
    return read.has_value();
}

/// In the same way.
bool takeMember(JsonScanner &json, QByteArrayView name, MessageGlance &glance, Once &seen)
{
    if (isWord(name, "ip"))
        return takeText(json, glance.ip) && seen.isFirst(Ip);
    if (isWord(name, "timestamp")) {
        glance.timestamp = wholeNumber(json.number()).value_or(0);
        return seen.isFirst(Timestamp);
    }
    if (isWord(name, "alive")) {
        glance.alive = wholeNumber(json.number());
        return seen.isFirst(Alive);
    }
    if (isWord(name, "info"))
        return takeInfo(json, glance) && seen.isFirst(Info);
    if (isWord(name, "states")) {
        glance.body = json.object();
        return !glance.body.isEmpty() && seen.isFirst(States);
    }
    if (glance.type == MessageGlance::Type::ServiceWorkload && isWord(name, "role"))
        return takeText(json, glance.role) && seen.isFirst(ServiceRole);
    if (glance.type == MessageGlance::Type::ServiceWorkload && isWord(name, "instance"))
        return takeText(json, glance.instance) && seen.isFirst(ServiceInstance);
    // Transitions have one of these; they are rare.
    if (isWord(name, "type") || isWord(name, "session") || isWord(name, "n") || isWord(name, "by")
        || isWord(name, "mass"))
        return false;
    json.skip();
    return true;
}

/// One member of a service's state; false where a whole parser is needed.
bool scanStateMember(JsonScanner &json, QByteArrayView name, ServiceState &state)
{
    const auto text = [&json](qsizetype longest) {
        return QString::fromLatin1(json.text().value_or(QByteArrayView())).left(longest);
    };
    if (isWord(name, "alive")) {
        const auto alive = wholeNumber(json.number());
        state.alive = alive ? std::optional(*alive != 0) : std::nullopt;
    } else if (isWord(name, "since")) {
        state.since = wholeNumber(json.number()).value_or(0);
    } else if (isWord(name, "reason")) {
        state.reason = text(500);
    } else if (isWord(name, "code")) {
        state.code = text(64);
    } else if (isWord(name, "timestamp")) {
        state.timestamp = wholeNumber(json.number()).value_or(0);
    } else if (isWord(name, "session")) {
        state.session = text(64);
    } else if (isWord(name, "args")) {
        QByteArrayView argument;
        return json.beginObject() && !json.nextMember(argument);
    } else if (isWord(name, "flapping")) {
        return false;
    } else {
        json.skip();
    }
    return true;
}

} // namespace

std::optional<ServiceState> scanServiceState(QByteArrayView text)
{
    JsonScanner json(text);
    QByteArrayView name;
    ServiceState state;
    if (text.size() > longestSample || !json.beginObject())
        return std::nullopt;
    while (json.nextMember(name))
        if (!scanStateMember(json, name, state))
            return std::nullopt;
    return json.isAtEnd() ? std::optional(std::move(state)) : std::nullopt;
}

std::optional<MessageGlance> glanceAtMessage(QByteArrayView text)
{
    JsonScanner json(text);
    QByteArrayView name;
    if (text.size() > longestMessage || !json.beginObject() || !json.nextMember(name)
        || !isWord(name, "type"))
        return std::nullopt;
    const auto type = typeOf(json.text().value_or(QByteArrayView()));
    if (!type)
        return std::nullopt;
    MessageGlance glance;
    glance.type = *type;
    Once seen;
    while (json.nextMember(name))
        if (!takeMember(json, name, glance, seen))
            return std::nullopt;
    const unsigned own = membersOf(*type);
    const bool isWhole = json.isAtEnd() && seen.hasOnly(Ip | Timestamp | own)
        && seen.hasAll(Ip | own) && (own != Alive || glance.alive);
    return isWhole ? std::optional(glance) : std::nullopt;
}

std::optional<MessageGlance> glanceAtSample(QByteArrayView text)
{
    JsonScanner json(text);
    QByteArrayView name;
    MessageGlance glance;
    Once seen;
    if (text.size() > longestSample || !json.beginObject())
        return std::nullopt;
    glance.type = MessageGlance::Type::Workload;
    while (json.nextMember(name)) {
        if (isWord(name, "timestamp")) {
            const auto timestamp = wholeNumber(json.number());
            if (!timestamp || !seen.isFirst(Timestamp))
                return std::nullopt;
            glance.timestamp = *timestamp;
        } else if (isWord(name, "info")) {
            if (!takeInfo(json, glance) || !seen.isFirst(Info))
                return std::nullopt;
        } else {
            json.skip();
        }
    }
    const bool isWhole = json.isAtEnd() && seen.hasAll(Timestamp | Info);
    return isWhole ? std::optional(glance) : std::nullopt;
}

} // namespace Treewarden
