// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pastground.h"

namespace Treewarden {

/// What was in maintenance at a moment.
class PastMaintenance
{
public:
    explicit PastMaintenance(PastGround &ground);

    /// What ran out by itself is told by no event, and after a day nobody remembers it but its
    /// begin.
    void restore();
    /// Puts in what the events around the moment tell of a subject.
    void apply(const EventSubject &subject, EventPosition last, EventPosition next,
               PastChange &change);
    /// Some may have run out since the moment `from`, or not yet.
    void findRunOut(qint64 from, PastChange &change) const;

private:
    PastGround &m_ground;
};

} // namespace Treewarden
