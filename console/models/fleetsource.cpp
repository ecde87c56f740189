// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetsource.h"

namespace Treewarden {

FleetSource::FleetSource(QObject *parent)
    : QObject(parent)
{
    for (auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved})
        connect(this, signal, this, [this](const QString &ip) { m_changed.insert(ip); });
    for (auto signal :
         {&FleetSource::reset, &FleetSource::treesChanged, &FleetSource::maintenanceChanged})
        connect(this, signal, this, [this] { m_isStale = true; });
}

const FleetRollup &FleetSource::rollup() const
{
    const qint64 present = now();
    // What is in maintenance depends on the moment, which may also be an earlier one.
    if (m_isStale || present >= m_rollup.validUntil()
        || (present < m_countedAt && !state().maintenance.isEmpty())) {
        m_rollup.rebuild(state(), present);
        m_countedAt = present;
        m_isStale = false;
    } else {
        for (const QString &ip : std::as_const(m_changed))
            m_rollup.update(state(), ip, present);
    }
    m_changed.clear();
    return m_rollup;
}

void FleetSource::wantWorkload(const QObject *, const QStringList &)
{
}

QString FleetSource::pastSentence()
{
    return tr("You look at the past; press L to return to live.");
}

} // namespace Treewarden
