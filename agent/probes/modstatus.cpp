// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/modstatus.h"

#include "agent/probes/lines.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

struct ModStatusField
{
    QByteArrayView name; ///< as the page has it
    const char *key;
    int factor; ///< what a number is multiplied with; 0: a text
};

constexpr ModStatusField modStatusFields[] = {
    {"BusyWorkers", "workers_busy", 1},
    {"IdleWorkers", "workers_idle", 1},
    {"Total Accesses", "accesses", 1},
    {"Total kBytes", "bytes", 1024},
    {"Uptime", "uptime", 1},
    {"Processes", "processes", 1},
    {"ConnsTotal", "connections", 1},
    {"ConnsAsyncKeepAlive", "connections_kept", 1},
    {"ServerVersion", "version", 0},
    {"ServerMPM", "mpm", 0},
};

QJsonValue modStatusValue(QByteArrayView text, int factor)
{
    constexpr qint64 most = qint64(1) << 50; // exact as a double, times 1024 too
    if (factor == 0)
        return oneLine(QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 120))), 80);
    const auto number = numberOf<qint64>(text);
    return number && *number >= 0 && *number <= most ? QJsonValue(*number * factor)
                                                     : QJsonValue(QJsonValue::Undefined);
}

} // namespace

QJsonObject parseModStatus(QByteArrayView page)
{
    QJsonObject info;
    while (!page.isEmpty()) {
        const QByteArrayView line = takeLine(&page).trimmed();
        const qsizetype colon = line.indexOf(": ");
        if (colon <= 0)
            continue;
        for (const ModStatusField &field : modStatusFields) {
            if (line.first(colon) != field.name)
                continue;
            const QJsonValue value = modStatusValue(line.sliced(colon + 2).trimmed(), field.factor);
            if (!value.isUndefined())
                info.insert(QLatin1StringView(field.key), value);
        }
    }
    return info.contains(u"workers_busy"_s) && info.contains(u"workers_idle"_s) ? info
                                                                                : QJsonObject();
}

} // namespace Treewarden
