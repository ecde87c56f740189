// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processstat.h"

#include "agent/probes/lines.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<ProcessStat> parseProcessStat(QByteArrayView text)
{
    const qsizetype open = text.indexOf('('), close = text.lastIndexOf(')');
    if (open < 0 || close < open)
        return Error{u"/proc/PID/stat has no process name in brackets"_s};
    QByteArrayView rest = text.sliced(close + 1);
    const QByteArrayView state = takeWord(&rest);
    const auto parent = takeNumber<pid_t>(&rest);
    for (int i = 0; i < 17; ++i) // up to the field 22 of proc(5)
        takeWord(&rest);
    const auto startTime = numberOf<quint64>(takeWord(&rest).trimmed());
    if (state.size() != 1 || !parent || !startTime)
        return Error{u"/proc/PID/stat lacks the state, the parent or the start time"_s};
    return ProcessStat{text.sliced(open + 1, close - open - 1).toByteArray(), state.at(0), *parent,
                       *startTime};
}

} // namespace Treewarden
