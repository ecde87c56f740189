// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gearmanadmin.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using Asked = GearmanAnswer::Asked;
    for (const Asked asked : {Asked::Version, Asked::Status, Asked::Workers}) {
        const auto answer = parseGearmanAnswer(fuzzInput(data, size), asked);
        if (answer && !answer->isRubbish)
            fuzzExpect(gearmanInfo(*answer).size() >= 6, "always the same numbers");
    }
    return 0;
}
