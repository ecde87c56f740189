// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QAbstractListModel>

namespace Treewarden {

class FleetSource;

/// What happened on one server, or on all, newest first, as far as the fleet's newest events tell.
class ServerEvents : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        HealthRole = Qt::UserRole, ///< int of Health, or nothing for what changes no state
        TimeRole, ///< Unix ms
        MomentRole, ///< the same by Redis' clock, in which the past is looked at
        IpRole, ///< empty when it concerns no single server
    };

    explicit ServerEvents(FleetSource &source, QObject *parent = nullptr);

    void setServer(const QString &ip);
    /// The events of the whole fleet.
    void showAll();

    const QList<Event> &events() const { return m_events; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    bool accepts(const Event &event) const;
    void rebuild();
    void add(const QList<Event> &events);

    FleetSource &m_source;
    QString m_ip;
    bool m_isForAll = false;
    QList<Event> m_events;
};

} // namespace Treewarden
