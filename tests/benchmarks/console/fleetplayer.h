// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <random>

namespace Treewarden {

/// Plays a fleet to a Redis as its agents would: keys and messages, a given number of messages a
/// second in the mix of the contract. Blocks; it is a process of its own.
class FleetPlayer
{
public:
    /// Connects to the Unix socket, or ends the program.
    FleetPlayer(const QByteArray &socketPath, int servers, int perSecond);
    ~FleetPlayer();

    FleetPlayer(const FleetPlayer &) = delete;
    FleetPlayer &operator=(const FleetPlayer &) = delete;

    /// Writes the keys of all servers and of a tree of their web servers.
    void fill();
    /// Plays until standard input ends.
    void play();

private:
    void add(const QByteArrayList &words) { appendTo(m_out, words); }

    static void appendTo(QByteArray &out, const QByteArrayList &words);
    void send();
    void drain();
    void finish();
    void fillServer(const FleetServer &server);
    void tell(int number);
    void tellWorkload(FleetServer &server);
    void tellServices(const FleetServer &server);
    void tellServiceWorkload(const FleetServer &server);
    void tellTransition(FleetServer &server);

    int m_socket = -1, m_perSecond;
    QByteArray m_out;
    qint64 m_expected = 0, m_lease;
    FleetState m_state;
    QList<QString> m_ips;
    QHash<QString, Workload> m_loads; ///< the newest, by ip
    std::mt19937 m_random{7};
    qint64 m_n = 0;
};

} // namespace Treewarden
