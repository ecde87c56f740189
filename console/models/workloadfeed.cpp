// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/workloadfeed.h"

#include "console/models/fleetsource.h"
#include "shared/core/textformat.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {

WorkloadFeed::WorkloadFeed(FleetSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::workloadChanged, this, &WorkloadFeed::takeLive);
    connect(&source, &FleetSource::reset, this, [this] {
        if (!m_ip.isEmpty())
            load();
    });
}

void WorkloadFeed::follow(const QString &ip)
{
    if (ip == m_ip)
        return;
    m_ip = ip;
    m_series.clear();
    m_trouble.clear();
    m_isLoading = false;
    m_clockOffset = 0;
    if (!m_ip.isEmpty())
        load();
    Q_EMIT changed();
}

qint64 WorkloadFeed::serverTime() const
{
    return m_source.now() + m_clockOffset;
}

void WorkloadFeed::load()
{
    takeNewest();
    RedisConnection *connection = m_source.connection();
    if (!connection)
        return;
    m_isLoading = m_series.size() < 2;
    const QByteArray first = QByteArray::number(-Keys::workloadLength);
    connection->command({"LRANGE", Keys::serverWorkload(m_ip), first, "-1"}, this,
                        [this, ip = m_ip](const RedisReply &reply) {
                            if (ip != m_ip)
                                return;
                            m_isLoading = false;
                            m_trouble = reply.isOk() ? QString() : oneLine(reply.error);
                            if (reply.isOk())
                                takeHistory(reply.value.toList());
                            Q_EMIT changed();
                        });
}

void WorkloadFeed::takeHistory(const QList<QByteArray> &elements)
{
    QList<WorkloadSample> samples;
    for (const QByteArray &element : elements) {
        // One broken sample is a gap of one sample, not a reason to show none.
        if (auto sample = parseWorkloadSample(element))
            samples << *std::move(sample);
    }
    m_series.merge(samples);
}

void WorkloadFeed::takeLive(const QString &ip)
{
    if (ip != m_ip)
        return;
    takeNewest();
    // It has just been measured: so late is it there.
    m_clockOffset = m_series.lastTime() - m_source.now();
    Q_EMIT changed();
}

void WorkloadFeed::takeNewest()
{
    const auto server = m_source.state().servers.constFind(m_ip);
    if (server == m_source.state().servers.cend() || server->workload.timestamp == 0)
        return;
    m_series.append(server->workload);
}

} // namespace Treewarden
