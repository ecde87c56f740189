// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/healthicon.h"

#include <QPainter>

namespace Treewarden {

HealthIcon::HealthIcon(int size, QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(size, size);
    setHealth(Health::Alive);
}

void HealthIcon::setHealth(Health health)
{
    m_health = health;
    setAccessibleName(healthText(health));
    update();
}

void HealthIcon::setStale()
{
    m_health.reset();
    setAccessibleName(tr("stale"));
    update();
}

void HealthIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    if (m_health)
        paintState(&painter, rect(), *m_health, theme);
    else
        painter.drawPixmap(0, 0, stalePixmap(width(), devicePixelRatioF(), theme));
}

QWidget *levelled(QWidget *icon)
{
    auto *frame = new QWidget;
    const int space = qMax(0, QFontMetrics(uiFont()).height() - icon->height());
    frame->setFixedSize(icon->width(), icon->height() + (space + 1) / 2);
    icon->setParent(frame);
    icon->move(0, (space + 1) / 2);
    return frame;
}

HealthBadge::HealthBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setHealth(Health::Alive);
}

void HealthBadge::setHealth(Health health, const QString &text)
{
    m_health = health;
    m_text = text.isEmpty() ? healthText(health) : text;
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

QSize HealthBadge::sizeHint() const
{
    const QFontMetrics metrics(uiFont(TextSize::small, true));
    return {6 + 14 + 5 + metrics.horizontalAdvance(m_text) + 8, qMax(22, metrics.height() + 4)};
}

void HealthBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.tint(m_health));
    painter.drawRoundedRect(rect(), 4, 4);
    paintState(&painter, QRect(6, (height() - 14) / 2, 14, 14), m_health, theme);
    painter.setPen(theme.state(m_health));
    painter.setFont(uiFont(TextSize::small, true));
    painter.drawText(rect().adjusted(25, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

} // namespace Treewarden
