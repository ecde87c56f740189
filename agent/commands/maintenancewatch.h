// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"

#include <QMap>

namespace Treewarden {

/// Reads the hash `maintenance` and works out what of it concerns this server.
class MaintenanceWatch : public QObject
{
    Q_OBJECT
public:
    /// Until when (Unix ms), by "" (the whole server), "role" or "role:instance".
    using Scopes = QMap<QString, qint64>;

    MaintenanceWatch(RedisConnection &connection, QString ip, QObject *parent = nullptr);

    /// Reads it; changed() follows when it differs. What cannot be read changes nothing.
    void read();

    const Scopes &scopes() const { return m_scopes; }

Q_SIGNALS:
    void changed(const QMap<QString, qint64> &scopes);

private:
    void takeSize(const RedisReply &reply);
    void takeFields(const QHash<QByteArray, QByteArray> &fields);
    void takeTrees(const QStringList &ids, const QList<RedisReply> &replies, Scopes scopes);
    void use(const Scopes &scopes);

    RedisConnection &m_connection;
    const QString m_ip;
    Scopes m_scopes;
    QMap<QString, qint64> m_paas; ///< "id" or "id/role" → until, while the trees are read
    bool m_isReading = false;
};

} // namespace Treewarden
