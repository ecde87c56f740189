// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What PastServers knows before it shows a moment: which servers and services there are or were,
// and which events tell of them.
#include "console/models/pastservers.h"

#include <algorithm>

namespace Treewarden {

void PastServers::restart()
{
    m_servers.clear();
    m_numbers.clear();
    m_places.clear();
    m_placeOf.clear();
    m_touched.clear();
    m_steps.clear();
    m_forgottenServers = m_forgottenServices = 0;
    const QHash<QString, FleetServer> &present = m_ground.present.servers;
    m_servers.reserve(size_t(present.size()));
    m_numbers.reserve(present.size());
    for (const FleetServer &server : present)
        m_servers[size_t(serverNumber(server.ip))].present = &server;
    learnSubjects();
    for (size_t number = 0; number < m_servers.size(); ++number)
        addLoosePlaces(m_servers[number], int(number));
    findLoose();
}

int PastServers::serverNumber(const QString &ip)
{
    const auto known = m_numbers.constFind(ip);
    if (known != m_numbers.cend())
        return *known;
    const int number = int(m_servers.size());
    m_numbers.insert(ip, number);
    m_servers.push_back({});
    m_servers.back().ip = ip;
    Place own{number};
    own.isServer = true;
    m_servers.back().own = addPlace(own);
    return number;
}

int PastServers::addPlace(const Place &place)
{
    m_places.push_back(place);
    return int(m_places.size()) - 1;
}

void PastServers::learnSubjects()
{
    const size_t count = m_ground.archive.subjects().size();
    size_t number = m_placeOf.size();
    m_placeOf.resize(count, -1);
    for (; number < count; ++number)
        learnSubject(int(number));
}

void PastServers::learnSubject(int number)
{
    const EventSubject &subject = m_ground.archive.subjects()[size_t(number)];
    if (subject.kind == EventSubject::Kind::Maintenance || subject.kind == EventSubject::Kind::Tree)
        return;
    const int serverNumber = this->serverNumber(subject.ip);
    Server &server = m_servers[size_t(serverNumber)];
    if (subject.kind == EventSubject::Kind::Membership) {
        server.membership = number;
        return;
    }
    int place = server.own;
    if (subject.kind == EventSubject::Kind::Service) {
        // One that was loose without an event, until now.
        const auto known
            = std::find_if(server.services.cbegin(), server.services.cend(), [&](int service) {
                  const Place &other = m_places[size_t(service)];
                  return other.subject < 0 && other.present->id == subject.service;
              });
        if (known != server.services.cend()) {
            place = *known;
        } else {
            Place service{serverNumber};
            if (server.present) {
                const auto present = server.present->services.constFind(subject.service);
                service.present = present == server.present->services.cend() ? nullptr : &*present;
            }
            place = addPlace(service);
            server.services.push_back(place);
        }
    }
    m_places[size_t(place)].subject = number;
    m_placeOf[size_t(number)] = place;
}

/// Services that became what they are while the archive was told, but not to it.
void PastServers::addLoosePlaces(Server &server, int number)
{
    if (!server.present)
        return;
    std::vector<const FleetService *> known;
    for (const int place : server.services)
        known.push_back(m_places[size_t(place)].present);
    std::sort(known.begin(), known.end());
    for (const FleetService &service : server.present->services) {
        if (service.state.since <= m_ground.archive.firstTime()
            || std::binary_search(known.cbegin(), known.cend(), &service))
            continue;
        Place place{number};
        place.present = &service;
        server.services.push_back(addPlace(place));
    }
}

void PastServers::findLoose()
{
    m_loose.clear();
    for (size_t number = 0; number < m_places.size(); ++number) {
        Place &place = m_places[number];
        place.looseSince = looseSince(place);
        if (place.looseSince > 0)
            m_loose.push_back(int(number));
    }
    std::sort(m_loose.begin(), m_loose.end(), [this](int a, int b) {
        return m_places[size_t(a)].looseSince < m_places[size_t(b)].looseSince;
    });
}

qint64 PastServers::looseSince(const Place &place) const
{
    const FleetServer *server = m_servers[size_t(place.server)].present;
    if (!server || (!place.isServer && !place.present))
        return 0;
    const qint64 since = place.isServer ? server->since : place.present->state.since;
    const EventArchive &archive = m_ground.archive;
    if (since <= archive.firstTime())
        return 0;
    const EventPosition newest = place.subject < 0 ? noEvent : archive.newest(place.subject);
    const bool isTold = newest >= archive.first() && archive.at(newest).since >= since;
    return isTold ? 0 : since;
}

} // namespace Treewarden
