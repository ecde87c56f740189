// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartstack.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace Treewarden {

ChartStack::ChartStack(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(8);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Charts"));
    setSpecs(chartSpecs({}));
}

ChartPanel *ChartStack::makePanel(const ChartSpec &spec)
{
    auto *panel = new ChartPanel(spec);
    const ChartView *view = panel->view();
    connect(view, &ChartView::pointedAt, this, &ChartStack::pointAtTime);
    connect(view, &ChartView::left, this, [this] { setCrosshair({}); });
    connect(view, &ChartView::panned, this, &ChartStack::panned);
    connect(view, &ChartView::zoomed, this, &ChartStack::zoomed);
    connect(view, &ChartView::resetRequested, this, &ChartStack::resetRequested);
    connect(view, &ChartView::selecting, this, [this](qint64 from, qint64 to) {
        for (ChartPanel *one : std::as_const(m_panels))
            one->view()->setSelection(std::pair(from, to));
    });
    connect(view, &ChartView::selected, this, [this](qint64 from, qint64 to) {
        for (ChartPanel *one : std::as_const(m_panels))
            one->view()->setSelection({});
        if (from < to)
            Q_EMIT selected(from, to);
    });
    return panel;
}

void ChartStack::setSpecs(const QList<ChartSpec> &specs)
{
    const auto isSame
        = [](const ChartPanel *panel, const ChartSpec &spec) { return panel->spec() == spec; };
    if (std::equal(m_panels.begin(), m_panels.end(), specs.begin(), specs.end(), isSame))
        return;
    QList<ChartPanel *> left = std::exchange(m_panels, {});
    for (const ChartSpec &spec : specs) {
        const auto known = std::find_if(left.begin(), left.end(), [&](const ChartPanel *panel) {
            return panel->spec() == spec;
        });
        if (known != left.end()) {
            m_panels << *known;
            left.erase(known);
        } else {
            m_panels << makePanel(spec);
        }
    }
    for (ChartPanel *panel : std::as_const(left)) {
        m_column->removeWidget(panel);
        panel->hide();
        panel->deleteLater();
    }
    for (qsizetype i = 0; i < m_panels.size(); ++i) {
        ChartPanel *panel = m_panels[i];
        m_column->removeWidget(panel);
        m_column->insertWidget(int(i), panel, i == 0 ? 6 : 5);
        panel->setTimesVisible(i + 1 == m_panels.size());
        panel->setTracks(m_tracks);
        panel->setComparison(m_comparison);
        panel->setMarks(m_marks);
        panel->setMoment(m_moment);
    }
    showSpan(m_from, m_to);
}

void ChartStack::setTracks(const WorkloadTracks &tracks)
{
    m_tracks = tracks;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->setTracks(tracks);
}

void ChartStack::setComparison(const ChartComparison &comparison)
{
    m_comparison = comparison;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->setComparison(comparison);
}

void ChartStack::showSpan(qint64 from, qint64 to)
{
    m_from = from;
    m_to = to;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->showSpan(from, to);
    setCrosshair(m_crosshair && *m_crosshair >= from && *m_crosshair <= to ? m_crosshair
                                                                           : std::nullopt);
}

void ChartStack::setMarks(const QList<ChartMark> &marks)
{
    m_marks = marks;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->setMarks(marks);
}

void ChartStack::setMoment(std::optional<qint64> moment)
{
    m_moment = moment;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->setMoment(moment);
}

void ChartStack::setCrosshair(std::optional<qint64> time)
{
    const bool isMoved = m_crosshair != time;
    m_crosshair = time;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->setCrosshair(time);
    if (isMoved)
        Q_EMIT crosshairMoved(time);
}

/// The track whose points the crosshair stands on: the fullest.
const Track &ChartStack::clock() const
{
    static const Track none;
    const Track *fullest = &none;
    for (const Track &track : m_tracks.tracks) {
        if (track.size() > fullest->size())
            fullest = &track;
    }
    return *fullest;
}

void ChartStack::pointAtTime(qint64 time)
{
    const TrackPoint *point = pointAt(clock(), time, m_tracks.longestStep());
    const bool isShown = point && point->time >= m_from && point->time <= m_to;
    setCrosshair(isShown ? point->time : time);
}

/// By points; without a crosshair to the newest one that is shown. At an edge the time goes along.
void ChartStack::stepCrosshair(int steps)
{
    const Track &points = clock();
    const auto [first, end] = trackPart(points, m_from, m_to);
    if (first == end)
        return;
    if (!m_crosshair)
        return setCrosshair(points[end - 1].time);
    const auto [at, after] = trackPart(points, *m_crosshair, m_to);
    const qsizetype next = std::clamp<qsizetype>(at + steps, 0, points.size() - 1);
    const qint64 time = points[next].time;
    if (time < m_from || time > m_to)
        Q_EMIT panned(time < m_from ? time - m_from : time - m_to);
    setCrosshair(time);
}

bool ChartStack::moveByKey(const QKeyEvent *event)
{
    const qint64 length = m_to - m_from;
    const auto around = [this] { return m_crosshair.value_or(m_moment.value_or(m_to)); };
    const bool isShift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool isAlt = event->modifiers().testFlag(Qt::AltModifier);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (isAlt)
            direction < 0 ? Q_EMIT backRequested() : Q_EMIT forwardRequested();
        else if (isShift)
            stepCrosshair(direction);
        else
            Q_EMIT panned(direction * length / 10);
        return true;
    }
    case Qt::Key_PageUp:
        Q_EMIT panned(-length);
        return true;
    case Qt::Key_PageDown:
        Q_EMIT panned(length);
        return true;
    case Qt::Key_Home:
        Q_EMIT beginRequested();
        return true;
    case Qt::Key_End:
        Q_EMIT endRequested();
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        Q_EMIT zoomed(1 / 1.5, around());
        return true;
    case Qt::Key_Minus:
        Q_EMIT zoomed(1.5, around());
        return true;
    case Qt::Key_0:
        Q_EMIT resetRequested();
        return true;
    default:
        return false;
    }
}

void ChartStack::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_crosshair)
        return setCrosshair({});
    if (!moveByKey(event))
        QWidget::keyPressEvent(event);
}

void ChartStack::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->update();
}

void ChartStack::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->update();
}

} // namespace Treewarden
