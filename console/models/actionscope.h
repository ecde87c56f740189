// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandprogress.h"
#include "shared/fleet/impactpreview.h"

#include <QList>
#include <QMetaType>
#include <QString>

namespace Treewarden {

/// What is chosen on a page, and may be acted on: services, servers, or a role of a tree.
struct ActionScope
{
    QList<ActionTarget> places; ///< all services, or all servers
    QString tree, role; ///< set when the places are the instances of a role; `tree`
                        ///< alone: the whole tree

    /// Nothing that could be acted on.
    bool isEmpty() const { return places.isEmpty(); }

    /// A whole tree, which can only be put into maintenance.
    bool isTree() const { return !tree.isEmpty() && role.isEmpty(); }

    bool isRole() const { return !role.isEmpty(); }

    bool isServers() const { return !isEmpty() && places.first().service.role == u"system"; }

    /// The fields of the hash `maintenance` that name it.
    QStringList maintenanceKeys() const;

    /// The servers that it touches, each once.
    QStringList ips() const;

    QList<CommandOrder> orders(const QString &action) const;

    friend bool operator==(const ActionScope &, const ActionScope &) = default;
};

/// One action that a target has, or might have.
struct ActionChoice
{
    QString action, name;
    QString whyNot; ///< a sentence; empty: it can be done

    bool isPossible() const { return whyNot.isEmpty(); }

    friend bool operator==(const ActionChoice &, const ActionChoice &) = default;
};

} // namespace Treewarden

Q_DECLARE_METATYPE(Treewarden::ActionScope)
