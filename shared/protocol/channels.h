// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// The names of all Redis channels (docs/protocol.md, section 3).
namespace Treewarden::Channels {

inline const QByteArray updateInfo = QByteArrayLiteral("update:info");
inline const QByteArray manageAll = QByteArrayLiteral("manage:all");

inline QByteArray serverAlive(const QString &ip)
{
    return "update:info:" + ip.toUtf8() + ":alive";
}

inline QByteArray manage(const QString &ip)
{
    return "manage:" + ip.toUtf8();
}

/// Signals that agents listen to on manage:{ip} and manage:all.
inline const QByteArray commandSignal = QByteArrayLiteral("command");
inline const QByteArray reloadSignal = QByteArrayLiteral("reload");
inline const QByteArray refreshSignal = QByteArrayLiteral("refresh");

} // namespace Treewarden::Channels
