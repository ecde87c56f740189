// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QAbstractItemView;

namespace Treewarden {

class FleetSource;

/// Tells a source which servers a table shows, so that it reads their load of a past moment.
class VisibleServers : public QObject
{
    Q_OBJECT
public:
    /// `ipRole` gives the ip of a row. The view owns this.
    VisibleServers(FleetSource &source, QAbstractItemView *view, int ipRole);

private:
    void lookSoon();
    void look();

    FleetSource &m_source;
    QAbstractItemView *m_view;
    int m_ipRole;
    QTimer m_soon;
};

} // namespace Treewarden
