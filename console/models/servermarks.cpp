// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/servermarks.h"

#include <QCoreApplication>

#include <algorithm>

namespace Treewarden {

namespace {

struct MarkTexts
{
    Q_DECLARE_TR_FUNCTIONS(ServerMarks)
};

constexpr qint64 afterTheLast = 3'000; ///< ms

} // namespace

QList<ChartMark> startMarks(const WorkloadTracks &tracks, const FleetServer *server, qint64 from,
                            qint64 to)
{
    QList<ChartMark> marks;
    const Track uptime = tracks.track("uptime");
    const auto [first, end] = trackPart(uptime, from, to);
    for (qsizetype i = std::max<qsizetype>(first, 1); i < end; ++i) {
        const TrackPoint &point = uptime[i], &before = uptime[i - 1];
        if (point.least >= before.least)
            continue;
        const qint64 since = qint64(std::clamp(point.least, 0., 1e10)) * 1000;
        const qint64 time = std::max(point.time - tracks.step / 2 - since, before.time);
        marks << ChartMark{time, ChartMark::Kind::Boot, Health::Alive,
                           MarkTexts::tr("The server was started")};
    }
    if (server && server->info.started && *server->info.started >= from
        && *server->info.started <= to)
        marks << ChartMark{*server->info.started, ChartMark::Kind::Start, Health::Alive,
                           MarkTexts::tr("The agent was started")};
    return marks;
}

std::optional<ChartMark> silenceMark(const FleetServer &server, qint64 last, qint64 end,
                                     const QList<ChartMark> &known)
{
    if (server.alive.value_or(false) || last <= 0)
        return {};
    const bool isNear = server.since > last && server.since <= end;
    const qint64 time = isNear ? server.since : last + afterTheLast;
    const bool isMarked = std::any_of(known.begin(), known.end(), [&](const ChartMark &mark) {
        return mark.kind == ChartMark::Kind::State && std::abs(mark.time - time) < 2000;
    });
    if (isMarked)
        return {};
    return ChartMark{time, ChartMark::Kind::State, server.health(),
                     MarkTexts::tr("Nothing is heard from the server since then")};
}

} // namespace Treewarden
