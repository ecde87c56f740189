// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/servicebook.h"

namespace Treewarden {

ServiceBook::Finding ServiceBook::take(const ServiceId &service, ServiceState found)
{
    if (found.since == 0)
        found.since = found.timestamp;
    const auto known = m_states.find(service);
    if (known == m_states.end()) {
        const auto written = m_written.constFind(service);
        const bool equalsWritten = written != m_written.constEnd() && written->alive == found.alive
            && written->flapping == found.flapping;
        if (equalsWritten && written->since > 0)
            found.since = written->since;
        m_written.remove(service);
        m_states.insert(service, std::move(found));
        return equalsWritten ? Finding::Confirmed : Finding::Changed;
    }
    if (known->flapping > 0 && found.flapping > 0) {
        found.since = known->since;
        *known = std::move(found);
        return Finding::Recounted;
    }
    if (known->alive == found.alive && known->flapping == found.flapping) {
        // Only another kind of reason is news: its text may count seconds or attempts.
        if (known->code == found.code)
            return Finding::Nothing;
        found.since = known->since;
        *known = std::move(found);
        return Finding::Explained;
    }
    *known = std::move(found);
    return Finding::Changed;
}

bool ServiceBook::remove(const ServiceId &service)
{
    const bool wasWritten = m_written.remove(service) > 0;
    return m_states.remove(service) > 0 || wasWritten;
}

} // namespace Treewarden
