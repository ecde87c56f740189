// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Treewarden {

/// This host's own addresses in canonical form, without link-local IPv6 (which needs a zone).
struct HostAddresses
{
    QStringList global; ///< IPv4 first, in the order of the interfaces
    QStringList loopback;

    /// Read from the kernel now.
    static HostAddresses read();

    bool contains(const QString &ip) const { return global.contains(ip) || loopback.contains(ip); }

    /// What others are told: the loopback only where there is nothing else.
    QStringList shown() const { return global.isEmpty() ? loopback : global; }

    friend bool operator==(const HostAddresses &, const HostAddresses &) = default;
};

bool isLoopback(const QString &ip);

} // namespace Treewarden
