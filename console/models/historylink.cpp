// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/historylink.h"

#include "console/models/fleetsource.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {

HistoryLink::HistoryLink(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::reset, this, [this] {
        if (m_source.isPast())
            return; // another moment of the same Redis
        if (m_connection)
            m_connection.release()->deleteLater(); // this may be one of its own callbacks
        Q_EMIT restarted();
    });
}

HistoryLink::~HistoryLink() = default;

RedisConnection *HistoryLink::connection()
{
    RedisConnection *fleet = m_source.connection();
    if (!fleet)
        return nullptr;
    if (!m_connection) {
        m_connection = std::make_unique<RedisConnection>(fleet->url());
        m_connection->open();
    }
    return m_connection.get();
}

} // namespace Treewarden
