// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/announcer.h"

#include "console/models/fleetsource.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QAccessible>

#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostProblemsNamed = 3;

QString problemKey(const Problem &problem)
{
    return problem.service ? problem.ip + u'/' + problem.service->text() : problem.ip;
}

QString problemSentence(const FleetState &state, const Problem &problem)
{
    const QString what = problem.service ? serviceText(state, problem.ip, *problem.service)
                                         : serverText(state, problem.ip);
    return what + u' ' + healthText(problem.health);
}

} // namespace

Announcer::Announcer(FleetSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_isLive(source.isLive())
{
    resize(0, 0);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_soon.setSingleShot(true);
    m_soon.setInterval(1s);
    connect(&m_soon, &QTimer::timeout, this, &Announcer::noteProblems);
    connect(&source, &FleetSource::liveChanged, this, &Announcer::noteLive);
    for (auto signal : {&FleetSource::serverChanged, &FleetSource::serverAdded})
        connect(&source, signal, this, &Announcer::lookSoon);
    connect(&source, &FleetSource::reset, this, &Announcer::lookSoon);
    lookSoon();
}

void Announcer::say(const QString &sentence)
{
    const QString line = oneLine(sentence);
    if (line.isEmpty() || !QAccessible::isActive() || !parentWidget()->isVisible())
        return; // nor of a site that is not in front
    setAccessibleName({}); // the same sentence twice is news as well
    setAccessibleName(line);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Announcer::noteLive()
{
    if (m_isLive == m_source.isLive())
        return;
    m_isLive = m_source.isLive();
    say(m_isLive ? tr("Connected: the values are live again.")
                 : tr("No live data. %1").arg(m_source.trouble()));
}

void Announcer::lookSoon()
{
    if (QAccessible::isActive() && !m_soon.isActive())
        m_soon.start();
}

/// A burst is one sentence. What is there at the first look is no news: the overview shows it.
void Announcer::noteProblems()
{
    if (!m_source.hasState() || m_source.isPast())
        return; // what was wrong then is no news
    const FleetState &state = m_source.state();
    QSet<QString> now;
    QStringList fresh;
    qsizetype more = 0;
    for (const Problem &problem : m_source.problems()) {
        const QString key = problemKey(problem);
        now.insert(key);
        if (m_known.contains(key))
            continue;
        if (fresh.size() < mostProblemsNamed)
            fresh << problemSentence(state, problem);
        else
            ++more;
    }
    const bool isSolved = now.isEmpty() && !m_known.isEmpty();
    m_known = now;
    if (!std::exchange(m_hasLooked, true))
        return;
    if (more > 0)
        fresh << tr("%1 more problems").arg(locale().toString(more));
    if (!fresh.isEmpty())
        say(fresh.join(u", "_s));
    else if (isSolved)
        say(tr("Nothing needs you any more."));
}

} // namespace Treewarden
