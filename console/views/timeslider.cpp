// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/timeslider.h"

#include "console/models/chartticks.h"
#include "console/models/pasttext.h"
#include "console/models/timesource.h"
#include "console/views/stateicon.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>
#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int trackSide = 10; ///< left and right of the track: half of the handle and its ring
constexpr int trackTop = 24, stripTop = 10, binWidth = 6, barWidth = 4;
constexpr int handleRadius = 6, shapeSize = 10, nearLive = 5; ///< px
constexpr qint64 dayLength = 24 * 3'600'000, defaultSpan = dayLength;
constexpr qsizetype mostWhileLive = 20'000; ///< events that are read before anybody looks back

} // namespace

TimeSlider::TimeSlider(TimeSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_span(defaultSpan)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Time"));
    const auto readSoon = [this] {
        m_isStripOld = true;
        update();
    };
    connect(&source.events(), &ArchiveReader::grown, this, readSoon);
    connect(&source.events(), &ArchiveReader::grownBack, this, readSoon);
    connect(&source.events(), &ArchiveReader::dropped, this, readSoon);
    connect(&source, &TimeSource::wantedChanged, this, &TimeSlider::refresh);
    connect(&source, &FleetSource::momentChanged, this, &TimeSlider::refresh);
}

QSize TimeSlider::sizeHint() const
{
    return {400, 44};
}

QSize TimeSlider::minimumSizeHint() const
{
    return {120, 44};
}

void TimeSlider::setSpan(qint64 span)
{
    m_span = span;
    m_isStripOld = true;
    refresh();
}

void TimeSlider::refresh()
{
    showSpan();
    const qint64 moment = m_source.wantedMoment();
    const QString said = moment > 0 ? longMomentText(moment) : tr("Live");
    if (said != accessibleDescription()) {
        setAccessibleDescription(said);
        QAccessibleEvent event(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
    update();
}

/// Up to now; when the moment lies before that span, around it.
void TimeSlider::showSpan()
{
    const qint64 now = m_source.live().now(), moment = m_source.wantedMoment();
    const qint64 begin = m_source.events().begin();
    const qint64 span = m_span > 0 ? m_span : std::max<qint64>(now - begin, 60'000);
    qint64 to = now;
    if (moment > 0 && moment < now - span)
        to = std::min(now, moment + span / 2);
    if (m_source.live().hasState()) {
        const bool isLookedAt = moment > 0 || m_span == 0;
        m_source.events().wantBack(to - span,
                                   isLookedAt ? EventArchive::mostEvents : mostWhileLive);
    }
    const double pixel = double(span) / std::max(1, width() - 2 * trackSide);
    if (std::abs(double(to - m_to)) >= pixel || to - span != m_from) {
        m_isStripOld = m_isStripOld || std::abs(double(to - m_to)) >= pixel || m_bins.isEmpty();
        m_from = to - span;
        m_to = to;
    }
}

double TimeSlider::xOf(qint64 time) const
{
    return trackSide + double(time - m_from) / double(m_to - m_from) * (width() - 2 * trackSide);
}

qint64 TimeSlider::timeAt(double x) const
{
    return m_from
        + qint64((x - trackSide) / std::max(1, width() - 2 * trackSide) * double(m_to - m_from));
}

void TimeSlider::readStrip()
{
    if (!std::exchange(m_isStripOld, false))
        return;
    m_bins = eventStrip(m_source.events().archive(), m_from, m_to,
                        std::max(1, (width() - 2 * trackSide) / binWidth));
}

void TimeSlider::resizeEvent(QResizeEvent *)
{
    m_isStripOld = true;
    showSpan();
}

void TimeSlider::pointAt(double x)
{
    if (m_to >= m_source.live().now() - (m_to - m_from) / 100
        && x >= width() - trackSide - nearLive)
        m_source.goLive();
    else
        m_source.goTo(std::clamp(timeAt(x), m_from, m_to));
}

void TimeSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_source.pause();
    pointAt(event->position().x());
}

void TimeSlider::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        pointAt(event->position().x());
}

/// `share` of what is shown.
void TimeSlider::moveBy(double share)
{
    const qint64 from = m_source.wantedMoment() > 0 ? m_source.wantedMoment() : m_source.now();
    m_source.goTo(from + qint64(share * double(m_to - m_from)));
}

void TimeSlider::wheelEvent(QWheelEvent *event)
{
    m_source.pause();
    moveBy(event->angleDelta().y() / 120.0 / -100);
    event->accept();
}

void TimeSlider::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return moveBy(-0.002);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return moveBy(0.002);
    case Qt::Key_PageDown:
        return moveBy(-0.05);
    case Qt::Key_PageUp:
        return moveBy(0.05);
    case Qt::Key_Home:
        return m_source.goTo(m_from);
    case Qt::Key_End:
        return m_source.goLive();
    default:
        QWidget::keyPressEvent(event);
    }
}

bool TimeSlider::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), hint(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

QString TimeSlider::hint(const QPoint &place) const
{
    const qint64 time = std::clamp(timeAt(place.x()), m_from, m_to);
    QString text = clockText(time, m_source.live().now());
    const int at
        = (place.x() - trackSide) * int(m_bins.size()) / std::max(1, width() - 2 * trackSide);
    if (at < 0 || at >= m_bins.size() || m_bins[at].events == 0)
        return text;
    const StripBin &bin = m_bins[at];
    text
        += bin.events == 1 ? tr(", 1 event") : tr(", %1 events").arg(locale().toString(bin.events));
    return bin.deaths == 0 ? text : text + tr(", %1 died").arg(locale().toString(bin.deaths));
}

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
