// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/counterrates.h"
#include "agent/probes/infopace.h"
#include "agent/probes/localcredentials.h"
#include "agent/probes/mysqlpackets.h"
#include "agent/probes/socketconversation.h"

namespace Treewarden {

/// Logs in to MySQL or MariaDB and keeps the connection: COM_PING each round, and once a heartbeat
/// the counters of SHOW GLOBAL STATUS and how far a replica is behind. A server that refuses the
/// login is alive.
class MySqlConversation : public SocketConversation
{
public:
    /// `isUnixSocket`: what is sent stays in the kernel.
    MySqlConversation(LocalCredentials credentials, InfoPace pace, const QString &where,
                      bool isUnixSocket);

    QByteArray begin(bool isNewConnection) override;
    SocketTurn hear(QByteArrayView reply, bool isEnd) override;

private:
    enum class State { Greeting, Login, Ping, Status, Replication };

    SocketTurn hearGreeting(QByteArrayView reply);
    SocketTurn hearLogin(QByteArrayView reply);
    SocketTurn switchLogin(const MySqlPacket &packet);
    SocketTurn proveFully(const MySqlPacket &packet);
    SocketTurn hearPing(QByteArrayView reply);
    SocketTurn hearRows(QByteArrayView reply);

    QByteArray ask();
    QByteArray askReplication();
    void takeStatus(const MySqlRows &rows);
    void takeReplication(const MySqlRows &rows);
    CheckResult alive() const;
    SocketTurn noLogin(const QString &why) const;
    SocketTurn rubbish(QByteArrayView said) const;
    SocketTurn fault(QByteArrayView payload) const;

    const LocalCredentials m_credentials;
    const QString m_where;
    const bool m_isUnixSocket;
    InfoPace m_pace;
    CounterRates m_rates;
    State m_state = State::Greeting;
    Credentials m_login;
    QByteArray m_version, m_plugin, m_nonce;
    QJsonObject m_info; ///< of the last status
    QString m_replicationStopped; ///< the note, or empty
    bool m_mayBeReplica = true;
};

} // namespace Treewarden
