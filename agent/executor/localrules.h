// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/policy.h"
#include "shared/trust/trustedkeys.h"

namespace Treewarden {

/// The files with which a server's owner has the last word: the keys it trusts and its policy. They
/// are read again as soon as they have changed, so that a key that was taken out counts no more
/// with the next command.
class LocalRules
{
public:
    LocalRules(QString keysPath, QString policyPath);

    /// An error, for which everything is to be refused, when the file is broken.
    const Result<TrustedKeys> &keys();
    const Result<Policy> &policy();

    /// Rises with every change of the keys.
    quint64 keysGeneration();

private:
    /// What tells a file from the same one changed.
    struct Stamp
    {
        quint64 device = 0, inode = 0, size = 0;
        qint64 changed = -1; ///< ns; -1: never looked, 0: no file

        friend bool operator==(const Stamp &, const Stamp &) = default;
    };

    static Stamp stampOf(const QString &path);

    const QString m_keysPath, m_policyPath;
    Stamp m_keysStamp, m_policyStamp;
    Result<TrustedKeys> m_keys = TrustedKeys();
    Result<Policy> m_policy = Policy();
    quint64 m_generation = 0;
};

} // namespace Treewarden
