// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/popupframe.h"

#include "console/views/theme.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>

namespace Treewarden {

namespace {

constexpr int gapBelow = 4; ///< px between the place and the frame

} // namespace

PopupFrame::PopupFrame(const QString &name, QWidget *parent)
    : QFrame(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
}

void PopupFrame::showBelow(const QWidget &place)
{
    ensurePolished();
    resize(sizeHint()); // adjustSize() would not take more than two thirds of the screen
    const QRect room = place.screen()->availableGeometry();
    QPoint corner = place.mapToGlobal(QPoint(0, place.height() + gapBelow));
    corner.setX(qBound(room.left(), corner.x(), qMax(room.left(), room.right() - width())));
    corner.setY(qBound(room.top(), corner.y(), qMax(room.top(), room.bottom() - height())));
    move(corner);
    show();
    QWidget *first = findChild<QAbstractButton *>();
    (first ? first : this)->setFocus(Qt::PopupFocusReason);
}

void PopupFrame::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_F1)
        close();
    else
        QFrame::keyPressEvent(event);
}

void PopupFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.setPen(theme.line2);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace Treewarden
