// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/sweeper.h"
#include "tests/support/simulatedagents.h"

#include <QTimer>

namespace Treewarden {

class RedisServer;

enum class Happened { Yesterday, Now };

/// Fills the streams of events and commands by so many, spread over the day before or all of a
/// sudden.
void fillStreams(const RedisServer &redis, Happened when, int events, int commands);

/// What happens on a day: services flap, servers die and come back, people command and configure,
/// ten times a second. It has Redis and a sweeper to itself.
class DayFleet : public QObject
{
    Q_OBJECT
public:
    DayFleet(RedisServer &redis, int count);

    /// How much has happened.
    int changes() const { return m_changes; }

private:
    static int random(int below);
    void change();
    void command(const QString &ip, const ServiceId &service);
    void configure(const QString &ip);
    void maintain(const QString &ip);
    void writeTree();

    RedisServer &m_redis;
    SimulatedFleet m_fleet;
    RedisConnection m_connection;
    Sweeper m_sweeper;
    QTimer m_timer;
    int m_changes = 0;
};

} // namespace Treewarden
