// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetrollup.h"

namespace Treewarden {

/// A role of a tree that a problem touches, ready to be shown.
struct AffectedRole
{
    QString path; ///< "dev/mysql"
    QString text; ///< "dev / MySQL, 7 of 11 alive"

    friend bool operator==(const AffectedRole &, const AffectedRole &) = default;
};

/// One problem as a person reads it.
struct ProblemText
{
    Health health = Health::Died;
    QString ip; ///< empty when it is of many servers
    int servers = 0; ///< how many died or fell silent together; 0: it is of one
    qint64 since = 0; ///< ms
    QString title; ///< "Server db-02 died"
    QString detail; ///< cause and effect, sentences
    QList<AffectedRole> roles;
    std::optional<ServiceId> service; ///< that died by itself

    friend bool operator==(const ProblemText &, const ProblemText &) = default;
};

/// `rollup`: of `state`, if there is one; otherwise the roles that it touches are counted.
ProblemText problemText(const FleetState &state, const Problem &problem, qint64 now,
                        const FleetRollup *rollup = nullptr);

/// All problems by cause.
struct ProblemOverview
{
    qsizetype count = 0; ///< of causes
    QList<ProblemText> texts; ///< the first of them
};

/// The problems of a fleet, worst first, with most of it at once as one: that is the store's or the
/// network's fault.
ProblemOverview problemOverview(const FleetState &state, const QList<Problem> &problems,
                                const FleetRollup &rollup, qint64 now, qsizetype most);
/// Of all that there are.
ProblemOverview problemOverview(const FleetState &state, const FleetRollup &rollup, qint64 now,
                                qsizetype most);

} // namespace Treewarden
