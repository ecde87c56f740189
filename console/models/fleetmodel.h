// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/filterwords.h"
#include "console/models/fleetfilter.h"
#include "console/models/fleetrowbuilder.h"
#include "console/models/fleetsource.h"
#include "console/models/pacedwork.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QTimer>

namespace Treewarden {

/// The fleet as a table, filtered and sorted. The order is held while values change: rows move only
/// when sorted anew. What changes is collected and told at most ten times a second.
class FleetModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        StateColumn,
        NameColumn,
        IpColumn,
        RolesColumn,
        TreesColumn,
        CpuColumn,
        MemoryColumn,
        LoadColumn,
        DiskColumn,
        ServicesColumn,
        SinceColumn,
        ColumnCount
    };

    enum Role { IpRole = Qt::UserRole, HealthRole };

    explicit FleetModel(FleetSource &source, QObject *parent = nullptr);

    /// The name of a column for preferences and files, the same in every language; and back, or -1.
    static QString columnWord(int column);
    static int columnOf(const QString &word);
    /// What a numeric column shows, as it is sorted; nothing when it is not known.
    static std::optional<double> number(const FleetRow &row, int column);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// The row that is shown at `row`, for delegates.
    const FleetRow &row(int row) const { return m_fleet.rows[m_shown[row]]; }

    int rowOf(const QString &ip) const;
    /// Where these are shown, from the top; those that are not are left out.
    QList<int> rowsOf(const QStringList &ips) const;

    /// All servers, shown or not.
    int serverCount() const { return int(m_fleet.rows.size()); }

    int countMatching(const FleetFilter &filter) const;
    /// How many servers live, degraded ones too.
    int aliveCount() const;

    /// The roles and trees of the fleet, sorted.
    FilterNames names() const;

    void setFilter(const FleetFilter &filter);

    const FleetFilter &filter() const { return m_filter; }

    int sortColumn() const { return m_sortColumn; }

    Qt::SortOrder sortOrder() const { return m_sortOrder; }

    /// How many rows would move, come or go if it were sorted and filtered now.
    int heldCount() const { return m_heldCount; }

    /// Filters and sorts with the values of now.
    void sortNow();

    qint64 now() const { return m_source.now(); }

    /// The first and last row that somebody sees: changes there are told exactly.
    using Window = std::function<std::pair<int, int>()>;

    void setWindow(Window window) { m_window = std::move(window); }

    /// While nobody watches, changes are told once a second.
    void setWatched(bool isWatched);

    /// While nobody can see it, another fleet waits.
    void setHeld(bool isHeld) { m_rebuilding.setHeld(isHeld); }

Q_SIGNALS:
    void heldCountChanged();
    /// Rows or states changed: counts of what matches may be others now.
    void countsChanged();

private:
    void rebuild();
    void buildOn();
    void showRows();
    void touch(const QString &ip);
    void takeWorkload(const QString &ip);
    void addServer(const QString &ip);
    void show(int index);
    void showComing(const QList<int> &changedRows);
    void removeServer(const QString &ip);
    void refreshAll();
    void flush();
    void tellChanged(const QList<int> &indexes, int firstColumn, int lastColumn);
    void countHeld();
    void setHeldCount(int count);
    bool comesBefore(int left, int right) const;
    double sortValue(int row) const;
    QList<int> wantedOrder();
    QVariant displayText(const FleetRow &row, int column) const;

    FleetSource &m_source;
    FleetRows m_fleet;
    QList<int> m_shown; ///< → m_fleet.rows, in the order of the table
    QList<int> m_positions; ///< m_fleet.rows → table, or -1; made when it is needed
    Window m_window;
    bool m_isWatched = true;
    QSet<QString> m_changed;
    QList<int> m_newLoads; ///< → m_fleet.rows
    FleetFilter m_filter;
    int m_sortColumn = StateColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_heldCount = 0;
    QTimer m_flushTimer, m_heldTimer;
    std::optional<FleetRowBuilder> m_builder; ///< of the rows that come next
    QTimer m_sliceTimer;
    PacedWork m_rebuilding;
    QTimer m_expiryTimer; ///< a maintenance may end without a message
};

} // namespace Treewarden
