// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <compare>
#include <optional>

namespace Treewarden {

/// The id of an entry of a stream, "1700000000000-0": Redis' clock in ms and a number within it.
/// Entries come in rising order.
struct StreamPosition
{
    qint64 milliseconds = 0, number = 0;

    friend auto operator<=>(const StreamPosition &, const StreamPosition &) = default;

    /// Nothing for what is no such id.
    static std::optional<StreamPosition> parse(const QString &text)
    {
        const qsizetype dash = text.indexOf(u'-');
        bool isTime = false, isNumber = false;
        const StreamPosition position{QStringView(text).left(dash).toLongLong(&isTime),
                                      QStringView(text).mid(dash + 1).toLongLong(&isNumber)};
        if (dash < 1 || text.size() > 42 || !isTime || !isNumber || position < StreamPosition{})
            return std::nullopt;
        return position;
    }
};

} // namespace Treewarden
