// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/parameters.h"
#include "agent/probes/redisanswer.h"
#include "agent/probes/socketprobe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

/// PING over a connection that is kept; as a workload check INFO, whose numbers become the
/// workload. No credentials.
Result<std::unique_ptr<ServiceProbe>> makeRedisServiceProbe(const ServiceDefinition &service,
                                                            const ProbeCheck &check,
                                                            const ProbeContext &)
{
    Parameters parameters(service, check);
    const auto socket = readSocketParameters(&parameters, service, check, 0);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    const bool isWorkload = service.workload == Check(check);
    const auto judge = [isWorkload, where = socket.target.text()](
                           QByteArrayView bytes, bool) -> std::optional<CheckResult> {
        const auto reply = parseRespReply(bytes);
        if (!reply)
            return std::nullopt;
        if (const auto error = judgeRedisError(*reply, where))
            return error;
        CheckResult result = CheckResult::isAlive();
        if (isWorkload)
            result.info = redisInfo(reply->text);
        return result;
    };
    SocketDialogue dialogue{u"Redis"_s, isWorkload ? u"answers INFO"_s : u"answers PING"_s,
                            isWorkload ? "INFO\r\n" : "PING\r\n", judge};
    dialogue.longestReply = 1 << 20;
    dialogue.holdsConnection = true;
    dialogue.timeout = socket.timeout;
    return std::unique_ptr<ServiceProbe>(
        std::make_unique<SocketProbe>(socket.target, dialogue, socket.owner));
}

} // namespace Treewarden
