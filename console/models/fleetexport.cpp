// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetexport.h"

#include "console/models/csvtext.h"

#include <QDateTime>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QString numberCell(std::optional<double> number)
{
    return number ? QString::number(*number, 'g', 6) : QString();
}

QStringList headCells(int column)
{
    switch (column) {
    case FleetModel::CpuColumn:
    case FleetModel::MemoryColumn:
    case FleetModel::DiskColumn:
        return {FleetModel::columnWord(column) + u"_percent"_s};
    case FleetModel::ServicesColumn:
        return {u"services_alive"_s, u"services_total"_s};
    default:
        return {FleetModel::columnWord(column)};
    }
}

QStringList rowCells(const FleetRow &row, int column)
{
    switch (column) {
    case FleetModel::StateColumn:
        return {healthWord(row.health)};
    case FleetModel::NameColumn:
        return {row.name};
    case FleetModel::IpColumn:
        return {row.ip};
    case FleetModel::RolesColumn:
        return {row.roles};
    case FleetModel::TreesColumn:
        return {row.trees};
    case FleetModel::ServicesColumn:
        return {row.areServicesKnown ? QString::number(row.servicesAlive) : QString(),
                QString::number(row.services)};
    case FleetModel::SinceColumn:
        return {row.since ? QDateTime::fromMSecsSinceEpoch(row.since, Qt::UTC).toString(Qt::ISODate)
                          : QString()};
    default:
        return {numberCell(FleetModel::number(row, column))};
    }
}

} // namespace

QByteArray fleetCsv(const FleetModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QStringList head;
    for (const int column : columns)
        head += headCells(column);
    QByteArray text = csvLine(head);
    for (const int row : rows) {
        QStringList cells;
        for (const int column : columns)
            cells += rowCells(model.row(row), column);
        text += csvLine(cells);
    }
    return text;
}

QString fleetTsv(const FleetModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QStringList lines;
    for (const int row : rows) {
        QStringList cells;
        for (const int column : columns)
            cells << model.index(row, column).data().toString();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

} // namespace Treewarden
