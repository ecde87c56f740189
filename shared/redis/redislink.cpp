// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redislink.h"

#include "shared/core/textformat.h"
#include "shared/redis/redissocket.h"
#include "shared/redis/redistext.h"
#include "shared/redis/respencoder.h"
#include "shared/redis/sentinelresolver.h"

#include <QPointer>
#include <QRandomGenerator>

#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

using State = RedisConnection::State;

namespace {

/// Bytes. A Unix socket holds less than 80 KiB of messages; who rests so long that it is full falls
/// behind.
constexpr qint64 mostUnread = 32 << 10;
constexpr qint64 leastRest = 2; ///< ms

} // namespace

RedisLink::RedisLink(RedisUrl url, RedisTimeouts timeouts, Owner *owner)
    : m_url(std::move(url))
    , m_timeouts(timeouts)
    , m_owner(owner)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    m_silence.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RedisLink::timerFired);
    m_rest.setSingleShot(true);
    m_rest.setTimerType(Qt::PreciseTimer);
    connect(&m_rest, &QTimer::timeout, this, &RedisLink::endRest);
    connect(&m_silence, &QTimer::timeout, this, &RedisLink::checkSilence);
}

RedisLink::~RedisLink()
{
    dropSocket();
}

void RedisLink::dispose(std::unique_ptr<RedisLink> link)
{
    link->dropSocket();
    link->m_timer.stop();
    link->m_state = State::Closed;
    link.release()->deleteLater();
}

void RedisLink::open()
{
    if (m_state == State::Closed || m_state == State::Waiting)
        attempt();
}

void RedisLink::close()
{
    dropSocket();
    if (m_resolver) {
        m_resolver->disconnect(this);
        m_resolver->deleteLater();
        m_resolver = nullptr;
    }
    m_timer.stop();
    m_failures = 0;
    m_isRefused = false;
    m_lastError.clear();
    m_state = State::Closed;
}

void RedisLink::attempt()
{
    m_state = State::Connecting;
    m_timer.start(m_timeouts.connect);
    if (!m_url.hasSentinels())
        return connectTo(m_url);
    makeResolver();
    const QPointer<RedisLink> self = this;
    m_owner->linkStateChanged();
    if (self && m_state == State::Connecting)
        m_resolver->resolve(m_timeouts.connect / (m_url.sentinels.size() + 1));
}

void RedisLink::makeResolver()
{
    if (m_resolver)
        return;
    m_resolver = new SentinelResolver(m_url, this);
    connect(m_resolver, &SentinelResolver::resolved, this, [this](const RedisUrl &master) {
        if (m_state == State::Connecting)
            connectTo(master);
    });
    connect(m_resolver, &SentinelResolver::failed, this,
            [this](const QString &reason) { fail(reason); });
    connect(m_resolver, &SentinelResolver::switched, this,
            [this] { fail(tr("the Sentinels chose another master")); });
}

void RedisLink::connectTo(const RedisUrl &url)
{
    m_socket = new RedisSocket(url, this);
    m_decoder = std::make_unique<RespDecoder>();
    m_firstBytes.clear();
    connect(m_socket, &RedisSocket::opened, this, &RedisLink::greet);
    connect(m_socket, &RedisSocket::readyRead, this, [this] {
        if (!m_rest.isActive())
            read();
    });
    connect(m_socket, &RedisSocket::failed, this, [this](const QString &reason, bool isRefused) {
        const QPointer<RedisSocket> socket = m_socket;
        read(); // the last words often say why
        if (!socket || socket != m_socket)
            return;
        const bool isPlainHangUp = m_state == State::Connecting
            && m_url.transport == RedisUrl::Transport::Tcp && !m_greetings.isEmpty();
        fail(isPlainHangUp
                 ? tr("%1 before it answered; does this port want TLS (rediss://)?").arg(reason)
                 : reason,
             isRefused);
    });
    const QPointer<RedisLink> self = this;
    if (!m_url.hasSentinels())
        m_owner->linkStateChanged();
    if (self && m_socket && m_state == State::Connecting)
        m_socket->open();
}

