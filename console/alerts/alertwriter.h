// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/alerts/alertmessage.h"
#include "shared/redis/redisconnection.h"

#include <QObject>

namespace Treewarden {

/// Tells alerts: one atomic script each, so that of any number of programs that judge the same one
/// tells it.
class AlertWriter : public QObject
{
    Q_OBJECT
public:
    enum class Outcome {
        Told,
        Known, ///< it is raised, or ended, already: `held` says since when it is raised
        Refused, ///< the server is not alive
        Failed, ///< nobody knows; it has to be told again
    };

    struct Answer
    {
        Outcome outcome = Outcome::Failed;
        std::optional<RaisedAlert> held;
    };

    using Handler = std::function<void(const Answer &)>;

    explicit AlertWriter(RedisConnection &connection, QObject *parent = nullptr);

    /// `since` of a verdict that ends says which alert is meant.
    void write(const QString &ip, const AlertVerdict &verdict, const QByteArray &message,
               const Handler &handler);

Q_SIGNALS:
    void failed(const QString &reason);

private:
    RedisConnection &m_connection;
};

} // namespace Treewarden
