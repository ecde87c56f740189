// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/confighistory.h"

#include "console/models/fleetsource.h"
#include "console/models/maintenancetext.h"
#include "shared/core/textformat.h"
#include "shared/redis/redisconnection.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

ConfigHistory::ConfigHistory(FleetSource &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
{
    connect(&source, &FleetSource::configChanged, this, [this](const QString &ip) {
        if (ip == m_ip)
            read();
    });
    connect(&source, &FleetSource::reset, this, &ConfigHistory::read);
}

void ConfigHistory::setServer(const QString &ip)
{
    m_ip = ip;
    m_trouble.clear();
    take({});
    read();
}

void ConfigHistory::read()
{
    RedisConnection *connection = m_source.connection();
    if (!connection || m_ip.isEmpty())
        return;
    connection->command(configHistoryWords(m_ip), this, [this, ip = m_ip](const RedisReply &reply) {
        if (ip != m_ip)
            return;
        m_trouble = reply.isOk() ? QString() : oneLine(reply.error, 300);
        if (!reply.isOk() && !m_versions.isEmpty())
            return;
        const QList<ConfigVersion> versions = readConfigVersions(reply.value);
        if (versions.isEmpty() && m_trouble.isEmpty())
            m_trouble = tr("No earlier version is remembered.");
        take(versions);
    });
}

void ConfigHistory::take(const QList<ConfigVersion> &versions)
{
    beginResetModel();
    m_versions = versions;
    endResetModel();
}

int ConfigHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_versions.size());
}

int ConfigHistory::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ConfigHistory::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    const QString titles[] = {tr("Version"), tr("When"), tr("By"), tr("Key"), tr("Changed")};
    return titles[section];
}

QString ConfigHistory::text(int row, int column) const
{
    const ConfigVersion &version = m_versions[row];
    switch (column) {
    case VersionColumn:
        return QString::number(version.version);
    case WhenColumn:
        return version.timestamp > 0 ? momentText(version.timestamp, m_source.now()) : QString();
    case ByColumn:
        return oneLine(version.by, 80);
    case KeyColumn:
        return version.signer.isEmpty() ? tr("unsigned") : oneLine(version.signer, 40);
    case ChangedColumn: {
        if (row + 1 >= m_versions.size())
            return {};
        QStringList names;
        for (const QString &name : changedFields(m_versions[row + 1].fields, version.fields))
            names << oneLine(name, 40);
        return names.mid(0, 12).join(u", "_s);
    }
    default:
        return {};
    }
}

QVariant ConfigHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QString words = text(index.row(), index.column());
    if (role == Qt::DisplayRole)
        return words.isEmpty() ? u"–"_s : words;
    return role == Qt::ToolTipRole ? QVariant(words.toHtmlEscaped()) : QVariant();
}

} // namespace Treewarden
