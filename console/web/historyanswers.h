// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/representation.h"
#include "console/web/webserver.h"
#include "shared/core/now.h"
#include "shared/redis/redisconnection.h"

#include <QObject>

#include <map>

namespace Treewarden {

/// The answers of /api/v1/servers/{ip}/history: read from Redis when somebody asks, kept for a
/// while, so that it costs the same however many ask. Has a connection of its own, which opens with
/// the first question: a list that is too large for a reply must not end the fleet's.
class HistoryAnswers : public QObject
{
    Q_OBJECT
public:
    explicit HistoryAnswers(const RedisUrl &url, Now now = systemNow(), QObject *parent = nullptr);
    ~HistoryAnswers() override;

    /// `ip` is a server of the fleet. Pending while it is being read: ready() follows.
    WebContent::Found find(const QString &ip, QByteArrayView range);

Q_SIGNALS:
    void ready();

private:
    struct Range;

    struct Answer
    {
        std::unique_ptr<Representation> representation;
        qint64 expires = 0; ///< ms
        bool isOut = false; ///< asked for
    };

    using Key = std::pair<QString, const Range *>;

    static const Range *rangeOf(QByteArrayView name);
    void makeRoom();
    void ask(const Key &key);
    void take(const Key &key, const RedisReply &reply, qint64 now);
    void giveUp();

    RedisConnection m_connection;
    const Now m_now;
    std::map<Key, Answer> m_answers;
    Representation m_wrongRange, m_busy, m_away;
};

} // namespace Treewarden
