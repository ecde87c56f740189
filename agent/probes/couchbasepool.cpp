// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/couchbasepool.h"

#include "shared/core/textformat.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Where a number stands, and its word in the workload.
struct CouchbaseNumber
{
    const char *group, *field, *name;
};

constexpr CouchbaseNumber ofNode[] = {
    {"interestingStats", "ops", "operations_per_second"},
    {"interestingStats", "curr_items", "items"},
    {"interestingStats", "get_hits", "get_hits_per_second"},
    {"interestingStats", "mem_used", "data_memory"},
    {"interestingStats", "ep_bg_fetched", "disk_fetches_per_second"},
    {"systemStats", "cpu_utilization_rate", "cpu"},
    {"systemStats", "swap_used", "swap_used"},
};

constexpr CouchbaseNumber ofStorage[] = {
    {"ram", "usedByData", "cluster_data_memory"},
    {"ram", "quotaTotal", "cluster_memory_quota"},
    {"hdd", "used", "cluster_disk_used"},
    {"hdd", "free", "cluster_disk_free"},
};

template<size_t count>
void takeNumbersOf(const QJsonObject &object, const CouchbaseNumber (&rows)[count],
                   QJsonObject *info)
{
    for (const CouchbaseNumber &row : rows) {
        const QJsonValue value = object[QLatin1StringView(row.group)][QLatin1StringView(row.field)];
        if (value.isDouble())
            info->insert(QLatin1StringView(row.name), value);
    }
}

QJsonObject thisNode(const QJsonArray &nodes)
{
    for (const QJsonValue &node : nodes) {
        if (node[u"thisNode"].toBool())
            return node.toObject();
    }
    return nodes.first().toObject();
}

} // namespace

Result<CouchbaseNode> parseCouchbasePool(QByteArrayView json)
{
    QJsonParseError error;
    const QJsonObject pool
        = QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), json.size()), &error)
              .object();
    if (error.error != QJsonParseError::NoError)
        return Error{error.errorString()};
    const QJsonArray nodes = pool[u"nodes"_s].toArray();
    const QJsonObject node = thisNode(nodes);
    const auto text = [&node](const QString &name) { return oneLine(node[name].toString(), 64); };
    CouchbaseNode found{text(u"status"_s), text(u"clusterMembership"_s), {}};
    if (found.status.isEmpty())
        return Error{u"no node has a status"_s};
    found.info = {{u"status"_s, found.status},
                  {u"membership"_s, found.membership},
                  {u"version"_s, text(u"version"_s)},
                  {u"nodes"_s, nodes.size()}};
    bool isNumber = false;
    const qint64 uptime = node[u"uptime"_s].toString().toLongLong(&isNumber); // it is a text
    if (isNumber && uptime >= 0)
        found.info.insert(u"uptime"_s, uptime);
    takeNumbersOf(node, ofNode, &found.info);
    takeNumbersOf(pool[u"storageTotals"_s].toObject(), ofStorage, &found.info);
    return found;
}

/// Magic, opcode, key length (2), extras length, data type, bucket (2), body length (4), opaque
/// (4), CAS (8). https://github.com/couchbase/kv_engine/blob/master/docs/BinaryProtocol.md
QByteArray couchbaseNoop()
{
    return QByteArray("\x80\x0a", 2) + QByteArray(22, '\0');
}

std::optional<Result<int>> parseCouchbaseNoop(QByteArrayView bytes)
{
    constexpr qsizetype header = 24;
    const bool isAnswer = bytes.isEmpty()
        || (uchar(bytes[0]) == 0x81 && (bytes.size() < 2 || uchar(bytes[1]) == 0x0a));
    if (!isAnswer)
        return Error{u"bytes of another protocol"_s};
    if (bytes.size() < header)
        return std::nullopt;
    return int(uchar(bytes[6])) << 8 | int(uchar(bytes[7]));
}

} // namespace Treewarden
