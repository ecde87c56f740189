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

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostRoles = 3;

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
        , m_icon(new HealthIcon(20))
        , m_title(new TonedLabel(problem.title, TonedLabel::Tone::Text, TextSize::problem, true))
        , m_since(new TonedLabel({}, TonedLabel::Tone::Secondary))
    {
        m_icon->setHealth(problem.health);
        auto *grid = new QGridLayout(this);
        grid->setContentsMargins(16, 11, 16, 12);
        grid->setHorizontalSpacing(12);
        grid->setVerticalSpacing(2);
        grid->setColumnStretch(1, 1);
        auto *head = new QHBoxLayout;
        head->setSpacing(8);
        m_title->setMinimumWidth(60); // a name of any length may not widen the window
        head->addWidget(m_title);
        head->addWidget(new TonedLabel(problem.ip, TonedLabel::Tone::Caption));
        head->addStretch(1);
        head->addWidget(m_since);
        grid->addWidget(m_icon, 0, 0, Qt::AlignTop);
        grid->addLayout(head, 0, 1);
        if (!problem.detail.isEmpty()) {
            m_detail = new TonedLabel(problem.detail);
            m_detail->setWordWrap(true);
            m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
            grid->addWidget(m_detail, 1, 1);
        }
        grid->addLayout(foot(list), 2, 1);
    }

    /// The same problem with other words or numbers; false: it is another one.
    bool show(const ProblemText &problem)
    {
        const auto hasPath
            = [](const AffectedRole &a, const AffectedRole &b) { return a.path == b.path; };
        if (problem.ip != m_problem.ip || problem.service != m_problem.service
            || (problem.servers > 0) != (m_problem.servers > 0)
            || problem.detail.isEmpty() != m_problem.detail.isEmpty()
            || !std::equal(problem.roles.begin(), problem.roles.end(), m_problem.roles.begin(),
                           m_problem.roles.end(), hasPath))
            return false;
        m_problem = problem;
        m_icon->setHealth(problem.health);
        m_title->setText(problem.title);
        if (m_detail)
            m_detail->setText(problem.detail);
        if (m_cure)
            m_cure->setAccessibleName(ProblemList::tr("Restart: %1").arg(problem.title));
        for (qsizetype i = 0; i < m_links.size(); ++i) {
            if (m_links[i]->text() == problem.roles[i].text)
                continue;
            m_links[i]->setText(problem.roles[i].text);
            m_links[i]->updateGeometry();
        }
        return true;
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
            m_links << link;
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
    HealthIcon *m_icon;
    TonedLabel *m_title, *m_since, *m_detail = nullptr;
    QList<LinkButton *> m_links;
    QPushButton *m_cure = nullptr;
};

ProblemList::ProblemList(ActionCentre *actions, QWidget *parent)
    : Card(parent)
    , m_actions(actions)
{
    const QHBoxLayout *head = addHead(tr("Wrong now"), tr("grouped by cause"));
    m_title = qobject_cast<TonedLabel *>(head->itemAt(0)->widget());
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

void ProblemList::refresh(const FleetSource &source, const ProblemOverview &overview)
{
    m_title->setText(source.isPast() ? tr("Wrong then") : tr("Wrong now"));
    setAccessibleName(m_title->text());
    if (overview.texts != m_problems || overview.count != m_count) {
        if (!showInPlace(overview)) {
            m_count = overview.count;
            rebuild(overview.texts);
        }
    }
    for (Row *row : std::as_const(m_shown))
        row->showAge(source.now());
    if (m_quiet)
        showCalm(source);
}

/// Where only words and numbers changed, what stands there stays: a widget costs more than a text.
bool ProblemList::showInPlace(const ProblemOverview &overview)
{
    if (overview.texts.isEmpty() || overview.texts.size() != m_shown.size()
        || (overview.count > overview.texts.size()) != (m_more != nullptr))
        return false;
    for (qsizetype i = 0; i < m_shown.size(); ++i) {
        if (overview.texts[i] != m_problems[i] && !m_shown[i]->show(overview.texts[i]))
            return false;
    }
    m_problems = overview.texts;
    m_count = overview.count;
    if (m_more && m_more->text() != moreText()) {
        m_more->setText(moreText());
        m_more->updateGeometry();
    }
    return true;
}

QString ProblemList::moreText() const
{
    return tr("%1 more").arg(locale().toString(m_count - mostProblems));
}

void ProblemList::rebuild(const QList<ProblemText> &problems)
{
    m_problems = problems;
    m_shown.clear();
    m_quiet = nullptr;
    m_more = nullptr;
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
    m_more = new LinkButton(moreText());
    connect(m_more, &QAbstractButton::clicked, this, &ProblemList::allChosen);
    line->addWidget(m_more);
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