/// The socket may be in the middle of a signal: it is silenced now and deleted later.
void RedisLink::dropSocket()
{
    ++m_generation;
    m_silence.stop();
    m_rest.stop();
    m_isPinging = false;
    m_greetings.clear();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->deleteLater();
    m_socket = nullptr;
}

void RedisLink::greet()
{
    QByteArray bytes;
    if (!m_url.password.isEmpty()) {
        QList<QByteArray> words{"AUTH"};
        if (!m_url.user.isEmpty())
            words.append(m_url.user.toUtf8());
        words.append(m_url.password.toUtf8());
        appendCommand(bytes, words);
        m_greetings.append(Greeting::Auth);
    }
    if (m_url.database != 0) {
        appendCommand(bytes, {"SELECT", QByteArray::number(m_url.database)});
        m_greetings.append(Greeting::Select);
    }
    if (m_url.hasSentinels()) {
        appendCommand(bytes, {"ROLE"});
        m_greetings.append(Greeting::Role);
    }
    appendCommand(bytes, {"PING"});
    m_greetings.append(Greeting::Ping);
    m_socket->write(bytes);
}

void RedisLink::read()
{
    const QPointer<RedisLink> self = this;
    const quint64 generation = m_generation;
    char chunk[RespDecoder::chunkBytes];
    qint64 size = 0;
    RedisValue value;
    m_lastHeard = now();
    qint64 bytes = 0;
    while ((size = m_socket->read(chunk, sizeof chunk)) > 0) {
        bytes += size;
        if (m_state != State::Connected && m_firstBytes.size() < 64)
            m_firstBytes.append(chunk, qMin<qint64>(size, 64));
        m_decoder->feed({chunk, size});
        while (m_decoder->next(value)) {
            const bool isDisownment = isDisowned(value);
            if (m_state != State::Connected)
                takeGreeting(value);
            else if (!m_owner->takeValue(value) && self && generation == m_generation)
                fail(tr("it sent something that nobody asked for"));
            if (!self || generation != m_generation)
                return;
            if (isDisownment)
                return fail(tr("it is no master any more"));
        }
        if (!m_decoder->error().isEmpty())
            return fail(describeForeignPeer(m_firstBytes, m_decoder->error()));
    }
    if (m_state != State::Connected)
        return;
    if (m_pause.count() > 0 && !m_isEndingRest)
        beginRest(bytes);
    m_owner->valuesTaken();
}

/// The rest is so long that what arrives meanwhile, at the pace of the last reading, has room in
/// the kernel: when that is full Redis keeps it, and who makes it keep too much is thrown out.
void RedisLink::beginRest(qint64 bytes)
{
    const qint64 took = qMax<qint64>(1, m_lastHeard - std::exchange(m_lastRead, m_lastHeard));
    const qint64 rest = qMin<qint64>(m_pause.count(), mostUnread * took / qMax<qint64>(1, bytes));
    if (rest < leastRest)
        return;
    m_socket->setResting(true);
    m_rest.start(std::chrono::milliseconds(rest));
}

void RedisLink::endRest()
{
    if (!m_socket)
        return;
    const QPointer<RedisLink> self = this;
    m_isEndingRest = true;
    m_socket->setResting(false);
    read(); // the byte that came meanwhile; the socket tells of the others
    if (self)
        m_isEndingRest = false;
}

/// A master that became a replica says so with the first write.
bool RedisLink::isDisowned(const RedisValue &value)
{
    return m_url.hasSentinels() && m_state == State::Connected && value.isError()
        && value.text.startsWith("READONLY");
}

