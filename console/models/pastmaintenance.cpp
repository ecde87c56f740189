// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastmaintenance.h"

#include "shared/core/json.h"

#include <algorithm>

namespace Treewarden {

PastMaintenance::PastMaintenance(PastGround &ground)
    : m_ground(ground)
{
}

void PastMaintenance::apply(const EventSubject &subject, EventPosition last, EventPosition next,
                            PastChange &change)
{
    const EventArchive &archive = m_ground.archive;
    const EventPosition at = last != noEvent ? last : next;
    const bool isDeclared = (archive.at(at).change == EventChange::Began) == (last != noEvent);
    change.isMaintenanceOther = true;
    if (!isDeclared) {
        m_ground.state.maintenance.remove(subject.ip);
        return;
    }
    // An end tells when, but not what was planned before.
    const QJsonObject json = last != noEvent ? archive.event(at).json : QJsonObject();
    m_ground.state.maintenance.insert(
        subject.ip,
        {last != noEvent ? jsonInteger(json.value(u"until")).value_or(0) : archive.at(at).time,
         json.value(u"by").toString().left(256), json.value(u"reason").toString().left(500)});
}

void PastMaintenance::restore()
{
    PastChange change;
    const std::vector<EventSubject> &subjects = m_ground.archive.subjects();
    for (size_t i = 0; i < subjects.size(); ++i) {
        if (subjects[i].kind != EventSubject::Kind::Maintenance
            || m_ground.state.maintenance.contains(subjects[i].ip))
            continue;
        const EventPosition last = m_ground.archive.around(int(i), m_ground.presentEnd).first;
        if (last != noEvent && m_ground.archive.at(last).change == EventChange::Began)
            apply(subjects[i], last, noEvent, change);
    }
}

void PastMaintenance::findRunOut(qint64 from, PastChange &change) const
{
    const auto [earlier, later] = std::minmax(from, m_ground.moment);
    for (const Maintenance &maintenance : m_ground.state.maintenance) {
        if (change.isMaintenanceOther)
            return;
        change.isMaintenanceOther = maintenance.until > earlier && maintenance.until <= later;
    }
}

} // namespace Treewarden
