// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"
#include "shared/config/policy.h"
#include "shared/config/serverconfig.h"

#include <QSet>

namespace Treewarden {

/// Which services must never be stopped, restarted or shut down, and which ways lead to that: their
/// own actions, the actions of another role on their systemd unit or on one that contains or
/// conflicts with it, and words that name both them and a verb that stops.
class Protection
{
public:
    /// What `services` of the configuration and `protected` of the policy say together.
    Protection(const ServerConfig &config, const Policy &policy);

    bool covers(const ServiceId &service) const;

    /// Why `what`, which is how `action` on `service` is done, may not be done; empty when it may.
    QString objection(const ServiceId &service, const QString &action,
                      const ActionRequest &what) const;

    /// The names under which systemd knows `unit` as a file: itself, and where a link leads to.
    using UnitNames = std::function<QStringList(const QString &unit)>;

    /// Looks into the folders of unit files unless a test says otherwise.
    void setUnitNames(UnitNames names) { m_unitNames = std::move(names); }

private:
    void readServices(const QJsonObject &services);
    void readControlled(const QJsonObject &controlled);
    void protectUnits(const QJsonObject &actions, const ServiceId &service);
    void protect(const QString &name);
    QString unitObjection(const ServiceId &service, const ActionRequest &what) const;
    QString wordsObjection(const QStringList &argv) const;
    QString protectedName(const QString &unit) const;

    QSet<QString> m_roles; ///< protected as a whole
    QSet<ServiceId> m_services;
    QSet<QString> m_names; ///< of units and programs, lower case, without ".service"
    UnitNames m_unitNames;
};

/// What the folders of unit files (systemd.unit(5)) say about the names of `unit`.
QStringList unitNamesOnDisk(const QString &unit);

} // namespace Treewarden
