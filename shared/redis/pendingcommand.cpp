// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/pendingcommand.h"

#include <algorithm>

namespace Treewarden {

bool PendingCommand::take(RedisReply &reply)
{
    if (!batch)
        return true;
    batch->replies.append(std::move(reply));
    return batch->replies.size() >= batch->expected;
}

void PendingCommand::finish(const RedisReply &reply)
{
    if (hasContext && !context)
        return;
    if (!batch) {
        if (callback)
            callback(reply);
        return;
    }
    QList<RedisReply> &replies = batch->replies;
    while (replies.size() < batch->expected)
        replies.append(reply);
    if (!batch->isTransaction) {
        if (batch->callback)
            batch->callback(replies);
    } else if (callback) {
        // What Redis said to the command that it refused tells more than EXEC's "discarded because
        // of previous errors".
        const auto refused
            = std::ranges::find_if(replies, [](const RedisReply &each) { return !each.isOk(); });
        const bool isLost = replies.last().outcome != RedisReply::Outcome::Answered;
        callback(refused == replies.end() || isLost ? replies.last() : *refused);
    }
}

} // namespace Treewarden
