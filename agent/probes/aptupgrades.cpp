// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/aptupgrades.h"

#include "agent/probes/lines.h"

namespace Treewarden {

namespace {

/// Debian-Security:12/stable-security, Ubuntu:22.04/jammy-security,
/// UbuntuESM:22.04/jammy-infra-security
bool isSecurityArchive(QByteArrayView origin)
{
    return origin.contains("-security") || origin.startsWith("Debian-Security:");
}

} // namespace

void countAptLine(QByteArrayView line, PendingUpdates *updates)
{
    if (takeWord(&line) != "Inst")
        return;
    takeWord(&line); // the package
    if (!takeWord(&line).startsWith('['))
        return; // a new one that an update brings along
    const qsizetype open = line.indexOf('('), close = line.indexOf(')');
    if (open < 0 || close < open)
        return;
    ++updates->all;
    QByteArrayView origins = line.sliced(open + 1, close - open - 1);
    takeWord(&origins); // the version
    while (!origins.isEmpty()) {
        if (isSecurityArchive(takeWord(&origins))) {
            ++updates->security;
            return;
        }
    }
}

PendingUpdates parseAptUpgrades(QByteArrayView text)
{
    PendingUpdates updates;
    while (!text.isEmpty())
        countAptLine(takeLine(&text), &updates);
    return updates;
}

} // namespace Treewarden
