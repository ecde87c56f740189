// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/trust/publickey.h"

#include <QHash>
#include <QStringList>

namespace Treewarden {

/// One key that a server trusts, and what for.
struct TrustedKey
{
    PublicKey key;
    QString name; ///< what people call it
    QStringList actions; ///< that it may ask for; empty: all, and to configure
    QStringList roles; ///< whose services it may act on; empty: all

    /// The word among `actions` that lets a key sign configurations.
    static constexpr QStringView configure = u"configure";

    bool allowsAction(const QString &action) const
    {
        return actions.isEmpty() || actions.contains(action);
    }

    bool allowsRole(const QString &role) const { return roles.isEmpty() || roles.contains(role); }

    /// Who configures says what actions are, so a key that is bound to some roles configures only
    /// when told so.
    bool allowsConfiguring() const
    {
        return actions.isEmpty() ? roles.isEmpty() : actions.contains(configure);
    }
};

/// The keys that this server trusts: the file /etc/treewarden/trusted-keys. A line is
/// `ed25519 BASE64 NAME [actions=restart,reload,configure] [roles=nginx,mysql]`; empty lines and
/// those that start with # say nothing.
class TrustedKeys
{
public:
    /// Reads the text of such a file (at most 1 MiB, 10,000 keys), `what` in errors. One wrong
    /// line makes all of it wrong: a key that is left out by mistake would be found out too late.
    static Result<TrustedKeys> parse(const QByteArray &text, const QString &what);
    /// Reads the file. A file that is not there trusts nobody; one that others than root and its
    /// reader may write to is refused.
    static Result<TrustedKeys> read(const QString &path);

    bool isEmpty() const { return m_keys.isEmpty(); }

    qsizetype size() const { return m_keys.size(); }

    /// The key with this id, or nullptr.
    const TrustedKey *find(const QString &id) const;

    QList<TrustedKey> all() const { return m_keys.values(); }

private:
    QHash<QString, TrustedKey> m_keys; ///< by id
};

inline constexpr QStringView defaultTrustedKeysPath = u"/etc/treewarden/trusted-keys";

} // namespace Treewarden
