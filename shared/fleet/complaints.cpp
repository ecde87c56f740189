// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/complaints.h"

#include "shared/core/textformat.h"

#include <QDebug>

namespace Treewarden {

using namespace Qt::StringLiterals;

void Complaints::complain(const QString &kind, const QString &sentence)
{
    const qint64 nowMs = m_clock.elapsed();
    Kind &entry = m_kinds[kind];
    if (nowMs < entry.quietUntil) {
        ++entry.unsaid;
        return;
    }
    const QString others
        = entry.unsaid > 0 ? u" (and %1 more of the kind before)"_s.arg(entry.unsaid) : QString();
    qWarning().noquote() << oneLine(sentence) + others;
    entry = {nowMs + 60'000, 0};
}

} // namespace Treewarden
