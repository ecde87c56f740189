// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

#include <optional>

namespace Treewarden {

/// True when `name` may be a role, an instance or a PaaS id: [A-Za-z0-9_.-]{1,64} as a whole
/// string.
bool isValidName(QStringView name);

/// Which service on a server: role and instance, "mysql:3306" as text.
struct ServiceId
{
    QString role, instance;

    QString text() const { return role + u':' + instance; }

    /// Nothing when either part is no valid name.
    static std::optional<ServiceId> parse(QStringView text);

    friend bool operator==(const ServiceId &, const ServiceId &) = default;

    friend auto operator<=>(const ServiceId &a, const ServiceId &b)
    {
        const int order
            = a.role == b.role ? a.instance.compare(b.instance) : a.role.compare(b.role);
        return order <=> 0;
    }

    friend size_t qHash(const ServiceId &id, size_t seed = 0)
    {
        return qHashMulti(seed, id.role, id.instance);
    }
};

/// The reserved instance that holds what is true of all instances of a role.
inline constexpr QStringView allInstances = u"_";

} // namespace Treewarden
