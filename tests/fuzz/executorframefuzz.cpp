// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/executorframes.h"
#include "shared/protocol/executorframe.h"
#include "tests/fuzz/fuzz.h"

#include "shared/core/json.h"

using namespace Treewarden;

/// The input is a stream of frames, and the JSON of one.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzzInput(data, size).toByteArray();
    ExecutorFrameReader whole, pieces;
    const auto atOnce = whole.take(input);
    QList<QJsonObject> oneByOne;
    bool isBroken = false;
    for (qsizetype i = 0; i < input.size() && !isBroken; ++i) {
        const auto taken = pieces.take(input.mid(i, 1));
        isBroken = !taken;
        if (taken)
            oneByOne += *taken;
    }
    fuzzExpect(atOnce.isOk() == !isBroken, "how it is cut makes no difference");
    fuzzExpect(!atOnce || *atOnce == oneByOne, "nor for what is read");
    if (const auto frame = parseJsonObject(input, QStringLiteral("a frame"))) {
        if (const auto entry = entryOf(*frame))
            fuzzExpect(entry->payload.size() <= longestCommandPayload, "a payload is bounded");
        (void)configFieldsOf(*frame);
    }
    return 0;
}
