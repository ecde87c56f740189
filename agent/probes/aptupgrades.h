// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Treewarden {

/// How many installed packages have a newer version.
struct PendingUpdates
{
    int all = 0;
    int security = 0; ///< of these, from an archive of security updates

    friend bool operator==(const PendingUpdates &, const PendingUpdates &) = default;
};

/// Counts one line of what `apt-get --simulate dist-upgrade` prints; lines of other kinds count
/// nothing:
/// "Inst openssl [3.0.15-1] (3.0.17-1 Debian-Security:12/stable-security [amd64])".
void countAptLine(QByteArrayView line, PendingUpdates *updates);

/// Counts all lines of it.
PendingUpdates parseAptUpgrades(QByteArrayView text);

} // namespace Treewarden
