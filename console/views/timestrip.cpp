// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/timestrip.h"

#include "console/views/chartstack.h"

#include <QPainter>

namespace Treewarden {

TimeStrip::TimeStrip(ChartStack &charts, QWidget *parent)
    : QWidget(parent)
    , m_charts(charts)
{
    setFixedHeight(ChartView::timesHeight + 2);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void TimeStrip::paintEvent(QPaintEvent *)
{
    if (m_charts.panels().isEmpty())
        return;
    const Theme &theme = themeOf(this);
    const ChartView *view = m_charts.panels().first()->view();
    QRect plot = view->plot();
    plot.moveLeft(mapFromGlobal(view->mapToGlobal(plot.topLeft())).x());
    plot.moveTop(-2);
    plot.setHeight(1);
    QPainter painter(this);
    painter.setFont(uiFont(TextSize::axis));
    painter.setPen(theme.line);
    painter.drawLine(0, 0, width(), 0);
    ChartPainter(view->picture(), plot, theme).drawTimeAxis(&painter, plot.right() + 13);
}

} // namespace Treewarden
