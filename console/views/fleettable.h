// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetcolumns.h"

#include <QTableView>

namespace Treewarden {

class FleetModel;
class Preferences;
enum class Preference;
class TableHeader;

/// The table of servers: columns that people choose and order, rows of two heights, a selection
/// that survives filtering. What was chosen is kept in the preferences.
class FleetTable : public QTableView
{
    Q_OBJECT
public:
    FleetTable(FleetModel &model, Preferences &preferences, QWidget *parent = nullptr);

    TableHeader &head() const { return *m_head; }

    /// Says something else above a column, with the room it needs.
    void setHeadTitle(int column, const QString &title);

    const FleetColumns &columns() const { return m_columns; }

    void setColumns(const FleetColumns &columns);

    bool isCompact() const;
    void setCompact(bool isCompact);

    /// The numbers of the selected rows, from the top.
    QList<int> selectedRowNumbers() const;
    QStringList selectedIps() const;

    /// Gives every column the room that its contents need.
    void fitColumns();

    /// Fills `menu` with the columns and what else is chosen about the table. `column`: the one
    /// under the mouse, or -1.
    void fillColumnMenu(QMenu &menu, int column = -1);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void prepareHead();
    void rememberSort(int column, Qt::SortOrder order);
    void rememberOrder();
    void applyColumns();
    void applyRowHeight();
    void follow(Preference changed);
    void keepSelection();
    void moveColumn(int column, int steps);
    int naturalWidth(int column) const;

    FleetModel &m_model;
    Preferences &m_preferences;
    TableHeader *m_head;
    FleetColumns m_columns;
    QStringList m_selectedIps; ///< they survive a reset of the model
    QString m_currentIp;
    bool m_isApplying = false;
};

} // namespace Treewarden
