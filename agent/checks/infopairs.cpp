// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/infopairs.h"

#include "agent/probes/lines.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

bool passesAll(const QList<GrepFilter> &filters, QByteArrayView line)
{
    return std::all_of(filters.begin(), filters.end(),
                       [line](const GrepFilter &filter) { return filter.passes(line); });
}

QJsonObject infoPairs(QByteArrayView text, const QList<GrepFilter> &filters)
{
    constexpr qsizetype mostPairs = 256;
    QJsonObject pairs;
    while (!text.isEmpty() && pairs.size() < mostPairs) {
        const QByteArrayView line = takeLine(&text).trimmed();
        const qsizetype separator
            = std::max(line.indexOf(':'), line.indexOf(':') < 0 ? line.indexOf('=') : -1);
        if (separator <= 0 || !passesAll(filters, line))
            continue;
        const QByteArrayView value = line.sliced(separator + 1).trimmed();
        const auto number = numberOf<double>(value);
        pairs.insert(oneLine(QString::fromUtf8(line.first(separator).trimmed()), 64),
                     number ? QJsonValue(*number)
                            : QJsonValue(oneLine(QString::fromUtf8(value), 128)));
    }
    return pairs;
}

} // namespace Treewarden
