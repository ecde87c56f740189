// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treehistory.h"

#include "shared/core/json.h"
#include "shared/protocol/keys.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestEntry = (4 << 20) + 4096; ///< bytes; a tree and who saved it
constexpr qsizetype mostVersions = 64;

} // namespace

void TreeHistory::take(const QString &id, const QList<QByteArray> &entries)
{
    for (const QByteArray &entry : entries) {
        const auto json = parseJsonObject(entry, u"the history of a tree"_s, longestEntry);
        const auto time = json ? jsonInteger(json->value(u"timestamp")) : std::nullopt;
        if (!time)
            continue;
        auto parsed = parsePaasTree(compactJson(json->value(u"tree").toObject()), id);
        if (parsed.tree)
            add(id, {*time, *std::move(parsed.tree)});
    }
}

void TreeHistory::addRemoval(const QString &id, qint64 time)
{
    add(id, {time, std::nullopt});
}

void TreeHistory::add(const QString &id, const Version &version)
{
    QList<Version> &versions = m_versions[id];
    const auto place
        = std::upper_bound(versions.begin(), versions.end(), version.time,
                           [](qint64 time, const Version &other) { return time < other.time; });
    versions.insert(place, version);
    if (versions.size() > mostVersions)
        versions.removeFirst();
}

TreeHistory::Answer TreeHistory::at(const QString &id, qint64 moment,
                                    const std::optional<PaasTree> &present) const
{
    const QList<Version> versions = m_versions.value(id);
    const auto next
        = std::upper_bound(versions.begin(), versions.end(), moment,
                           [](qint64 time, const Version &version) { return time < version.time; });
    if (next != versions.begin()) {
        const auto last = std::prev(next);
        // The newest version is what stands now, also when something else wrote it.
        const bool isNewest = next == versions.end() && last->tree && present;
        return {isNewest ? present : last->tree, false};
    }
    if (next == versions.end())
        return {present, present.has_value()};
    if (next->tree && next->tree->version <= 1)
        return {std::nullopt, false}; // it was not made yet
    const auto known
        = std::find_if(next, versions.end(), [](const Version &version) { return version.tree; });
    return {known == versions.end() ? std::nullopt : known->tree, true};
}

void TreeHistoryReader::read(RedisConnection &connection, const QStringList &ids)
{
    ++m_generation;
    m_history = {};
    m_waiting.clear();
    for (const QString &id : ids)
        m_waiting << std::pair(id, Keys::paasRemoved(id)) << std::pair(id, Keys::paasHistory(id));
    readNext(connection);
}

void TreeHistoryReader::readNext(RedisConnection &connection)
{
    if (m_waiting.isEmpty()) {
        Q_EMIT finished(m_history);
        return;
    }
    const auto [id, key] = m_waiting.takeFirst();
    connection.command(
        {"LRANGE", key, QByteArray::number(-Keys::historyLength), "-1"}, this,
        [this, id = id, &connection, generation = m_generation](const RedisReply &reply) {
            if (generation != m_generation)
                return;
            if (reply.isOk())
                m_history.take(id, reply.value.toList());
            else if (reply.outcome != RedisReply::Outcome::Answered)
                m_waiting.clear(); // Redis went away: what is known has to do
            readNext(connection);
        },
        RedisConnection::Queueing::Never);
}

} // namespace Treewarden
