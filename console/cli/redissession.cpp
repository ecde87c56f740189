// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/redissession.h"

#include "console/cli/clitext.h"
#include "shared/core/textformat.h"

#include <QEventLoop>
#include <QTimer>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Longer than a connection attempt and a command together, so that their own sentences come first.
constexpr auto deadline = 15s;

} // namespace

RedisSession::RedisSession(RedisUrl url, Now now)
    : m_url(std::move(url))
    , m_now(std::move(now))
{
}

RedisSession::~RedisSession() = default;

RedisConnection &RedisSession::connection()
{
    if (!m_connection) {
        m_connection = std::make_unique<RedisConnection>(m_url);
    }
    return *m_connection;
}

RedisFailure RedisSession::awayBecause(const QString &reason) const
{
    // The connection's own sentences name the place already.
    const QString place = m_url.displayText();
    return {ExitCode::Unavailable,
            reason.contains(place) ? oneLine(reason)
                                   : CliText::tr("Redis at %1: %2").arg(place, oneLine(reason))};
}

RedisFailure RedisSession::failureOf(const RedisReply &reply) const
{
    if (reply.isOutcomeUnknown()) {
        return {ExitCode::Unavailable,
                CliText::tr("the connection to Redis at %1 broke before it answered, so this may "
                            "or may not be done: "
                            "look before you repeat it (%2)")
                    .arg(m_url.displayText(), oneLine(reply.error))};
    }
    if (reply.outcome != RedisReply::Outcome::Answered)
        return awayBecause(reply.error);
    RedisFailure failure = awayBecause(reply.error);
    const QByteArray &said = reply.value.text;
    // Redis 7.0 words it differently when a script does what its user may not.
    if (said.startsWith("NOPERM") || said.startsWith("NOAUTH")
        || said.contains("user executing the script can't"))
        failure.code = ExitCode::Refused;
    return failure;
}

template<typename T, typename Send>
RedisAnswer<T> RedisSession::waitFor(Send send)
{
    RedisConnection &redis = connection();
    QEventLoop loop;
    QObject context;
    std::optional<RedisAnswer<T>> answer;
    const auto finish = [&](RedisAnswer<T> given) {
        answer = std::move(given);
        loop.quit();
    };
    QObject::connect(&redis, &RedisConnection::retrying, &context,
                     [&](qint64, const QString &reason) {
                         if (!answer)
                             finish(awayBecause(reason));
                     });
    QTimer::singleShot(deadline, &context,
                       [&] { finish(awayBecause(CliText::tr("no answer in time"))); });
    // A socket that isn't there fails within open().
    if (redis.state() == RedisConnection::State::Closed)
        redis.open();
    if (!answer) {
        send(redis, &context, finish);
        loop.exec();
    }
    return *answer;
}

RedisAnswer<RedisValue> RedisSession::request(const Words &words)
{
    return waitFor<RedisValue>([&](RedisConnection &redis, QObject *context, const auto &finish) {
        redis.command(words, context, [this, finish](const RedisReply &reply) {
            reply.isOk() ? finish(reply.value) : finish(failureOf(reply));
        });
    });
}

RedisAnswer<QList<RedisReply>> RedisSession::pipeline(const QList<Words> &commands)
{
    return waitFor<QList<RedisReply>>(
        [&](RedisConnection &redis, QObject *context, const auto &finish) {
            redis.pipeline(commands, context, [this, finish](const QList<RedisReply> &replies) {
                for (const RedisReply &reply : replies) {
                    if (reply.outcome != RedisReply::Outcome::Answered)
                        return finish(failureOf(reply));
                }
                finish(replies);
            });
        });
}

RedisAnswer<RedisValue> RedisSession::transaction(const QList<Words> &commands)
{
    return waitFor<RedisValue>([&](RedisConnection &redis, QObject *context, const auto &finish) {
        redis.transaction(commands, context, [this, finish](const RedisReply &reply) {
            reply.isOk() ? finish(reply.value) : finish(failureOf(reply));
        });
    });
}

RedisAnswer<RedisValue> RedisSession::evaluate(const QByteArray &script,
                                               const QList<QByteArray> &keys,
                                               const QList<QByteArray> &values)
{
    return request(Words{"EVAL", script, QByteArray::number(keys.size())} + keys + values);
}

RedisAnswer<FleetWatcher *> RedisSession::watcher()
{
    const auto watching = startedWatcher();
    if (watching)
        (*watching)->followCommands();
    return watching;
}

RedisAnswer<FleetWatcher *> RedisSession::startedWatcher()
{
    if (!m_watcher)
        m_watcher = std::make_unique<FleetWatcher>(m_url, RedisTimeouts{}, m_now);
    QEventLoop loop;
    QObject context;
    std::optional<RedisFailure> failure;
    const auto fail = [&](const QString &reason) {
        failure = awayBecause(reason);
        loop.quit();
    };
    QObject::connect(m_watcher.get(), &FleetWatcher::reset, &loop, &QEventLoop::quit);
    QObject::connect(&m_watcher->connection(), &RedisConnection::retrying, &context,
                     [&](qint64, const QString &reason) { fail(reason); });
    QTimer::singleShot(deadline, &context, [&] {
        fail(m_watcher->trouble().isEmpty() ? CliText::tr("no answer in time")
                                            : m_watcher->trouble());
    });
    m_watcher->start();
    if (!m_watcher->hasState() && !failure)
        loop.exec();
    if (failure)
        return *failure;
    return m_watcher.get();
}

RedisAnswer<const FleetState *> RedisSession::fleet()
{
    const auto watching = startedWatcher();
    return watching ? RedisAnswer<const FleetState *>(&(*watching)->state())
                    : RedisAnswer<const FleetState *>(watching.failure());
}

} // namespace Treewarden
