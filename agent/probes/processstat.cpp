// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processstat.h"

#include "agent/probes/lines.h"

#include <algorithm>

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
    const auto skip = [&rest](int count) {
        while (count-- > 0)
            takeWord(&rest);
    };
    skip(9); // to field 14 of proc(5)
    const auto userTicks = takeNumber<quint64>(&rest), systemTicks = takeNumber<quint64>(&rest);
    skip(4);
    const auto threads = takeNumber<int>(&rest);
    skip(1);
    const auto startTime = numberOf<quint64>(takeWord(&rest).trimmed());
    skip(1);
    const auto residentPages = numberOf<qint64>(takeWord(&rest).trimmed());
    if (state.size() != 1 || !parent || !startTime)
        return Error{u"/proc/PID/stat lacks the state, the parent or the start time"_s};
    return ProcessStat{text.sliced(open + 1, close - open - 1).toByteArray(),
                       state.at(0),
                       *parent,
                       *startTime,
                       userTicks.value_or(0),
                       systemTicks.value_or(0),
                       std::max(threads.value_or(0), 0),
                       std::max<qint64>(residentPages.value_or(0), 0)};
}

} // namespace Treewarden
