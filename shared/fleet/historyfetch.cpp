// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/historyfetch.h"

#include "shared/core/jsonwriter.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using Words = RedisConnection::Words;

QList<Words> historyCommands(const QString &ip, const HistoryQuery &query)
{
    QList<Words> commands;
    for (const HistoryTier tier : historyTiers) {
        commands << Words{"LRANGE", Keys::serverHistory(ip, tierName(tier)),
                          QByteArray::number(-query.chunks(tier)), "-1"};
    }
    return commands << Words{"LRANGE", Keys::serverWorkload(ip),
                             QByteArray::number(-Keys::workloadLength), "-1"};
}

FetchedHistory readHistory(const HistoryQuery &query, const QList<RedisValue> &values)
{
    QMap<HistoryTier, QList<QByteArray>> chunks;
    for (const HistoryTier tier : historyTiers)
        chunks.insert(tier, values.value(int(tier)).toList());
    HistoryReader reader(query);
    FetchedHistory history;
    for (qsizetype i = 0; i <= std::ssize(historyTiers); ++i)
        history.broken += values.value(i).type == RedisValue::Type::Array ? 0 : 1;
    history.slice = reader.read(chunks, values.value(std::ssize(historyTiers)).toList());
    history.metrics = reader.metrics();
    history.broken += reader.brokenCount();
    return history;
}

QByteArray historyJson(const QString &ip, const HistorySlice &slice)
{
    JsonWriter writer(64 * 1024);
    writer.beginObject()
        .member(u"ip", QStringView(ip))
        .member(u"from", slice.from)
        .member(u"to", slice.to)
        .member(u"step", slice.step);
    writer.key(u"series").beginObject();
    for (const HistorySeries &series : slice.series) {
        writer.key(QString::fromUtf8(series.metric)).beginArray();
        for (const HistoryPoint &point : series.points) {
            writer.beginArray()
                .value(point.time)
                .value(point.average)
                .value(point.minimum)
                .value(point.maximum)
                .endArray();
        }
        writer.endArray();
    }
    writer.endObject().endObject();
    return writer.takeBytes();
}

} // namespace Treewarden
