// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pastevents.h"
#include "console/models/pastmaintenance.h"
#include "console/models/pastservers.h"
#include "console/models/pasttrees.h"

#include <array>

namespace Treewarden {

/// The fleet at any moment that an archive of events tells of, from the present state backwards:
/// what no event touched since then is as it is now. From one moment to the next only what the
/// events in between are about is looked at, so that a small step costs next to nothing and a leap
/// over all events no more than they are.
///
/// Before the first event about it that is remembered, what died was alive, and everything else is
/// unknown. A server's load is not told by events: it is absent here.
class PastFleet
{
public:
    explicit PastFleet(const EventArchive &archive);
    PastFleet(const PastFleet &) = delete;
    PastFleet &operator=(const PastFleet &) = delete;

    /// Starts from the state of now, to which all events of the archive belong.
    void begin(const FleetState &present, qint64 now);
    /// To be called when the archive got older events: the picture is that of begin() again.
    void restart();
    /// Nothing is shown any more. Hands out the picture and what it was made from: to free them
    /// takes its time.
    std::array<FleetState, 2> end();
    /// Takes effect at once.
    void setTreeHistory(const TreeHistory &history);

    /// When begin() was called.
    qint64 presentTime() const { return m_ground.presentTime; }

    /// Begins to move; moveOn() goes on until the picture is that of the moment. `moment` is not
    /// after presentTime(): begin() takes what is new first.
    void beginMove(qint64 moment);
    /// False when the time ran out first: until it is true the picture is of no moment.
    bool moveOn(const QDeadlineTimer &deadline);
    /// How the picture differs from the one before beginMove().
    PastChange takeChange();
    /// All at once.
    PastChange moveTo(qint64 moment);

    /// How many events and other changes there are between the picture and a moment.
    qsizetype distanceTo(qint64 moment) const;

    const FleetState &state() const { return m_ground.state; }

    /// To put a server's load in.
    FleetServer *server(const QString &ip);

    /// Of the picture; that of a move as soon as it begins.
    qint64 moment() const { return m_ground.moment; }

    const PastServers &servers() const { return m_servers; }

    const PastTrees &trees() const { return m_trees; }

private:
    bool gather(const QDeadlineTimer &deadline);
    void gatherEvent(EventPosition at, bool isForward);
    void touch(int subject, EventPosition last, EventPosition next);

    PastGround m_ground;
    PastServers m_servers;
    PastMaintenance m_maintenance;
    PastTrees m_trees;
    PastEvents m_events;
    std::vector<int> m_seen; ///< by subject: the last move that looked at it
    int m_round = 0;

    // Of a move that is under way:
    qint64 m_leftMoment = 0;
    EventPosition m_leftPosition = 0, m_gathered = 0;
    bool m_isLooseGathered = true;
    PastChange m_change;
};

} // namespace Treewarden
