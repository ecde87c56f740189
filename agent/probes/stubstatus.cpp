// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/stubstatus.h"

#include "agent/probes/lines.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Cuts "Reading: 0" off `line`: its number, when the word is right.
std::optional<qint64> takeNamedNumber(QByteArrayView *line, QByteArrayView name)
{
    if (takeWord(line) != name)
        return std::nullopt;
    const auto number = takeNumber<qint64>(line);
    return number && *number >= 0 ? number : std::nullopt;
}

} // namespace

QJsonObject parseStubStatus(QByteArrayView page)
{
    constexpr QByteArrayView begin = "Active connections: ";
    QByteArrayView first = takeLine(&page);
    if (!first.startsWith(begin))
        return {};
    first = first.sliced(begin.size());
    const auto active = takeNumber<qint64>(&first);
    QByteArrayView names = takeLine(&page); // with request times between, where a patch adds them
    QByteArrayView counters = takeLine(&page), states = takeLine(&page);
    const auto counted = takeNumbers<qint64, 3>(&counters);
    const auto reading = takeNamedNumber(&states, "Reading:");
    const auto writing = takeNamedNumber(&states, "Writing:");
    const auto waiting = takeNamedNumber(&states, "Waiting:");
    if (!names.startsWith("server accepts handled requests") || !active || *active < 0 || !counted
        || !reading || !writing || !waiting)
        return {};
    const auto [accepts, handled, requests] = *counted;
    if (handled < 0 || handled > accepts || requests < 0)
        return {};
    return {{u"connections"_s, *active},       {u"accepts"_s, accepts},
            {u"handled"_s, handled},           {u"requests"_s, requests},
            {u"dropped"_s, accepts - handled}, {u"reading"_s, *reading},
            {u"writing"_s, *writing},          {u"waiting"_s, *waiting}};
}

} // namespace Treewarden
