// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSet>
#include <QString>

namespace Treewarden {

/// Which columns of FleetModel a table shows, and in which order. The name is always among them.
struct FleetColumns
{
    /// All columns in their own order, all shown.
    FleetColumns();

    QList<int> order; ///< every column once, hidden ones too
    QSet<int> hidden;

    bool isShown(int column) const { return !hidden.contains(column); }

    QList<int> shown() const;
    /// Hides or shows one; the name stays.
    void setShown(int column, bool isShown);

    /// "state name -ip roles …": a word for each column in order, hidden ones with a minus.
    QString text() const;
    /// Reads text(); words that are not known are left out, columns that are not named stand last.
    static FleetColumns parse(const QString &text);

    friend bool operator==(const FleetColumns &, const FleetColumns &) = default;
};

} // namespace Treewarden
