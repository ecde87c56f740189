// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/schedule/schedulememory.h"

#include "shared/core/json.h"
#include "shared/core/jsonwriter.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

QString scheduleRule(const ScheduleEntry &entry)
{
    return entry.cron + u' ' + QString::fromLatin1(entry.zone.id());
}

QByteArray toJson(const ScheduleMemory &memory)
{
    JsonWriter writer;
    writer.beginObject();
    for (auto entry = memory.begin(); entry != memory.end(); ++entry) {
        writer.key(entry.key()).beginObject();
        writer.member(u"rule", QStringView(entry->rule)).member(u"until", entry->until).endObject();
    }
    return writer.endObject().takeBytes();
}

Result<ScheduleMemory> parseScheduleMemory(const QByteArray &json)
{
    const auto object = parseJsonObject(json, u"the memory of the schedule"_s);
    if (!object)
        return object.error();
    ScheduleMemory memory;
    for (auto entry = object->begin(); entry != object->end(); ++entry) {
        const QJsonObject fields = entry->toObject();
        const auto until = jsonInteger(fields[u"until"_s]);
        if (!until || !fields[u"rule"_s].isString()) {
            return Error{u"the memory of the schedule is damaged: an entry has no rule or time; "
                         "without the file no missed time is made up for"_s};
        }
        memory.insert(entry.key(), {fields[u"rule"_s].toString(), *until});
    }
    return memory;
}

} // namespace Treewarden
