// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/updatemessage.h"
#include "shared/redis/redisconnection.h"

#include <variant>

namespace Treewarden {

/// Something about the agent itself that operators must learn, without a message of its own: it
/// goes into the `events` stream only.
struct AgentNotice
{
    QString ip;
    QString type; ///< of the event: "config", "clock"
    QJsonObject details; ///< what the event says beside type, ip, timestamp, session and n
    qint64 timestamp = 0;
    std::optional<Told> told;
};

/// One change that is told exactly once (contract, section 3): the message that readers get, and
/// what is written with it.
struct Transition
{
    using Content = std::variant<AliveMessage, ServiceMessage, ServiceRemovedMessage,
                                 AddressMessage, CommandMessage, AgentNotice>;

    Content content;
    bool hasEvent
        = true; ///< false: published with its number, but nothing changed that is worth remembering
    std::chrono::milliseconds lease{0}; ///< of an AliveMessage that says alive

    /// Its session and number; nothing but zeros before it has one.
    Told told() const;

    qint64 n() const { return told().n; }

    void setTold(const Told &told);
};

/// The outcome of a command, or nullptr.
inline const CommandMessage *commandOf(const Transition &transition)
{
    return std::get_if<CommandMessage>(&transition.content);
}

/// How a command's state is told: final ones are an event but for what an agent answers itself,
/// `verified` and `unverified` always are.
Transition commandTransition(const CommandMessage &message);

/// The JSON of the message, or of the notice's event.
QByteArray contentJson(const Transition &transition);

/// What stands in `told` of server:info:{ip}: "session:n".
QByteArray toldText(const Told &told);
/// Reads it, from anybody.
std::optional<Told> parseTold(const QByteArray &text);

/// Everything that MULTI writes for these transitions of the server `ip`, oldest first: the state
/// keys, the events, the messages, and once at the end `told` with the last number and the wake-up
/// for readers of `events`.
QList<RedisConnection::Words> transitionCommands(const QString &ip,
                                                 const QList<Transition> &transitions);

} // namespace Treewarden
