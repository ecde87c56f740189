// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Treewarden {

/// A technology of the service tree: what people call it, where it listens by default, which group
/// of the original's tree it belongs to, and which programs it runs as (argv[0] without its
/// folder).
struct Role
{
    QString id;
    QString title;
    int defaultPort; ///< 0: none
    QString group; ///< English title of the group in the original's tree
    QList<QString> programs;
};

/// All roles that the project knows, in the order of the original's tree. Others are allowed; they
/// have no defaults.
const QList<Role> &knownRoles();

/// The row of `id`, or nullptr.
const Role *findRole(QStringView id);

} // namespace Treewarden
