// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/pagetabs.h"

#include "console/views/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace Treewarden {

namespace {

/// Every title whole, and nothing drawn but the tabs.
void fillTabs(QTabBar *tabs, const QStringList &titles)
{
    for (const QString &title : titles)
        tabs->addTab(title);
    tabs->setDrawBase(false);
    tabs->setExpanding(false);
    tabs->setUsesScrollButtons(false);
    tabs->setElideMode(Qt::ElideNone);
    tabs->setFocusPolicy(Qt::TabFocus);
}

} // namespace

PageTabs::PageTabs(const QStringList &titles, QWidget *parent)
    : QTabBar(parent)
{
    fillTabs(this, titles);
}

QSize PageTabs::tabSizeHint(int index) const
{
    const QFontMetrics metrics(uiFont(TextSize::body, true));
    return {metrics.horizontalAdvance(tabText(index)) + 24 + 4, qMax(34, metrics.height() + 15)};
}

void PageTabs::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    for (int i = 0; i < count(); ++i) {
        const bool isCurrent = i == currentIndex();
        const QRect tab = tabRect(i).adjusted(0, 0, -4, 0);
        painter.setFont(uiFont(TextSize::body, isCurrent));
        painter.setPen(isCurrent ? theme.text : theme.text2);
        painter.drawText(tab, Qt::AlignCenter, tabText(i));
        if (isCurrent)
            painter.fillRect(QRect(tab.left(), height() - 2, tab.width(), 2), theme.accent);
        if (isCurrent && hasFocus()) {
            painter.setPen(theme.accent);
            painter.drawRect(tab.adjusted(3, 4, -4, -6));
        }
    }
}

SegmentedChoice::SegmentedChoice(const QStringList &titles, QWidget *parent)
    : QTabBar(parent)
{
    fillTabs(this, titles);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize SegmentedChoice::tabSizeHint(int index) const
{
    const QFontMetrics metrics(uiFont(TextSize::body, true));
    return {metrics.horizontalAdvance(tabText(index)) + 22, qMax(28, metrics.height() + 8)};
}

void SegmentedChoice::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRect all;
    for (int i = 0; i < count(); ++i)
        all |= tabRect(i);
    const QRectF frame = QRectF(all).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath clip;
    clip.addRoundedRect(frame, 4, 4);
    painter.fillPath(clip, theme.surface);
    for (int i = 0; i < count(); ++i) {
        const bool isCurrent = i == currentIndex();
        painter.save();
        painter.setClipPath(clip);
        if (isCurrent)
            painter.fillRect(tabRect(i), theme.sel);
        if (i > 0)
            painter.fillRect(QRect(tabRect(i).left(), 0, 1, height()), theme.line);
        painter.restore();
        painter.setFont(uiFont(TextSize::body, isCurrent));
        painter.setPen(theme.text);
        painter.drawText(tabRect(i), Qt::AlignCenter, tabText(i));
    }
    painter.setPen(hasFocus() ? QPen(theme.accent, 2) : QPen(theme.line2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(frame, 4, 4);
}

} // namespace Treewarden
