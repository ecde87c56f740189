// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/policy.h"
#include "shared/trust/signedconfig.h"

#include <optional>

namespace Treewarden {

/// Whom this server trusts, and the last configuration that they signed for it. Without a trusted
/// key every configuration is as good as another, as it was before there were keys.
class ConfigurationTrust
{
public:
    struct Places
    {
        QString trustedKeys, policy; ///< files; empty or missing: none
        QString stateDirectory;
    };

    ConfigurationTrust(Places places, QString ip);

    /// Reads the files again when they changed; true when they did. After an error what was known
    /// stays.
    Result<bool> read();

    const TrustedKeys &keys() const { return m_keys; }

    /// Only signed configurations count.
    bool isRequired() const { return !m_keys.isEmpty(); }

    /// An error is the sentence why this configuration is not to be used: not signed by who may, or
    /// older than one that was.
    Result<void> judge(const ConfigFields &fields) const;
    /// Remembers one that was judged good, over restarts. Does nothing while nobody is trusted.
    void keep(const ConfigFields &fields);

    /// The last good one; empty when there is none.
    const ConfigFields &kept() const { return m_kept; }

    /// Text that needs a shell may run: the configuration is signed, and the policy says so.
    bool mayRunText(const ConfigFields &fields) const;

private:
    /// What tells that a file was changed.
    struct Stamp
    {
        qint64 modified = 0, size = -1;

        static Stamp of(const QString &path);

        friend bool operator==(const Stamp &, const Stamp &) = default;
    };

    void readKept();
    QString keptPath() const;

    const Places m_places;
    const QString m_ip;
    TrustedKeys m_keys;
    Policy m_policy;
    std::optional<Stamp> m_keysStamp, m_policyStamp;
    ConfigFields m_kept;
};

} // namespace Treewarden
