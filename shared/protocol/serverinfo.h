// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QStringList>

#include <optional>

namespace Treewarden {

/// The slow facts of a server: the hash server:info:{ip}. What the server does not know is empty or
/// absent.
struct ServerInfo
{
    QString hostname, machineId, os, kernel, architecture, cpuModel, virtualization, agentVersion;
    QString hardware; ///< maker and model, as the firmware tells
    std::optional<int> cpuCount;
    std::optional<qint64> memoryTotal; ///< bytes
    std::optional<qint64> bootTime; ///< ms
    std::optional<qint64> updates,
        securityUpdates; ///< packages that wait, and of these for security
    bool isRestartRequired = false; ///< an update waits for the next boot
    QStringList addresses;
    QString session; ///< a new UUID at every start of the agent
    std::optional<qint64> started, updated; ///< ms
    std::optional<qint64> lease; ///< ms
    QString told; ///< session:n of the last transition, see the contract, section 3
};

/// Field, value, field, value, … as HSET takes them; fields that are unknown are left out, `told`
/// always is.
QList<QByteArray> toHashFields(const ServerInfo &info);

/// Reads the hash from anybody: each text is cut to 256 characters, numbers that are none are
/// absent.
ServerInfo serverInfoFromHash(const QHash<QByteArray, QByteArray> &hash);

} // namespace Treewarden
