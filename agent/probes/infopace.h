// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"
#include "shared/core/steadyclock.h"

namespace Treewarden {

/// How often a check asks its service for numbers, beside whether it lives: a workload check each
/// time, an alive check once a heartbeat, and never where the service has a workload check beside
/// it.
class InfoPace
{
public:
    InfoPace(const ServiceDefinition &service, const ProbeCheck &check)
        : m_kind(service.workload == Check(check)   ? Kind::EachTime
                     : service.workload.has_value() ? Kind::Never
                                                    : Kind::Sometimes)
    {
    }

    /// True when numbers are to be asked for now; counts as having asked.
    bool isDue(qint64 now = steadyMilliseconds())
    {
        constexpr qint64 pause = 4500; // ms; a little less than a heartbeat
        if (m_kind == Kind::Never || (m_kind == Kind::Sometimes && now < m_next))
            return false;
        m_next = now + pause;
        return true;
    }

    bool isWorkload() const { return m_kind == Kind::EachTime; }

private:
    enum class Kind { Never, Sometimes, EachTime };

    Kind m_kind;
    qint64 m_next = 0;
};

} // namespace Treewarden
