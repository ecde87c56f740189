// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/eventlog.h"
#include "console/views/page.h"

#include <QTimer>

class QStackedWidget;

namespace Treewarden {

class EmptyState;
class EventDetails;
class EventTable;
class FilterPanel;
class PageHeader;

/// What happened, on all servers, as far back as the stream reaches: filtered, followed, one event
/// in full at the right.
class EventsPage : public Page
{
    Q_OBJECT
public:
    explicit EventsPage(FleetSource &source, QWidget *parent = nullptr);

    /// `what` is a filter.
    void open(const QString &what) override;

    EventLog &log() { return m_log; }

    EventTable &table() { return *m_table; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    static FilterPanel *makePanel();
    QWidget *middle();
    void setFilterText(const QString &text);
    void askForFile();
    void showDetails();
    void showCounts();
    void showNew();
    void follow();

    EventLog m_log;
    PageHeader *m_header;
    FilterPanel *m_panel;
    EventTable *m_table;
    EventDetails *m_details;
    QStackedWidget *m_content;
    EmptyState *m_empty;
    QString m_chosen; ///< id of the event that is shown in full
    QTimer m_soon;
};

} // namespace Treewarden
