// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/memcachedstats.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto answer = parseMemcachedAnswer(fuzzInput(data, size));
    if (!answer)
        return 0;
    CounterRates rates;
    const QJsonObject info = memcachedInfo(*answer, &rates);
    fuzzExpect(info.size() < 40, "a few numbers");
    return 0;
}
