// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/monitoringsession.h"
#include "tests/support/redisserver.h"

namespace Treewarden {

/// An agent's MonitoringSession whose days pass as fast as its rounds run: time stands still while
/// it works, then leaps to what is due next. Its Redis is a real one.
class SimulatedSession
{
public:
    /// Enrols 10.0.0.7 with `services` (JSON) and starts, at the last full second of the real time.
    SimulatedSession(RedisServer &redis, const QByteArray &services,
                     const ProbeContext &context = {});

    /// Lets `span` pass. Each round begins `lateness()` ms after it is due.
    void pass(std::chrono::milliseconds span, const std::function<qint64()> &lateness = {});
    /// The host stands still: no round runs while `span` passes, then those run that are due.
    void standStill(std::chrono::milliseconds span);

    /// Somebody sets the clock of the host.
    void setWallClock(std::chrono::milliseconds difference) { m_wall += difference.count(); }

    MonitoringSession &session() { return m_session; }

    /// Of the session's two clocks.
    qint64 steady() const { return m_steady; }

    qint64 wall() const { return m_wall + m_steady; }

    /// Waits until Redis has answered everything that the session asked.
    void settle();

private:
    static RedisConnection &connected(RedisConnection &connection);
    AgentOptions makeOptions(const ProbeContext &context) const;
    static ServerConfig enrol(RedisServer &redis, const QByteArray &services);

    QTemporaryDir m_state;
    qint64 m_steady = 1'000'000;
    qint64 m_wall = systemNow()() / 1000 * 1000 - m_steady; ///< ahead of the steady clock
    RedisConnection m_connection;
    RedisSubscriber m_subscriber;
    MonitoringSession m_session;
};

} // namespace Treewarden
