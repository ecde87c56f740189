// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetcolumns.h"

#include "console/models/fleetmodel.h"

namespace Treewarden {

FleetColumns::FleetColumns()
{
    for (int column = 0; column < FleetModel::ColumnCount; ++column)
        order << column;
}

QList<int> FleetColumns::shown() const
{
    QList<int> columns;
    for (const int column : order)
        if (isShown(column))
            columns << column;
    return columns;
}

void FleetColumns::setShown(int column, bool isShown)
{
    if (isShown)
        hidden.remove(column);
    else if (column != FleetModel::NameColumn)
        hidden.insert(column);
}

QString FleetColumns::text() const
{
    QStringList words;
    for (const int column : order)
        words << (isShown(column) ? QString() : QStringLiteral("-"))
                + FleetModel::columnWord(column);
    return words.join(u' ');
}

FleetColumns FleetColumns::parse(const QString &text)
{
    FleetColumns columns;
    QList<int> rest = std::exchange(columns.order, {});
    const QStringList words = text.left(1000).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const bool isHidden = word.startsWith(u'-');
        const int column = FleetModel::columnOf(isHidden ? word.mid(1) : word);
        if (!rest.removeOne(column))
            continue;
        columns.order << column;
        columns.setShown(column, !isHidden);
    }
    columns.order += rest;
    return columns;
}

} // namespace Treewarden
