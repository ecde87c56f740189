// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/protocol/serviceid.h"

#include <QByteArray>
#include <QStringList>

namespace Treewarden {

/// What this server lets anybody do to it, whatever was signed: the file
/// /etc/treewarden/policy.conf (docs/security.md). What it says comes on top of everything else: it
/// can only forbid, with the one exception of `shell`.
struct Policy
{
    bool allowsShell = false; ///< text that needs a shell: `shell = allow`
    int maxAtOnce = 4; ///< actions that run at the same time; `max_at_once`
    int perMinute = 60; ///< commands that may begin within a minute; `rate`
    int perServicePerMinute = 6; ///< the same for one service; `service_rate`
    QStringList actions; ///< that may be asked for; empty: all
    QStringList roles; ///< whose services may be acted on; empty: all
    QStringList protectedServices{QStringLiteral("ssh")}; ///< "role" or "role:instance"

    /// Reads the text of such a file (at most 64 KiB), `what` in errors. A key that is not known or
    /// stands twice makes all of it wrong: one that is misspelt would protect nothing.
    static Result<Policy> parse(const QByteArray &text, const QString &what);
    /// Reads the file. One that is not there is the policy above; one that others than root and its
    /// reader may write to is refused.
    static Result<Policy> read(const QString &path);

    /// True for a service that must never be stopped, restarted or shut down.
    bool isProtected(const ServiceId &service) const
    {
        return protectedServices.contains(service.role)
            || protectedServices.contains(service.text());
    }

    bool allowsAction(const QString &action) const
    {
        return actions.isEmpty() || actions.contains(action);
    }

    bool allowsRole(const QString &role) const { return roles.isEmpty() || roles.contains(role); }

    friend bool operator==(const Policy &, const Policy &) = default;
};

inline constexpr QStringView defaultPolicyPath = u"/etc/treewarden/policy.conf";

} // namespace Treewarden
