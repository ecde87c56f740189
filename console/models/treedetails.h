// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetrollup.h"

#include <optional>

namespace Treewarden {

/// What there is to say about one node of a service tree, ready to be shown.
struct TreeDetails
{
    static constexpr qsizetype mostRows = 40; ///< of instances in one section

    struct Row
    {
        std::optional<Health> health;
        QString text, note;
        QString ip; ///< of the server that it leads to, or empty
        QString key; ///< of the node that it leads to (TreeModel::KeyRole), or empty

        friend bool operator==(const Row &, const Row &) = default;
    };

    struct Section
    {
        QString title;
        QList<Row> rows;
        qsizetype more = 0; ///< that are left out: a role may have thousands of instances

        friend bool operator==(const Section &, const Section &) = default;
    };

    QString title, count, sentence;
    Health health = Health::Unknown;
    QList<Section> sections;

    friend bool operator==(const TreeDetails &, const TreeDetails &) = default;
};

/// A PaaS, which `rollup` has counted: its roles that are not alive, then the others.
TreeDetails detailsOf(const FleetRollup &rollup, const PaasTree &tree);
/// A role: its instances, what it needs, what needs it, and when it counts as alive.
TreeDetails detailsOf(const FleetState &state, const FleetRollup &rollup, const PaasTree &tree,
                      const PaasRole &role, qint64 now);
/// One instance: where it runs, since when it stands so, and why.
TreeDetails detailsOf(const FleetState &state, const PaasRole &role, const PaasInstance &instance,
                      qint64 now);

/// The role of `tree` with this id, or nullptr.
const PaasRole *findRole(const PaasTree &tree, const QString &id);

} // namespace Treewarden
