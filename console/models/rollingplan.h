// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/paastree.h"

#include <QList>
#include <QString>

#include <chrono>

namespace Treewarden {

/// An action on all instances of a role, a few at a time.
struct RollingPlan
{
    QString tree, role, action, reason;
    QList<PaasInstance> instances; ///< in the order in which they get their turn
    QList<std::pair<PaasInstance, QString>> skipped; ///< those that are left out, and why
    int batch = 1; ///< how many at once
    std::chrono::seconds settling{5}; ///< how long each must stay alive before the next

    friend bool operator==(const RollingPlan &, const RollingPlan &) = default;
};

/// One instance of a rolling action.
struct RollingTurn
{
    enum class State { Waiting, Acting, Settling, Done, Failed, Skipped, Left };

    PaasInstance instance;
    State state = State::Waiting;
    QString note; ///< "alive after 3.1 s", or why it failed
};

/// A rolling action under way, or over.
struct RollingProgress
{
    RollingPlan plan;
    QList<RollingTurn> turns;
    bool isRunning = false, isStopping = false;
    QString outcome; ///< once it is over, a sentence

    /// Those that are not skipped.
    int wantedCount() const
    {
        int wanted = 0;
        for (const RollingTurn &turn : turns)
            wanted += turn.state != RollingTurn::State::Skipped;
        return wanted;
    }

    int doneCount() const
    {
        int done = 0;
        for (const RollingTurn &turn : turns)
            done += turn.state == RollingTurn::State::Done;
        return done;
    }
};

} // namespace Treewarden
