// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/healthtext.h"

#include <QCoreApplication>

namespace Treewarden {

QString healthText(Health health)
{
    switch (health) {
    case Health::Alive:
        return QCoreApplication::translate("Health", "alive");
    case Health::Maintenance:
        return QCoreApplication::translate("Health", "maintenance");
    case Health::Unknown:
        return QCoreApplication::translate("Health", "unknown");
    case Health::Degraded:
        return QCoreApplication::translate("Health", "degraded");
    case Health::Died:
        return QCoreApplication::translate("Health", "died");
    }
    return {};
}

} // namespace Treewarden
