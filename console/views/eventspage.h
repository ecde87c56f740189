// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/page.h"

class QStackedWidget;

namespace Treewarden {

class EmptyState;
class EventList;

/// What happened lately on all servers.
class EventsPage : public Page
{
    Q_OBJECT
public:
    explicit EventsPage(FleetSource &source, QWidget *parent = nullptr);

private:
    void showContent();

    EventList *m_list;
    EmptyState *m_empty;
    QStackedWidget *m_content;
};

} // namespace Treewarden
