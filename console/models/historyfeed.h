// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/historyloader.h"
#include "console/models/liverows.h"

#include <QTimer>

namespace Treewarden {

class FleetSource;

/// The load of one server over any span of time: what the tiers of its history and its newest
/// samples tell, as one. What is shown stays until what was asked for has come; new samples join at
/// the end by themselves.
class HistoryFeed : public QObject
{
    Q_OBJECT
public:
    /// About as many points a metric are given for what is shown.
    static constexpr int mostPoints = 600;

    HistoryFeed(FleetSource &source, HistoryLink &link, QObject *parent = nullptr);

    /// Follows another server; an empty ip: none.
    void follow(const QString &ip);
    /// This span of the server's time (Unix ms) is looked at: what tells about it is read, and as
    /// much beside it.
    void show(qint64 from, qint64 to);
    /// Nobody looks: nothing is done until somebody does.
    void setActive(bool isActive);

    /// The source shows the past: its newest samples are no end of the history.
    void setPast(bool isPast) { m_isPast = isPast; }

    const QString &ip() const { return m_ip; }

    const WorkloadTracks &tracks() const { return m_tracks; }

    /// All metrics that the server is known to have, not only where one looks now.
    QSet<QByteArray> metrics() const;

    /// True while what was asked for is read from Redis.
    bool isLoading() const { return m_loader.isLoading() || m_isReading; }

    double progress() const { return m_loader.progress(); }

    /// Why there is no history, a sentence; empty when it came.
    const QString &trouble() const { return m_loader.trouble(); }

    /// The server's clock now (Unix ms) as far as its samples tell it.
    qint64 serverTime() const;
    /// Of the newest sample, or 0.
    qint64 lastTime() const;
    /// The earliest time that is known of, or 0.
    qint64 firstTime() const;

Q_SIGNALS:
    /// tracks() changed, or loading ended.
    void changed();
    void loadingChanged();

private:
    struct Span
    {
        qint64 from = 0, to = 0, step = 0; ///< ms; multiples of step

        friend bool operator==(const Span &, const Span &) = default;
    };

    Span wanted() const;
    qint64 stepFor(qint64 from, qint64 to) const;
    void askFor(const Span &span);
    void readLists();
    void takeRead(const Span &span, const WorkloadTracks &tracks);
    void takeLive(const QString &ip);
    void takeNewest();
    void takeSamples(const QList<QByteArray> &elements);
    void compose();

    FleetSource &m_source;
    HistoryLoader m_loader;
    LiveRows m_rows;
    QString m_ip;
    qint64 m_from = 0, m_to = 0; ///< what is looked at
    Span m_asked, m_read;
    WorkloadTracks m_base, m_tracks;
    bool m_isActive = true, m_isPast = false, m_isReading = false, m_mustRead = false;
    int m_round = 0;
    QString m_address; ///< of the Redis that it was read from
    qint64 m_clockOffset = 0; ///< server minus here, ms
    QTimer m_refresh;
};

} // namespace Treewarden
