// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/eventexport.h"

#include "console/models/csvtext.h"
#include "console/models/eventlog.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QSaveFile>

namespace Treewarden {
using namespace Qt::StringLiterals;

Result<void> exportEvents(const EventLog &log, const QString &file)
{
    QByteArray text = csvLine(
        {u"time"_s, u"type"_s, u"event"_s, u"detail"_s, u"ip"_s, u"where"_s, u"who"_s, u"id"_s});
    for (int row = 0; row < log.rowCount(); ++row) {
        const EventRecord *record = log.record(row);
        if (!record)
            continue;
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(record->time, Qt::UTC);
        text += csvLine({time.toString(Qt::ISODateWithMs), record->type, record->sentence,
                         record->detail, oneLine(record->ip, 64), record->where, record->who,
                         oneLine(record->id, 64)});
    }
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit())
        return {};
    return Error{EventLog::tr("The events cannot be written to %1: %2. Choose another place.")
                     .arg(oneLine(file), out.errorString())};
}

} // namespace Treewarden
