// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/schedule/schedulememory.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto memory = parseScheduleMemory(fuzzInput(data, size).toByteArray());
    if (!fuzzResult(memory))
        return 0;
    const auto again = parseScheduleMemory(toJson(*memory));
    fuzzExpect(again.isOk() && *again == *memory, "what is written reads back");
    return 0;
}
