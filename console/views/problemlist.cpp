// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/problemlist.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/views/healthicon.h"
#include "console/views/linkbutton.h"
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
        head->addWidget(
            new TonedLabel(problem.title, TonedLabel::Tone::Text, TextSize::problem, true));
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
        for (const AffectedRole &role :
             m_problem.roles.first(qMin(mostRoles, m_problem.roles.size()))) {
            auto *link = new LinkButton(role.text);
            connect(link, &QAbstractButton::clicked, &list,
                    [&list, id = role.tree] { Q_EMIT list.treeChosen(id); });
            foot->addWidget(link);
        }
        if (m_problem.roles.size() > mostRoles)
            foot->addWidget(new TonedLabel(
                ProblemList::tr("and %1 more").arg(m_problem.roles.size() - mostRoles),
                TonedLabel::Tone::Secondary));
        foot->addStretch(1);
        auto *open = new QPushButton(ProblemList::tr("Open server"));
        open->setAccessibleName(ProblemList::tr("Open server %1").arg(m_problem.ip));
        connect(open, &QPushButton::clicked, &list,
                [&list, ip = m_problem.ip] { Q_EMIT list.serverChosen(ip); });
        foot->addWidget(open);
        return foot;
    }

    ProblemText m_problem;
    TonedLabel *m_since;
};

ProblemList::ProblemList(QWidget *parent)
    : Card(parent)
{
    addHead(tr("Wrong now"), tr("grouped by cause"));
    setAccessibleName(tr("Wrong now"));
}

void ProblemList::refresh(const FleetSource &source)
{
    const FleetState &state = source.state();
    const QList<Problem> problems = fleetProblems(state, source.now());
    QList<ProblemText> texts;
    for (const Problem &problem : problems.first(qMin(mostProblems, problems.size())))
        texts << problemText(state, problem, source.now());
    if (texts != m_problems || problems.size() != m_count) {
        m_count = problems.size();
        rebuild(texts);
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
