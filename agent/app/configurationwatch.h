// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/configurationtrust.h"
#include "shared/config/serverconfig.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {

/// Reads this server's configuration again when told to, and says what became of it. The last good
/// one stays whatever happens to its key.
class ConfigurationWatch : public QObject
{
    Q_OBJECT
public:
    ConfigurationWatch(RedisConnection &connection, ConfigurationTrust &trust, QString ip,
                       QString machineId, ServerConfig first, QObject *parent = nullptr);

    void read();
    /// Judges what it reads next even when it has seen it: other keys are trusted now.
    void judgeAgain();

    const ServerConfig &current() const { return m_current; }

    /// The receiver of changed() says that it uses the new configuration. Without this the current
    /// one stays.
    void accept(ServerConfig configuration);

Q_SIGNALS:
    /// A valid configuration that differs from current(): accept() it.
    void changed(const Treewarden::ServerConfig &configuration);
    /// A wrong one was written; told once for the same bytes.
    void refused(const QStringList &errors);
    /// The key is gone, and nobody removed this server; told once until it is back.
    void vanished();
    /// Nothing more is being read, whatever came of it.
    void settled();
    /// The key is gone because this server was removed from the fleet.
    void removed();

private:
    void takeReplies(const QList<RedisReply> &replies);
    void take(const QHash<QByteArray, QByteArray> &fields);

    RedisConnection &m_connection;
    ConfigurationTrust &m_trust;
    const QString m_ip, m_machineId;
    ServerConfig m_current;
    QHash<QByteArray, QByteArray> m_lastRead;
    bool m_isReading = false, m_mustReadAgain = false, m_mustJudge = false;
};

} // namespace Treewarden
