// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisurl.h"
#include "shared/redis/respdecoder.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace Treewarden {

class RedisSocket;

/// Asks the Sentinels of a URL, one after the other, where the master is, and listens to the one
/// that knew for news of another one (https://redis.io/docs/reference/sentinel-clients).
class SentinelResolver : public QObject
{
    Q_OBJECT
public:
    explicit SentinelResolver(RedisUrl url, QObject *parent = nullptr);
    ~SentinelResolver() override;

    /// Asks; resolved() or failed() follows. Each Sentinel has `patience` to answer.
    void resolve(std::chrono::milliseconds patience);
    /// What the last one said proved wrong: another one is asked first next time.
    void distrust();

Q_SIGNALS:
    /// Where the master is, as the Sentinel says; not verified.
    void resolved(const Treewarden::RedisUrl &master);
    /// None of them knew.
    void failed(const QString &reason);
    /// The Sentinels chose another master since.
    void switched();

private:
    enum class Stage { Idle, Asking, Listening };

    void askNext();
    void ask();
    void read();
    void takeValue(const RedisValue &value);
    void takeAddress(const RedisValue &value);
    void giveUp(const QString &reason);
    void dropSocket();

    const RedisUrl m_url;
    RedisSocket *m_socket = nullptr;
    std::unique_ptr<RespDecoder> m_decoder;
    QTimer m_timer;
    std::chrono::milliseconds m_patience{1000};
    Stage m_stage = Stage::Idle;
    qsizetype m_next = 0, m_asked = 0; ///< the one that is asked next, and how many were
    bool m_hasLoggedIn = false;
    quint64 m_generation = 0;
    QString m_reason;
};

} // namespace Treewarden
