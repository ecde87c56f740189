// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redissubscriber.h"

#include "shared/redis/redislink.h"
#include "shared/redis/respencoder.h"

#include <QPointer>
#include <QSet>

namespace Treewarden {

namespace {

constexpr std::chrono::milliseconds readPause(20);

} // namespace

class RedisSubscriber::Private : public RedisLink::Owner
{
public:
    Private(RedisSubscriber *subscriber, RedisUrl url, RedisTimeouts timeouts)
        : q(subscriber)
        , link(std::make_unique<RedisLink>(std::move(url), timeouts, this))
    {
        link->setPause(readPause);
        confirmTimer.setSingleShot(true);
        QObject::connect(&confirmTimer, &QTimer::timeout, q, [this] {
            link->fail(tr("the subscription was not confirmed within %1 ms")
                           .arg(link->timeouts().command.count()));
        });
    }

    ~Private() override { RedisLink::dispose(std::move(link)); }

    void send(const QByteArray &word, const QList<QByteArray> &channels);
    bool takeConfirmation(const QByteArray &kind, const QByteArray &channel);

    void linkOpened() override;
    void linkFailed(const QString &reason, bool wasOpen) override;

    void linkStateChanged() override { Q_EMIT q->stateChanged(); }

    bool takeValue(RedisValue &value) override;

    void valuesTaken() override { }

    void sendPing() override;

    RedisSubscriber *q;
    std::unique_ptr<RedisLink> link;
    QSet<QByteArray> wanted;
    QList<QByteArray>
        awaited; ///< confirmations in the order in which they must come: "+channel", "-channel"
    bool isGrowing
        = false; ///< a new channel is among the awaited: tell ready() when they are confirmed
    int pings = 0; ///< sent and not answered
    QTimer confirmTimer;
};

void RedisSubscriber::Private::send(const QByteArray &word, const QList<QByteArray> &channels)
{
    QByteArray bytes;
    appendCommand(bytes, QList<QByteArray>{word} + channels);
    for (const QByteArray &channel : channels)
        awaited.append((word == "SUBSCRIBE" ? '+' : '-') + channel);
    isGrowing = isGrowing || word == "SUBSCRIBE";
    if (!confirmTimer.isActive())
        confirmTimer.start(link->timeouts().command);
    link->write(bytes);
}

void RedisSubscriber::Private::linkOpened()
{
    const QPointer<RedisSubscriber> self = q;
    if (!wanted.isEmpty())
        send("SUBSCRIBE", wanted.values());
    Q_EMIT q->stateChanged();
    if (self && q->isReady())
        Q_EMIT q->ready();
}

void RedisSubscriber::Private::linkFailed(const QString &reason, bool wasOpen)
{
    const QPointer<RedisSubscriber> self = q;
    confirmTimer.stop();
    awaited.clear();
    isGrowing = false;
    pings = 0;
    if (wasOpen)
        Q_EMIT q->disconnected(reason);
    if (self && link->state() == RedisConnection::State::Waiting)
        Q_EMIT q->retrying(link->retryIn(), reason);
    if (self)
        Q_EMIT q->stateChanged();
}

bool RedisSubscriber::Private::takeConfirmation(const QByteArray &kind, const QByteArray &channel)
{
    if (awaited.isEmpty() || awaited.first() != (kind == "subscribe" ? '+' : '-') + channel)
        return false;
    awaited.removeFirst();
    if (!awaited.isEmpty())
        return true;
    confirmTimer.stop();
    if (std::exchange(isGrowing, false))
        Q_EMIT q->ready();
    return true;
}

bool RedisSubscriber::Private::takeValue(RedisValue &value)
{
    if (value.isError()) {
        link->fail(link->sentence(value), value.text.startsWith("NOPERM"));
        return true;
    }
    if (value.type == RedisValue::Type::Status && value.text == "PONG" && pings > 0) {
        --pings;
        return true;
    }
    if (value.type != RedisValue::Type::Array || value.elements.size() < 2)
        return false;
    const QByteArray kind = value.elements.at(0).text;
    const QByteArray channel = value.elements.at(1).text;
    if (kind == "message" && value.elements.size() == 3) {
        if (wanted.contains(channel))
            Q_EMIT q->message(channel, value.elements.at(2).text);
        return true;
    }
    if (kind == "pong" && pings > 0) {
        --pings;
        return true;
    }
    return (kind == "subscribe" || kind == "unsubscribe") && takeConfirmation(kind, channel);
}

void RedisSubscriber::Private::sendPing()
{
    ++pings;
    QByteArray bytes;
    appendCommand(bytes, {"PING"});
    link->write(bytes);
}

RedisSubscriber::RedisSubscriber(RedisUrl url, RedisTimeouts timeouts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(url), timeouts))
{
}

RedisSubscriber::~RedisSubscriber() = default;

void RedisSubscriber::open()
{
    d->link->open();
}

void RedisSubscriber::close()
{
    if (state() == RedisConnection::State::Closed)
        return;
    const QPointer<RedisSubscriber> self = this;
    const bool wasOpen = d->link->isOpen();
    d->confirmTimer.stop();
    d->awaited.clear();
    d->isGrowing = false;
    d->pings = 0;
    d->link->close();
    if (wasOpen)
        Q_EMIT disconnected(tr("the connection to Redis was closed by this program"));
    if (self)
        Q_EMIT stateChanged();
}

bool RedisSubscriber::isReady() const
{
    return d->link->isOpen() && !d->isGrowing;
}

RedisConnection::State RedisSubscriber::state() const
{
    return d->link->state();
}

QString RedisSubscriber::lastError() const
{
    return d->link->lastError();
}

qint64 RedisSubscriber::retryIn() const
{
    return d->link->retryIn();
}

void RedisSubscriber::subscribe(const QByteArray &channel)
{
    if (d->wanted.contains(channel))
        return;
    d->wanted.insert(channel);
    if (d->link->isOpen())
        d->send("SUBSCRIBE", {channel});
}

void RedisSubscriber::unsubscribe(const QByteArray &channel)
{
    if (d->wanted.remove(channel) && d->link->isOpen())
        d->send("UNSUBSCRIBE", {channel});
}

} // namespace Treewarden
