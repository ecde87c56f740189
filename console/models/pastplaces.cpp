// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What PastServers knows before it shows a moment: which servers and services there are or were,
// and which events tell of them.
#include "console/models/pastservers.h"

#include <algorithm>

namespace Treewarden {

namespace {

constexpr size_t learnedBetweenLooks = 128; ///< at the clock

} // namespace

void PastServers::restart()
{
    m_servers.clear();
    m_numbers.clear();
    m_places.clear();
    m_placeOf.clear();
    m_loose.clear();
    m_touched.clear();
    m_steps.clear();
    m_forgottenServers = m_forgottenServices = 0;
    m_unlearned = m_ground.present.servers.cbegin();
    m_looseLearned = 0;
    m_isLearned = false;
}

bool PastServers::learn(const QDeadlineTimer &deadline)
{
    if (m_isLearned)
        return true;
    if (!learnPresent(deadline) || !learnSubjects(deadline) || !learnLoose(deadline))
        return false;
    std::sort(m_loose.begin(), m_loose.end(), [this](int a, int b) {
        return m_places[size_t(a)].looseSince < m_places[size_t(b)].looseSince;
    });
    m_isLearned = true;
    return true;
}

bool PastServers::learnPresent(const QDeadlineTimer &deadline)
{
    const QHash<QString, FleetServer> &present = m_ground.present.servers;
    m_servers.reserve(size_t(present.size()));
    m_numbers.reserve(present.size());
    while (m_unlearned != present.cend()) {
        Server &server = m_servers[size_t(serverNumber(m_unlearned.key()))];
        server.present = &*m_unlearned;
        server.services.reserve(size_t(m_unlearned->services.size()));
        ++m_unlearned;
        if (m_servers.size() % learnedBetweenLooks == 0 && deadline.hasExpired())
            return false;
    }
    return true;
}

bool PastServers::learnSubjects(const QDeadlineTimer &deadline)
{
    const size_t count = m_ground.archive.subjects().size();
    m_placeOf.reserve(count);
    m_places.reserve(m_servers.size() + count);
    while (m_placeOf.size() < count) {
        m_placeOf.push_back(-1);
        learnSubject(int(m_placeOf.size()) - 1);
        if (m_placeOf.size() % learnedBetweenLooks == 0 && deadline.hasExpired())
            return false;
    }
    return true;
}

bool PastServers::learnLoose(const QDeadlineTimer &deadline)
{
    while (m_looseLearned < m_servers.size()) {
        const size_t number = m_looseLearned++;
        addLoosePlaces(m_servers[number], int(number));
        findLoose(m_servers[number].own);
        for (const int place : m_servers[number].services)
            findLoose(place);
        if (number % learnedBetweenLooks == 0 && deadline.hasExpired())
            return false;
    }
    return true;
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
    const int place = subject.kind == EventSubject::Kind::Service
        ? learnService(server, serverNumber, subject.service)
        : server.own;
    m_places[size_t(place)].subject = number;
    m_placeOf[size_t(number)] = place;
}

int PastServers::learnService(Server &server, int serverNumber, const ServiceId &id)
{
    if (m_looseLearned > size_t(serverNumber)) {
        // One that was loose without an event, until now.
        const auto known
            = std::find_if(server.services.cbegin(), server.services.cend(), [&](int service) {
                  const Place &other = m_places[size_t(service)];
                  return other.subject < 0 && other.present->id == id;
              });
        if (known != server.services.cend())
            return *known;
    }
    Place service{serverNumber};
    if (server.present) {
        const auto present = server.present->services.constFind(id);
        service.present = present == server.present->services.cend() ? nullptr : &*present;
    }
    const int place = addPlace(service);
    server.services.push_back(place);
    return place;
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

void PastServers::findLoose(int number)
{
    Place &place = m_places[size_t(number)];
    place.looseSince = looseSince(place);
    if (place.looseSince > 0)
        m_loose.push_back(number);
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
