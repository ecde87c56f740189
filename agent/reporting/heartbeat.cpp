// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/heartbeat.h"

#include "shared/protocol/keys.h"

namespace Treewarden {

using Words = RedisConnection::Words;

QList<Words> heartbeatCommands(const QString &ip, std::chrono::milliseconds lease)
{
    return {Words{"SET", Keys::serverAlive(ip), "1", "PX", QByteArray::number(lease.count())},
            Words{"HGET", Keys::serversAlive, ip.toUtf8()},
            Words{"HGET", Keys::serverInfo(ip), "session"}};
}

Standing judgeSession(const RedisValue &stored, const QString &session,
                      const QStringList &earlierSessions)
{
    if (stored.isError())
        return Standing::Unreadable;
    const QString found = QString::fromUtf8(stored.text.left(64));
    if (found == session)
        return Standing::Good;
    return found.isEmpty() || earlierSessions.contains(found) ? Standing::StateLost
                                                              : Standing::TakenOver;
}

Standing judgeHeartbeat(const RedisValue &answer, const QString &session,
                        const QStringList &earlierSessions)
{
    if (answer.type != RedisValue::Type::Array || answer.elements.size() < 3)
        return Standing::Unreadable;
    const Standing standing = judgeSession(answer.elements.at(2), session, earlierSessions);
    if (standing == Standing::Good && answer.elements.at(1).text != "1")
        return answer.elements.at(1).isError() ? Standing::Unreadable : Standing::TakenForDead;
    return standing;
}

bool isTombstoneOf(const QByteArray &tombstone, const QString &machineId)
{
    return !machineId.isEmpty() && tombstone.contains(machineId.toUtf8());
}

} // namespace Treewarden
