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

    bool has(unsigned member) const { return m_seen & member; }

    bool hasOnly(unsigned members) const { return !(m_seen & ~members); }

private:
    unsigned m_seen = 0;
};

enum Member : unsigned { Ip = 1, Timestamp = 2, Alive = 4, Info = 8, States = 16 };

/// False: this one is for a whole parser.
bool takeInfo(JsonScanner &json, MessageGlance &glance)
{
    const char *start = json.position();
    if (!scanFigures(json, glance.figures))
        return false;
    glance.body = {start, json.position() - start};
    return true;
}

/// In the same way.
bool takeMember(JsonScanner &json, QByteArrayView name, MessageGlance &glance, Once &seen)
{
    if (isWord(name, "ip")) {
        const auto text = json.text();
        glance.ip = text.value_or(QByteArrayView());
        return text && seen.isFirst(Ip);
    }
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
    const QByteArrayView type = json.text().value_or(QByteArrayView());
    MessageGlance glance;
    if (isWord(type, "workload"))
        glance.type = MessageGlance::Type::Workload;
    else if (isWord(type, "services"))
        glance.type = MessageGlance::Type::Services;
    else if (!isWord(type, "alive"))
        return std::nullopt;
    Once seen;
    while (json.nextMember(name))
        if (!takeMember(json, name, glance, seen))
            return std::nullopt;
    const unsigned own = glance.type == MessageGlance::Type::Workload ? Info
        : glance.type == MessageGlance::Type::Services                ? States
                                                                      : Alive;
    const bool isWhole = json.isAtEnd() && seen.hasOnly(Ip | Timestamp | own) && seen.has(Ip)
        && seen.has(own) && (own != Alive || glance.alive);
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
    const bool isWhole = json.isAtEnd() && seen.has(Timestamp) && seen.has(Info);
    return isWhole ? std::optional(glance) : std::nullopt;
}

} // namespace Treewarden
