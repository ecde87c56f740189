// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fuzzymatch.h"
#include "shared/fleet/fleetstate.h"

#include <QHash>

#include <vector>

namespace Treewarden {

/// The names of a fleet's servers and services, ready to be searched. A name is looked at once,
/// however many servers run such a service: 10,000 servers with 10 services each are about 10,000
/// names.
class PaletteIndex
{
public:
    struct Hit
    {
        int score = 0;
        int server = 0;
        int service = -1; ///< -1: the server itself
    };

    struct Hits
    {
        QList<Hit> servers, services; ///< best first
    };

    void build(const FleetState &state);
    /// The server's name and services are those that were read: what else may have changed of it
    /// does not matter here.
    bool isUpToDate(const FleetServer &server) const;

    /// At most `most` of each. A service is found by its own name, then also by its server's:
    /// "mysql db-01".
    Hits search(const QList<FuzzyWord> &words, int most) const;

    const QString &ip(int server) const { return m_ips[server]; }

    const ServiceId &service(int service) const { return m_services[service]; }

    qsizetype serverCount() const { return m_ips.size(); }

private:
    using Scores = std::vector<std::vector<int>>; ///< by word, then by name

    void addServices(const FleetServer &server, QHash<ServiceId, int> &known);
    static Scores scoresOf(const QList<FuzzyWord> &words, const std::vector<FuzzyText> &names);

    std::vector<QString> m_texts; ///< what the names point into
    std::vector<QString> m_names; ///< of the servers, as they were read
    std::vector<FuzzyText> m_serverNames, m_serviceNames;
    QStringList m_ips; ///< in the order of their names
    QHash<QString, int> m_byIp; ///< → m_ips
    QList<ServiceId> m_services; ///< each once
    std::vector<int> m_placed; ///< services, server by server
    std::vector<int> m_placedEnd; ///< by server: behind its last one in m_placed
};

} // namespace Treewarden
