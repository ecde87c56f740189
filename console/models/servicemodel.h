// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetstate.h"

#include <QAbstractListModel>

namespace Treewarden {

class CommandLog;
class FleetSource;

/// The services of one server, those that are not alive first. What a server that is not alive said
/// about them is not known any more: they are shown as unknown.
class ServiceModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        HealthRole = Qt::UserRole, ///< int of Health
        NoteRole, ///< since when, "until 18:00" in maintenance, "–" when not known
        WhyRole, ///< why it is not alive, a sentence, or empty
        ServiceRole, ///< "mysql:3306"
        ActingRole, ///< who acts on it now, a sentence, or empty
        LoadRole, ///< what it told of its own load, "qps 340, threads 12", or empty
    };

    explicit ServiceModel(FleetSource &source, QObject *parent = nullptr);

    /// Whose commands are shown at the services that they act on.
    void setCommands(CommandLog &log);
    /// Shows another server; an empty ip: none.
    void setServer(const QString &ip);
    /// Ages and maintenance go on without a message.
    void refresh();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    int aliveCount() const;

private:
    struct Row
    {
        ServiceId id;
        Health health;
        QString note, why, acting, load;

        friend bool operator==(const Row &, const Row &) = default;
    };

    QList<Row> wantedRows() const;
    QString workloadOf(const ServiceId &service) const;
    QString actingOn(const ServiceId &service) const;
    Row rowOf(const FleetServer &server, const FleetService &service) const;
    void update();
    void reorder(const QList<Row> &wanted);

    FleetSource &m_source;
    CommandLog *m_commands = nullptr;
    QString m_ip;
    QList<Row> m_rows;
};

} // namespace Treewarden
