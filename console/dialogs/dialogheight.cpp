// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/dialogheight.h"

#include <QDialog>
#include <QLayout>

namespace Treewarden {

void fitHeight(QDialog &dialog)
{
    dialog.ensurePolished();
    dialog.layout()->activate();
    const int width = dialog.isVisible()
        ? dialog.width()
        : qMax(dialog.minimumWidth(), dialog.layout()->totalMinimumSize().width());
    dialog.resize(width, dialog.layout()->totalHeightForWidth(width));
}

} // namespace Treewarden
