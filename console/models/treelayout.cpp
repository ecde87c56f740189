// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treelayout.h"

#include <QHash>

#include <algorithm>
#include <limits>

namespace Treewarden {

namespace {

/// The length of the longest way to each role from one that nothing needs. A tree has no cycles;
/// were there one, the number of roles ends the search.
QHash<QString, int> depthsOf(const PaasTree &tree)
{
    QHash<QString, int> depths;
    for (const PaasRole &role : tree.roles)
        depths.insert(role.role, 0);
    bool hasChanged = true;
    for (qsizetype round = 0; hasChanged && round < tree.roles.size(); ++round) {
        hasChanged = false;
        for (const PaasRole &role : tree.roles) {
            for (const QString &need : role.needs) {
                const auto needed = depths.find(need);
                if (needed == depths.end() || *needed > depths[role.role])
                    continue;
                *needed = depths[role.role] + 1;
                hasChanged = true;
            }
        }
    }
    // What nothing needs stands directly before what it needs, so that its arrows pass no other
    // card.
    for (const PaasRole &role : tree.roles) {
        if (depths[role.role] > 0 || role.needs.isEmpty())
            continue;
        int nearest = std::numeric_limits<int>::max();
        for (const QString &need : role.needs)
            nearest = std::min(nearest, depths.value(need, 1));
        depths[role.role] = std::max(0, nearest - 1);
    }
    return depths;
}

/// The mean place of those that need a role, in the layer before.
double wantedPlace(const PaasTree &tree, const QString &id, const QStringList &before)
{
    double sum = 0;
    int count = 0;
    for (const PaasRole &role : tree.roles) {
        if (const qsizetype at = before.indexOf(role.role); at >= 0 && role.needs.contains(id)) {
            sum += double(at);
            ++count;
        }
    }
    return count == 0 ? double(before.size()) : sum / count;
}

} // namespace

TreeLayout layoutOf(const PaasTree &tree)
{
    const QHash<QString, int> depths = depthsOf(tree);
    QStringList needed;
    for (const PaasRole &role : tree.roles)
        needed += role.needs;
    TreeLayout layout;
    for (const PaasRole &role : tree.roles) {
        if (role.needs.isEmpty() && !needed.contains(role.role)) {
            layout.alone << role.role;
            continue;
        }
        const qsizetype depth = std::min<qsizetype>(depths.value(role.role), tree.roles.size());
        while (layout.layers.size() <= depth)
            layout.layers << QStringList();
        layout.layers[depth] << role.role;
    }
    layout.layers.removeAll({});
    for (qsizetype i = 1; i < layout.layers.size(); ++i) {
        const QStringList &before = layout.layers[i - 1];
        std::stable_sort(layout.layers[i].begin(), layout.layers[i].end(),
                         [&](const QString &a, const QString &b) {
                             return wantedPlace(tree, a, before) < wantedPlace(tree, b, before);
                         });
    }
    return layout;
}

} // namespace Treewarden
