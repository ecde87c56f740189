// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/configversions.h"

#include <QAbstractTableModel>

namespace Treewarden {

class FleetSource;

/// The last versions of one server's configuration, the newest first.
class ConfigHistory : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { VersionColumn, WhenColumn, ByColumn, KeyColumn, ChangedColumn, ColumnCount };

    explicit ConfigHistory(FleetSource &source, QObject *parent = nullptr);

    /// Reads them anew; an empty ip forgets them.
    void setServer(const QString &ip);
    void take(const QList<ConfigVersion> &versions);

    const QList<ConfigVersion> &versions() const { return m_versions; }

    /// Why there are none, a sentence; empty while they are on their way.
    QString trouble() const { return m_trouble; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    void read();
    QString text(int row, int column) const;

    FleetSource &m_source;
    QString m_ip, m_trouble;
    QList<ConfigVersion> m_versions;
};

} // namespace Treewarden
