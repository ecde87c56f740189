// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

namespace Treewarden {

/// Growth of a counter per second between two samples; nothing when it fell (its device was
/// replaced, or it wrapped) or no time went by.
inline std::optional<double> ratePerSecond(quint64 before, quint64 after, qint64 milliseconds)
{
    if (after < before || milliseconds <= 0)
        return std::nullopt;
    return double(after - before) * 1000 / double(milliseconds);
}

} // namespace Treewarden
