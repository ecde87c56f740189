// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/timebadge.h"

#include "console/views/stateicon.h"

#include <QAccessible>
#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int badgeHeight = 26, padding = 10, pictureSize = 14, pictureGap = 7;

} // namespace

TimeBadge::TimeBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(word());
}

void TimeBadge::setKind(Kind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    setAccessibleName(word());
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
    updateGeometry();
    update();
}

QString TimeBadge::word() const
{
    return m_kind == Kind::Live ? tr("Live") : m_kind == Kind::Past ? tr("Past") : tr("Stale");
}

QSize TimeBadge::sizeHint() const
{
    const QFontMetrics metrics(uiFont(TextSize::body, true));
    return {2 * padding + pictureSize + pictureGap + metrics.horizontalAdvance(word()),
            qMax(badgeHeight, metrics.height() + 8)};
}

void TimeBadge::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const QColor colour = m_kind == Kind::Live ? theme.ok
        : m_kind == Kind::Past                 ? theme.past
                                               : theme.stale;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_kind == Kind::Live       ? theme.okTint
                         : m_kind == Kind::Past ? theme.pastTint
                                                : theme.staleTint);
    painter.drawRoundedRect(rect(), 4, 4);
    const QRect picture(padding, (height() - pictureSize) / 2, pictureSize, pictureSize);
    if (m_kind == Kind::Past) {
        paintTool(&painter, picture, u"history"_s, colour);
    } else if (m_kind == Kind::Live) {
        painter.setBrush(colour);
        painter.drawEllipse(QRectF(picture).center(), 4, 4);
    } else {
        painter.drawPixmap(picture.topLeft(), stalePixmap(pictureSize, devicePixelRatioF(), theme));
    }
    painter.setPen(colour);
    painter.setFont(uiFont(TextSize::body, true));
    painter.drawText(rect().adjusted(padding + pictureSize + pictureGap, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, word());
}

} // namespace Treewarden
