// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/schedule/schedulerun.h"

#include <QUuid>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Made up once, for ids of scheduled runs only.
constexpr QUuid runSpace(0x7b1d5b6e, 0x3c52, 0x4f0a, 0x9d, 0x41, 0x5e, 0x0c, 0x8a, 0x27, 0xb6,
                         0x13);

} // namespace

QString SkippedRuns::code() const
{
    switch (why) {
    case Why::Missed:
        return u"schedule.missed"_s;
    case Why::Maintenance:
        return u"schedule.maintenance"_s;
    case Why::OtherRan:
        return u"schedule.other"_s;
    case Why::StillRan:
        return u"schedule.still"_s;
    }
    return {};
}

QString SkippedRuns::reason() const
{
    switch (why) {
    case Why::Missed:
        return count == 1 && !isMore
            ? u"the time was missed: the server or its executor was not running"_s
            : u"%1%2 times were missed: the server or its executor was not running"_s
                  .arg(isMore ? u"more than "_s : QString())
                  .arg(count);
    case Why::Maintenance:
        return u"skipped, for the service is in maintenance"_s;
    case Why::OtherRan:
        return u"skipped, for '%1' is running"_s.arg(other);
    case Why::StillRan:
        return u"skipped, for its last run is still going on"_s;
    }
    return {};
}

QString scheduleRunId(const QString &ip, const QString &entryId, qint64 due)
{
    // No part can hold a line feed.
    const QString name = ip + u'\n' + entryId + u'\n' + QString::number(due);
    return QUuid::createUuidV5(runSpace, name).toString(QUuid::WithoutBraces);
}

} // namespace Treewarden
