// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartstack.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace Treewarden {

namespace {

/// What stands on a server's page, one chart an entry. A meaning keeps its colour on all charts:
/// what comes in 0, what goes out 2, shares of the CPU 0 to 2, pressure 3.
QList<ChartSpec> serverCharts()
{
    return {
        {ChartStack::tr("CPU"),
         QStringLiteral("%"),
         ChartScale::Percent,
         {{Metric::CpuUser, 0, ChartStack::tr("user")},
          {Metric::CpuSystem, 1, ChartStack::tr("system")},
          {Metric::CpuIoWait, 2, ChartStack::tr("I/O wait")}}},
        {ChartStack::tr("Memory"),
         {},
         ChartScale::Memory,
         {{Metric::MemoryUsed, 0, ChartStack::tr("used")},
          {Metric::MemoryCached, 1, ChartStack::tr("page cache")}}},
        {ChartStack::tr("Load and pressure"),
         ChartStack::tr("1 min; PSI I/O some, %"),
         ChartScale::Number,
         {{Metric::Load, 0, ChartStack::tr("load")},
          {Metric::Pressure, 3, ChartStack::tr("pressure")}}},
        {ChartStack::tr("Network"),
         {},
         ChartScale::Rate,
         {{Metric::NetworkReceive, 0, ChartStack::tr("received")},
          {Metric::NetworkTransmit, 2, ChartStack::tr("sent")}}},
        {ChartStack::tr("Disk"),
         {},
         ChartScale::Rate,
         {{Metric::DiskRead, 0, ChartStack::tr("read")},
          {Metric::DiskWrite, 2, ChartStack::tr("written")}}},
    };
}

} // namespace

ChartStack::ChartStack(QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    for (const ChartSpec &spec : serverCharts()) {
        auto *panel = new ChartPanel(spec);
        connect(panel->view(), &ChartView::pointedAt, this, &ChartStack::pointAt);
        connect(panel->view(), &ChartView::left, this, [this] { setCrosshair({}); });
        column->addWidget(panel, m_panels.isEmpty() ? 6 : 5);
        m_panels << panel;
    }
    m_panels.last()->setTimesVisible(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Charts"));
}

void ChartStack::draw(const WorkloadSeries &series, qint64 from, qint64 to)
{
    m_series = series;
    m_from = from;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->draw(series, from, to);
    setCrosshair(m_crosshair && *m_crosshair >= from && *m_crosshair <= to ? m_crosshair
                                                                           : std::nullopt);
}

void ChartStack::setMarks(const QList<ChartMark> &marks)
{
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->setMarks(marks);
}

void ChartStack::setCrosshair(std::optional<qint64> time)
{
    const bool isMoved = m_crosshair != time;
    m_crosshair = time;
    for (ChartPanel *panel : std::as_const(m_panels))
        panel->setCrosshair(m_series, time);
    if (isMoved)
        Q_EMIT crosshairMoved(time);
}

void ChartStack::pointAt(qint64 time)
{
    setCrosshair(m_series.nearestTime(time).value_or(time));
}

void ChartStack::keyPressEvent(QKeyEvent *event)
{
    const qint64 at = m_crosshair.value_or(m_series.lastTime());
    switch (event->key()) {
    case Qt::Key_Left:
        return setCrosshair(m_series.step(at, m_crosshair ? -1 : 0));
    case Qt::Key_Right:
        return setCrosshair(m_series.step(at, m_crosshair ? 1 : 0));
    case Qt::Key_Home:
        return setCrosshair(m_series.step(m_from, 0));
    case Qt::Key_End:
        return setCrosshair(m_series.step(m_series.lastTime(), 0));
    case Qt::Key_Escape:
        if (m_crosshair)
            return setCrosshair({});
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace Treewarden
