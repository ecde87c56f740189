// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventarchive.h"
#include "console/models/treehistory.h"

#include <QCache>
#include <QSet>

namespace Treewarden {

/// How the picture of one moment differs from the one before.
struct PastChange
{
    bool isAll = false; ///< nothing stays: the rest says nothing
    QSet<QString> servers; ///< ips whose state or services differ
    QStringList added, removed; ///< ips
    bool areTreesOther = false, isMaintenanceOther = false;

    /// Puts what follows behind this.
    void add(const PastChange &later);
};

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

    /// Starts from the state of now, to which all events of the archive belong.
    void begin(const FleetState &present, qint64 now);
    /// To be called when the archive got older events: the picture is that of begin() again.
    void restart();
    void setTreeHistory(const TreeHistory &history);

    /// When begin() was called.
    qint64 presentTime() const { return m_presentTime; }

    /// `moment` is not after presentTime(): begin() takes what is new first.
    PastChange moveTo(qint64 moment);

    const FleetState &state() const { return m_state; }

    /// To put a server's load in.
    FleetServer *server(const QString &ip);

    qint64 moment() const { return m_moment; }

    /// Trees of which the version of that moment is not remembered: they are shown as they were
    /// soonest after it.
    const QStringList &vagueTrees() const { return m_vagueTrees; }

private:
    /// Something that changed without an event in the archive: what it was before is only known
    /// from earlier events.
    struct Loose
    {
        qint64 since;
        QString ip;
        std::optional<ServiceId> service;
    };

    void findLoose(qint64 oldest);
    void restoreMaintenance();
    void moveLoose(qint64 from, qint64 to, PastChange &change);
    /// True when a subject stands as m_present has it, by the events around the moment.
    bool isAsNow(const EventSubject &subject, EventPosition last, EventPosition next) const;
    void apply(int subject, EventPosition last, EventPosition next, PastChange &change);
    void applyAlive(const EventSubject &subject, EventPosition last, EventPosition next,
                    PastChange &change);
    void applyService(const EventSubject &subject, EventPosition last, EventPosition next,
                      PastChange &change);
    void applyMembership(const EventSubject &subject, EventPosition last, EventPosition next,
                         PastChange &change);
    void applyMaintenance(const EventSubject &subject, EventPosition last, EventPosition next,
                          PastChange &change);
    bool wasHeard(const QString &ip) const;
    std::pair<EventPosition, EventPosition> lifeOf(const QString &ip) const;
    bool isSameLife(const QString &ip) const;
    void addServer(const QString &ip, PastChange &change);
    void moveSubjects(EventPosition to, PastChange &change);
    void moveMaintenance(qint64 from, qint64 to, PastChange &change) const;
    TreeHistory::Answer treeAt(const QString &id) const;
    void moveTrees(PastChange &change);
    void collectEvents();
    const Event &eventAt(EventPosition position);
    const FleetServer *presentServer(const QString &ip) const;

    const EventArchive &m_archive;
    FleetState m_present, m_state;
    TreeHistory m_trees;
    qint64 m_presentTime = 0;
    EventPosition m_presentEnd = 0; ///< the first event that m_present does not know
    qint64 m_moment = 0;
    EventPosition m_position = 0; ///< the first event that has not happened yet
    QList<Loose> m_loose; ///< by since
    QHash<EventSubject, qint64> m_looseSince;
    std::vector<int> m_seen; ///< by subject: the last move that looked at it
    int m_round = 0;
    QStringList m_vagueTrees;
    QCache<EventPosition, Event> m_events;
    QCache<EventPosition, CommandMessage> m_commands;
};

} // namespace Treewarden
