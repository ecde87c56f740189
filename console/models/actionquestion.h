// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actionimpact.h"
#include "console/models/commandprogress.h"

namespace Treewarden {

class ActionCentre;
struct RollingPlan;

/// What is asked before orders are sent, ready to be shown.
struct ActionQuestion
{
    /// The services of one server that are hit, or the server itself.
    struct Hit
    {
        Health health = Health::Unknown;
        QString what, where; ///< "mysql 3301, 3302", "db-01, 10.207.26.250"

        friend bool operator==(const Hit &, const Hit &) = default;
    };

    QString title, verb, signer;
    QList<Hit> hits;
    ActionImpact impact;
    QList<QString> impactNames; ///< "dev / MySQL", one for each line of `impact`
    QString typedWord; ///< what has to be typed first; empty: nothing
    bool isDangerous = false;
    bool isTwoSteps = false; ///< the word is asked for only after all else was read
    bool hasOrder = false; ///< several: one after another, or all at once
};

ActionQuestion questionOf(ActionCentre &centre, const QList<CommandOrder> &orders);
ActionQuestion questionOf(ActionCentre &centre, const RollingPlan &plan);

/// More than this many at once are asked for a typed word whatever is done with them.
inline constexpr qsizetype mostWithoutTyping = 3;

} // namespace Treewarden
