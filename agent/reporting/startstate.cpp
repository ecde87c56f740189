// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/startstate.h"

#include "shared/protocol/keys.h"

namespace Treewarden {

using Words = RedisConnection::Words;

QList<Words> startStateCommands(const QString &ip)
{
    return {Words{"GET", Keys::serverAlive(ip)}, Words{"HGET", Keys::serversAlive, ip.toUtf8()},
            Words{"HMGET", Keys::serverInfo(ip), "session", "machine_id", "hostname", "told"},
            Words{"HGETALL", Keys::services(ip)}};
}

Result<StartState> readStartState(const QList<RedisReply> &replies)
{
    for (const RedisReply &reply : replies) {
        // A key of a wrong type is somebody's accident: what cannot be read counts as absent.
        if (!reply.isOk() && !reply.value.text.startsWith("WRONGTYPE"))
            return Error{reply.error};
    }
    StartState state;
    state.isAlive = replies.at(0).value.text == "1" && replies.at(0).isOk();
    state.countsAsAlive = replies.at(1).value.text == "1" && replies.at(1).isOk();
    const QList<QByteArray> facts = replies.at(2).value.toList();
    if (facts.size() == 4) {
        state.session = QString::fromUtf8(facts.at(0).left(64));
        state.machineId = QString::fromUtf8(facts.at(1).left(256));
        state.hostname = QString::fromUtf8(facts.at(2).left(256));
        state.told = facts.at(3).left(128);
    }
    const auto services = replies.at(3).value.toHash();
    for (auto it = services.begin(); it != services.end(); ++it) {
        const auto id = ServiceId::parse(QString::fromUtf8(it.key()));
        auto written = parseServiceState(it.value());
        if (id && written)
            state.services.insert(*id, std::move(*written));
    }
    return state;
}

} // namespace Treewarden
