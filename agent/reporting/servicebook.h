// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/serviceid.h"
#include "shared/protocol/servicestate.h"

#include <QMap>

namespace Treewarden {

/// The state of each service as this agent found it, beside what an earlier agent had written:
/// decides what a new finding means.
class ServiceBook
{
public:
    enum class Finding {
        Nothing, ///< as before
        Confirmed, ///< the first since the start, and it equals what was written: keeps its
                   ///< `since`, no event
        Explained, ///< still not alive, for another kind of reason: written, no event
        Recounted, ///< still flapping: told as a transition, no event
        Changed, ///< a transition; that it flaps, or flaps no more, is one too
    };

    /// What services:{ip} held at the start.
    void restore(QMap<ServiceId, ServiceState> written) { m_written = std::move(written); }

    /// Takes a finding in. Its `since` is set here where it has none; state() then holds what is
    /// true.
    Finding take(const ServiceId &service, ServiceState found);
    /// Forgets a service that left the configuration. False when nobody ever wrote it.
    bool remove(const ServiceId &service);

    ServiceState state(const ServiceId &service) const { return m_states.value(service); }

    /// What this run has found.
    const QMap<ServiceId, ServiceState> &states() const { return m_states; }

    /// What was written before the start and has not been found again yet.
    const QMap<ServiceId, ServiceState> &unconfirmed() const { return m_written; }

private:
    QMap<ServiceId, ServiceState> m_states, m_written;
};

} // namespace Treewarden
