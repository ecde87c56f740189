// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/enrolmentrequest.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QJsonObject facts(const ServerInfo &info, qint64 now)
{
    QJsonObject json{
        {u"hostname"_s, info.hostname},
        {u"machine_id"_s, info.machineId},
        {u"os"_s, info.os},
        {u"kernel"_s, info.kernel},
        {u"architecture"_s, info.architecture},
        {u"cpu_model"_s, info.cpuModel},
        {u"virtualization"_s, info.virtualization},
        {u"agent_version"_s, info.agentVersion},
        {u"addresses"_s, QJsonArray::fromStringList(info.addresses)},
        {u"timestamp"_s, now},
    };
    if (info.cpuCount)
        json.insert(u"cpu_count"_s, *info.cpuCount);
    if (info.memoryTotal)
        json.insert(u"memory_total"_s, *info.memoryTotal);
    if (info.bootTime)
        json.insert(u"boot_time"_s, *info.bootTime);
    return json;
}

} // namespace

QJsonObject enrolmentRequest(const ServerInfo &info, const QJsonObject &services, qint64 now,
                             qint64 removed)
{
    QJsonObject json = facts(info, now);
    if (removed > 0)
        json.insert(u"removed"_s, removed);
    json.insert(u"services"_s, services);
    return json;
}

QJsonObject enrolmentRequest(const ServerInfo &info,
                             const QHash<QByteArray, QByteArray> &configuration, qint64 now)
{
    QJsonObject json = facts(info, now);
    for (const char *field :
         {"services", "controlled", "schedule", "logs", "ping", "intervals", "alerts"}) {
        const QJsonDocument document = QJsonDocument::fromJson(configuration.value(field));
        if (document.isObject())
            json.insert(QLatin1StringView(field), document.object());
        else if (document.isArray())
            json.insert(QLatin1StringView(field), document.array());
    }
    return json;
}

} // namespace Treewarden
