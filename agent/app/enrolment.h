// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/hostaddresses.h"
#include "shared/core/exitcode.h"
#include "shared/redis/redisconnection.h"

#include <QJsonObject>

#include <optional>

namespace Treewarden {

/// Finds out which server of the fleet this host is (contract, section 1, "Its ip is").
class Enrolment : public QObject
{
    Q_OBJECT
public:
    /// `ip` is the one the operator named, if any.
    Enrolment(RedisConnection &connection, std::optional<QString> ip, QObject *parent = nullptr);

    /// Asks Redis; exactly one of the signals follows, or none when the connection breaks.
    void look();
    /// Writes what this server is and runs into servers:pending, then calls `done` with the reply.
    void ask(const QString &ip, const QJsonObject &request, RedisConnection::Callback done);

Q_SIGNALS:
    /// The hash server:config:{ip}.
    void enrolled(const QString &ip, const QHash<QByteArray, QByteArray> &configuration);
    /// `ip` is the address to ask under; `tombstone` says who was removed from the fleet under it,
    /// if anybody was.
    void notEnrolled(const QString &ip, const QByteArray &tombstone);
    /// Redis refused, or this host's addresses are enrolled more than once.
    void failed(const QString &reason, Treewarden::ExitCode code);

private:
    void takeMatches(const QStringList &candidates, qsizetype globals,
                     const QList<RedisReply> &replies);
    void readConfiguration(const QString &ip);
    void readTombstone(const QString &ip);
    QString addressToAskUnder(const HostAddresses &addresses) const;

    RedisConnection &m_connection;
    const std::optional<QString> m_ip;
};

} // namespace Treewarden
