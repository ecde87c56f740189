// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QLabel>

namespace Treewarden {

/// The texts of the visible labels and buttons of a window that have less room than they need.
inline QStringList cutTextsIn(const QWidget &window)
{
    QStringList cut;
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (!widget->isVisible() || (!label && !button) || (label && label->wordWrap()))
            continue;
        const QSize needed = widget->sizeHint();
        if (widget->width() < needed.width() || widget->height() < needed.height())
            cut << (label ? label->text() : button->text());
    }
    return cut;
}

} // namespace Treewarden
