// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/alertrule.h"
#include "shared/fleet/complaints.h"
#include "shared/redis/redisconnection.h"

#include <QObject>
#include <QSet>

namespace Treewarden {

/// The rules of one server.
struct ServerRules
{
    QList<AlertRule> rules;
    qint64 version = 0; ///< of the configuration
    qint64 interval = 1000; ///< ms from sample to sample
};

/// Reads the rules of servers from their configurations: many at a time, few bytes for those that
/// have none.
class AlertRulesReader : public QObject
{
    Q_OBJECT
public:
    explicit AlertRulesReader(RedisConnection &connection, QObject *parent = nullptr);

    /// Soon; a server that is read already is read once more.
    void read(const QString &ip);
    /// Drops what was asked for, and the answers.
    void clear();

    bool isWaitingFor(const QString &ip) const
    {
        return m_waiting.contains(ip) || m_asked.contains(ip);
    }

Q_SIGNALS:
    void hasRead(const QString &ip, const Treewarden::ServerRules &rules);
    /// Redis refuses, a sentence. Nothing is asked until the next read().
    void failed(const QString &reason);

private:
    void askSoon();
    void ask();
    void takeSizes(const QList<QString> &ips, const QList<RedisReply> &sizes);
    void takeFields(const QList<QString> &ips, const QList<RedisReply> &replies);
    void tell(const QString &ip, const ServerRules &rules);
    bool areAnswered(const QList<RedisReply> &replies);
    ServerRules understood(const QString &ip, const QList<QByteArray> &fields);

    RedisConnection &m_connection;
    Complaints m_complaints;
    QSet<QString> m_waiting, m_asked;
    quint64 m_generation = 0;
    bool m_isPlanned = false;
};

} // namespace Treewarden
