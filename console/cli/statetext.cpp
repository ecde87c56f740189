// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/statetext.h"

#include "shared/core/textformat.h"
#include "shared/fleet/reasontext.h"

#include <QDateTime>

namespace Treewarden {

using namespace Qt::StringLiterals;

QString stateGlyph(Health health)
{
    switch (health) {
    case Health::Alive:
        return u"●"_s;
    case Health::Maintenance:
        return u"⬢"_s;
    case Health::Unknown:
        return u"◇"_s;
    case Health::Degraded:
        return u"▲"_s;
    case Health::Died:
        return u"■"_s;
    }
    return {};
}

Tone stateTone(Health health)
{
    switch (health) {
    case Health::Alive:
        return Tone::Alive;
    case Health::Maintenance:
        return Tone::Maintenance;
    case Health::Unknown:
        return Tone::Unknown;
    case Health::Degraded:
        return Tone::Degraded;
    case Health::Died:
        return Tone::Died;
    }
    return Tone::Plain;
}

TableCell stateCell(Health health)
{
    return {stateGlyph(health) + u' ' + healthText(health), stateTone(health)};
}

TableCell stateCell(Health health, Health own)
{
    TableCell cell = stateCell(health);
    if (health == Health::Maintenance && own != Health::Alive)
        cell.text += u" (%1)"_s.arg(healthText(own));
    return cell;
}

QString ageText(qint64 then, qint64 now)
{
    return then > 0 ? formatDuration(now - then) : notKnown;
}

QString numberText(std::optional<double> number, int decimals)
{
    return number ? QString::number(*number, 'f', decimals) : notKnown;
}

QString percentText(std::optional<qint64> part, std::optional<qint64> whole)
{
    return part && whole.value_or(0) > 0 ? numberText(100.0 * double(*part) / double(*whole))
                                         : notKnown;
}

QString bytesText(std::optional<qint64> bytes)
{
    return bytes ? formatBytes(*bytes) : notKnown;
}

QString timeText(qint64 milliseconds)
{
    return milliseconds > 0
        ? QDateTime::fromMSecsSinceEpoch(milliseconds).toString(u"yyyy-MM-dd HH:mm:ss"_s)
        : notKnown;
}

} // namespace Treewarden
