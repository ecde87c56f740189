// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <optional>

namespace Treewarden {

/// One value that differs between two documents (see configDocument()).
struct ConfigChange
{
    QStringList path; ///< steps of JsonOutline
    std::optional<QByteArray> before, after; ///< JSON without white space; absent: not there

    friend bool operator==(const ConfigChange &, const ConfigChange &) = default;
};

/// What differs, in the order of `after`, what is gone last. Objects and lists of named entries are
/// compared member by member, everything else as a whole. At most `maximum`. Documents that are no
/// JSON differ in nothing.
QList<ConfigChange> configChanges(const QByteArray &before, const QByteArray &after,
                                  qsizetype maximum = 1000);

/// "Service mysql 3306 is new: {…}": one line, safe to show.
QString changeSentence(const ConfigChange &change);

/// `document` with the changes made in it, in their order; those that cannot be made are left out.
QByteArray withChanges(QByteArray document, const QList<ConfigChange> &changes);

/// One line of a unified difference.
struct DiffLine
{
    enum class Kind { Same, Added, Removed, Gap };

    Kind kind = Kind::Same;
    QString text; ///< safe to show
    int before = 0, after = 0; ///< line numbers from 1; 0: not in that text

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

/// The lines that differ with `context` lines around them. Texts that differ in more than some
/// thousand lines are compared as one block.
QList<DiffLine> lineDifference(const QByteArray &before, const QByteArray &after, int context = 3);

} // namespace Treewarden
