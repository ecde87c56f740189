// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/quiethours.h"
#include "shared/core/now.h"
#include "shared/fleet/fleetstate.h"

#include <QSet>
#include <QTimeZone>

namespace Treewarden {

/// One message to a person who may not look: plain text.
struct ProblemNotice
{
    QString site; ///< id
    QString title, text;
    Health worst = Health::Died;
    QString ip; ///< of the server, when it is about one only

    friend bool operator==(const ProblemNotice &, const ProblemNotice &) = default;
};

/// What is seen of a site at one moment.
struct SiteSight
{
    QString id, name;
    const FleetState *state = nullptr;
    QList<Problem> problems;
    bool isLive = false; ///< what is not live tells nothing
    bool isInFront = false; ///< the person looks at it
    QString trouble = {}; ///< why it is not live, a sentence
};

/// Decides of which problems a person is told and when: only of new ones (what was wrong when a
/// site was first seen is not news), once for all that come within three seconds, not what has gone
/// by then, not what is in front, not in quiet hours, and not the same again within minutes. Knows
/// no timer: due() says when to ask again.
class NotificationPlanner
{
public:
    static constexpr qint64 burst = 3'000; ///< ms
    static constexpr qint64 pause = 300'000; ///< ms before the same problem is told again
    static constexpr qint64 silence = 30'000; ///< ms after which a lost Redis is told

    explicit NotificationPlanner(Now now = systemNow(),
                                 QTimeZone zone = QTimeZone::systemTimeZone());

    void setQuietHours(const QuietHours &hours) { m_hours = hours; }

    /// Nothing is told before this moment (ms); 0 ends it.
    void setQuietUntil(qint64 until) { m_quietUntil = until; }

    qint64 quietUntil() const { return m_quietUntil > m_now() ? m_quietUntil : 0; }

    bool isQuiet() const;

    /// A site as it is now. Ask due() afterwards.
    void look(const SiteSight &sight);
    void forget(const QString &site);

    /// The moment (ms) at which something is to be told.
    std::optional<qint64> due() const;
    /// What is to be told now.
    QList<ProblemNotice> take();

private:
    struct Seen
    {
        bool isFirst = true;
        QSet<QString> problems; ///< keys of those there are
        QMap<QString, Problem> news; ///< by key; not told yet
        qint64 since = 0; ///< ms of the oldest of the news
        qint64 lostSince = 0; ///< ms since when it is not live; 0: it is, or that was told
        SiteSight last;
    };

    ProblemNotice noticeOf(const Seen &seen, const QList<Problem> &news) const;
    QList<Problem> worthTelling(Seen &seen);
    std::optional<ProblemNotice> takeLoss(Seen &seen);

    Now m_now;
    QTimeZone m_zone;
    QuietHours m_hours;
    qint64 m_quietUntil = 0;
    QMap<QString, Seen> m_sites;
    QHash<QString, qint64> m_told; ///< ms, by site and key
};

} // namespace Treewarden
