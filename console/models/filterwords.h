// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Treewarden {

/// The names that a fleet has and a filter may name.
struct FilterNames
{
    QStringList roles, trees;
};

/// The words that may follow from what is typed of one, the likeliest first: keys (role:, cpu>),
/// states, and after a key the names of the fleet. Nothing when `word` is whole or nothing fits.
/// A minus before the word stays.
QStringList filterCompletions(const QString &word, const FilterNames &names);

/// What of a filter is not what its author means, one sentence; empty when nothing is. The filter
/// works all the same: what is not understood is looked for as text.
QString filterComplaint(const QString &filter);

} // namespace Treewarden
