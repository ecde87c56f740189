// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/cappedoutput.h"

#include <algorithm>

namespace Treewarden {

namespace {

constexpr std::size_t headShare = 16 * 1024, gapShare = 64,
                      tailShare = CappedOutput::most - headShare - gapShare;

} // namespace

void CappedOutput::add(const char *bytes, std::size_t length)
{
    const std::size_t toHead = std::min(length, headShare - m_head.size());
    m_head.append(bytes, toHead);
    m_tail.append(bytes + toHead, length - toHead);
    if (m_tail.size() > 2 * tailShare) {
        m_cut += m_tail.size() - tailShare;
        m_tail.erase(0, m_tail.size() - tailShare);
    }
}

std::uint64_t CappedOutput::dropped() const
{
    return m_cut + (m_tail.size() > tailShare ? m_tail.size() - tailShare : 0);
}

std::string CappedOutput::text() const
{
    if (dropped() == 0)
        return m_head + m_tail;
    const std::size_t kept = std::min(m_tail.size(), tailShare);
    return m_head + "\n[" + std::to_string(dropped()) + " bytes left out]\n"
        + m_tail.substr(m_tail.size() - kept);
}

} // namespace Treewarden
