// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/serverevents.h"
#include "console/views/eventdelegate.h"

#include <QListView>

namespace Treewarden {

/// The fleet's newest events. Enter or a double click opens the server of one, its menu the moment.
class EventList : public QListView
{
    Q_OBJECT
public:
    EventList(FleetSource &source, EventDelegate::Time time, QWidget *parent = nullptr);

Q_SIGNALS:
    void serverChosen(const QString &ip);
    /// The fleet is wanted as it was right after an event (Unix ms).
    void momentChosen(qint64 moment);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ServerEvents m_events;
};

} // namespace Treewarden
