// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/policy.h"

#include <deque>

namespace Treewarden {

/// How many commands began within the last minute, in all and for one service. Times are those of a
/// steady clock in ms.
class RateLimit
{
public:
    /// Why no more may begin now; empty when one may.
    QString objection(const ServiceId &service, const Policy &policy, qint64 now);

    void count(const ServiceId &service, qint64 now) { m_begun.emplace_back(now, service); }

private:
    std::deque<std::pair<qint64, ServiceId>> m_begun; ///< oldest first
};

} // namespace Treewarden
