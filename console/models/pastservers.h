// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pastground.h"

#include <QDeadlineTimer>

namespace Treewarden {

/// The servers and services in the picture of a moment: which there were, and how they stood.
class PastServers
{
public:
    explicit PastServers(PastGround &ground);

    /// Starts from the picture of the present; also when the archive got older events. learn() has
    /// to follow.
    void restart();
    /// Finds out which servers and services there are and were, a hundred thousand of them; false
    /// when time ran out and more is to be done.
    bool learn(const QDeadlineTimer &deadline);

    /// An event about the subject lies between the moment before and this one: `last` is the newest
    /// that has happened, `next` the one that comes. apply() puts it in.
    void touch(int subject, EventPosition last, EventPosition next);
    /// What changed since the moment `from`, or until then, without an event.
    void touchLoose(qint64 from);
    /// Puts in what was touched; false when time ran out and more is to be done.
    bool apply(const QDeadlineTimer &deadline, PastChange &change);

    /// How many changed without an event between two moments.
    qsizetype looseBetween(qint64 one, qint64 other) const;

    /// Whose state at the moment nothing tells.
    int forgottenServers() const { return m_forgottenServers; }

    int forgottenServices() const { return m_forgottenServices; }

private:
    using Places = std::vector<int>; ///< in m_places

    /// A server or a service, wherever it was and is.
    struct Place
    {
        int server; ///< in m_servers
        int subject = -1; ///< of the archive; none: no event is about it
        const FleetService *present = nullptr;
        /// When it became what it is now, told by no event: what it was before is only known from
        /// earlier ones. 0: events tell.
        qint64 looseSince = 0;
        bool isServer = false, isForgotten = false;
    };

    struct Server
    {
        QString ip;
        const FleetServer *present = nullptr;
        int membership = -1; ///< subject
        int own = -1; ///< place
        Places services;
        int firstStep = -1; ///< in m_steps
        bool isTouched = false, isMembershipTouched = false;
    };

    /// What lies around the moment: the events before and after it.
    struct Around
    {
        EventPosition last = noEvent, next = noEvent;
    };

    struct Step
    {
        int place;
        Around around;
        int nextStep; ///< of the same server
    };

    std::pair<Places::const_iterator, Places::const_iterator> looseRange(qint64 one,
                                                                         qint64 other) const;
    bool learnPresent(const QDeadlineTimer &deadline);
    bool learnSubjects(const QDeadlineTimer &deadline);
    bool learnLoose(const QDeadlineTimer &deadline);
    void learnSubject(int number);
    int learnService(Server &server, int serverNumber, const ServiceId &id);
    int serverNumber(const QString &ip);
    int addPlace(const Place &place);
    void addLoosePlaces(Server &server, int number);
    void findLoose(int place);
    qint64 looseSince(const Place &place) const;
    void touchPlace(int place, const Around &around);
    Around aroundOf(int subject) const;
    bool isSameLife(const Around &life) const;
    void applyTo(Server &known, PastChange &change);
    void applyMembership(Server &known, PastChange &change);
    void addServer(Server &known);
    void applyPlace(FleetServer &server, const Around &life, Place &place, Around around);
    void applyAlive(FleetServer &server, const Around &around, bool isAsNow, Place &place);
    void applyService(FleetServer &server, const Around &around, bool isAsNow, Place &place);
    ServiceState serviceState(const Around &around, Place &place);
    void setForgotten(Place &place, bool isForgotten);

    PastGround &m_ground;
    QHash<QString, FleetServer>::const_iterator m_unlearned; ///< of the present
    size_t m_looseLearned = 0; ///< servers
    bool m_isLearned = false;
    std::vector<Server> m_servers;
    QHash<QString, int> m_numbers; ///< of m_servers, by ip
    std::vector<Place> m_places;
    std::vector<int> m_placeOf; ///< by subject; -1: about no server, or a membership
    Places m_loose; ///< by looseSince
    std::vector<int> m_touched; ///< servers
    std::vector<Step> m_steps;
    int m_forgottenServers = 0, m_forgottenServices = 0;
};

} // namespace Treewarden
