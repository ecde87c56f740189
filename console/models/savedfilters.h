// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Treewarden {

/// A filter of the fleet that somebody has given a name.
struct SavedFilter
{
    static constexpr int longestName = 40, mostFilters = 30;

    QString name, filter;

    friend bool operator==(const SavedFilter &, const SavedFilter &) = default;
};

/// JSON for the preferences: [["name","filter"],…].
QString savedFiltersText(const QList<SavedFilter> &filters);
/// What of the text can be read: bounded, one of each name.
QList<SavedFilter> parseSavedFilters(const QString &text);

} // namespace Treewarden
