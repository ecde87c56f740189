// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/csvtext.h"

namespace Treewarden {
using namespace Qt::StringLiterals;

QString csvCell(const QString &text)
{
    QString cell = text;
    static const QString formulas = u"=+-@\t\r"_s;
    if (!cell.isEmpty() && formulas.contains(cell.front()))
        cell.prepend(u'\'');
    const bool isQuoted = cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n')
        || cell.contains(u'\r');
    return isQuoted ? u'"' + cell.replace(u'"', u"\"\""_s) + u'"' : cell;
}

QByteArray csvLine(const QStringList &cells)
{
    QStringList texts;
    for (const QString &cell : cells)
        texts << csvCell(cell);
    return texts.join(u',').toUtf8() + "\r\n";
}

} // namespace Treewarden
