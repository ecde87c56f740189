// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"

namespace Treewarden {

/// A connection that listens. All subscriptions are restored as a whole after a loss; `ready` tells
/// that every one is confirmed, the first time and after each gap: a reader then takes its snapshot
/// again.
class RedisSubscriber : public QObject
{
    Q_OBJECT
public:
    explicit RedisSubscriber(RedisUrl url, RedisTimeouts timeouts = {}, QObject *parent = nullptr);
    ~RedisSubscriber() override;

    void open();
    void close();
    bool isReady() const;
    RedisConnection::State state() const;
    QString lastError() const;
    qint64 retryIn() const;

    /// Asks for a channel; asking twice is one subscription. May be called before open().
    void subscribe(const QByteArray &channel);
    void unsubscribe(const QByteArray &channel);

Q_SIGNALS:
    /// All channels are confirmed; again after each gap and after each later subscribe().
    void ready();
    void disconnected(const QString &reason);
    void retrying(qint64 milliseconds, const QString &reason);
    void stateChanged();
    void message(const QByteArray &channel, const QByteArray &payload);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
