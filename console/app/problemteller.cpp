// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/problemteller.h"

#include "console/models/sitelist.h"

namespace Treewarden {
using namespace std::chrono_literals;

ProblemTeller::ProblemTeller(SiteList &sites, Preferences &preferences, IsInFront isInFront,
                             Now now)
    : m_sites(sites)
    , m_preferences(preferences)
    , m_isInFront(std::move(isInFront))
    , m_now(now)
    , m_planner(std::move(now))
{
    m_wake.setSingleShot(true);
    m_quietEnds.setSingleShot(true);
    m_quietEnds.setInterval(1h);
    connect(&m_wake, &QTimer::timeout, this, &ProblemTeller::tell);
    connect(&m_quietEnds, &QTimer::timeout, this, &ProblemTeller::quietChanged);
    connect(&sites, &SiteList::siteCounted, this, &ProblemTeller::look);
    connect(&sites, &SiteList::changed, this, [this] {
        for (const auto &site : m_sites.sites())
            look(site->id()); // what is wrong with a new one already is no news
    });
    connect(&sites, &SiteList::siteRemoved, this,
            [this](const QString &id) { m_planner.forget(id); });
    connect(&preferences, &Preferences::changed, this, &ProblemTeller::applyPreferences);
    applyPreferences();
}

void ProblemTeller::applyPreferences()
{
    m_planner.setQuietHours(QuietHours::parse(m_preferences.text(Preference::QuietTime)));
}

void ProblemTeller::setQuietForAnHour(bool isQuiet)
{
    m_planner.setQuietUntil(isQuiet ? m_now() + 3'600'000 : 0);
    if (isQuiet)
        m_quietEnds.start();
    else
        m_quietEnds.stop();
    Q_EMIT quietChanged();
}

void ProblemTeller::look(const QString &id)
{
    Site *site = m_sites.find(id);
    if (!site)
        return;
    m_planner.look({id, site->name(), &site->live().state(), site->counter().problems(),
                    site->tally().isLive, m_isInFront(id), site->live().trouble()});
    wakeWhenDue();
}

void ProblemTeller::wakeWhenDue()
{
    if (const std::optional<qint64> due = m_planner.due())
        m_wake.start(std::chrono::milliseconds(
            qBound<qint64>(0, *due - m_now(), NotificationPlanner::silence)));
    else
        m_wake.stop();
}

void ProblemTeller::tell()
{
    for (const auto &site : m_sites.sites()) {
        if (m_isInFront(site->id()))
            look(site->id()); // it came to the front meanwhile
    }
    const QList<ProblemNotice> notices = m_planner.take();
    if (m_preferences.isOn(Preference::Notifications)) {
        for (const ProblemNotice &notice : notices)
            Q_EMIT toTell(notice);
    }
    wakeWhenDue();
}

} // namespace Treewarden
