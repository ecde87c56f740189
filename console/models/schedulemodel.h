// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/commandlog.h"
#include "shared/config/schedule.h"

#include <QAbstractTableModel>

namespace Treewarden {

class ActionCentre;

/// What one server does by itself: the entries of its schedule, when each is due next, and what
/// became of it last.
class ScheduleModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        EntryColumn,
        ActionColumn,
        TimesColumn,
        NextColumn,
        LastColumn,
        WhenColumn,
        ColumnCount
    };

    enum Role { HealthRole = CommandLog::HealthRole }; ///< of the last run; nothing without one

    explicit ScheduleModel(ActionCentre &centre, QObject *parent = nullptr);

    void setServer(const QString &ip);
    /// The next times go on without a message.
    void refresh();

    /// Why there is nothing to show, a sentence; empty when the configuration is known.
    QString trouble() const { return m_trouble; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    void rebuild();
    void showCommands();
    QString text(const ScheduleEntry &entry, int column) const;
    QString nextText(const ScheduleEntry &entry) const;
    /// The newest command of that entry, or nothing.
    const CommandLog::Record *lastOf(const ScheduleEntry &entry) const;

    ActionCentre &m_centre;
    QString m_ip, m_trouble;
    QList<ScheduleEntry> m_entries;
};

} // namespace Treewarden
