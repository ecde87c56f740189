// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventfilter.h"

#include <QAbstractTableModel>

#include <array>
#include <deque>

namespace Treewarden {

class FleetSource;
struct RedisReply;

/// What happened, newest first, below a heading for each day: live ones on top, older ones read
/// from the stream in slices as somebody scrolls back. While it does not follow, new rows wait.
class EventLog : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, EventColumn, WhereColumn, WhoColumn, ColumnCount };

    enum Role {
        HealthRole = Qt::UserRole, ///< int of Health, or nothing for what changes no state
        GroupRole, ///< int of EventGroup
        DetailRole, ///< why, or empty
        DayRole, ///< the day that a row belongs to, in words
        IsDayRole, ///< the row is a heading
    };

    static constexpr int mostEvents = 20'000; ///< that are held
    static constexpr qsizetype mostBytes = 64 << 20; ///< of their messages
    static constexpr int sliceSize = 500;

    explicit EventLog(FleetSource &source, QObject *parent = nullptr);

    void setFilter(const EventFilter &filter);

    const EventFilter &filter() const { return m_filter; }

    /// True: what is new gets its row at once.
    void setFollowing(bool isFollowing);
    /// Gives their rows to those that wait.
    void showWaiting();

    /// How many that match the filter wait.
    int waitingCount() const { return m_waiting; }

    /// The event of a row; nullptr for a heading.
    const EventRecord *record(int row) const;
    /// The row of an event by its id, or -1.
    int rowOf(const QString &id) const;

    /// How many are held: of all, or that led to a death, or of a group.
    int heldCount() const { return int(m_records.size()); }

    int diedCount() const { return m_died; }

    int count(EventGroup group) const { return m_groups[size_t(group)]; }

    /// How many have rows.
    int matchCount() const { return m_matches; }

    /// Older ones are on their way.
    bool isReading() const { return m_isReading; }

    /// Nothing older is in the stream.
    bool isComplete() const { return m_isComplete; }

    /// Why older ones could not be read, or empty.
    const QString &trouble() const { return m_trouble; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// Counts, what waits, or how reading stands.
    void changed();

private:
    struct Row
    {
        qint64 number; ///< of the event, or of the newest one of the day
        bool isDay;
    };

    const EventRecord &at(qint64 number) const { return m_records[size_t(m_newest - number)]; }

    qint64 oldest() const { return m_newest - qint64(m_records.size()) + 1; }

    void catchUp();
    void rebuild();
    void take(const QList<Event> &oldestFirst);
    void takeOlder(const RedisReply &reply);
    void readOlder();
    void push(const EventRecord &record, bool isNewest);
    void count(const EventRecord &record, int change);
    void shrink();
    void removeRowsBelow(qint64 lowest);
    void fillRows();
    QList<Row> rowsOf(qint64 newest, qint64 oldest) const;
    void insertAbove(QList<Row> rows);
    void insertBelow(qint64 newest);
    void insertRowsAt(int row, const QList<Row> &rows);
    QDate dayOf(qint64 number) const;
    QString dayText(qint64 number) const;
    QString text(const EventRecord &record, int column) const;

    FleetSource &m_source;
    EventFilter m_filter;
    std::deque<EventRecord> m_records; ///< newest first
    qint64 m_newest = 0; ///< number of the first of them; the next ones are one less each
    qint64 m_shown = 0; ///< number of the newest that may have a row
    QList<Row> m_rows;
    std::array<int, 6> m_groups{}; ///< by EventGroup
    int m_died = 0, m_waiting = 0, m_matches = 0, m_generation = 0, m_wanted = 0;
    qsizetype m_bytes = 0;
    QByteArray m_readTo; ///< id of the oldest entry that was read, whatever it held
    bool m_isFollowing = true, m_isReading = false, m_isComplete = false;
    QString m_trouble;
};

} // namespace Treewarden
