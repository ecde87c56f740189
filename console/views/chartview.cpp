// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartview.h"

#include "console/models/chartticks.h"
#include "console/views/stateicon.h"
#include "console/views/theme.h"

#include <QDateTime>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QPainterPath>
#include <QValueAxis>

#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr double strokeWidth = 1.6;
constexpr int markSize = 12;
/// A line may be torn into many stretches by a hostile or broken agent; the newest are drawn.
constexpr qsizetype maximumStretches = 60;

} // namespace

ChartView::ChartView(const QList<ChartLine> &lines, QWidget *parent)
    : QChartView(parent)
    , m_times(new QValueAxis(this))
    , m_values(new QValueAxis(this))
{
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->legend()->hide();
    chart()->setBackgroundVisible(false);
    chart()->setMargins({});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(m_times, Qt::AlignBottom);
    chart()->addAxis(m_values, Qt::AlignLeft);
    m_times->setVisible(false);
    m_values->setVisible(false);
    for (const ChartLine &line : lines)
        m_lines << Drawn{line, {}};
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    setMinimumHeight(48);
}

void ChartView::draw(const WorkloadSeries &series, qint64 from, qint64 to, double top, double unit)
{
    m_from = from;
    m_to = to;
    const int columns = qBound(60, width() - gutter - rightMargin, 600);
    // A little beyond the left edge, so that lines run into it.
    const qint64 before = from - 2 * series.interval();
    for (Drawn &drawn : m_lines) {
        QList<Line> stretches = series.lines(drawn.line.metric, before, to, columns);
        if (stretches.size() > maximumStretches)
            stretches.remove(0, stretches.size() - maximumStretches);
        while (drawn.stretches.size() < stretches.size())
            drawn.stretches << addStretch(drawn);
        for (qsizetype i = 0; i < drawn.stretches.size(); ++i) {
            Line points = i < stretches.size() ? stretches[i] : Line();
            for (QPointF &point : points)
                point = QPointF(point.x() - double(to), point.y() / unit);
            if (!points.isEmpty() || drawn.stretches[i]->count() > 0)
                drawn.stretches[i]->replace(points);
        }
    }
    // Relative to the right end: while the charts scroll the axis stands still and lines are laid
    // out once, not twice.
    m_times->setRange(double(from - to), 0);
    m_values->setRange(0, top);
    viewport()->update();
}

QLineSeries *ChartView::addStretch(Drawn &drawn)
{
    auto *stretch = new QLineSeries;
    chart()->addSeries(stretch);
    stretch->attachAxis(m_times);
    stretch->attachAxis(m_values);
    // Round caps and joins would cost several times as much: Qt Charts strokes each step by itself.
    stretch->setPen(QPen(themeOf(this).series[size_t(drawn.line.colour)], strokeWidth));
    return stretch;
}

void ChartView::setMarks(const QList<ChartMark> &marks)
{
    if (m_marks == marks)
        return;
    m_marks = marks;
    viewport()->update();
}

void ChartView::setCrosshair(std::optional<qint64> time, const QList<std::optional<double>> &values)
{
    if (m_crosshair == time && m_crosshairValues == values)
        return;
    m_crosshair = time;
    m_crosshairValues = values;
    viewport()->update();
}

void ChartView::setTimesVisible(bool isVisible)
{
    m_areTimesVisible = isVisible;
    placePlot();
}

void ChartView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    placePlot();
}

void ChartView::placePlot()
{
    const int below = m_areTimesVisible ? timesHeight : 4;
    chart()->setPlotArea(QRectF(gutter, topMargin, qMax(1, width() - gutter - rightMargin),
                                qMax(1, height() - topMargin - below)));
}

void ChartView::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void ChartView::applyTheme()
{
    const Theme &theme = themeOf(this);
    for (const Drawn &drawn : std::as_const(m_lines)) {
        for (QLineSeries *stretch : drawn.stretches) {
            QPen pen = stretch->pen();
            pen.setColor(theme.series[size_t(drawn.line.colour)]);
            stretch->setPen(pen);
        }
    }
    viewport()->update();
}

double ChartView::xOf(qint64 time) const
{
    const QRectF plot = chart()->plotArea();
    return plot.left()
        + double(time - m_from) / double(qMax<qint64>(1, m_to - m_from)) * plot.width();
}

double ChartView::yOf(double value) const
{
    const QRectF plot = chart()->plotArea();
    return plot.bottom() - value / qMax(1e-9, m_values->max()) * plot.height();
}

void ChartView::drawBackground(QPainter *painter, const QRectF &rect)
{
    painter->fillRect(rect, themeOf(this).surface);
    painter->setFont(uiFont(TextSize::axis));
    painter->setRenderHint(QPainter::Antialiasing, false);
    drawAreas(painter);
    drawValueAxis(painter);
    drawTimeAxis(painter);
    painter->setRenderHint(QPainter::Antialiasing);
}

