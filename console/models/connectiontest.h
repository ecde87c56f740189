// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisurl.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace Treewarden {

class RedisConnection;

/// Tries one Redis and says in a sentence how it went: connects, logs in, counts the enrolled
/// servers. Gives up at the first failure, or after ten seconds.
class ConnectionTest : public QObject
{
    Q_OBJECT
public:
    explicit ConnectionTest(QObject *parent = nullptr);
    ~ConnectionTest() override;

    /// An earlier test is dropped without a word.
    void start(const RedisUrl &url);

    bool isRunning() const { return m_connection != nullptr; }

Q_SIGNALS:
    void succeeded(const QString &sentence);
    void failed(const QString &sentence);

private:
    void countServers();
    void finish(bool isGood, const QString &sentence);

    std::unique_ptr<RedisConnection> m_connection;
    QElapsedTimer m_clock;
    int m_round = 0; ///< tells a late answer of a dropped test apart
};

} // namespace Treewarden