void RedisLink::takeGreeting(const RedisValue &value)
{
    const Greeting greeting = m_greetings.isEmpty() ? Greeting::Ping : m_greetings.takeFirst();
    if (greeting == Greeting::Role) {
        // Sentinels know a failover before the master does, and an old one resumes as master. Who
        // may not ask takes the Sentinels' word.
        const QByteArray role = value.toList().value(0);
        if (!value.text.startsWith("NOPERM") && role != "master")
            return fail(
                tr("the Sentinels name it the master '%1', but it is none").arg(m_url.master));
        return;
    }
    // Some errors to a PING still come from a Redis that has let us in: NOPERM, MISCONF, BUSY.
    const bool isLoggedIn = greeting == Greeting::Ping
        && (value.text.startsWith("NOPERM") || value.text.startsWith("MISCONF")
            || value.text.startsWith("BUSY"));
    if (value.isError() && !isLoggedIn)
        return fail(sentence(value), !isPassingError(value.text));
    if (!value.isError() && value.type != RedisValue::Type::Status)
        return fail(describeForeignPeer(m_firstBytes, tr("it answers PING wrongly")));
    if (!m_greetings.isEmpty())
        return;
    m_timer.stop();
    m_state = State::Connected;
    m_lastError.clear();
    m_isRefused = false;
    m_openedAt = now();
    m_silence.start(m_timeouts.idlePing);
    m_owner->linkOpened();
}

void RedisLink::timerFired()
{
    if (m_state == State::Waiting)
        return attempt();
    const QString time = formatDuration(m_timeouts.connect.count());
    fail(m_url.transport == RedisUrl::Transport::Tls
             ? tr("no answer within %1; is it stopped, or does this port not speak TLS?").arg(time)
             : tr("no answer within %1; is it stopped or overloaded, or does a firewall drop "
                  "packets?")
                   .arg(time));
}

void RedisLink::checkSilence()
{
    const std::chrono::milliseconds silence(now() - m_lastHeard);
    if (silence < m_timeouts.idlePing) {
        m_isPinging = false;
        return m_silence.start(m_timeouts.idlePing - silence);
    }
    if (m_isPinging)
        return fail(
            tr("no answer to a PING after %1 of silence").arg(formatDuration(silence.count())));
    m_isPinging = true;
    m_silence.start(m_timeouts.pingGrace);
    m_owner->sendPing();
}

std::chrono::milliseconds RedisLink::nextPause()
{
    const auto between = [](qint64 least, qint64 most) {
        return std::chrono::milliseconds(
            least + QRandomGenerator::global()->bounded(qMax<qint64>(most - least, 0) + 1));
    };
    if (m_isRefused)
        return between(m_timeouts.authenticationRetry.count(),
                       2 * m_timeouts.authenticationRetry.count());
    const qint64 ceiling = qMin(m_timeouts.longestRetry.count(),
                                m_timeouts.firstRetry.count() << qMin(m_failures, 20));
    ++m_failures;
    return between(ceiling / 2, ceiling);
}

void RedisLink::fail(const QString &reason, bool isRefused)
{
    if (m_state != State::Connecting && m_state != State::Connected)
        return;
    const bool wasOpen = m_state == State::Connected;
    if (m_resolver && m_socket && !wasOpen)
        m_resolver->distrust();
    if (wasOpen && now() - m_openedAt >= m_timeouts.healthy.count())
        m_failures = 0;
    dropSocket();
    m_isRefused = isRefused;
    m_lastError = tr("Redis at %1: %2").arg(m_url.displayText(), oneLine(reason));
    m_state = State::Waiting;
    m_timer.start(nextPause());
    m_owner->linkFailed(m_lastError, wasOpen);
}

void RedisLink::write(const QByteArray &bytes)
{
    if (m_socket)
        m_socket->write(bytes);
}

void RedisLink::flush()
{
    if (m_socket)
        m_socket->flush();
}

qint64 RedisLink::unsent() const
{
    return m_socket ? m_socket->unsent() : 0;
}

qint64 RedisLink::retryIn() const
{
    return m_state == State::Waiting ? qMax(0, m_timer.remainingTime()) : 0;
}

QString RedisLink::localAddress() const
{
    return m_socket ? m_socket->localAddress() : QString();
}

QString RedisLink::sentence(const RedisValue &error) const
{
    return explainRedisError(error.text, m_url.password);
}

} // namespace Treewarden
