// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/filterfield.h"

#include "console/views/stateicon.h"

#include <QKeyEvent>
#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

FilterField::FilterField(const QString &placeholder, const QString &keyHint, QWidget *parent)
    : QLineEdit(parent)
    , m_keyHint(keyHint)
{
    setPlaceholderText(placeholder);
    setAccessibleName(tr("Filter"));
    setMaxLength(500);
    setTextMargins(24, 0, 30, 0);
    setMinimumHeight(30);
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    paintTool(&painter, QRect(9, (height() - 14) / 2, 14, 14), u"search"_s, theme.text3);
    if (hasFocus() || !text().isEmpty())
        return;
    const QRectF key(width() - 25.5, height() / 2.0 - 9, 16, 18);
    painter.setPen(theme.line2);
    painter.setBrush(theme.alt);
    painter.drawRoundedRect(key, 3, 3);
    painter.setPen(theme.text3);
    painter.setFont(uiFont(TextSize::axis));
    painter.drawText(key, Qt::AlignCenter, m_keyHint);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
    } else if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Down) {
        Q_EMIT left();
    } else {
        QLineEdit::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace Treewarden
