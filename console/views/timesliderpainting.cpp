// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How a TimeSlider looks.
#include "console/models/chartticks.h"
#include "console/models/timesource.h"
#include "console/views/stateicon.h"
#include "console/views/timeslider.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Treewarden {

namespace {

constexpr int trackTop = 24, stripTop = 10, barWidth = 4, handleRadius = 6, shapeSize = 10; ///< px

} // namespace

/// The worst of what stands close together.
QList<TimeSlider::Mark> TimeSlider::marks() const
{
    QList<Mark> marks;
    const double step
        = double(width() - 2 * trackSide) / double(std::max<qsizetype>(m_bins.size(), 1));
    for (qsizetype i = 0; i < m_bins.size(); ++i) {
        if (!m_bins[i].worst)
            continue;
        const double x = trackSide + (double(i) + 0.5) * step;
        if (!marks.isEmpty() && x - marks.last().x < shapeSize + 2)
            marks.last().health = std::max(marks.last().health, *m_bins[i].worst);
        else
            marks << Mark{x, *m_bins[i].worst};
    }
    return marks;
}

void TimeSlider::paintEvent(QPaintEvent *)
{
    readStrip();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTicks(&painter);
    paintStrip(&painter);
    paintTrack(&painter);
}

void TimeSlider::paintTicks(QPainter *painter) const
{
    const Theme &theme = themeOf(this);
    painter->setFont(uiFont(TextSize::axis));
    const QFontMetrics metrics = painter->fontMetrics();
    const int most = std::clamp(width() / 90, 2, 12);
    const QList<qint64> ticks = timeTicks(m_from, m_to, most);
    const qint64 distance = ticks.size() > 1 ? ticks[1] - ticks[0] : m_to - m_from;
    for (const qint64 tick : ticks) {
        const double x = xOf(tick);
        painter->fillRect(QRectF(x - 0.5, trackTop + 1, 1, 5), theme.line2);
        const QString text = tickText(tick, distance);
        const int room = metrics.horizontalAdvance(text);
        painter->setPen(theme.text3);
        const double left = std::clamp(x - room / 2.0, 0.0, double(std::max(0, width() - room)));
        painter->drawText(QPointF(left, trackTop + 6 + metrics.ascent()), text);
    }
}

void TimeSlider::paintStrip(QPainter *painter) const
{
    const Theme &theme = themeOf(this);
    const double step
        = double(width() - 2 * trackSide) / double(std::max<qsizetype>(m_bins.size(), 1));
    const bool isPast = m_source.isPast();
    for (qsizetype i = 0; i < m_bins.size(); ++i) {
        const StripBin &bin = m_bins[i];
        if (bin.events == 0)
            continue;
        const double height
            = std::min(double(trackTop - stripTop), 3 + 2.5 * std::log2(bin.events));
        const double x = trackSide + (double(i) + 0.5) * step - barWidth / 2.0;
        const bool isLater = isPast && x > xOf(m_source.moment());
        QColor colour = bin.worst ? theme.state(*bin.worst) : theme.line2;
        colour.setAlphaF(isLater ? 0.35F : 1.0F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawRoundedRect(QRectF(x, trackTop - height, barWidth, height), 1, 1);
    }
    for (const Mark &mark : marks()) {
        painter->setOpacity(isPast && mark.x > xOf(m_source.moment()) ? 0.45 : 1);
        paintState(painter,
                   QRect(int(std::lround(mark.x)) - shapeSize / 2, 0, shapeSize, shapeSize),
                   mark.health, theme);
    }
    painter->setOpacity(1);
}

void TimeSlider::paintTrack(QPainter *painter) const
{
    const Theme &theme = themeOf(this);
    const qint64 wanted = m_source.wantedMoment();
    const bool isLive = m_source.live().isLive();
    const QColor colour = wanted > 0 ? theme.past : isLive ? theme.ok : theme.stale;
    const double right = width() - trackSide;
    const double handle = wanted > 0 ? std::clamp(xOf(wanted), double(trackSide), right) : right;
    const qint64 told = m_source.events().archive().firstTime();
    const double begin = told > 0 ? std::clamp(xOf(told), double(trackSide), right) : right;
    painter->fillRect(QRectF(trackSide, trackTop + 0.5, right - trackSide, 2), theme.line2);
    if (handle > begin)
        painter->fillRect(QRectF(begin, trackTop + 0.5, handle - begin, 2), colour);
    painter->setBrush(theme.surface);
    painter->setPen(QPen(colour, 2.5));
    painter->drawEllipse(QPointF(handle, trackTop + 1.5), handleRadius, handleRadius);
    if (hasFocus()) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(theme.accent, 2));
        painter->drawEllipse(QPointF(handle, trackTop + 1.5), handleRadius + 3, handleRadius + 3);
    }
}

} // namespace Treewarden
