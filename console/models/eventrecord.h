// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// What an event is about, for counts and filters.
enum class EventGroup { Server, Service, Command, Config, Alert, Other };

/// One event as the events page holds it: texts made once, safe to show, and the message itself as
/// it came.
struct EventRecord
{
    QString id; ///< of the stream
    QString ip; ///< empty when it concerns no single server
    QString type; ///< word of the wire
    EventGroup group = EventGroup::Other;
    qint64 time = 0; ///< ms, when Redis took it: the order of the stream, whatever clocks say
    qint64 told = 0; ///< ms, by the clock of who told it; 0: not told
    std::optional<Health> health; ///< that it led to
    QString state; ///< of a command or configuration, word of the wire
    QString role, instance; ///< of a service, else empty
    qint64 version = 0; ///< of a configuration or tree, or 0
    QString paas; ///< id, for what concerns a tree
    QString sentence;
    QString detail; ///< why, or empty
    QString where; ///< the server's name, or the tree
    QString who; ///< who asked for it, or empty
    QString searchText; ///< lower case, everything that a person may look for
    QByteArray json; ///< the message
};

EventRecord eventRecord(const Event &event, const FleetState &state);

/// One member of an event's message, one line each.
struct EventMember
{
    QString name, value;

    friend bool operator==(const EventMember &, const EventMember &) = default;
};

/// The members of a message for people who look closely: at most 60, each cut; times as dates.
QList<EventMember> eventMembers(const QByteArray &json);

} // namespace Treewarden
