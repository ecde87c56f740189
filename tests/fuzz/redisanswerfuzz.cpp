// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/redisanswer.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// An answer to PING or INFO.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto reply = parseRespReply(fuzzInput(data, size));
    if (!reply)
        return 0;
    judgeRedisError(*reply, QStringLiteral("127.0.0.1:6379"));
    redisInfo(reply->text);
    return 0;
}
