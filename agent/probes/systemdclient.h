// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <chrono>
#include <functional>

namespace Treewarden {

/// A unit as systemd lists it (org.freedesktop.systemd1(5)).
struct SystemdUnit
{
    QString name; ///< "nginx.service"
    QString load; ///< loaded, not-found, masked, error …
    QString active; ///< active, inactive, failed, activating …
    QString sub; ///< running, exited, listening, dead …
    QString path; ///< of its object on the bus
};

/// Talks to systemd over D-Bus without ever waiting. Lives in a module of its own
/// (agent/systemd), which is loaded with the first check that asks: Qt D-Bus costs memory.
class SystemdClient
{
public:
    using Units = std::function<void(const Result<QList<SystemdUnit>> &)>;
    using Properties = std::function<void(const QVariantMap &)>;

    virtual ~SystemdClient() = default;

    /// The named units, those that do not exist too; without names all failed ones.
    virtual void listUnits(const QStringList &names, std::chrono::milliseconds timeout, Units done)
        = 0;
    /// Properties by "Interface.Name", such as "Service.MainPID"; those that cannot be read are
    /// left out.
    virtual void readProperties(const QString &path, const QStringList &names,
                                std::chrono::milliseconds timeout, Properties done)
        = 0;
    /// Tells `unitChanged` of the unit's object, or, when empty, of jobs that end, from now on.
    virtual void watch(const QString &path) = 0;

    /// Called with the path of a watched unit; empty for a job.
    std::function<void(const QString &path)> unitChanged;
};

/// The one function of the module, by this name.
using SystemdClientFactory = SystemdClient *(*)(const QString &address);
inline constexpr const char *systemdClientFactory = "treewardenMakeSystemdClient";

} // namespace Treewarden
