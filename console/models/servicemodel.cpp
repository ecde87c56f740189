// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/servicemodel.h"

#include "console/models/actiontext.h"
#include "console/models/commandlog.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/maintenancetext.h"
#include "shared/core/textformat.h"
#include "shared/fleet/workloadpairs.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shownPairs = 4; ///< of a service's load beside its name

} // namespace

ServiceModel::ServiceModel(FleetSource &source, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::reset, this, &ServiceModel::update);
    connect(&source, &FleetSource::maintenanceChanged, this, &ServiceModel::update);
    for (const auto signal :
         {&FleetSource::serverChanged, &FleetSource::serverAdded, &FleetSource::serverRemoved}) {
        connect(&source, signal, this, [this](const QString &ip) {
            if (ip == m_ip)
                update();
        });
    }
}

void ServiceModel::setCommands(CommandLog &log)
{
    m_commands = &log;
    connect(&log, &CommandLog::runningChanged, this, &ServiceModel::update);
}

void ServiceModel::setServer(const QString &ip)
{
    if (ip == m_ip)
        return;
    beginResetModel();
    m_ip = ip;
    m_rows = wantedRows();
    endResetModel();
}

void ServiceModel::refresh()
{
    update();
}

int ServiceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ServiceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return serviceName(row.id.role, row.id.instance);
    case HealthRole:
        return int(row.health);
    case NoteRole:
        return row.note;
    case WhyRole:
        return row.why;
    case ServiceRole:
        return row.id.text();
    case ActingRole:
        return row.acting;
    case LoadRole:
        return row.load;
    case Qt::ToolTipRole:
        return workloadOf(row.id);
    default:
        return {};
    }
}

/// What the service tells of its load, a pair a line; read when it is looked at, since it changes
/// with every heartbeat.
QString ServiceModel::workloadOf(const ServiceId &service) const
{
    const auto server = m_source.state().servers.constFind(m_ip);
    if (server == m_source.state().servers.cend() || !server->alive.value_or(false)
        || m_source.isPast())
        return {};
    return workloadPairs(server->services.value(service).workload.read())
        .join(u'\n')
        .toHtmlEscaped();
}

int ServiceModel::aliveCount() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(),
                             [](const Row &row) { return row.health == Health::Alive; }));
}

/// "chen: Restart", of the command that runs longest.
QString ServiceModel::actingOn(const ServiceId &service) const
{
    const QList<CommandLog::Record> running
        = m_commands ? m_commands->running(m_ip) : QList<CommandLog::Record>();
    for (const CommandLog::Record &record : running) {
        if (record.newest.service == service)
            return tr("%1: %2, %3", "who, an action, its state")
                .arg(record.newest.schedule.isEmpty() ? oneLine(record.newest.by, 64)
                                                      : tr("the schedule"),
                     actionName(record.newest.action), outcomeText(record.newest.state));
    }
    return {};
}

ServiceModel::Row ServiceModel::rowOf(const FleetServer &server, const FleetService &service) const
{
    Row row{service.id,
            serviceHealth(m_source.state(), server, service, m_source.now()),
            u"–"_s,
            {},
            actingOn(service.id)};
    const FleetState &state = m_source.state();
    if (row.health == Health::Maintenance) {
        const QString own = server.ip + u'/' + service.id.role + u'/' + service.id.instance;
        const auto present = presentMaintenance(state, {own, server.ip}, m_source.now());
        if (present)
            row.note = tr("until %1").arg(momentText(present->until, m_source.now()));
        if (present && isInMaintenance(state, own, m_source.now()))
            row.why = maintenanceText(*present, m_source.now());
        return row;
    }
    // A server that is not alive tells nothing: neither since when nor why.
    if (!server.alive.value_or(false))
        return row;
    if (service.state.since > 0)
        row.note = formatDuration(m_source.now() - service.state.since);
    if (row.health != Health::Alive)
        row.why = reasonText(service.state);
    else
        row.load = workloadPairs(service.workload.read(), shownPairs).join(u", "_s);
    return row;
}

QList<ServiceModel::Row> ServiceModel::wantedRows() const
{
    QList<Row> rows;
    const auto server = m_source.state().servers.constFind(m_ip);
    if (server == m_source.state().servers.cend())
        return rows;
    for (const FleetService &service : server->services)
        rows << rowOf(*server, service);
    // The map is sorted by role and instance already.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row &a, const Row &b) { return a.health > b.health; });
    return rows;
}

void ServiceModel::update()
{
    const QList<Row> wanted = wantedRows();
    const auto isSameService = [](const Row &a, const Row &b) { return a.id == b.id; };
    if (!std::is_permutation(m_rows.begin(), m_rows.end(), wanted.begin(), wanted.end(),
                             isSameService)) {
        beginResetModel();
        m_rows = wanted;
        endResetModel();
        return;
    }
    if (!std::equal(m_rows.begin(), m_rows.end(), wanted.begin(), isSameService))
        reorder(wanted);
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i] == wanted[i])
            continue;
        m_rows[i] = wanted[i];
        Q_EMIT dataChanged(index(i), index(i));
    }
}

/// The same services in another order; what is selected stays so.
void ServiceModel::reorder(const QList<Row> &wanted)
{
    Q_EMIT layoutAboutToBeChanged();
    const QList<Row> before = std::exchange(m_rows, wanted);
    for (const QModelIndex &old : persistentIndexList()) {
        const auto place = std::find_if(wanted.begin(), wanted.end(), [&](const Row &row) {
            return row.id == before[old.row()].id;
        });
        changePersistentIndex(old, index(int(place - wanted.begin())));
    }
    Q_EMIT layoutChanged();
}

} // namespace Treewarden
