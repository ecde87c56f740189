// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QTimer>

namespace Treewarden {

class FleetSource;

/// A site in one line.
struct SiteTally
{
    bool isLive = false, isKnown = false; ///< known: there has been a snapshot
    int servers = 0;
    int problems = 0;
    Health worst = Health::Alive; ///< of the problems

    friend bool operator==(const SiteTally &, const SiteTally &) = default;
};

/// Counts what is wrong with the fleet of a source, for whoever does not look at it: after changes,
/// once a second at most, and never more than a fiftieth of the time.
class TallyCounter : public QObject
{
    Q_OBJECT
public:
    explicit TallyCounter(FleetSource &source, QObject *parent = nullptr);

    const SiteTally &tally() const { return m_tally; }

    /// Those of the last count, as fleetProblems() gives them; empty while not live.
    const QList<Problem> &problems() const { return m_problems; }

    /// Counts now.
    void count();

Q_SIGNALS:
    /// Counted again: the problems may be others although the tally is the same.
    void counted();

private:
    void countSoon();
    void countAgain();

    FleetSource &m_source;
    SiteTally m_tally;
    QList<Problem> m_problems;
    QTimer m_soon;
};

} // namespace Treewarden
