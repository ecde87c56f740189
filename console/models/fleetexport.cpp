// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetexport.h"

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
        return {csvCell(row.name)};
    case FleetModel::IpColumn:
        return {csvCell(row.ip)};
    case FleetModel::RolesColumn:
        return {csvCell(row.roles)};
    case FleetModel::TreesColumn:
        return {csvCell(row.trees)};
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

QString csvCell(const QString &text)
{
    static const QString formulaStarts = u"=+-@\t\r"_s;
    QString cell = text;
    if (!cell.isEmpty() && formulaStarts.contains(cell.front()))
        cell.prepend(u'\'');
    if (!cell.contains(u'"') && !cell.contains(u',') && !cell.contains(u'\n')
        && !cell.contains(u'\r'))
        return cell;
    return u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
}

QString fleetCsv(const FleetModel &model, const QList<int> &rows, const QList<int> &columns)
{
    QStringList head;
    for (const int column : columns)
        head += headCells(column);
    QString text = head.join(u',') + u"\r\n"_s;
    for (const int row : rows) {
        QStringList cells;
        for (const int column : columns)
            cells += rowCells(model.row(row), column);
        text += cells.join(u',') + u"\r\n"_s;
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
