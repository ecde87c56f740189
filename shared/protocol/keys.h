// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/serviceid.h"

#include <QByteArray>
#include <QString>

/// The names of all Redis keys (docs/protocol.md, section 2).
namespace Treewarden::Keys {

inline const QByteArray serversAlive = QByteArrayLiteral("servers:alive");
inline const QByteArray serversSince = QByteArrayLiteral("servers:since");
inline const QByteArray serversPending = QByteArrayLiteral("servers:pending");
inline const QByteArray serversRemoved = QByteArrayLiteral("servers:removed");
inline const QByteArray maintenance = QByteArrayLiteral("maintenance");
inline const QByteArray paasList = QByteArrayLiteral("paas:list");
inline const QByteArray commands = QByteArrayLiteral("commands");
inline const QByteArray alerts = QByteArrayLiteral("alerts");
inline const QByteArray events = QByteArrayLiteral("events");
inline const QByteArray sweeper = QByteArrayLiteral("sweeper");

inline QByteArray serverAlive(const QString &ip)
{
    return "server:alive:" + ip.toUtf8();
}

inline QByteArray serverInfo(const QString &ip)
{
    return "server:info:" + ip.toUtf8();
}

inline QByteArray serverConfig(const QString &ip)
{
    return "server:config:" + ip.toUtf8();
}

inline QByteArray serverConfigHistory(const QString &ip)
{
    return serverConfig(ip) + ":history";
}

inline QByteArray serverWorkload(const QString &ip)
{
    return "server:workload:" + ip.toUtf8();
}

/// `tier` is "1s", "1m" or "1h".
inline QByteArray serverHistory(const QString &ip, const QString &tier)
{
    return serverWorkload(ip) + ':' + tier.toUtf8();
}

inline QByteArray services(const QString &ip)
{
    return "services:" + ip.toUtf8();
}

inline QByteArray serviceAlive(const QString &ip, const ServiceId &service)
{
    return "service:" + ip.toUtf8() + ':' + service.text().toUtf8() + ":alive";
}

inline QByteArray serviceWorkload(const QString &ip, const ServiceId &service)
{
    return "service:" + ip.toUtf8() + ':' + service.text().toUtf8() + ":workload";
}

inline QByteArray commandStream(const QString &ip)
{
    return "command:" + ip.toUtf8();
}

inline QByteArray paas(const QString &id)
{
    return "paas:" + id.toUtf8();
}

inline QByteArray paasHistory(const QString &id)
{
    return paas(id) + ":history";
}

/// The history of a tree that was removed, for some time.
inline QByteArray paasRemoved(const QString &id)
{
    return paas(id) + ":removed";
}

/// How many raw samples server:workload:{ip} keeps, and about how many entries the `events` stream.
inline constexpr int workloadLength = 300;
inline constexpr int eventsLength = 100'000;

/// About how many outcomes the stream `commands` keeps, and how many orders command:{ip}.
inline constexpr int commandsLength = 10'000, commandStreamLength = 1000;

/// How many versions server:config:{ip}:history and paas:{id}:history keep.
inline constexpr int historyLength = 20;

/// How long paas:{id}:removed is kept.
inline constexpr int removedSeconds = 90 * 86'400;

} // namespace Treewarden::Keys
