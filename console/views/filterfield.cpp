// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/filterfield.h"

#include "console/views/stateicon.h"

#include <QDialog>
#include <QKeyEvent>
#include <QMouseEvent>
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

void FilterField::setHasHelp(bool hasHelp)
{
    m_hasHelp = hasHelp;
    setTextMargins(24, 0, hasHelp ? 52 : 30, 0);
    update();
}

QRectF FilterField::hintRect(int fromRight) const
{
    return {width() - 25.5 - 22 * fromRight, height() / 2.0 - 9, 16, 18};
}

void FilterField::paintHint(QPainter &painter, const QRectF &rect, const QString &text) const
{
    const Theme &theme = themeOf(this);
    painter.setPen(theme.line2);
    painter.setBrush(theme.alt);
    painter.drawRoundedRect(rect, 3, 3);
    painter.setPen(theme.text3);
    painter.setFont(uiFont(TextSize::axis));
    painter.drawText(rect, Qt::AlignCenter, text);
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTool(&painter, QRect(9, (height() - 14) / 2, 14, 14), u"search"_s, themeOf(this).text3);
    if (m_hasHelp)
        paintHint(painter, hintRect(0), u"?"_s);
    if (!hasFocus() && text().isEmpty() && !m_keyHint.isEmpty())
        paintHint(painter, hintRect(m_hasHelp ? 1 : 0), m_keyHint);
}

void FilterField::mouseMoveEvent(QMouseEvent *event)
{
    const bool isOnHelp = m_hasHelp && hintRect(0).contains(event->position());
    setCursor(isOnHelp ? Qt::PointingHandCursor : Qt::IBeamCursor);
    QLineEdit::mouseMoveEvent(event);
}

void FilterField::mousePressEvent(QMouseEvent *event)
{
    QLineEdit::mousePressEvent(event);
    if (m_hasHelp && hintRect(0).contains(event->position()))
        Q_EMIT helpRequested();
}

/// While the field has the focus, F1 is about it and not about the program.
bool FilterField::event(QEvent *event)
{
    if (m_hasHelp && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_F1)
        event->accept();
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    const bool isEscape = event->key() == Qt::Key_Escape;
    if (isEscape && text().isEmpty() && qobject_cast<QDialog *>(window())) {
        event->ignore(); // nothing to clear: it closes the dialog
        return;
    }
    if (isEscape && !text().isEmpty()) {
        clear();
    } else if (isEscape || event->key() == Qt::Key_Down) {
        Q_EMIT left();
    } else if (m_hasHelp && (event->key() == Qt::Key_F1 || event->text() == u"?")) {
        Q_EMIT helpRequested();
    } else {
        QLineEdit::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace Treewarden
