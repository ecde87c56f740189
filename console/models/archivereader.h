// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventarchive.h"
#include "shared/redis/redisconnection.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace Treewarden {

class FleetSource;

/// Reads the `events` stream into an archive: what happens from now on as it comes, and as far back
/// as somebody looks, slice by slice.
class ArchiveReader : public QObject
{
    Q_OBJECT
public:
    explicit ArchiveReader(FleetSource &live, QObject *parent = nullptr);

    const EventArchive &archive() const { return m_archive; }

    /// Reads back until the archive tells of `moment` (Unix ms), the stream begins or the archive
    /// is full; above `most` events only once somebody wants more. True when it has to read:
    /// finished() follows.
    bool wantBack(qint64 moment, qsizetype most = EventArchive::mostEvents);

    /// True when the archive tells of `moment`, or nothing older will come.
    bool tellsOf(qint64 moment) const;

    /// True while older events are being read for wantBack().
    bool isReading() const { return m_isReadingBack; }

    /// True when nothing older is there, or fits.
    bool isComplete() const { return m_isAtBegin || m_archive.isFull(); }

    /// Unix ms of the first event of the stream, as far as it is known; else of the archive.
    qint64 begin() const;

    /// Why events cannot be read, a sentence; empty while they can.
    const QString &trouble() const { return m_trouble; }

Q_SIGNALS:
    /// Newer events came.
    void grown();
    /// All were dropped: they belong to another stream, or some between them and now are lost.
    void dropped();
    /// Older ones came.
    void grownBack();
    /// What wantBack() asked for is there, or will not come.
    void finished();

private:
    void restart();
    void forget();
    void readTail();
    bool readBack();
    void takeBegin(const RedisReply &reply);
    void takeTail(const RedisReply &reply);
    void takeBack(const RedisReply &reply);
    void takeFromState(const QList<Event> &oldestFirst);
    void endReadingBack();
    bool take(const RedisReply &reply, QList<ArchiveEntry> &entries);
    RedisConnection *connection() const;

    FleetSource &m_live;
    EventArchive m_archive;
    QString m_address;
    QByteArray m_tail, m_head; ///< ids up to which was read, also what could not be understood
    qint64 m_streamBegin = 0;
    qint64 m_wanted = 0;
    qsizetype m_most = 0;
    bool m_isAtBegin = false, m_isReadingBack = false, m_isReadingTail = false;
    bool m_mustReadTail = false;
    int m_generation = 0; ///< answers to questions of an earlier one are dropped
    QString m_trouble;
    QTimer m_soon;
};

} // namespace Treewarden
