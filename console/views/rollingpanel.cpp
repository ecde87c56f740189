// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/rollingpanel.h"

#include "console/models/actioncentre.h"
#include "console/models/actiondesk.h"
#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/maintenancetext.h"
#include "console/views/linkbutton.h"
#include "console/views/progressicon.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QGridLayout>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int turnsInARow = 4;
constexpr qsizetype mostTurns = 12; ///< those around the present one

std::optional<Health> healthOf(RollingTurn::State state)
{
    switch (state) {
    case RollingTurn::State::Done:
        return Health::Alive;
    case RollingTurn::State::Failed:
        return Health::Died;
    default:
        return std::nullopt;
    }
}

/// The turns that a person wants to see: the present ones with what is around them.
QList<RollingTurn> shownTurns(const QList<RollingTurn> &turns)
{
    const auto present = std::find_if(turns.begin(), turns.end(), [](const RollingTurn &turn) {
        return turn.state != RollingTurn::State::Done;
    });
    const qsizetype first = qBound<qsizetype>(0, (present - turns.begin()) - turnsInARow,
                                              qMax<qsizetype>(0, turns.size() - mostTurns));
    return turns.mid(first, mostTurns);
}

} // namespace

/// How much of it is done.
class RollingPanel::Bar : public QWidget
{
public:
    Bar() { setFixedHeight(6); }

    void setShare(double share)
    {
        m_share = share;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = themeOf(this);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.line);
        painter.drawRoundedRect(rect(), 3, 3);
        painter.setBrush(theme.accent);
        if (m_share > 0)
            painter.drawRoundedRect(QRectF(0, 0, qMax(6.0, width() * m_share), height()), 3, 3);
    }

private:
    double m_share = 0;
};

RollingPanel::RollingPanel(ActionCentre &centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_title(new TonedLabel({}, TonedLabel::Tone::Text, TextSize::problem, true))
    , m_count(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_outcome(new TonedLabel)
    , m_outcomeIcon(new ProgressIcon(14))
    , m_stop(new QPushButton(tr("Stop after this one")))
    , m_close(new QPushButton(tr("Close")))
    , m_bar(new Bar)
    , m_outcomeRow(new QWidget)
{
    m_stop->setAutoDefault(false);
    m_close->setAutoDefault(false);
    m_title->setMinimumWidth(60);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_title);
    head->addWidget(m_count);
    head->addStretch(1);
    head->addWidget(m_stop);
    head->addWidget(m_close);
    m_outcome->setWordWrap(true);
    auto *outcome = new QHBoxLayout(m_outcomeRow);
    outcome->setContentsMargins(0, 2, 0, 0);
    outcome->setSpacing(8);
    outcome->addWidget(m_outcomeIcon);
    outcome->addWidget(m_outcome, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(10);
    column->addLayout(head);
    column->addWidget(m_bar);
    column->addWidget(m_outcomeRow);
    setAccessibleName(tr("Rolling action"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_stop, &QPushButton::clicked, this, [this] { m_centre.desk().stopRolling(); });
    connect(m_close, &QPushButton::clicked, this, [this] {
        m_isClosed = true;
        refresh();
    });
    connect(&centre.desk(), &ActionDesk::rollingChanged, this, &RollingPanel::refresh);
    refresh();
}

QString RollingPanel::title() const
{
    return m_title->text();
}

void RollingPanel::refresh()
{
    const RollingProgress &rolling = m_centre.desk().rolling();
    if (rolling.isRunning)
        m_isClosed = false;
    setVisible(!rolling.turns.isEmpty() && !m_isClosed);
    if (!isVisibleTo(parentWidget()))
        return;
    const int total = rolling.wantedCount();
    m_title->setText(actionOn(
        rolling.plan.action,
        targetText(m_centre.source().state(), {{}, rolling.plan.tree, rolling.plan.role})));
    m_count->setText(tr("%1 of %2 done").arg(rolling.doneCount()).arg(total));
    m_bar->setShare(double(rolling.doneCount()) / qMax(1, total));
    m_stop->setVisible(rolling.isRunning);
    m_stop->setEnabled(!rolling.isStopping);
    m_stop->setText(rolling.isStopping ? tr("Stopping…") : tr("Stop after this one"));
    m_close->setVisible(!rolling.isRunning);
    m_outcomeRow->setVisible(!rolling.outcome.isEmpty());
    m_outcome->setText(oneLine(rolling.outcome, 400));
    m_outcomeIcon->setHealth(rolling.doneCount() == total ? Health::Alive : Health::Died);
    setAccessibleDescription(m_title->text() + u". "_s + m_count->text() + u". "_s
                             + rolling.outcome);
    showTurns();
}

void RollingPanel::showTurns()
{
    if (m_turns)
        m_turns->deleteLater();
    m_turns = new QWidget;
    auto *grid = new QGridLayout(m_turns);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    const QList<RollingTurn> turns = shownTurns(m_centre.desk().rolling().turns);
    for (int i = 0; i < turns.size(); ++i)
        grid->addWidget(makeTurn(turns[i]), i / turnsInARow, i % turnsInARow);
    for (int column = 0; column < turnsInARow; ++column)
        grid->setColumnStretch(column, 1);
    static_cast<QVBoxLayout *>(layout())->insertWidget(2, m_turns);
}

QString RollingPanel::turnText(const RollingTurn &turn) const
{
    switch (turn.state) {
    case RollingTurn::State::Waiting:
        return tr("waits");
    case RollingTurn::State::Left:
        return tr("not begun");
    case RollingTurn::State::Skipped:
        return tr("left out: %1").arg(oneLine(turn.note, 120));
    default:
        return oneLine(turn.note, 120);
    }
}

QWidget *RollingPanel::makeTurn(const RollingTurn &turn)
{
    auto *widget = new QWidget;
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    auto *icon = new ProgressIcon(14);
    if (turn.state == RollingTurn::State::Waiting || turn.state == RollingTurn::State::Left
        || turn.state == RollingTurn::State::Skipped)
        icon->setWaiting();
    else
        icon->setHealth(healthOf(turn.state));
    auto *name = new LinkButton(tr("%1 %2", "server, instance")
                                    .arg(serverText(m_centre.source().state(), turn.instance.ip),
                                         turn.instance.instance == u"default"
                                             ? QString()
                                             : oneLine(turn.instance.instance, 64))
                                    .trimmed());
    connect(name, &QAbstractButton::clicked, this,
            [this, ip = turn.instance.ip] { Q_EMIT serverChosen(ip); });
    auto *note = new TonedLabel(turnText(turn), TonedLabel::Tone::Caption, TextSize::small);
    note->setMinimumWidth(20);
    note->setToolTip(turnText(turn).toHtmlEscaped());
    line->addWidget(icon);
    line->addWidget(name);
    line->addWidget(note, 1);
    return widget;
}

void RollingPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(0, height() - 1, width(), 1, theme.line);
}

} // namespace Treewarden
