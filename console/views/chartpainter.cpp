// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartpainter.h"

#include "console/models/chartticks.h"
#include "console/views/stateicon.h"

#include <QLocale>
#include <QPainter>

#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr double strokeWidth = 1.6;
constexpr int markSize = 12;
constexpr qsizetype pieceLength = 24; ///< points that are drawn at once
constexpr double axisEnd = 1e7; ///< pixels; hostile values stay within what a painter can do

QString markTool(ChartMark::Kind kind)
{
    switch (kind) {
    case ChartMark::Kind::Command:
        return u"command"_s;
    case ChartMark::Kind::Config:
        return u"settings"_s;
    default:
        return u"refresh"_s;
    }
}

/// Which of several marks in one place is seen.
int weightOf(const ChartMark &mark)
{
    return mark.kind == ChartMark::Kind::State ? 10 + int(mark.health) : int(mark.kind);
}

} // namespace

ChartPainter::ChartPainter(const ChartPicture &picture, const QRect &plot, const Theme &theme)
    : m_picture(picture)
    , m_plot(plot)
    , m_theme(theme)
{
}

double ChartPainter::xOf(qint64 time) const
{
    const double share = double(time - m_picture.from) / double(m_picture.to - m_picture.from);
    return m_plot.left() + share * m_plot.width();
}

double ChartPainter::yOf(double value) const
{
    const double share = value / m_picture.unit / qMax(1e-9, m_picture.top);
    return m_plot.top() + m_plot.height() - qBound(-axisEnd, share * m_plot.height(), axisEnd);
}

qint64 ChartPainter::timeAt(double x) const
{
    const double share = (x - m_plot.left()) / m_plot.width();
    return m_picture.from + qint64(share * double(m_picture.to - m_picture.from));
}

QColor ChartPainter::colourOf(const ChartCurve &curve) const
{
    return curve.isDashed || curve.colour < 0 ? m_theme.text3
                                              : m_theme.series[size_t(curve.colour)];
}

void ChartPainter::drawPicture(QPainter *painter, std::optional<int> timesUntil) const
{
    painter->setFont(uiFont(TextSize::axis));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(m_plot.adjusted(0, -2, 0, 2));
    // The first line's area lies below the grid, the lines above it.
    if (!m_picture.curves.isEmpty())
        drawCurve(painter, m_picture.curves.first(), Part::Area);
    painter->setClipping(false);
    painter->setRenderHint(QPainter::Antialiasing, false);
    drawValueAxis(painter);
    drawTimeAxis(painter, timesUntil);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(m_plot.adjusted(0, -2, 0, 2));
    // All bands below all lines: what is compared stays in sight.
    for (const Part part : {Part::Band, Part::Line}) {
        for (qsizetype i = m_picture.curves.size() - 1; i >= 0; --i)
            drawCurve(painter, m_picture.curves[i], part);
    }
    drawSilence(painter);
    painter->setClipping(false);
}

void ChartPainter::drawValueAxis(QPainter *painter) const
{
    const int height = painter->fontMetrics().height();
    for (const double tick : valueTicks(m_picture.top)) {
        const double y = std::round(yOf(tick * m_picture.unit));
        painter->setPen(m_theme.line);
        painter->drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.left() + m_plot.width(), y));
        painter->setPen(m_theme.text3);
        painter->drawText(QRectF(0, y - height / 2., m_plot.left() - 6, height),
                          Qt::AlignRight | Qt::AlignVCenter,
                          QLocale().toString(tick, 'g', QLocale::FloatingPointShortest));
    }
}

