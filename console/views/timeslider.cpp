// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/timeslider.h"

#include "console/models/pasttext.h"
#include "console/models/timesource.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>

#include <cmath>
#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int binWidth = 6, nearLive = 5; ///< px
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

} // namespace Treewarden
