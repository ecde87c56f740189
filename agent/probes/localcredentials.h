// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>

namespace Treewarden {

class Parameters;
struct SocketTarget;

/// How the agent logs in to a service.
struct Credentials
{
    QByteArray user, password;
    QByteArray host; ///< the other host they may be sent to; empty: only this one
};

/// `user`, `password` and `host` of a text like my.cnf(5): before any section, or in [client].
Credentials parseCredentials(QByteArrayView text);

/// A file on this server that holds a login; its name alone comes from the configuration. Whoever
/// writes the configuration must not be able to have a password sent elsewhere: it goes to this
/// host only, or to the one that the file itself names.
class LocalCredentials
{
public:
    LocalCredentials() = default;

    /// The parameter `credentials`: an absolute path, or the name of a credential that systemd
    /// hands over (systemd.exec(5), LoadCredential=).
    static LocalCredentials of(Parameters *parameters, const SocketTarget &target);

    bool isGiven() const { return !m_path.isEmpty(); }

    /// Read anew each time, since passwords change. The error names no path: it may be shown to
    /// everybody.
    Result<Credentials> read() const;
    /// For --check: where the login comes from, and what is wrong with it.
    QString description() const;

private:
    QString m_path;
    QByteArray m_host;
    bool m_isLocal = false;
};

} // namespace Treewarden