void ChartPainter::drawTimeAxis(QPainter *painter, std::optional<int> timesUntil) const
{
    const QList<qint64> ticks
        = timeTicks(m_picture.from, m_picture.to, qMax(2, m_plot.width() / 90));
    const qint64 distance = ticks.size() > 1 ? ticks[1] - ticks[0] : m_picture.to - m_picture.from;
    const int height = painter->fontMetrics().height();
    for (const qint64 tick : ticks) {
        const double x = std::round(xOf(tick));
        QPen dotted(m_theme.line, 1);
        dotted.setDashPattern({1, 3});
        painter->setPen(dotted);
        painter->drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.top() + m_plot.height()));
        if (!timesUntil)
            continue;
        const QString text = tickText(tick, distance);
        const double textWidth = painter->fontMetrics().horizontalAdvance(text);
        painter->setPen(m_theme.text3);
        painter->drawText(QRectF(qBound(0., x - textWidth / 2, *timesUntil - textWidth - 4.),
                                 m_plot.top() + m_plot.height() + 4, textWidth + 2, height),
                          Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

/// Stretch by stretch: what is not known is never drawn through.
void ChartPainter::drawCurve(QPainter *painter, const ChartCurve &curve, Part part) const
{
    const Track &track = curve.track;
    const qint64 longest = m_picture.longestStep;
    // A little beyond the edges, so that lines run into them.
    const auto [first, end] = trackPart(track, m_picture.from - longest, m_picture.to + longest);
    for (qsizetype start = first; start < end;) {
        qsizetype next = start + 1;
        while (next < end && track[next].time - track[next - 1].time <= longest)
            ++next;
        const auto stretch = std::span(track).subspan(size_t(start), size_t(next - start));
        if (part == Part::Line)
            drawLine(painter, stretch, curve);
        else if (part == Part::Area && !curve.isDashed)
            drawArea(painter, stretch, colourOf(curve));
        else if (part == Part::Band && curve.hasBand)
            drawBand(painter, stretch, colourOf(curve));
        start = next;
    }
}

void ChartPainter::drawLine(QPainter *painter, Stretch stretch, const ChartCurve &curve) const
{
    if (stretch.size() == 1) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colourOf(curve));
        painter->drawEllipse(QPointF(xOf(stretch[0].time), yOf(stretch[0].average)), 1.4, 1.4);
        return;
    }
    QPen pen(colourOf(curve), curve.isDashed ? 1.2 : strokeWidth, Qt::SolidLine, Qt::SquareCap,
             Qt::BevelJoin); // caps reach over from piece to piece
    if (curve.isDashed) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({4, 3});
    }
    painter->setBrush(Qt::NoBrush);
    double length = 0;
    // In pieces: what a path costs grows with the square of its width.
    QPolygonF piece;
    for (size_t i = 0; i < stretch.size(); ++i) {
        piece << QPointF(xOf(stretch[i].time), yOf(stretch[i].average));
        if (piece.size() < pieceLength && i + 1 < stretch.size())
            continue;
        if (curve.isDashed)
            pen.setDashOffset(length / pen.widthF());
        painter->setPen(pen);
        painter->drawPolyline(piece);
        for (qsizetype k = 1; k < piece.size(); ++k)
            length += QLineF(piece[k - 1], piece[k]).length();
        piece = {piece.last()};
    }
}

void ChartPainter::drawArea(QPainter *painter, Stretch stretch, QColor colour) const
{
    colour.setAlphaF(0.09f);
    const double bottom = m_plot.top() + m_plot.height();
    fillColumns(painter, stretch, colour,
                [&](const TrackPoint &point) { return std::pair(yOf(point.average), bottom); });
}

/// From the least to the most that each point stands for.
void ChartPainter::drawBand(QPainter *painter, Stretch stretch, QColor colour) const
{
    if (std::none_of(stretch.begin(), stretch.end(),
                     [](const TrackPoint &point) { return point.least < point.most; }))
        return;
    colour.setAlphaF(0.2f);
    fillColumns(painter, stretch, colour, [this](const TrackPoint &point) {
        return std::pair(yOf(point.most), yOf(point.least));
    });
}

