// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processstat.h"

#include <QList>

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<ProcessStat> parseProcessStat(QByteArrayView text)
{
    const qsizetype open = text.indexOf('('), close = text.lastIndexOf(')');
    if (open < 0 || close < open)
        return Error{u"/proc/PID/stat has no process name in brackets"_s};
    const QList<QByteArray> fields = text.sliced(close + 1).toByteArray().simplified().split(' ');
    if (fields.size() < 20 || fields.at(0).size() != 1)
        return Error{u"/proc/PID/stat has only %1 fields after the name"_s.arg(fields.size())};
    bool isNumber = false;
    const ProcessStat stat{text.sliced(open + 1, close - open - 1).toByteArray(),
                           fields.at(0).at(0), fields.at(1).toInt(),
                           fields.at(19).toULongLong(&isNumber)};
    if (!isNumber)
        return Error{u"the start time in /proc/PID/stat is no number"_s};
    return stat;
}

} // namespace Treewarden
