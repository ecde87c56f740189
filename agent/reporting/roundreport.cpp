// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/roundreport.h"

#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using Words = RedisConnection::Words;

namespace {

// The sample is written and published: its JSON is made once.
QList<Words> workloadCommands(const QString &ip, const RoundReport &round)
{
    JsonWriter sample(round.workload.size() + 64), message(round.workload.size() + 128);
    sample.beginObject()
        .member(u"timestamp", round.timestamp)
        .key(u"info")
        .raw(round.workload)
        .endObject();
    message.beginObject().member(u"type", QStringView(u"workload")).member(u"ip", QStringView(ip));
    message.key(u"info").raw(round.workload).member(u"timestamp", round.timestamp).endObject();
    const QByteArray key = Keys::serverWorkload(ip);
    return {Words{"RPUSH", key, sample.takeBytes()},
            Words{"LTRIM", key, QByteArray::number(-Keys::workloadLength), "-1"},
            Words{"PUBLISH", Channels::updateInfo, message.takeBytes()}};
}

} // namespace

QList<Words> telemetryCommands(const QString &ip, const RoundReport &round)
{
    QList<Words> commands;
    if (!round.workload.isEmpty())
        commands = workloadCommands(ip, round);
    for (const ServiceWorkloadMessage &workload : round.serviceWorkloads) {
        JsonWriter sample;
        sample.beginObject()
            .member(u"timestamp", workload.timestamp)
            .member(u"info", workload.info)
            .endObject();
        commands << Words{"SET", Keys::serviceWorkload(ip, workload.service), sample.takeBytes()}
                 << Words{"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(workload))};
    }
    return commands;
}

QList<Words> serviceStateCommands(const QString &ip, const ServiceId &service,
                                  const ServiceState &state)
{
    const QByteArray key = Keys::serviceAlive(ip, service);
    return {state.alive ? Words{"SET", key, *state.alive ? "1" : "0"} : Words{"DEL", key},
            Words{"HSET", Keys::services(ip), service.text().toUtf8(), toJson(state)}};
}

QList<Words> firstStateCommands(const QString &ip, const ServiceId &service, const ServiceState &s)
{
    const ServiceMessage message{ip,       service, s.alive, s.timestamp, s.since,
                                 s.reason, s.code,  s.args,  {},          s.flapping};
    return serviceStateCommands(ip, service, s)
        << Words{"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))};
}

QList<Words> reasonCommands(const QString &ip, const ServiceId &service, const ServiceState &s)
{
    const ServiceReasonMessage message{ip, service, s.alive, s.timestamp, s.reason, s.code, s.args};
    return serviceStateCommands(ip, service, s)
        << Words{"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))};
}

} // namespace Treewarden
