// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/chartmark.h"

#include <QObject>
#include <QTimer>

namespace Treewarden {

class FleetSource;
class HistoryLink;
struct RedisReply;

/// What happened to one server over the time that its charts show: its deaths, starts, commands and
/// changes of its configuration, from the `events` stream.
class MarkFeed : public QObject
{
    Q_OBJECT
public:
    /// Entries of the stream that are looked through at most; it holds the whole fleet's.
    static constexpr int mostEntries = 100'000;
    static constexpr qsizetype mostMarks = 5'000;

    MarkFeed(FleetSource &source, HistoryLink &link, QObject *parent = nullptr);

    void follow(const QString &ip);
    /// Marks from this time on are wanted (Unix ms).
    void show(qint64 from);

    /// In the order of their time.
    const QList<ChartMark> &marks() const { return m_marks; }

    /// There are no marks before this time because nobody looked there; 0: all were looked at.
    qint64 begin() const { return m_isWhole ? 0 : m_seenFrom; }

Q_SIGNALS:
    void changed();

private:
    void restart();
    void next();
    void takePage(const RedisReply &reply);
    void add(const QList<Event> &events);
    void sort();

    FleetSource &m_source;
    HistoryLink &m_link;
    QString m_ip;
    QList<ChartMark> m_marks;
    QSet<QString> m_ids; ///< events that have their mark
    QByteArray m_before; ///< the stream's entries before this id are not looked at yet
    qint64 m_from = 0, m_seenFrom = 0;
    int m_entries = 0, m_round = 0;
    bool m_isOut = false, m_isWhole = false, m_isWanted = false;
};

/// The mark of an event, or nothing for what no chart needs to tell.
std::optional<ChartMark> markOf(const Event &event, const FleetState &state);

} // namespace Treewarden
