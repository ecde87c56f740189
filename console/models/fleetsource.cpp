// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetsource.h"

namespace Treewarden {

void FleetSource::wantWorkload(const QObject *, const QStringList &)
{
}

QString FleetSource::pastSentence()
{
    return tr("You look at the past; press L to return to live.");
}

} // namespace Treewarden
