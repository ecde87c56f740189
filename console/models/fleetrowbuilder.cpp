// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetrowbuilder.h"

#include "console/models/fleetsource.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <numeric>
#include <utility>

namespace Treewarden {

namespace {

constexpr qsizetype betweenLooksAtTheClock = 64;

template<typename IsBefore>
QList<int> ranks(qsizetype size, const IsBefore &isBefore)
{
    QList<int> order(size);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), isBefore);
    QList<int> places(size);
    for (int i = 0; i < size; ++i)
        places[order[i]] = i;
    return places;
}

} // namespace

QList<int> ranksByName(const QList<FleetRow> &rows)
{
    return ranks(rows.size(), [&rows](int left, int right) {
        const int result = rows[left].sortName.compare(rows[right].sortName);
        return result ? result < 0 : rows[left].ip < rows[right].ip;
    });
}

QList<int> ranksByIp(const QList<FleetRow> &rows)
{
    return ranks(rows.size(), [&rows](int left, int right) {
        const int result = rows[left].ipKey.compare(rows[right].ipKey);
        return result ? result < 0 : left < right;
    });
}

FleetRowBuilder::FleetRowBuilder(const FleetSource &source, const FleetRows &before)
    : m_source(source)
    , m_before(before)
    , m_ips(source.state().servers.keys())
{
    m_made.trees = treesByServer(source.state());
    m_made.rows.reserve(m_ips.size());
    m_made.byIp.reserve(m_ips.size());
}

void FleetRowBuilder::add(const FleetServer &server)
{
    FleetRow row;
    const auto known = m_before.byIp.constFind(server.ip);
    if (known != m_before.byIp.cend() && !m_source.isPast()) {
        // A gap of the connection is none of the server.
        row.cpuHistory = m_before.rows[*known].cpuHistory;
        row.sampledAt = m_before.rows[*known].sampledAt;
    }
    updateRow(row, m_source.state(), server, m_made.trees.value(server.ip), m_source.now());
    m_made.byIp.insert(server.ip, int(m_made.rows.size()));
    m_made.rows << row;
}

void FleetRowBuilder::remove(const QString &ip)
{
    const int index = m_made.byIp.take(ip);
    const int last = int(m_made.rows.size()) - 1;
    if (index != last) {
        m_made.rows[index] = m_made.rows[last];
        m_made.byIp[m_made.rows[index].ip] = index;
    }
    m_made.rows.removeLast();
}

void FleetRowBuilder::takeWorkload(const FleetServer &server)
{
    const int index = m_made.byIp.value(server.ip, -1);
    if (index >= 0)
        updateWorkload(m_made.rows[index], server);
}

/// Makes the row of a server anew; true when its place among the others is another.
bool FleetRowBuilder::apply(const QString &ip)
{
    const FleetState &state = m_source.state();
    const auto server = state.servers.constFind(ip);
    const int index = m_made.byIp.value(ip, -1);
    if (server == state.servers.cend() && index >= 0)
        remove(ip);
    else if (server != state.servers.cend() && index < 0)
        add(*server);
    if (server == state.servers.cend() || index < 0)
        return true;
    FleetRow &row = m_made.rows[index];
    const QString name = row.sortName;
    updateRow(row, state, *server, m_made.trees.value(ip), m_source.now());
    return row.sortName != name;
}

bool FleetRowBuilder::work(std::chrono::milliseconds atMost)
{
    const QDeadlineTimer end(atMost);
    const FleetState &state = m_source.state();
    for (; m_next < m_ips.size(); ++m_next) {
        if (m_next % betweenLooksAtTheClock == 0 && end.hasExpired())
            return false;
        const auto server = state.servers.constFind(m_ips[m_next]);
        if (server != state.servers.cend() && !m_made.byIp.contains(server->ip))
            add(*server);
    }
    if (m_made.ipRanks.isEmpty()) {
        if (end.hasExpired())
            return false;
        m_made.ipRanks = ranksByIp(m_made.rows);
    }
    if (m_made.nameRanks.isEmpty()) {
        if (end.hasExpired())
            return false;
        m_made.nameRanks = ranksByName(m_made.rows);
    }
    return true;
}

FleetRows FleetRowBuilder::take()
{
    bool areMoved = false;
    for (const QString &ip : std::as_const(m_changed))
        areMoved |= apply(ip);
    if (areMoved) {
        m_made.nameRanks.clear();
        m_made.ipRanks.clear();
    }
    return std::move(m_made);
}

} // namespace Treewarden