void ChartView::drawValueAxis(QPainter *painter)
{
    const Theme &theme = themeOf(this);
    const QRectF plot = chart()->plotArea();
    const int height = painter->fontMetrics().height();
    for (const double tick : valueTicks(m_values->max())) {
        const double y = std::round(yOf(tick));
        painter->setPen(theme.line);
        painter->drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter->setPen(theme.text3);
        painter->drawText(QRectF(0, y - height / 2., gutter - 6, height),
                          Qt::AlignRight | Qt::AlignVCenter,
                          QLocale().toString(tick, 'g', QLocale::FloatingPointShortest));
    }
}

void ChartView::drawTimeAxis(QPainter *painter)
{
    const Theme &theme = themeOf(this);
    const QRectF plot = chart()->plotArea();
    const QList<qint64> ticks = timeTicks(m_from, m_to, qMax(2, int(plot.width() / 90)));
    const bool needsSeconds = ticks.size() > 1 && ticks[1] - ticks[0] < 60'000;
    const int height = painter->fontMetrics().height();
    for (const qint64 tick : ticks) {
        const double x = std::round(xOf(tick));
        QPen dotted(theme.line, 1);
        dotted.setDashPattern({1, 3});
        painter->setPen(dotted);
        painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        if (!m_areTimesVisible)
            continue;
        const QString text = QDateTime::fromMSecsSinceEpoch(tick).toString(
            needsSeconds ? u"HH:mm:ss"_s : u"HH:mm"_s);
        const double textWidth = painter->fontMetrics().horizontalAdvance(text);
        painter->setPen(theme.text3);
        painter->drawText(QRectF(qBound(0., x - textWidth / 2, width() - textWidth - 4),
                                 plot.bottom() + 4, textWidth + 2, height),
                          Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

/// The first line's area; series of Qt Charts have no gaps to leave white.
void ChartView::drawAreas(QPainter *painter)
{
    if (m_lines.isEmpty())
        return;
    const Theme &theme = themeOf(this);
    const QColor line = theme.series[size_t(m_lines.first().line.colour)];
    // Opaque, and below the grid: to blend a whole area costs more than all else that is drawn.
    const auto mixed = [](float under, float over) { return 0.91f * under + 0.09f * over; };
    const QColor colour = QColor::fromRgbF(mixed(theme.surface.redF(), line.redF()),
                                           mixed(theme.surface.greenF(), line.greenF()),
                                           mixed(theme.surface.blueF(), line.blueF()));
    const QRectF plot = chart()->plotArea();
    painter->save();
    painter->setClipRect(plot);
    for (const QLineSeries *stretch : std::as_const(m_lines.first().stretches)) {
        const QList<QPointF> points = stretch->points();
        if (points.size() < 2)
            continue;
        QPolygonF area;
        area.reserve(points.size() + 2);
        area << QPointF(xOf(m_to + qint64(points.first().x())), plot.bottom());
        for (const QPointF &point : points)
            area << QPointF(xOf(m_to + qint64(point.x())), yOf(point.y()));
        area << QPointF(area.last().x(), plot.bottom());
        QPainterPath path;
        path.addPolygon(area);
        painter->fillPath(path, colour);
    }
    painter->restore();
}

void ChartView::drawForeground(QPainter *painter, const QRectF &)
{
    for (const ChartMark &mark : std::as_const(m_marks))
        drawMark(painter, mark);
    if (!m_crosshair || *m_crosshair < m_from || *m_crosshair > m_to)
        return;
    const Theme &theme = themeOf(this);
    const QRectF plot = chart()->plotArea();
    const double x = std::round(xOf(*m_crosshair)) + 0.5;
    painter->setPen(theme.text2);
    painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    for (qsizetype i = 0; i < m_lines.size() && i < m_crosshairValues.size(); ++i) {
        if (!m_crosshairValues[i])
            continue;
        painter->setPen(QPen(theme.series[size_t(m_lines[i].line.colour)], strokeWidth));
        painter->setBrush(theme.surface);
        painter->drawEllipse(QPointF(x, yOf(*m_crosshairValues[i])), 3.2, 3.2);
    }
}

void ChartView::drawMark(QPainter *painter, const ChartMark &mark)
{
    if (mark.time < m_from || mark.time > m_to)
        return;
    const Theme &theme = themeOf(this);
    const QRectF plot = chart()->plotArea();
    const double x = xOf(mark.time);
    painter->setPen(QPen(theme.state(mark.health), 1.2));
    painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    const QRect shape(qRound(x) - markSize / 2, 0, markSize, markSize);
    painter->fillRect(shape, theme.surface);
    paintState(painter, shape, mark.health, theme);
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF plot = chart()->plotArea();
    const double x = qBound(plot.left(), event->position().x(), plot.right());
    Q_EMIT pointedAt(m_from + qint64((x - plot.left()) / plot.width() * double(m_to - m_from)));
    QChartView::mouseMoveEvent(event);
}

void ChartView::leaveEvent(QEvent *event)
{
    Q_EMIT left();
    QChartView::leaveEvent(event);
}

} // namespace Treewarden
