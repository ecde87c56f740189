// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/problemlist.h"

#include "console/models/actioncentre.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/views/healthicon.h"
#include "console/views/linkbutton.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostProblems = 12, mostRoles = 3;

QString clock(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"HH:mm:ss"_s);
}

} // namespace

/// One problem: shape, title and since when; why; whom it touches, and the way to the server.
class ProblemList::Row : public QWidget
{
public:
    Row(const ProblemText &problem, ProblemList &list)
        : m_problem(problem)
        , m_since(new TonedLabel({}, TonedLabel::Tone::Secondary))
    {
        auto *icon = new HealthIcon(20);
        icon->setHealth(problem.health);
        auto *grid = new QGridLayout(this);
        grid->setContentsMargins(16, 11, 16, 12);
        grid->setHorizontalSpacing(12);
        grid->setVerticalSpacing(2);
        grid->setColumnStretch(1, 1);
        auto *head = new QHBoxLayout;
        head->setSpacing(8);
        auto *title
            = new TonedLabel(problem.title, TonedLabel::Tone::Text, TextSize::problem, true);
        title->setMinimumWidth(60); // a name of any length may not widen the window
        head->addWidget(title);
        head->addWidget(new TonedLabel(problem.ip, TonedLabel::Tone::Caption));
        head->addStretch(1);
        head->addWidget(m_since);
        grid->addWidget(icon, 0, 0, Qt::AlignTop);
        grid->addLayout(head, 0, 1);
        if (!problem.detail.isEmpty()) {
            auto *detail = new TonedLabel(problem.detail);
            detail->setWordWrap(true);
            detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
            grid->addWidget(detail, 1, 1);
        }
        grid->addLayout(foot(list), 2, 1);
    }

    /// The cure is offered where it can be done; only one of a page is the primary button.
    bool showCure(ActionCentre &actions, bool isPrimary)
    {
        if (!m_cure)
            return false;
        const ActionChoice choice = actions.choice(scope(), u"restart"_s);
        m_cure->setVisible(choice.isPossible());
        setEmphasis(m_cure, isPrimary ? Emphasis::Primary : Emphasis::Plain);
        return choice.isPossible();
    }

    void showAge(qint64 now)
    {
        m_since->setText(m_problem.since == 0
                             ? QString()
                             : ProblemList::tr("%1, %2 ago")
                                   .arg(clock(m_problem.since),
                                        formatDuration(qMax<qint64>(0, now - m_problem.since))));
    }

private:
    QHBoxLayout *foot(ProblemList &list)
    {
        auto *foot = new QHBoxLayout;
        foot->setSpacing(8);
        if (!m_problem.roles.isEmpty())
            foot->addWidget(
                new TonedLabel(ProblemList::tr("It touches"), TonedLabel::Tone::Secondary));
        const qsizetype shown
            = qMin(mostRoles - (m_problem.servers > 0 ? 1 : 0), m_problem.roles.size());
        for (const AffectedRole &role : m_problem.roles.first(shown)) {
            auto *link = new LinkButton(role.text);
            connect(link, &QAbstractButton::clicked, &list,
                    [&list, path = role.path] { Q_EMIT list.treeChosen(path); });
            foot->addWidget(link);
        }
        if (m_problem.roles.size() > shown)
            foot->addWidget(
                new TonedLabel(ProblemList::tr("and %1 more").arg(m_problem.roles.size() - shown),
                               TonedLabel::Tone::Secondary));
        foot->addStretch(1);
        if (m_problem.service && list.m_actions) {
            m_cure = new QPushButton(ProblemList::tr("Restart…"));
            m_cure->setAccessibleName(ProblemList::tr("Restart: %1").arg(m_problem.title));
            m_cure->hide();
            connect(m_cure, &QPushButton::clicked, &list,
                    [this, &list] { Q_EMIT list.actionRequested(u"restart"_s, scope()); });
            foot->addWidget(m_cure);
        }
        foot->addWidget(m_problem.servers > 0 ? allButton(list) : serverButton(list));
        return foot;
    }

