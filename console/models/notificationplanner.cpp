// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/notificationplanner.h"

#include "console/models/problemtext.h"
#include "shared/core/textformat.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamed = 3;

struct Notices
{
    Q_DECLARE_TR_FUNCTIONS(Notices)
};

QString problemKey(const Problem &problem)
{
    return problem.service
        ? problem.ip + u'/' + problem.service->role + u'/' + problem.service->instance
        : problem.ip;
}

bool isWorse(const Problem &a, const Problem &b)
{
    return a.health > b.health;
}

} // namespace

NotificationPlanner::NotificationPlanner(Now now, QTimeZone zone)
    : m_now(std::move(now))
    , m_zone(std::move(zone))
{
}

bool NotificationPlanner::isQuiet() const
{
    const qint64 now = m_now();
    return m_quietUntil > now
        || m_hours.contains(QDateTime::fromMSecsSinceEpoch(now).toTimeZone(m_zone));
}

void NotificationPlanner::look(const SiteSight &sight)
{
    Seen &seen = m_sites[sight.id];
    const bool wasLive = seen.last.isLive;
    seen.last = sight;
    if (!sight.isLive) {
        if (wasLive)
            seen.lostSince = m_now();
        return;
    }
    seen.lostSince = 0;
    QSet<QString> present;
    present.reserve(sight.problems.size());
    for (const Problem &problem : sight.problems) {
        const QString key = problemKey(problem);
        present.insert(key);
        if (seen.isFirst || seen.problems.contains(key) || sight.isInFront)
            continue;
        if (seen.news.isEmpty())
            seen.since = m_now();
        seen.news.insert(key, problem);
    }
    seen.news.removeIf(
        [&](QMap<QString, Problem>::iterator entry) { return !present.contains(entry.key()); });
    seen.problems = present;
    seen.isFirst = false;
}

void NotificationPlanner::forget(const QString &site)
{
    m_sites.remove(site);
}

std::optional<qint64> NotificationPlanner::due() const
{
    std::optional<qint64> first;
    for (const Seen &seen : m_sites) {
        if (!seen.news.isEmpty() && (!first || seen.since + burst < *first))
            first = seen.since + burst;
        if (seen.lostSince && (!first || seen.lostSince + silence < *first))
            first = seen.lostSince + silence;
    }
    return first;
}

QList<ProblemNotice> NotificationPlanner::take()
{
    const qint64 now = m_now();
    QList<ProblemNotice> notices;
    for (Seen &seen : m_sites) {
        if (const auto loss = takeLoss(seen))
            notices << *loss;
        // A clock that was set back must not keep them for ever.
        if (seen.news.isEmpty() || (now < seen.since + burst && now >= seen.since))
            continue;
        const bool isWanted = !isQuiet() && !seen.last.isInFront;
        if (const QList<Problem> news = isWanted ? worthTelling(seen) : QList<Problem>();
            !news.isEmpty())
            notices << noticeOf(seen, news);
        seen.news.clear();
    }
    m_told.removeIf(
        [&](QHash<QString, qint64>::iterator entry) { return qAbs(now - entry.value()) > pause; });
    return notices;
}

/// Once for each time that it is lost.
std::optional<ProblemNotice> NotificationPlanner::takeLoss(Seen &seen)
{
    if (!seen.lostSince || m_now() < seen.lostSince + silence)
        return std::nullopt;
    seen.lostSince = 0;
    if (isQuiet() || seen.last.isInFront)
        return std::nullopt;
    return ProblemNotice{seen.last.id,
                         Notices::tr("%1: no live data").arg(seen.last.name),
                         oneLine(seen.last.trouble),
                         Health::Unknown,
                         {}};
}

/// Worst first, without what was told a moment ago.
QList<Problem> NotificationPlanner::worthTelling(Seen &seen)
{
    const qint64 now = m_now();
    QList<Problem> news;
    for (auto entry = seen.news.cbegin(); entry != seen.news.cend(); ++entry) {
        const QString key = seen.last.id + u' ' + entry.key();
        const auto told = m_told.constFind(key);
        if (told != m_told.cend() && qAbs(now - *told) < pause)
            continue;
        m_told.insert(key, now);
        news << *entry;
    }
    std::stable_sort(news.begin(), news.end(), isWorse);
    return news;
}

ProblemNotice NotificationPlanner::noticeOf(const Seen &seen, const QList<Problem> &news) const
{
    const SiteSight &site = seen.last;
    ProblemNotice notice;
    notice.site = site.id;
    notice.worst = news.first().health;
    if (news.size() == 1) {
        const ProblemText text = problemText(*site.state, news.first(), m_now());
        notice.ip = text.ip;
        notice.title = Notices::tr("%1: %2").arg(site.name, text.title);
        notice.text = text.detail;
        return notice;
    }
    notice.title = Notices::tr("%1 problems at %2").arg(QLocale().toString(news.size()), site.name);
    QStringList lines;
    for (const Problem &problem : news.first(qMin(mostNamed, news.size())))
        lines << problemText(*site.state, problem, m_now()).title;
    if (news.size() > mostNamed)
        lines << Notices::tr("and %1 more").arg(QLocale().toString(news.size() - mostNamed));
    notice.text = lines.join(u'\n');
    return notice;
}

} // namespace Treewarden
