// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/progressicon.h"

#include "console/views/stateicon.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

ProgressIcon::ProgressIcon(int size, QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(size, size);
    setHealth({});
}

void ProgressIcon::setHealth(std::optional<Health> health)
{
    m_health = health;
    m_isWaiting = false;
    setAccessibleName(health ? healthText(*health) : tr("under way"));
    update();
}

void ProgressIcon::setWaiting()
{
    m_health.reset();
    m_isWaiting = true;
    setAccessibleName(tr("waiting"));
    update();
}

void ProgressIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    if (m_health) {
        paintState(&painter, rect(), *m_health, theme);
    } else if (m_isWaiting) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.ctl);
        painter.drawEllipse(QRectF(rect()).center(), 2, 2);
    } else {
        paintTool(&painter, rect(), u"refresh"_s, theme.accent);
    }
}

} // namespace Treewarden
