// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/exitcode.h"
#include "shared/core/now.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/redis/redisconnection.h"

#include <memory>
#include <variant>

namespace Treewarden {

/// Why Redis gave no answer, and what the program leaves with.
struct RedisFailure
{
    ExitCode code = ExitCode::Unavailable;
    QString text;
};

/// A value of Redis, or why there is none.
template<typename T>
class RedisAnswer
{
public:
    RedisAnswer(T value)
        : m_content(std::move(value))
    {
    }

    RedisAnswer(RedisFailure failure)
        : m_content(std::move(failure))
    {
    }

    explicit operator bool() const { return m_content.index() == 0; }

    const T &operator*() const { return std::get<0>(m_content); }

    const T *operator->() const { return &std::get<0>(m_content); }

    const RedisFailure &failure() const { return std::get<1>(m_content); }

private:
    std::variant<T, RedisFailure> m_content;
};

/// Redis for a program that asks, prints and leaves: each call waits for its answer. Where Redis is
/// away it gives up at the first failed attempt instead of trying on. Connects with the first
/// question.
class RedisSession
{
public:
    using Words = RedisConnection::Words;

    RedisSession(RedisUrl url, Now now);
    ~RedisSession();

    const RedisUrl &url() const { return m_url; }

    RedisAnswer<RedisValue> request(const Words &words);
    /// The replies in order; errors of Redis' own stand among them.
    RedisAnswer<QList<RedisReply>> pipeline(const QList<Words> &commands);
    /// EXEC's array; nil when a watched key changed.
    RedisAnswer<RedisValue> transaction(const QList<Words> &commands);
    /// One Lua script, EVAL.
    RedisAnswer<RedisValue> evaluate(const QByteArray &script, const QList<QByteArray> &keys,
                                     const QList<QByteArray> &values);
    /// Why a reply is none to go on with.
    RedisFailure failureOf(const RedisReply &reply) const;
    /// Watches the whole fleet; its state is complete.
    RedisAnswer<FleetWatcher *> watcher();
    /// The whole fleet as it is now.
    RedisAnswer<const FleetState *> fleet();

private:
    RedisAnswer<FleetWatcher *> startedWatcher();
    RedisConnection &connection();
    RedisFailure awayBecause(const QString &reason) const;
    template<typename T, typename Send>
    RedisAnswer<T> waitFor(Send send);

    RedisUrl m_url;
    Now m_now;
    std::unique_ptr<RedisConnection> m_connection;
    std::unique_ptr<FleetWatcher> m_watcher;
};

} // namespace Treewarden
