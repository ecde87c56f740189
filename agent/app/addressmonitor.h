// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/hostaddresses.h"
#include "agent/events/addresswatch.h"

#include <QObject>

#include <functional>
#include <optional>

namespace Treewarden {

/// Follows this host's own addresses, and whether the one under which it is enrolled is among them.
class AddressMonitor : public QObject
{
    Q_OBJECT
public:
    using Read = std::function<HostAddresses()>;

    /// `ip` is the enrolled address; one that is not this host's at the start (translated on the
    /// way, or chosen by hand) is never missed.
    explicit AddressMonitor(QString ip, Read read = HostAddresses::read, QObject *parent = nullptr);

    /// Reads the addresses again, as it does by itself when the kernel tells a change.
    void look();

    /// Those that server:info tells.
    QStringList addresses() const { return m_addresses.shown(); }

Q_SIGNALS:
    /// `hasEnrolled` only where the enrolled address left or came back; `reason` then says so.
    void changed(const QStringList &addresses, std::optional<bool> hasEnrolled,
                 const QString &reason);

private:
    const QString m_ip;
    const Read m_read;
    HostAddresses m_addresses;
    bool m_hasEnrolled;
    bool m_wasEnrolledHere; ///< at the start
    AddressWatch m_watch;
};

} // namespace Treewarden
