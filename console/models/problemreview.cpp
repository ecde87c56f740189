// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/problemreview.h"

#include "console/models/fleetsource.h"
#include "shared/fleet/problemcollector.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace std::chrono_literals;

namespace {

constexpr qsizetype fewSick = 500; ///< servers whose problems are found at once
constexpr int sickBetweenLooks = 32; ///< at the clock
constexpr auto sliceOfReview = 12ms;
constexpr int restsPerWork = 200; ///< so many times as long as it took
constexpr std::chrono::nanoseconds longestRest = 2s;

/// What tells of the problems, as it stands now. A copy of all servers would cost each change of
/// one of them a copy of the rest.
FleetState sickPart(const FleetSource &source)
{
    const FleetState &whole = source.state();
    FleetState part;
    part.trees = whole.trees;
    part.maintenance = whole.maintenance;
    for (const QString &ip : source.rollup().sickServers()) {
        if (const auto server = whole.servers.constFind(ip); server != whole.servers.cend())
            part.servers.insert(ip, *server);
    }
    return part;
}

} // namespace

/// A review that is under way, of the fleet as it stood when it began.
struct ProblemReview::Work
{
    enum class Step { Servers, Roles, Sorting, Words, End };

    Work(const FleetSource &source)
        : state(sickPart(source))
        , now(source.now())
        , sick(state.servers.keys())
        , collector(state, now)
    {
    }

    FleetState state; ///< sickPart()
    qint64 now;
    QStringList sick; ///< that are still to be looked at
    ProblemCollector collector;
    QList<Problem> problems;
    Step step = Step::Servers;
};

ProblemReview::ProblemReview(FleetSource &source, qsizetype most, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_most(most)
{
    connect(&m_slices, &QTimer::timeout, this, &ProblemReview::goOn);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_isAsked)
            look();
    });
    connect(&source, &FleetSource::reset, this, &ProblemReview::stop);
}

ProblemReview::~ProblemReview() = default;

void ProblemReview::look()
{
    m_isAsked = true;
    if (m_source.rollup().sickServers().size() <= fewSick) {
        stop();
        m_isAsked = false;
        m_overview = problemOverview(m_source.state(), m_source.rollup(), m_source.now(), m_most);
        Q_EMIT done();
    } else if (!m_work && !m_rest.isActive()) {
        begin();
    }
}

/// What is under way is of another fleet.
void ProblemReview::stop()
{
    m_slices.stop();
    m_rest.stop();
    m_work.reset();
}

void ProblemReview::begin()
{
    m_isAsked = false;
    m_took = 0;
    m_work = std::make_unique<Work>(m_source);
    m_slices.start();
}

void ProblemReview::goOn()
{
    QElapsedTimer clock;
    clock.start();
    doNext(QDeadlineTimer(sliceOfReview));
    m_took += clock.nsecsElapsed();
    if (m_work->step != Work::Step::End)
        return;
    m_slices.stop();
    // In a turn of its own: to free thousands of them takes its time too.
    QTimer::singleShot(0, this, [work = std::shared_ptr<Work>(std::move(m_work))] {});
    m_rest.start(std::chrono::duration_cast<std::chrono::milliseconds>(
        std::min(longestRest, std::chrono::nanoseconds(m_took * restsPerWork))));
    Q_EMIT done();
}

void ProblemReview::doNext(const QDeadlineTimer &deadline)
{
    Work &work = *m_work;
    switch (work.step) {
    case Work::Step::Servers:
        for (int done = 1; !work.sick.isEmpty(); ++done) {
            const auto server = work.state.servers.constFind(work.sick.takeLast());
            if (server != work.state.servers.cend())
                work.collector.addServer(*server);
            if (done % sickBetweenLooks == 0 && deadline.hasExpired())
                return;
        }
        break;
    case Work::Step::Roles:
        m_source.rollup().addRoles(work.collector, work.state);
        break;
    case Work::Step::Sorting:
        work.problems = work.collector.take();
        break;
    case Work::Step::Words:
        m_overview
            = problemOverview(m_source.state(), work.problems, m_source.rollup(), work.now, m_most);
        break;
    case Work::Step::End:
        return;
    }
    work.step = Work::Step(int(work.step) + 1);
}

} // namespace Treewarden