    ActionScope scope() const
    {
        ActionScope target;
        target.places.append({m_problem.ip, *m_problem.service});
        return target;
    }

    QPushButton *serverButton(ProblemList &list) const
    {
        auto *open = new QPushButton(ProblemList::tr("Open server"));
        open->setAccessibleName(ProblemList::tr("Open server %1").arg(m_problem.ip));
        connect(open, &QPushButton::clicked, &list,
                [&list, ip = m_problem.ip] { Q_EMIT list.serverChosen(ip); });
        return open;
    }

    QPushButton *allButton(ProblemList &list) const
    {
        auto *open = new QPushButton(ProblemList::tr("Show the servers"));
        connect(open, &QPushButton::clicked, &list, &ProblemList::allChosen);
        return open;
    }

    ProblemText m_problem;
    TonedLabel *m_since;
    QPushButton *m_cure = nullptr;
};

ProblemList::ProblemList(ActionCentre *actions, QWidget *parent)
    : Card(parent)
    , m_actions(actions)
{
    addHead(tr("Wrong now"), tr("grouped by cause"));
    setAccessibleName(tr("Wrong now"));
    if (actions)
        connect(actions, &ActionCentre::choicesChanged, this, &ProblemList::showCures);
}

void ProblemList::showCures()
{
    bool isFirst = true;
    for (Row *row : std::as_const(m_shown)) {
        if (row->showCure(*m_actions, isFirst))
            isFirst = false;
    }
}

void ProblemList::refresh(const FleetSource &source)
{
    const ProblemOverview overview = problemOverview(source.state(), source.now(), mostProblems);
    if (overview.texts != m_problems || overview.count != m_count) {
        m_count = overview.count;
        rebuild(overview.texts);
    }
    for (Row *row : std::as_const(m_shown))
        row->showAge(source.now());
    if (m_quiet)
        showCalm(source);
}

void ProblemList::rebuild(const QList<ProblemText> &problems)
{
    m_problems = problems;
    m_shown.clear();
    m_quiet = nullptr;
    delete m_rows;
    m_rows = new QWidget;
    auto *rows = new QVBoxLayout(m_rows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (const ProblemText &problem : problems) {
        auto *row = new Row(problem, *this);
        rows->addWidget(new Divider);
        rows->addWidget(row);
        m_shown << row;
    }
    if (m_count > problems.size())
        rows->addWidget(moreRow());
    if (problems.isEmpty()) {
        auto *icon = new HealthIcon(20);
        m_quiet = new TonedLabel({}, TonedLabel::Tone::Secondary);
        auto *calm = new QGridLayout;
        calm->setContentsMargins(16, 16, 16, 16);
        calm->setHorizontalSpacing(12);
        calm->setVerticalSpacing(2);
        calm->setColumnStretch(1, 1);
        calm->addWidget(icon, 0, 0);
        calm->addWidget(new TonedLabel(tr("Nothing needs you"), TonedLabel::Tone::Text,
                                       TextSize::problem, true),
                        0, 1);
        calm->addWidget(m_quiet, 1, 1);
        rows->addWidget(new Divider);
        rows->addLayout(calm);
    }
    column()->addWidget(m_rows);
    if (m_actions)
        showCures();
}

QWidget *ProblemList::moreRow()
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(48, 8, 16, 12);
    auto *more = new LinkButton(tr("%1 more").arg(locale().toString(m_count - mostProblems)));
    connect(more, &QAbstractButton::clicked, this, &ProblemList::allChosen);
    line->addWidget(more);
    line->addStretch(1);
    return row;
}

void ProblemList::showCalm(const FleetSource &source)
{
    qint64 last = 0;
    for (const Event &event : source.state().events)
        if (eventHealth(event))
            last = qMax(last, eventTime(event));
    m_quiet->setVisible(last > 0);
    m_quiet->setText(tr("Quiet since %1, for %2.")
                         .arg(clock(last), formatDuration(qMax<qint64>(0, source.now() - last))));
}

} // namespace Treewarden
