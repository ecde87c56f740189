// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QHash>

#include <deque>
#include <limits>
#include <vector>

namespace Treewarden {

/// What an event tells of its subject.
enum class EventChange : quint8 {
    None, ///< nothing that belongs to the picture of a fleet
    Alive,
    Died,
    Unknown,
    Flapping, ///< of a service; `isAlive` says how it stood then
    Began, ///< enrolled, in maintenance, saved
    Ended, ///< removed, out of maintenance, not watched any more
};

/// What events are about. Each subject's events are chained from the newest to the oldest.
struct EventSubject
{
    enum class Kind : quint8 { Server, Membership, Service, Maintenance, Tree };

    Kind kind;
    QString ip; ///< for Maintenance the key, for Tree the id
    ServiceId service;

    friend bool operator==(const EventSubject &, const EventSubject &) = default;

    friend size_t qHash(const EventSubject &subject, size_t seed = 0)
    {
        return qHashMulti(seed, int(subject.kind), subject.ip, subject.service);
    }
};

/// Where an event stands in the archive. Older ones that are read later come before, with smaller
/// and then negative positions; an event keeps its position.
using EventPosition = qint32;
inline constexpr EventPosition noEvent = std::numeric_limits<EventPosition>::min();

/// An event as the stream holds it: `json` is what `event.json` was read from.
struct ArchiveEntry
{
    Event event;
    QByteArray json;
};

struct ArchivedEvent
{
    qint64 time; ///< Unix ms by Redis' clock, never falling
    quint64 milliseconds, number; ///< the parts of its id
    qint64 since; ///< since when it is so, by the clock of who told it
    int type, ip; ///< texts of the archive
    int subject = -1;
    int detail = -1; ///< why, of a service that is not alive
    EventPosition previous = noEvent; ///< of the same subject
    EventChange change = EventChange::None;
    bool isAlive = false;
    QByteArray json;
};

/// Why a service is not alive: the same few, told many times.
struct EventDetail
{
    QString reason, code;
    QJsonObject args;
    int flapping = 0;
};

/// The events of a fleet in their order, packed so that a hundred thousand take little room and
/// what changed between two moments is found without reading their JSON.
class EventArchive
{
public:
    /// Beyond either the oldest are dropped.
    static constexpr qsizetype mostEvents = 120'000, mostBytes = 96 << 20;

    /// Takes newer events, oldest first. What is told for later than `now` is taken for now: the
    /// clocks disagree. Ids that do not rise are left out.
    void append(const QList<ArchiveEntry> &oldestFirst, qint64 now);
    /// Takes older events, newest first, as long as there is room.
    void prepend(const QList<ArchiveEntry> &newestFirst);
    void clear();

    bool isEmpty() const { return m_events.empty(); }

    bool isFull() const { return m_isFull; }

    qsizetype size() const { return qsizetype(m_events.size()); }

    EventPosition first() const { return m_first; }

    EventPosition end() const { return m_first + EventPosition(m_events.size()); }

    const ArchivedEvent &at(EventPosition position) const
    {
        return m_events[size_t(position - m_first)];
    }

    /// Unix ms; 0 while empty.
    qint64 firstTime() const { return m_events.empty() ? 0 : m_events.front().time; }

    qint64 lastTime() const { return m_events.empty() ? 0 : m_events.back().time; }

    QByteArray firstId() const;
    QByteArray lastId() const;

    /// The first event that happened after `time`, or end().
    EventPosition after(qint64 time) const;
    /// The event of the same subject before this one, or noEvent.
    EventPosition previous(EventPosition position) const;

    const std::vector<EventSubject> &subjects() const { return m_subjects; }

    /// -1 when no event is about it.
    int subjectOf(const EventSubject &subject) const { return m_subjectNumbers.value(subject, -1); }

    /// The newest event about a subject.
    EventPosition newest(int subject) const { return m_newest[size_t(subject)]; }

    /// The newest event about a subject that stands before `end`, and the oldest that does not.
    std::pair<EventPosition, EventPosition> around(int subject, EventPosition end) const;

    EventDetail detail(EventPosition position) const;
    /// The event as everybody else knows it.
    Event event(EventPosition position) const;

    const QString &typeOf(EventPosition position) const { return m_texts[at(position).type]; }

    static std::optional<Health> healthOf(const ArchivedEvent &event);

private:
    ArchivedEvent pack(const ArchiveEntry &entry);
    void classify(const Event &event, ArchivedEvent &packed);
    void classifyService(const Event &event, ArchivedEvent &packed);
    void classifyConfig(const Event &event, ArchivedEvent &packed);
    void classifyMaintenance(const Event &event, ArchivedEvent &packed);
    int subject(const EventSubject &subject);
    int text(const QString &text);
    int addDetail(const EventDetail &detail);
    void makeRoom();

    std::deque<ArchivedEvent> m_events;
    EventPosition m_first = 0;
    qsizetype m_bytes = 0;
    bool m_isFull = false;
    std::vector<EventSubject> m_subjects;
    QHash<EventSubject, int> m_subjectNumbers;
    std::vector<EventPosition> m_newest, m_oldest; ///< by subject
    QStringList m_texts;
    QHash<QString, int> m_textNumbers;
    QList<EventDetail> m_details;
    QHash<QByteArray, int> m_detailNumbers;
};

} // namespace Treewarden
