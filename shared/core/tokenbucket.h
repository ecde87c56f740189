// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>

namespace Treewarden {

/// Allows a burst of `most`, then one more each `every` ms. Times are those of a steady clock in
/// ms.
class TokenBucket
{
public:
    TokenBucket(int most, qint64 every)
        : m_most(most)
        , m_every(every)
        , m_left(most)
    {
    }

    /// False when there is none left now.
    bool take(qint64 now)
    {
        const qint64 earned = std::max<qint64>((now - m_filledAt) / m_every, 0);
        m_filledAt += earned * m_every;
        m_left = int(std::min<qint64>(m_most, m_left + earned));
        if (m_left == 0)
            return false;
        --m_left;
        return true;
    }

    bool isEmpty() const { return m_left == 0; }

    void fill() { m_left = m_most; }

private:
    int m_most;
    qint64 m_every;
    int m_left;
    qint64 m_filledAt = 0;
};

} // namespace Treewarden
