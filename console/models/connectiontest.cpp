// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/connectiontest.h"

#include "console/models/fleettext.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

#include <QTimer>

namespace Treewarden {
using namespace std::chrono_literals;

ConnectionTest::ConnectionTest(QObject *parent)
    : QObject(parent)
{
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::start(const RedisUrl &url)
{
    const int round = ++m_round;
    m_connection = std::make_unique<RedisConnection>(url);
    m_clock.start();
    connect(m_connection.get(), &RedisConnection::connected, this, &ConnectionTest::countServers);
    connect(m_connection.get(), &RedisConnection::retrying, this,
            [this](qint64, const QString &reason) { finish(false, reason); });
    QTimer::singleShot(10s, this, [this, round, where = url.displayText()] {
        if (round == m_round && m_connection)
            finish(false, tr("%1 has not answered for 10 s; is it a Redis?").arg(where));
    });
    m_connection->open();
}

void ConnectionTest::countServers()
{
    const qint64 connectedAfter = m_clock.elapsed();
    m_connection->command({"HLEN", Keys::serversAlive}, this,
                          [this, connectedAfter](const RedisReply &reply) {
                              if (!m_connection)
                                  return;
                              if (!reply.isOk()) {
                                  finish(false,
                                         tr("Connected, but it refuses to read the fleet: %1")
                                             .arg(oneLine(reply.error)));
                                  return;
                              }
                              finish(true,
                                     tr("It works: connected after %1 ms, %2 enrolled.")
                                         .arg(connectedAfter)
                                         .arg(serverCountText(reply.value.integer)));
                          });
}

/// Later, for it is called from the connection's own signals.
void ConnectionTest::finish(bool isGood, const QString &sentence)
{
    if (!m_connection)
        return;
    m_connection->disconnect(this);
    m_connection.release()->deleteLater();
    if (isGood)
        Q_EMIT succeeded(sentence);
    else
        Q_EMIT failed(oneLine(sentence));
}

} // namespace Treewarden
