// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/localrules.h"
#include "shared/config/serverconfig.h"
#include "shared/trust/signedconfig.h"

namespace Treewarden {

/// What became of a configuration that was offered.
struct ConfigVerdict
{
    bool isAccepted = false;
    bool isNews = false; ///< it is not the one that was there already
    qint64 version = 0;
    QString keyId, signer; ///< of the key; empty where none vouches for it
    QString detail; ///< why not
};

/// The last verified configuration of each address of this server, in the state folder: what an
/// agent, a Redis or an old backup says later can only replace it with a newer one.
class ConfigStore
{
public:
    /// `machineId` is this machine's; a configuration is for exactly one machine.
    ConfigStore(QString folder, QString machineId, LocalRules &rules);

    /// Reads what an earlier process kept. Gives a sentence for each file that could not be read.
    QStringList load();

    /// Keeps the configuration, on the disk too, when a trusted key signed it for this machine and
    /// it is no step back.
    ConfigVerdict offer(const QString &ip, const ConfigFields &fields, qint64 now);

    /// The server was removed from the fleet: its configuration counts no more until one is offered
    /// again. Its version stays the floor. False when there is nothing to retire.
    bool retire(const QString &ip);

    /// The configuration of the address, verified with the keys as they are now.
    Result<const ServerConfig *> verified(const QString &ip);

    /// Who signed what verified() gives.
    TrustedKey signerOf(const QString &ip);

    /// All addresses with one, sorted.
    QStringList addresses() const;

    /// The address whose configuration was accepted last: this server's; empty when there is none.
    QString currentIp() const;

private:
    struct Kept
    {
        ConfigFields fields;
        ServerConfig config;
        QString trouble; ///< why what was kept cannot be read; its version counts all the same
        qint64 acceptedAt = 0;
        bool isRetired = false;
        quint64 generation = 0; ///< of the keys that `signer` was verified with
        Result<TrustedKey> signer = Error{};
    };

    Result<Kept> understand(const QString &ip, const ConfigFields &fields);
    QString objection(const QString &ip, const ConfigFields &fields, const Kept &offered) const;
    Result<void> write(const QString &ip, const Kept &kept) const;
    Result<void> readFile(const QString &path);
    QString pathOf(const QString &ip) const;
    const Result<TrustedKey> &verify(const QString &ip, Kept &kept);

    const QString m_folder, m_machineId;
    LocalRules &m_rules;
    QHash<QString, Kept> m_kept; ///< by ip
};

} // namespace Treewarden