/// Fills whole columns of pixels from one height to another, which `heights` tells at each point.
template<typename Heights>
void ChartPainter::fillColumns(QPainter *painter, Stretch stretch, const QColor &colour,
                               Heights heights) const
{
    QList<QRect> columns;
    int column = std::max(m_plot.left(), int(std::ceil(xOf(stretch.front().time))));
    const int end = m_plot.left() + m_plot.width();
    auto [top, bottom] = heights(stretch.front());
    for (size_t i = 1; i < stretch.size() && column < end; ++i) {
        const double left = xOf(stretch[i - 1].time), right = xOf(stretch[i].time);
        const auto [fromTop, fromBottom] = heights(stretch[i - 1]);
        const auto [toTop, toBottom] = heights(stretch[i]);
        for (; column < right && column < end; ++column) {
            const double share = std::clamp((column - left) / (right - left), 0., 1.);
            // Points that share a column with others count too.
            const double high = std::min(top, fromTop + share * (toTop - fromTop)),
                         low = std::max(bottom, fromBottom + share * (toBottom - fromBottom));
            const int y = qRound(std::clamp(high, -1e4, 1e4));
            columns << QRect(column, y, 1, qRound(std::clamp(low, -1e4, 1e4)) - y);
            top = axisEnd;
            bottom = -axisEnd;
        }
        top = std::min(top, toTop);
        bottom = std::max(bottom, toBottom);
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawRects(columns);
    painter->setRenderHint(QPainter::Antialiasing);
}

/// Where samples came and a line has nothing: it was asked, and nobody answered.
void ChartPainter::drawSilence(QPainter *painter) const
{
    if (m_picture.silence.isEmpty())
        return;
    double y = m_plot.top() + m_plot.height() - 2;
    for (const ChartCurve &curve : m_picture.curves) {
        if (curve.isDashed)
            continue;
        drawSilenceOf(painter, curve, y);
        y -= 4;
    }
}

void ChartPainter::drawSilenceOf(QPainter *painter, const ChartCurve &curve, double y) const
{
    painter->setPen(QPen(colourOf(curve), 3, Qt::SolidLine, Qt::FlatCap));
    const Track &asked = m_picture.silence, &answered = curve.track;
    const auto [first, end] = trackPart(asked, m_picture.from, m_picture.to);
    qsizetype known = trackPart(answered, m_picture.from, m_picture.to).first;
    for (qsizetype i = first; i < end; ++i) {
        const qint64 time = asked[i].time;
        while (known < answered.size() && answered[known].time < time)
            ++known;
        if (known < answered.size() && answered[known].time == time)
            continue;
        const double x = xOf(time);
        const double half = qMax(2., xOf(time + m_picture.longestStep / 3) - x) / 2;
        painter->drawLine(QPointF(x - half, y), QPointF(x + half, y));
    }
}

void ChartPainter::drawMarks(QPainter *painter, const QList<ChartMark> &marks) const
{
    // Many in one place are one: the worst.
    QList<const ChartMark *> shown;
    for (const ChartMark &mark : marks) {
        if (mark.time < m_picture.from || mark.time > m_picture.to)
            continue;
        if (shown.isEmpty() || xOf(mark.time) - xOf(shown.last()->time) >= 2)
            shown << &mark;
        else if (weightOf(mark) > weightOf(*shown.last()))
            shown.last() = &mark;
    }
    for (const ChartMark *mark : std::as_const(shown))
        drawMark(painter, *mark);
}

void ChartPainter::drawMark(QPainter *painter, const ChartMark &mark) const
{
    const double x = std::floor(xOf(mark.time)) + 0.5; // sharp, not two pale columns
    const bool isState = mark.kind == ChartMark::Kind::State;
    painter->setPen(QPen(isState ? m_theme.state(mark.health) : m_theme.text3, isState ? 1.2 : 1));
    painter->drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.top() + m_plot.height()));
    const QRect shape(int(x) - markSize / 2, 0, markSize, markSize);
    painter->fillRect(shape, m_theme.surface);
    if (isState)
        paintState(painter, shape, mark.health, m_theme);
    else
        paintTool(painter, shape, markTool(mark.kind), m_theme.text2);
}

} // namespace Treewarden
