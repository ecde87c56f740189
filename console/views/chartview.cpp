// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/chartview.h"

#include "console/models/chartticks.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int markReach = 7; ///< pixels at which the mouse finds a mark
constexpr qsizetype toldMarks = 4; ///< in one hint

} // namespace

ChartView::ChartView(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    setMinimumHeight(48);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void ChartView::draw(const ChartPicture &picture)
{
    m_picture = picture;
    if (m_picture.to <= m_picture.from)
        m_picture.to = m_picture.from + 1;
    redraw();
}

void ChartView::redraw()
{
    m_cache = {};
    update();
}

void ChartView::setMarks(const QList<ChartMark> &marks)
{
    if (m_marks == marks)
        return;
    m_marks = marks;
    update();
}

void ChartView::setCrosshair(std::optional<qint64> time, const QList<std::optional<double>> &values)
{
    if (m_crosshair == time && m_crosshairValues == values)
        return;
    m_crosshair = time;
    m_crosshairValues = values;
    update();
}

void ChartView::setMoment(std::optional<qint64> moment)
{
    if (m_moment == moment)
        return;
    m_moment = moment;
    update();
}

void ChartView::setSelection(std::optional<std::pair<qint64, qint64>> selection)
{
    m_selection = selection;
    update();
}

void ChartView::setTimesVisible(bool isVisible)
{
    if (m_areTimesVisible == isVisible)
        return;
    m_areTimesVisible = isVisible;
    redraw();
}

QRect ChartView::plot() const
{
    const int below = m_areTimesVisible ? timesHeight : 4;
    return {gutter, topMargin, qMax(1, width() - gutter - rightMargin),
            qMax(1, height() - topMargin - below)};
}

void ChartView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    redraw();
}

void ChartView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        redraw();
}

ChartPainter ChartView::painterOf() const
{
    return {m_picture, plot(), themeOf(this)};
}

void ChartView::paintEvent(QPaintEvent *)
{
    const ChartPainter chart = painterOf();
    const double ratio = devicePixelRatioF();
    const auto timesUntil = m_areTimesVisible ? std::optional(width()) : std::nullopt;
    if (m_isCached && m_cache.isNull()) {
        m_cache = QPixmap(size() * ratio);
        m_cache.setDevicePixelRatio(ratio);
        m_cache.fill(themeOf(this).surface);
        QPainter painter(&m_cache);
        chart.drawPicture(&painter, timesUntil);
    }
    QPainter painter(this);
    if (m_isCached) {
        painter.drawPixmap(0, 0, m_cache);
    } else {
        painter.fillRect(rect(), themeOf(this).surface);
        chart.drawPicture(&painter, timesUntil);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    drawSelection(&painter);
    chart.drawMarks(&painter, m_marks);
    drawPast(&painter);
    drawCrosshair(&painter);
}

void ChartView::drawSelection(QPainter *painter) const
{
    if (!m_selection)
        return;
    const QRect area = plot();
    QColor tint = themeOf(this).accent;
    tint.setAlpha(40);
    const double left = qMax(painterOf().xOf(m_selection->first), double(area.left())),
                 right
        = qMin(painterOf().xOf(m_selection->second), double(area.left() + area.width()));
    painter->fillRect(QRectF(left, area.top(), right - left, area.height()), tint);
}

/// What came after the moment that is looked at is pale.
void ChartView::drawPast(QPainter *painter) const
{
    if (!m_moment || *m_moment >= m_picture.to)
        return;
    const QRect area = plot();
    QColor pale = themeOf(this).surface;
    pale.setAlpha(150);
    const double x = qMax(painterOf().xOf(*m_moment), double(area.left()));
    painter->fillRect(QRectF(x, 0, width() - x, area.top() + area.height()), pale);
}

void ChartView::drawCrosshair(QPainter *painter) const
{
    const ChartPainter chart = painterOf();
    const Theme &theme = themeOf(this);
    const QRect area = plot();
    const auto time = m_crosshair ? m_crosshair : m_moment;
    if (!time || *time < m_picture.from || *time > m_picture.to)
        return;
    const bool isPast = !m_crosshair;
    const double x = std::round(chart.xOf(*time)) + 0.5;
    painter->setPen(QPen(isPast ? theme.past : theme.text2, isPast ? 1.6 : 1));
    painter->drawLine(QPointF(x, area.top()), QPointF(x, area.top() + area.height()));
    for (qsizetype i = 0; i < m_picture.curves.size() && i < m_crosshairValues.size(); ++i) {
        if (!m_crosshairValues[i])
            continue;
        painter->setPen(QPen(chart.colourOf(m_picture.curves[i]), 1.6));
        painter->setBrush(theme.surface);
        painter->drawEllipse(QPointF(x, chart.yOf(*m_crosshairValues[i] * m_picture.unit)), 3.2,
                             3.2);
    }
}

QList<ChartMark> ChartView::marksNear(qint64 time) const
{
    const ChartPainter chart = painterOf();
    const double x = chart.xOf(time);
    QList<ChartMark> near;
    for (const ChartMark &mark : m_marks) {
        if (std::abs(chart.xOf(mark.time) - x) <= markReach)
            near << mark;
    }
    std::stable_sort(near.begin(), near.end(), [&](const ChartMark &a, const ChartMark &b) {
        return std::abs(a.time - time) < std::abs(b.time - time);
    });
    return near;
}

bool ChartView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QList<ChartMark> marks = marksNear(painterOf().timeAt(help->pos().x()));
    QStringList lines;
    for (const ChartMark &mark : marks.mid(0, toldMarks)) {
        lines << u"%1 %2: %3"_s.arg(
            dayText(mark.time), QDateTime::fromMSecsSinceEpoch(mark.time).toString(u"HH:mm:ss"_s),
            mark.text);
    }
    if (marks.size() > toldMarks)
        lines << tr("and %1 more").arg(marks.size() - toldMarks);
    if (lines.isEmpty())
        QToolTip::hideText();
    else // what stands in it may come from anywhere: never HTML
        QToolTip::showText(
            help->globalPos(),
            u"<p style='white-space:pre'>"_s + lines.join(u'\n').toHtmlEscaped() + u"</p>"_s, this);
    return true;
}

