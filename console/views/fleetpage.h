// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetmodel.h"
#include "console/views/page.h"

class QStackedWidget;
class QTableView;

namespace Treewarden {

class ActionBar;
class ActionCentre;
class ChipButton;
class EmptyState;
class FilterField;
class LinkButton;
class PageHeader;
class TableHeader;
class TonedLabel;

/// All servers in one table with a filter line. `/` goes to the filter, Enter opens the server, Esc
/// clears.
class FleetPage : public Page
{
    Q_OBJECT
public:
    explicit FleetPage(FleetSource &source, ActionCentre *actions = nullptr,
                       QWidget *parent = nullptr);

    /// `what` is a filter.
    void open(const QString &what) override;

    /// The servers that are selected.
    ActionScope actionTarget() const override;

    FleetModel &model() { return m_model; }

    QTableView &table() { return *m_table; }

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTable();
    QWidget *selectionBar(ActionCentre &actions);
    void showSelection();
    QWidget *filterRow();
    QWidget *chipRow();
    void setFilterText(const QString &text);
    void showCounts();
    void showHeld();
    void showContent();
    void openCurrent();
    void copySelection() const;
    void fitColumns();
    int naturalWidth(int column) const;

    FleetModel m_model;
    PageHeader *m_header;
    FilterField *m_filter;
    QList<std::pair<ChipButton *, QString>> m_chips; ///< with the filter of each
    QWidget *m_held;
    TonedLabel *m_heldText;
    QTableView *m_table;
    TableHeader *m_tableHeader;
    QStackedWidget *m_content;
    EmptyState *m_empty;
    QWidget *m_loading;
    QTimer m_ages;
    QWidget *m_selection = nullptr;
    TonedLabel *m_selectionText = nullptr;
    ActionBar *m_bar = nullptr;
    QString m_selectedIp; ///< survives a reset of the model
};

} // namespace Treewarden
