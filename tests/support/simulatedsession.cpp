// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulatedsession.h"

#include "shared/protocol/keys.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

const QString simulatedIp = u"10.0.0.7"_s;

void processEventsUntil(const std::function<bool()> &isDone, const char *what)
{
    const QDeadlineTimer deadline(30'000);
    while (!isDone()) {
        if (deadline.hasExpired())
            qFatal("waited 30 s in vain for %s", what);
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    }
}

} // namespace

SimulatedSession::SimulatedSession(RedisServer &redis, const QByteArray &services,
                                   const ProbeContext &context)
    : m_connection(redis.url())
    , m_subscriber(redis.url())
    , m_session(connected(m_connection), m_subscriber, makeOptions(context), simulatedIp,
                enrol(redis, services), ServerInfo{}, StartState{},
                Clock{[this] { return wall(); }, [this] { return m_steady; }})
{
    if (const QStringList errors = m_session.start(); !errors.isEmpty())
        qFatal("%s", qPrintable(errors.join(u'\n')));
    processEventsUntil(
        [&] { return redis.text({"GET", Keys::serverAlive(simulatedIp)}) == "1"; },
        "the announcement");
    settle(); // the announcement's answer leads to a heartbeat …
    settle(); // … which is answered now
}

RedisConnection &SimulatedSession::connected(RedisConnection &connection)
{
    connection.open();
    processEventsUntil([&] { return connection.isConnected(); }, "the connection to Redis");
    return connection;
}

AgentOptions SimulatedSession::makeOptions(const ProbeContext &context) const
{
    AgentOptions options;
    options.ip = simulatedIp;
    options.context = context;
    options.stateDirectory = m_state.path();
    return options;
}

ServerConfig SimulatedSession::enrol(RedisServer &redis, const QByteArray &services)
{
    redis.call({"HSET", Keys::serverConfig(simulatedIp), "services", services, "version", "1"});
    redis.call({"HSETNX", Keys::serversAlive, simulatedIp.toUtf8(), "0"});
    ParsedConfig parsed
        = parseServerConfig(simulatedIp, {{"services", services}, {"version", "1"}});
    if (!parsed.config)
        qFatal("%s", qPrintable(parsed.errorText()));
    return *std::move(parsed.config);
}

void SimulatedSession::pass(std::chrono::milliseconds span, const std::function<qint64()> &lateness)
{
    const qint64 end = m_steady + span.count();
    while (m_session.nextDue() <= end) {
        m_steady = std::max(m_steady, m_session.nextDue() + (lateness ? lateness() : 0));
        m_session.runDueRounds();
        settle();
    }
    m_steady = std::max(m_steady, end);
}

void SimulatedSession::standStill(std::chrono::milliseconds span)
{
    m_steady += span.count();
    m_session.runDueRounds();
    settle();
}

void SimulatedSession::settle()
{
    bool isAnswered = false;
    m_connection.command({"PING"}, &m_session, [&](const RedisReply &) { isAnswered = true; });
    processEventsUntil([&] { return isAnswered; }, "an answer of Redis");
}

} // namespace Treewarden
