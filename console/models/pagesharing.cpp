// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pagesharing.h"

#include <QHostAddress>

namespace Treewarden {
using namespace Qt::StringLiterals;

bool PageSharing::isLocal(const QString &address)
{
    return address.trimmed() == u"localhost" || QHostAddress(address.trimmed()).isLoopback();
}

} // namespace Treewarden
