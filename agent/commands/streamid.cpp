// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/streamid.h"

namespace Treewarden {

std::optional<StreamId> StreamId::parse(const QByteArray &text)
{
    const qsizetype dash = text.indexOf('-');
    if (dash <= 0 || text.size() > 41)
        return std::nullopt;
    bool isTime = false, isNumber = false;
    const StreamId id{text.left(dash).toULongLong(&isTime),
                      text.mid(dash + 1).toULongLong(&isNumber)};
    return isTime && isNumber && id.text() == text ? std::optional(id) : std::nullopt;
}

QByteArray StreamId::text() const
{
    return QByteArray::number(milliseconds) + '-' + QByteArray::number(sequence);
}

} // namespace Treewarden
