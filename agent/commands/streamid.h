// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <compare>
#include <optional>

namespace Treewarden {

/// The id of a stream's entry: "1700000000000-0". The first number is Redis' time in ms.
struct StreamId
{
    quint64 milliseconds = 0, sequence = 0;

    static std::optional<StreamId> parse(const QByteArray &text);
    QByteArray text() const;

    friend auto operator<=>(const StreamId &, const StreamId &) = default;
};

} // namespace Treewarden
