// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/schedulemodel.h"

#include "console/models/actioncentre.h"
#include "console/models/actiontext.h"
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/maintenancetext.h"
#include "shared/core/textformat.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

ScheduleModel::ScheduleModel(ActionCentre &centre, QObject *parent)
    : QAbstractTableModel(parent)
    , m_centre(centre)
{
    connect(&centre.configs(), &ConfigBook::changed, this, [this](const QString &ip) {
        if (ip == m_ip)
            rebuild();
    });
    const CommandLog &log = centre.log();
    connect(&log, &QAbstractItemModel::modelReset, this, &ScheduleModel::showCommands);
    connect(&log, &CommandLog::runningChanged, this, &ScheduleModel::showCommands);
}

void ScheduleModel::setServer(const QString &ip)
{
    m_ip = ip;
    rebuild();
}

void ScheduleModel::rebuild()
{
    beginResetModel();
    m_entries.clear();
    m_trouble.clear();
    const BookedConfig *config = m_ip.isEmpty() ? nullptr : m_centre.configs().of(m_ip);
    if (!config)
        m_trouble = tr("The configuration has not been read yet.");
    else if (!config->config)
        m_trouble = config->trouble;
    else
        m_entries = config->config->schedule;
    endResetModel();
}

void ScheduleModel::refresh()
{
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0, NextColumn), index(int(m_entries.size()) - 1, NextColumn));
}

void ScheduleModel::showCommands()
{
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0, LastColumn), index(int(m_entries.size()) - 1, WhenColumn));
}

int ScheduleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int ScheduleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ScheduleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    const QString titles[]
        = {tr("Entry"), tr("Action"), tr("Times"), tr("Next"), tr("Last run"), tr("When it ran")};
    return titles[section];
}

const CommandLog::Record *ScheduleModel::lastOf(const ScheduleEntry &entry) const
{
    const CommandLog &log = m_centre.log();
    for (int row = 0; row < log.rowCount(); ++row) {
        const CommandLog::Record &record = log.record(row);
        if (record.newest.ip == m_ip && record.newest.schedule == entry.id)
            return &record;
    }
    return nullptr;
}

QString ScheduleModel::nextText(const ScheduleEntry &entry) const
{
    if (!entry.isEnabled)
        return tr("switched off");
    const qint64 now = m_centre.source().now();
    const auto next = entry.next(now);
    if (!next)
        return tr("never");
    return tr("%1, in %2").arg(momentText(*next, now), formatDuration(*next - now));
}

QString ScheduleModel::text(const ScheduleEntry &entry, int column) const
{
    const CommandLog::Record *last
        = column == LastColumn || column == WhenColumn ? lastOf(entry) : nullptr;
    switch (column) {
    case EntryColumn:
        return oneLine(entry.id, 64);
    case ActionColumn:
        return entry.service.role == u"system"
            ? actionName(entry.action, true)
            : actionOn(entry.action, serviceName(entry.service.role, entry.service.instance));
    case TimesColumn:
        return entry.zone == QTimeZone::utc()
            ? tr("%1 UTC").arg(oneLine(entry.cron, 100))
            : u"%1 %2"_s.arg(oneLine(entry.cron, 100),
                             oneLine(QString::fromUtf8(entry.zone.id()), 40));
    case NextColumn:
        return nextText(entry);
    case LastColumn:
        return last ? outcomeText(last->newest.state) : QString();
    case WhenColumn:
        return last ? momentText(last->begun, m_centre.source().now()) : QString();
    default:
        return {};
    }
}

QVariant ScheduleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ScheduleEntry &entry = m_entries[index.row()];
    if (role == Qt::DisplayRole) {
        const QString words = text(entry, index.column());
        return words.isEmpty() ? u"–"_s : words;
    }
    if (role == Qt::ToolTipRole)
        return text(entry, index.column()).toHtmlEscaped();
    if (role != HealthRole)
        return {};
    const CommandLog::Record *last = lastOf(entry);
    const auto health = last ? outcomeHealth(last->newest.state) : std::nullopt;
    return health ? QVariant(int(*health)) : QVariant();
}

} // namespace Treewarden
