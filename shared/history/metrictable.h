// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/history/metric.h"
#include "shared/protocol/workload.h"

#include <QByteArray>

#include <vector>

namespace Treewarden {

/// Turns samples into rows of numbers: each numeric leaf of `info` has its column, named by its
/// dotted path. The known metrics stand first, at their fixed places; leaves of filesystems and
/// pings follow in the order in which they came up, as long as there is room.
class MetricTable
{
public:
    MetricTable();

    const std::vector<QByteArray> &names() const { return m_names; }

    const std::vector<MetricUnit> &units() const { return m_units; }

    qsizetype size() const { return qsizetype(m_names.size()); }

    /// Fills `row` with one value a column, `notMeasured` where the sample has none. New leaves get
    /// a column; columns keep their places.
    void read(const Workload &workload, std::vector<double> &row);

    /// The column of a dotted path, a new one where it has none yet; -1: no room.
    qsizetype columnOf(const QByteArray &name);

    /// True once a leaf found no room.
    bool isCrowded() const { return m_isCrowded; }

private:
    /// Where a leaf of a mount or host has its column, or nothing.
    struct Place
    {
        QString owner;
        const char *leaf;
        std::optional<qsizetype> column; ///< -1: no room; absent: not looked up yet
    };

    void put(size_t &place, const QString &owner, const char *leaf, double value,
             std::vector<double> &row);
    qsizetype columnOfLeaf(const QString &owner, const char *leaf);

    std::vector<QByteArray> m_names;
    std::vector<MetricUnit> m_units;
    std::vector<Place> m_places; ///< of the last sample's leaves, in its order
    bool m_isCrowded = false;
};

} // namespace Treewarden
