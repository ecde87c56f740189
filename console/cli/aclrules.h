// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace Treewarden {

/// Who logs in to Redis; what each of them needs and what stays open stands in docs/security.md.
enum class AclRole { Admin, Console, Web, Sweeper, Enrol, Agent };

/// One user as Redis 7.0 takes it.
struct AclUser
{
    QByteArray name; ///< "web", "agent-10.0.0.7"
    /// "+get", "%R~servers:alive", "(+publish &update:info)" …, in their order, without a password.
    QList<QByteArray> rules;
};

/// "admin", "console", "web", "sweeper", "enrol", "agent".
QString aclRoleName(AclRole role);
std::optional<AclRole> aclRoleOf(const QString &name);
QList<AclRole> allAclRoles();

/// The user of `role`; `ip`, a canonical address, is the agent's and of no use to others.
AclUser aclUser(AclRole role, const QString &ip = {});

/// `text` so that a pattern of Redis matches nothing else: a backslash before * ? [ ] ^ and \.
QByteArray globEscaped(const QByteArray &text);

/// "user NAME reset on PASSWORD RULES": one line of an ACL file, and the words of ACL SETUSER after
/// its "user". `password` is ">text" or "#sha256 in hex".
QByteArray aclLine(const AclUser &user, const QByteArray &password);

/// Nobody without a name and a password. Goes last: who sends the lines may be this user.
inline const QByteArray aclDefaultLine = QByteArrayLiteral("user default off");

} // namespace Treewarden
