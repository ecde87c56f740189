// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

namespace Treewarden {

/// Tells the service manager how this service is: one datagram a change (sd_notify(3)). Does
/// nothing where there is no service manager.
class ServiceNotify
{
public:
    /// `socket` is a path, or a name in the abstract namespace behind an '@'; empty for nobody.
    explicit ServiceNotify(QByteArray socket = {}, std::chrono::microseconds watchdog = {});

    /// From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, which are taken out of the environment:
    /// children of this service have nothing to say about it.
    static ServiceNotify fromEnvironment();

    /// How often feedWatchdog() must be called; zero for never.
    std::chrono::milliseconds watchdogInterval() const { return m_watchdogInterval; }

    void tellReady() const { send("READY=1"); }

    /// tellReady() ends it.
    void tellReloading() const;

    void tellStopping() const { send("STOPPING=1"); }

    /// One line for `systemctl status`.
    void tellStatus(const QString &status) const;

    void feedWatchdog() const { send("WATCHDOG=1"); }

private:
    void send(const QByteArray &message) const;

    QByteArray m_socket;
    std::chrono::milliseconds m_watchdogInterval{0};
};

} // namespace Treewarden
