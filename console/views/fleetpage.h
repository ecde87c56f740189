// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetmodel.h"
#include "console/models/pacedwork.h"
#include "console/views/fleettable.h"
#include "console/views/page.h"

class QStackedWidget;

namespace Treewarden {

class ActionBar;
class ActionCentre;
class EmptyState;
class FilterChips;
class FilterField;
class FleetExporter;
class PageHeader;
class Preferences;
class SteadyLabel;
class TonedLabel;

/// All servers in one table with a filter line. `/` goes to the filter, `?` there says what it
/// understands, Enter opens the server, Esc clears.
class FleetPage : public Page
{
    Q_OBJECT
public:
    FleetPage(FleetSource &source, Preferences &preferences, ActionCentre *actions = nullptr,
              QWidget *parent = nullptr);

    /// `what` is a filter.
    void open(const QString &what) override;
    QVariantMap place() const override;
    void setPlace(const QVariantMap &place) override;

    /// The servers that are selected.
    ActionScope actionTarget() const override;

    FleetModel &model() { return m_model; }

    FleetTable &table() { return *m_table; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void connectTable();
    void connectFilter();
    QWidget *selectionBar(ActionCentre &actions);
    void showSelection();
    QWidget *filterRow();
    QWidget *chipRow();
    void setFilterText(const QString &text);
    void showHelp();
    void showCounts();
    void showHeld();
    void showContent();
    void openCurrent();
    QStringList completions(const QString &word) const;

    FleetModel m_model;
    PageHeader *m_header;
    FilterField *m_filter;
    TonedLabel *m_complaint;
    FilterChips *m_chips;
    QWidget *m_held;
    SteadyLabel *m_heldText;
    FleetTable *m_table;
    FleetExporter *m_exporter;
    QStackedWidget *m_content;
    EmptyState *m_empty;
    QWidget *m_loading;
    QTimer m_ages;
    PacedWork m_counting;
    QWidget *m_selection = nullptr;
    TonedLabel *m_selectionText = nullptr;
    ActionBar *m_bar = nullptr;
};

} // namespace Treewarden