double ChartView::clampedX(const QMouseEvent *event) const
{
    const QRect area = plot();
    return qBound(double(area.left()), event->position().x(), double(area.left() + area.width()));
}

void ChartView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    const bool isOnAxis = event->position().y() > plot().bottom();
    m_drag = event->modifiers().testFlag(Qt::ShiftModifier) || isOnAxis ? Drag::Select : Drag::Pan;
    m_pressed = event->pos();
    m_dragX = event->position().x();
    m_dragTime = painterOf().timeAt(m_dragX);
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    const QRect area = plot();
    const double x = clampedX(event);
    if (m_drag == Drag::Pan && event->buttons().testFlag(Qt::LeftButton)) {
        const double moved = event->position().x() - m_dragX;
        const qint64 distance
            = -qint64(moved / area.width() * double(m_picture.to - m_picture.from));
        if ((event->pos() - m_pressed).manhattanLength() < 4 || distance == 0)
            return;
        setCursor(Qt::ClosedHandCursor);
        m_dragX = event->position().x();
        Q_EMIT panned(distance);
        return;
    }
    if (m_drag == Drag::Select && event->buttons().testFlag(Qt::LeftButton)) {
        const qint64 time = painterOf().timeAt(x);
        Q_EMIT selecting(std::min(time, m_dragTime), std::max(time, m_dragTime));
    }
    Q_EMIT pointedAt(painterOf().timeAt(x));
}

void ChartView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    unsetCursor();
    if (drag != Drag::Select || event->button() != Qt::LeftButton)
        return;
    const double x = clampedX(event);
    if (std::abs(event->position().x() - m_dragX) < 4)
        Q_EMIT selected(0, 0);
    else
        Q_EMIT selected(std::min(painterOf().timeAt(x), m_dragTime),
                        std::max(painterOf().timeAt(x), m_dragTime));
}

void ChartView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT resetRequested();
}

void ChartView::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    const double turns
        = double(std::abs(turned.x()) > std::abs(turned.y()) ? turned.x() : turned.y()) / 120;
    if (turns == 0)
        return;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        Q_EMIT zoomed(std::pow(1.25, -turns), painterOf().timeAt(event->position().x()));
    else
        Q_EMIT panned(-qint64(turns * 0.1 * double(m_picture.to - m_picture.from)));
    event->accept();
}

void ChartView::leaveEvent(QEvent *event)
{
    Q_EMIT left();
    QWidget::leaveEvent(event);
}

} // namespace Treewarden
