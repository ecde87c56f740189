// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

namespace Treewarden {

/// A role of a tree that a problem touches, ready to be shown.
struct AffectedRole
{
    QString tree; ///< id
    QString text; ///< "dev / MySQL, 7 of 11 alive"

    friend bool operator==(const AffectedRole &, const AffectedRole &) = default;
};

/// One problem as a person reads it.
struct ProblemText
{
    Health health = Health::Died;
    QString ip;
    qint64 since = 0; ///< ms
    QString title; ///< "Server db-02 died"
    QString detail; ///< cause and effect, sentences
    QList<AffectedRole> roles;

    friend bool operator==(const ProblemText &, const ProblemText &) = default;
};

ProblemText problemText(const FleetState &state, const Problem &problem, qint64 now);

} // namespace Treewarden
