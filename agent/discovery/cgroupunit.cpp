// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/discovery/cgroupunit.h"

#include "agent/probes/lines.h"

namespace Treewarden {

namespace {

constexpr QByteArrayView serviceSuffix(".service");
constexpr qsizetype longestUnit = 255;

QByteArrayView innermostService(QByteArrayView path)
{
    QByteArrayView found;
    while (!path.isEmpty()) {
        const qsizetype slash = path.indexOf('/');
        const QByteArrayView part = slash < 0 ? path : path.first(slash);
        path = slash < 0 ? QByteArrayView() : path.sliced(slash + 1);
        if (part.endsWith(serviceSuffix) && part.size() > serviceSuffix.size()
            && part.size() <= longestUnit)
            found = part;
    }
    return found;
}

} // namespace

QByteArray unitOfCgroup(QByteArrayView text)
{
    QByteArray unit;
    while (!text.isEmpty()) {
        const QByteArrayView line = takeLine(&text);
        const qsizetype first = line.indexOf(':'), second = line.indexOf(':', first + 1);
        if (first < 0 || second < 0)
            continue;
        const QByteArrayView controllers = line.sliced(first + 1, second - first - 1);
        const bool isNamed = controllers == "name=systemd";
        if (!isNamed && !(line.startsWith("0:") && controllers.isEmpty()))
            continue;
        const QByteArrayView service = innermostService(line.sliced(second + 1));
        if (!service.isEmpty() && (isNamed || unit.isEmpty()))
            unit = service.toByteArray();
    }
    return unit;
}

bool isUnitNamed(QByteArrayView unit, QByteArrayView name)
{
    if (!unit.startsWith(name) || !unit.endsWith(serviceSuffix)
        || unit.size() < name.size() + serviceSuffix.size())
        return false;
    const QByteArrayView rest = unit.sliced(name.size());
    return rest == serviceSuffix || rest.startsWith('@');
}

} // namespace Treewarden
