// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/page.h"

#include <QTimer>

class QStackedWidget;

namespace Treewarden {

class ActionCentre;
class CommandDetails;
class CommandTable;
class EmptyState;
class FilterPanel;
class PageHeader;

/// What everybody asked of the servers, and what became of it: filtered, followed, one command in
/// full at the right.
class CommandsPage : public Page
{
    Q_OBJECT
public:
    explicit CommandsPage(ActionCentre &centre, QWidget *parent = nullptr);

    /// `what` is a filter.
    void open(const QString &what) override;

    CommandTable &table() { return *m_table; }

    CommandDetails &details() { return *m_details; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    static FilterPanel *makePanel();
    QWidget *middle();
    void watch();
    void setFilterText(const QString &text);
    void showDetails();
    void showSoon();
    void showCounts();
    void showContent();

    ActionCentre &m_centre;
    PageHeader *m_header;
    FilterPanel *m_panel;
    CommandTable *m_table;
    CommandDetails *m_details;
    EmptyState *m_empty;
    QStackedWidget *m_content;
    QTimer m_soon;
};

} // namespace Treewarden
