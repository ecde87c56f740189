// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/fleetsource.h"
#include "console/models/pacedwork.h"

#include <QAbstractTableModel>

namespace Treewarden {

/// All trees by role: a row a tree, a column a role, in the order of the known roles. The first
/// column names the tree.
class PaasMatrixModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        TreeRole = Qt::UserRole, ///< the tree's id
        HealthRole, ///< int of Health; nothing where the tree has no such role
        AliveRole,
        TotalRole,
    };

    explicit PaasMatrixModel(FleetSource &source, QObject *parent = nullptr);

    /// While nobody watches, changes only gather.
    void setWatched(bool isWatched);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        QString id, title;
        Health health = Health::Unknown;
        QList<std::optional<RoleHealth>> roles; ///< as m_roles
    };

    void rebuild();
    void refresh();
    void roll(Row &row) const;

    FleetSource &m_source;
    QStringList m_roles, m_titles;
    QList<Row> m_rows;
    PacedWork m_refreshing, m_rebuilding;
};

} // namespace Treewarden
