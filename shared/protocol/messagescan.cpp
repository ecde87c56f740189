// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/messagescan.h"

#include "shared/core/ipaddress.h"
#include "shared/core/jsonscanner.h"

namespace Treewarden {

namespace {

constexpr qsizetype longestMessage = 256 * 1024, longestSample = 64 * 1024, longestName = 256;
constexpr qsizetype mostStates = 4096;

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

private:
    unsigned m_seen = 0;
};

enum Member : unsigned { Ip = 1, Timestamp = 2, Alive = 4, Info = 8, States = 16 };

std::optional<QString> scanIp(JsonScanner &json)
{
    const auto text = json.text();
    if (!text || text->size() > 64)
        return std::nullopt;
    QString ip = QString::fromLatin1(*text);
    return isCanonicalIp(ip) ? std::optional(std::move(ip)) : std::nullopt;
}

bool scanStates(JsonScanner &json, QMap<QString, std::optional<bool>> &states)
{
    QByteArrayView name;
    if (!json.beginObject())
        return false;
    while (json.nextMember(name)) {
        if (name.size() > longestName || states.size() > mostStates)
            return false;
        const QString id = QString::fromLatin1(name);
        const auto number = wholeNumber(json.number());
        if (ServiceId::parse(id))
            states.insert(id, number ? std::optional(*number != 0) : std::nullopt);
    }
    return states.size() <= mostStates;
}

/// What the three kinds have, before it is known which is meant.
struct ScannedMessage
{
    Once seen;
    QString ip;
    qint64 timestamp = 0;
    std::optional<qint64> alive;
    Workload info;
    QMap<QString, std::optional<bool>> states;

    /// False: this one is for a whole parser.
    bool take(JsonScanner &json, QByteArrayView name)
    {
        if (name == "ip") {
            auto read = scanIp(json);
            ip = read.value_or(QString());
            return read && seen.isFirst(Ip);
        }
        if (name == "timestamp") {
            timestamp = wholeNumber(json.number()).value_or(0);
            return seen.isFirst(Timestamp);
        }
        if (name == "alive") {
            alive = wholeNumber(json.number());
            return seen.isFirst(Alive);
        }
        if (name == "info")
            return seen.isFirst(Info) && scanWorkload(json, info);
        if (name == "states")
            return seen.isFirst(States) && scanStates(json, states);
        // Transitions have one of these; they are rare.
        if (name == "type" || name == "session" || name == "n" || name == "by" || name == "mass")
            return false;
        json.skip();
        return true;
    }
};

/// One member of a service's state; false where a whole parser is needed.
bool scanStateMember(JsonScanner &json, QByteArrayView name, ServiceState &state)
{
    const auto text = [&json](qsizetype longest) {
        return QString::fromLatin1(json.text().value_or(QByteArrayView())).left(longest);
    };
    if (name == "alive") {
        const auto alive = wholeNumber(json.number());
        state.alive = alive ? std::optional(*alive != 0) : std::nullopt;
    } else if (name == "since") {
        state.since = wholeNumber(json.number()).value_or(0);
    } else if (name == "reason") {
        state.reason = text(500);
    } else if (name == "code") {
        state.code = text(64);
    } else if (name == "timestamp") {
        state.timestamp = wholeNumber(json.number()).value_or(0);
    } else if (name == "session") {
        state.session = text(64);
    } else if (name == "args") {
        QByteArrayView argument;
        return json.beginObject() && !json.nextMember(argument);
    } else if (name == "flapping") {
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

std::optional<UpdateMessage> scanUpdateMessage(QByteArrayView text)
{
    JsonScanner json(text);
    QByteArrayView name;
    if (text.size() > longestMessage || !json.beginObject() || !json.nextMember(name)
        || name != "type")
        return std::nullopt;
    const QByteArrayView type = json.text().value_or(QByteArrayView());
    const bool isWorkload = type == "workload", isServices = type == "services";
    if (!isWorkload && !isServices && type != "alive")
        return std::nullopt;
    ScannedMessage read;
    while (json.nextMember(name))
        if (!read.take(json, name))
            return std::nullopt;
    if (!json.isAtEnd() || !read.seen.has(Ip))
        return std::nullopt;
    if (isWorkload)
        return WorkloadMessage{std::move(read.ip), std::move(read.info), read.timestamp};
    if (isServices)
        return ServicesMessage{std::move(read.ip), std::move(read.states), read.timestamp};
    if (!read.alive)
        return std::nullopt;
    return AliveMessage{std::move(read.ip), *read.alive != 0, read.timestamp, {}};
}

std::optional<WorkloadSample> scanWorkloadSample(QByteArrayView text)
{
    JsonScanner json(text);
    QByteArrayView name;
    WorkloadSample sample;
    Once seen;
    std::optional<qint64> timestamp;
    if (text.size() > longestSample || !json.beginObject())
        return std::nullopt;
    while (json.nextMember(name)) {
        if (name == "timestamp") {
            timestamp = wholeNumber(json.number());
            if (!seen.isFirst(Timestamp))
                return std::nullopt;
        } else if (name == "info") {
            if (!seen.isFirst(Info) || !scanWorkload(json, sample.info))
                return std::nullopt;
        } else {
            json.skip();
        }
    }
    if (!json.isAtEnd() || !timestamp || !seen.has(Info))
        return std::nullopt;
    sample.timestamp = *timestamp;
    return sample;
}

} // namespace Treewarden
