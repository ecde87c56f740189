// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/serverevents.h"

#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"

namespace Treewarden {

namespace {

constexpr qsizetype mostEvents = 200;

} // namespace

ServerEvents::ServerEvents(FleetSource &source, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::reset, this, &ServerEvents::rebuild);
    connect(&source, &FleetSource::momentChanged, this, &ServerEvents::rebuild);
    connect(&source, &FleetSource::eventsAdded, this, &ServerEvents::add);
}

void ServerEvents::setServer(const QString &ip)
{
    if (ip == m_ip)
        return;
    m_ip = ip;
    rebuild();
}

void ServerEvents::showAll()
{
    m_isForAll = true;
    rebuild();
}

bool ServerEvents::accepts(const Event &event) const
{
    return m_isForAll || (event.ip == m_ip && !m_ip.isEmpty());
}

void ServerEvents::rebuild()
{
    beginResetModel();
    m_events.clear();
    for (const Event &event : m_source.state().events) {
        if (accepts(event))
            m_events << event;
    }
    endResetModel();
}

void ServerEvents::add(const QList<Event> &events)
{
    QList<Event> newestFirst;
    for (auto event = events.crbegin(); event != events.crend(); ++event) {
        if (accepts(*event))
            newestFirst << *event;
    }
    if (newestFirst.isEmpty())
        return;
    // Together: a list of wrapped lines lays out all of them each time.
    beginInsertRows({}, 0, int(newestFirst.size()) - 1);
    m_events = newestFirst + m_events;
    endInsertRows();
    if (m_events.size() > mostEvents) {
        beginRemoveRows({}, int(mostEvents), int(m_events.size()) - 1);
        m_events.resize(mostEvents);
        endRemoveRows();
    }
}

int ServerEvents::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

QVariant ServerEvents::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Event &event = m_events[index.row()];
    if (role == Qt::DisplayRole)
        return eventText(event, m_source.state());
    if (role == TimeRole)
        return eventTime(event);
    if (role == MomentRole)
        return event.id.section(u'-', 0, 0).toLongLong();
    if (role == IpRole)
        return event.ip;
    if (role == HealthRole) {
        const auto health = eventHealth(event);
        return health ? QVariant(int(*health)) : QVariant();
    }
    return {};
}

} // namespace Treewarden
