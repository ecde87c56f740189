// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/socketconversation.h"
#include "agent/probes/varnishcli.h"

namespace Treewarden {

/// Asks Varnish's CLI, once authenticated over a connection that is kept, for the cache process and
/// the backends. Died when the cache process does not run; what keeps the CLI from being asked
/// makes the answer unknown.
class VarnishConsole : public SocketConversation
{
public:
    VarnishConsole(QString where, QString secretFile);

    QByteArray begin(bool isNewConnection) override;
    SocketTurn hear(QByteArrayView reply, bool isEnd) override;

    /// As it was when asked last.
    const VarnishBackends &backends() const { return m_backends; }

private:
    enum class Step { Greeting, Authentication, Status, Backends };

    SocketTurn hearGreeting(const VarnishReply &reply);
    SocketTurn hearStatus(const VarnishReply &reply);
    SocketTurn hearBackends(const VarnishReply &reply);
    SocketTurn ask(const QByteArray &command, Step step);
    SocketTurn cannot(const QString &why) const;

    const QString m_where, m_secretFile;
    Step m_step = Step::Greeting;
    VarnishBackends m_backends;
};

/// Why a file cannot be read by this process, or nothing: "permission denied".
QString whyUnreadable(const QString &path);

} // namespace Treewarden
