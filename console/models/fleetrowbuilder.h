// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetrow.h"

#include <QHash>
#include <QSet>

#include <chrono>

namespace Treewarden {

class FleetSource;

/// The rows of a fleet with what finds and sorts them.
struct FleetRows
{
    QList<FleetRow> rows; ///< in no order
    QHash<QString, int> byIp; ///< → rows
    QHash<QString, QStringList> trees; ///< treesByServer()
    QList<int> nameRanks, ipRanks; ///< of rows; empty: they are to be made anew
};

/// Makes the rows of a large fleet in slices, while the fleet goes on to change and other rows are
/// still shown.
class FleetRowBuilder
{
public:
    /// The curves go on from `before`, unless the source tells a past moment.
    FleetRowBuilder(const FleetSource &source, const FleetRows &before);

    /// The server changed, came or went since.
    void note(const QString &ip) { m_changed.insert(ip); }

    /// It told another load.
    void takeWorkload(const FleetServer &server);

    /// Works on for about so long; true when the rows are complete.
    bool work(std::chrono::milliseconds atMost);

    /// The rows, once they are complete.
    FleetRows take();

private:
    void add(const FleetServer &server);
    void remove(const QString &ip);
    bool apply(const QString &ip);

    const FleetSource &m_source;
    const FleetRows &m_before;
    QStringList m_ips;
    qsizetype m_next = 0; ///< → m_ips
    QSet<QString> m_changed;
    FleetRows m_made;
};

/// The place of each row when they are sorted by name, and by address. Numbers are compared much
/// faster than texts, which change seldom.
QList<int> ranksByName(const QList<FleetRow> &rows);
QList<int> ranksByIp(const QList<FleetRow> &rows);

} // namespace Treewarden
