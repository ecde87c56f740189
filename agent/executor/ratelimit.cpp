// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/ratelimit.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 rateWindow = 60'000; ///< ms

} // namespace

QString RateLimit::objection(const ServiceId &service, const Policy &policy, qint64 now)
{
    while (!m_begun.empty() && m_begun.front().first <= now - rateWindow)
        m_begun.pop_front();
    if (std::ssize(m_begun) >= policy.perMinute)
        return u"%1 commands began on this server within a minute, and its policy.conf allows no "
               u"more (rate)"_s.arg(m_begun.size());
    const auto same = std::count_if(m_begun.begin(), m_begun.end(), [&service](const auto &begun) {
        return begun.second == service;
    });
    if (same >= policy.perServicePerMinute)
        return u"%1 commands for %2 began within a minute, and this server's policy.conf allows no "
               u"more (service_rate)"_s.arg(same)
                   .arg(service.text());
    return {};
}

} // namespace Treewarden
