// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/linkbutton.h"

#include "console/views/steadylabel.h"

#include <QPainter>

#include <utility>

namespace Treewarden {

LinkButton::LinkButton(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize LinkButton::minimumSizeHint() const
{
    const QSize size = sizeHint();
    return {qMin(size.width(), 120), size.height()};
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(uiFont());
    return {metrics.horizontalAdvance(text()) + 2, metrics.height() + 2};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QFont font = uiFont();
    font.setUnderline(underMouse() || hasFocus());
    painter.setFont(font);
    painter.setPen(themeOf(this).accent);
    painter.drawText(rect(), Qt::AlignCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, width()));
}

ChipButton::ChipButton(const QString &title, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    askForWidth();
}

void ChipButton::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    setAccessibleDescription(QString::number(count));
    update();
    askForWidth();
}

void ChipButton::setIsAddition(bool isAddition)
{
    m_isAddition = isAddition;
    update();
    askForWidth();
}

/// A count that changes all the time need not move what stands beside it.
void ChipButton::askForWidth()
{
    const int needed = QFontMetrics(uiFont(TextSize::small)).horizontalAdvance(label()) + 22;
    const int width = steadyWidth(m_width, needed);
    if (std::exchange(m_width, width) != width)
        updateGeometry();
}

QString ChipButton::label() const
{
    if (m_isAddition)
        return text();
    return QStringLiteral("%1  %2").arg(text(), locale().toString(m_count));
}

QSize ChipButton::sizeHint() const
{
    const QFontMetrics metrics(uiFont(TextSize::small));
    return {m_width, qMax(24, metrics.height() + 6)};
}

void ChipButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    const qreal radius = height() / 2.0;
    painter.setBrush(isChecked() ? theme.sel : underMouse() ? theme.alt : theme.surface);
    painter.setPen(hasFocus()        ? QPen(theme.accent, 2)
                       : isChecked() ? QPen(theme.sel)
                                     : QPen(m_isAddition ? theme.line2 : theme.line, 1,
                                            m_isAddition ? Qt::DashLine : Qt::SolidLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), radius, radius);
    painter.setFont(uiFont(TextSize::small));
    painter.setPen(isChecked() ? theme.text : theme.text2);
    painter.drawText(rect(), Qt::AlignCenter, label());
}

} // namespace Treewarden
