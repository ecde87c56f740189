// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/paletteindex.h"

#include "shared/protocol/role.h"

#include <algorithm>

namespace Treewarden {

namespace {

constexpr qsizetype mostOfName = 100; ///< characters of a host name that are looked at

QString nameOf(const FleetServer &server)
{
    return server.displayName().left(mostOfName).toLower();
}

/// What a server is found by.
QString serverWords(const FleetServer &server, const QString &name)
{
    return name == server.ip ? name : name + u' ' + server.ip.toLower();
}

/// What a service is found by: role, instance, and what people call the role.
QString serviceWords(const ServiceId &id)
{
    QString words = id.role + u' ' + id.instance;
    if (const Role *role = findRole(id.role))
        words += u' ' + role->title;
    return words.toLower();
}

/// The best `most` of what is offered; equal ones in the order in which they came.
class BestHits
{
public:
    explicit BestHits(int most)
        : m_most(most)
    {
    }

    void offer(const PaletteIndex::Hit &hit)
    {
        if (m_hits.size() == m_most && hit.score <= m_hits.last().score)
            return;
        const auto place = std::upper_bound(
            m_hits.begin(), m_hits.end(), hit,
            [](const auto &left, const auto &right) { return left.score > right.score; });
        m_hits.insert(place, hit);
        if (m_hits.size() > m_most)
            m_hits.removeLast();
    }

    const QList<PaletteIndex::Hit> &hits() const { return m_hits; }

private:
    int m_most;
    QList<PaletteIndex::Hit> m_hits;
};

} // namespace

void PaletteIndex::build(const FleetState &state)
{
    *this = {};
    std::vector<std::pair<QString, const FleetServer *>> servers;
    servers.reserve(size_t(state.servers.size()));
    for (const FleetServer &server : state.servers)
        servers.emplace_back(nameOf(server), &server);
    std::sort(servers.begin(), servers.end(), [](const auto &left, const auto &right) {
        const int order = left.first.compare(right.first);
        return order != 0 ? order < 0 : left.second->ip < right.second->ip;
    });
    QHash<ServiceId, int> known;
    for (const auto &[name, server] : servers) {
        m_byIp.insert(server->ip, int(m_ips.size()));
        m_ips << server->ip;
        m_names.push_back(server->displayName());
        m_texts.push_back(serverWords(*server, name));
        m_serverNames.emplace_back(m_texts.back());
        addServices(*server, known);
    }
    for (const ServiceId &id : std::as_const(m_services)) {
        m_texts.push_back(serviceWords(id));
        m_serviceNames.emplace_back(m_texts.back());
    }
}

/// Servers beside each other by name mostly run the same: what the one before has at the same place
/// is tried before it is looked up.
void PaletteIndex::addServices(const FleetServer &server, QHash<ServiceId, int> &known)
{
    const size_t last = m_placedEnd.size();
    size_t guess = last < 2 ? 0 : size_t(m_placedEnd[last - 2]);
    const size_t guessEnd = last < 1 ? 0 : size_t(m_placedEnd[last - 1]);
    for (auto service = server.services.cbegin(); service != server.services.cend(); ++service) {
        if (guess < guessEnd && m_services[m_placed[guess]] == service.key()) {
            m_placed.push_back(m_placed[guess++]);
            continue;
        }
        int &number = known[service.key()];
        if (number == 0) {
            m_services << service.key();
            number = int(m_services.size());
        }
        m_placed.push_back(number - 1);
    }
    m_placedEnd.push_back(int(m_placed.size()));
}

bool PaletteIndex::isUpToDate(const FleetServer &server) const
{
    const int at = m_byIp.value(server.ip, -1);
    if (at < 0)
        return false;
    size_t placed = at == 0 ? 0 : size_t(m_placedEnd[size_t(at) - 1]);
    const size_t end = size_t(m_placedEnd[size_t(at)]);
    if (server.services.size() != qsizetype(end - placed)
        || m_names[size_t(at)] != server.displayName())
        return false;
    for (auto service = server.services.cbegin(); service != server.services.cend(); ++service) {
        if (m_services[m_placed[placed++]] != service.key())
            return false;
    }
    return true;
}

PaletteIndex::Scores PaletteIndex::scoresOf(const QList<FuzzyWord> &words,
                                            const std::vector<FuzzyText> &names)
{
    Scores scores;
    for (const FuzzyWord &word : words) {
        std::vector<int> &ofWord = scores.emplace_back();
        ofWord.reserve(names.size());
        for (const FuzzyText &name : names)
            ofWord.push_back(word.score(name));
    }
    return scores;
}

PaletteIndex::Hits PaletteIndex::search(const QList<FuzzyWord> &words, int most) const
{
    if (words.isEmpty())
        return {};
    const Scores ofServers = scoresOf(words, m_serverNames);
    const Scores ofServices = scoresOf(words, m_serviceNames);
    BestHits servers(most), services(most);
    size_t placed = 0;
    for (size_t server = 0; server < m_serverNames.size(); ++server) {
        int sum = 0, least = std::numeric_limits<int>::max();
        for (const auto &scores : ofServers) {
            sum += scores[server];
            least = std::min(least, scores[server]);
        }
        if (least > 0)
            servers.offer({sum, int(server), -1});
        const auto end = size_t(m_placedEnd[server]);
        for (; placed < end; ++placed) {
            const auto service = size_t(m_placed[placed]);
            int both = 0;
            bool isOwn = false, isAll = true;
            for (size_t word = 0; isAll && word < ofServices.size(); ++word) {
                const int own = ofServices[word][service];
                const int score = std::max(own, ofServers[word][server] / 2);
                isOwn = isOwn || own > 0;
                isAll = score > 0;
                both += score;
            }
            if (isOwn && isAll)
                services.offer({both, int(server), int(service)});
        }
    }
    return {servers.hits(), services.hits()};
}

} // namespace Treewarden
