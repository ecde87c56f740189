// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QMap>

namespace Treewarden {

/// The passwords of Redis' users, as a file keeps them: "NAME PASSWORD" a line, for its owner's
/// eyes only.
class AclPasswords
{
public:
    /// Those of the file at `path`; none where there is no such file yet.
    static Result<AclPasswords> read(const QString &path);

    /// The user's; one that has none gets 256 random bits, as letters that neither a URL nor an ACL
    /// file minds.
    QByteArray passwordOf(const QByteArray &user);

    /// Replaces the file by what stands here, all at once; only its owner may read it.
    Result<void> write(const QString &path) const;

private:
    QMap<QByteArray, QByteArray> m_passwords;
};

/// The rule of an ACL line for `password`: ">password", or "#…" with its SHA-256.
QByteArray aclPasswordRule(const QByteArray &password, bool isHashed);

} // namespace Treewarden
