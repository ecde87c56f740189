// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/serviceid.h"
#include "shared/protocol/servicestate.h"
#include "shared/redis/redisconnection.h"

#include <QMap>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace Treewarden {

/// What the wire sees of one agent: it enrols itself, announces itself, beats, and tells what
/// changes, as the contract's section 3 has it; in this process, with a connection of its own.
class SimulatedAgent : public QObject
{
    Q_OBJECT
public:
    struct Beat
    {
        std::chrono::milliseconds heartbeat{400}, lease{1200};
    };

    SimulatedAgent(const RedisUrl &url, const QString &ip, Beat beat, QObject *parent = nullptr);

    void start();
    /// Ends without a word, as SIGKILL does.
    void kill();
    /// Ends in order: writes and publishes 0.
    void stop();

    bool isAnnounced() const { return m_isAnnounced; }

    const QString &ip() const { return m_ip; }

    const QString &session() const { return m_session; }

    /// Heartbeats that Redis has answered.
    int beats() const { return m_beats; }

    /// How often it was found to be taken for dead while it was not.
    int resurrections() const { return m_resurrections; }

    /// A transition of one service.
    void setService(const ServiceId &service, std::optional<bool> alive,
                    const QString &reason = {});
    void removeService(const ServiceId &service);

private:
    using Words = RedisConnection::Words;

    void announce(bool isFirst);
    void writeEverything();
    void beat();
    void takeBeat(const RedisReply &reply);
    QList<Words> transition(const QByteArray &type, const QByteArray &json);

    RedisConnection m_connection;
    QString m_ip, m_session;
    Beat m_beat;
    QTimer m_timer;
    QMap<ServiceId, ServiceState> m_services;
    qint64 m_n = 0;
    int m_beats = 0, m_resurrections = 0;
    bool m_isAnnounced = false;
};

/// Many of them, 10.1.x.y.
class SimulatedFleet
{
public:
    SimulatedFleet(const RedisUrl &url, int count, SimulatedAgent::Beat beat = {});

    void start();
    void killAll();
    bool isAnnounced() const;
    int resurrections() const;

    SimulatedAgent &agent(int index) { return *m_agents[size_t(index)]; }

    int count() const { return int(m_agents.size()); }

private:
    std::vector<std::unique_ptr<SimulatedAgent>> m_agents;
};

} // namespace Treewarden
