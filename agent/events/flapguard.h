// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <optional>

namespace Treewarden {

/// Keeps a service that changes its state over and over from flooding its readers. More than
/// mostChanges within a minute and it flaps: that is told once, then at most every ten seconds with
/// a new count, until it has been steady for half a minute. Eight restarts in a minute are still
/// told one by one. Times are those of a steady clock in ms.
class FlapGuard
{
public:
    static constexpr int mostChanges = 16, windowSeconds = 60;
    static constexpr qint64 pause = 10'000, calm = 30'000; // ms

    /// What a check found; absent: unknown. Gives how to tell it: 0 as it is, n as flapping with n
    /// changes within the window, nothing: keep it to yourself.
    std::optional<int> take(std::optional<bool> alive, qint64 now);

    /// When the state changed last; 0: never.
    qint64 changedAt() const { return m_changedAt; }

    bool isFlapping() const { return m_isFlapping; }

private:
    void count(qint64 now);
    int changes() const;

    std::array<quint16, windowSeconds> m_changes{}; ///< of each second of the window
    qint64 m_second = 0; ///< that was counted last
    qint64 m_changedAt = 0, m_toldAt = 0;
    std::optional<bool> m_alive;
    bool m_isKnown = false, m_isFlapping = false, m_isNews = false;
};

} // namespace Treewarden
