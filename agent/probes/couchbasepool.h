// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArrayView>
#include <QJsonObject>

#include <optional>

namespace Treewarden {

/// What GET /pools/default tells of the node that was asked.
/// https://docs.couchbase.com/server/current/rest-api/rest-cluster-details.html
struct CouchbaseNode
{
    QString status; ///< healthy, warmup or unhealthy
    QString membership; ///< active, inactiveAdded or inactiveFailed
    QJsonObject info; ///< the numbers that a person wants to see
};

/// The node with `thisNode`, else the first. The error says why the JSON is no such answer.
Result<CouchbaseNode> parseCouchbasePool(QByteArrayView json);

/// NOOP of the binary memcached protocol that the data service speaks, and the status of its
/// answer; nothing while the answer is not whole. The error: these bytes are none.
QByteArray couchbaseNoop();
std::optional<Result<int>> parseCouchbaseNoop(QByteArrayView bytes);

} // namespace Treewarden
