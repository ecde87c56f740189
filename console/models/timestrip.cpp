// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/timestrip.h"

#include <algorithm>

namespace Treewarden {

namespace {

/// What a person would look for: alive again is none of it.
std::optional<Health> troubleOf(const EventArchive &archive, const ArchivedEvent &event)
{
    if (event.subject >= 0
        && archive.subjects()[size_t(event.subject)].kind == EventSubject::Kind::Maintenance)
        return event.change == EventChange::Began ? std::optional(Health::Maintenance)
                                                  : std::nullopt;
    const auto health = EventArchive::healthOf(event);
    return health == Health::Alive ? std::nullopt : health;
}

} // namespace

QList<StripBin> eventStrip(const EventArchive &archive, qint64 from, qint64 to, int count)
{
    QList<StripBin> bins(std::max(count, 0));
    if (count <= 0 || to <= from)
        return bins;
    const EventPosition end = archive.after(to);
    for (EventPosition at = archive.after(from - 1); at < end; ++at) {
        const ArchivedEvent &event = archive.at(at);
        const double share = double(event.time - from) / double(to - from);
        StripBin &bin = bins[std::clamp(int(share * count), 0, count - 1)];
        ++bin.events;
        bin.deaths += event.change == EventChange::Died;
        if (const auto trouble = troubleOf(archive, event))
            bin.worst = std::max(bin.worst.value_or(Health::Alive), *trouble);
    }
    return bins;
}

} // namespace Treewarden
