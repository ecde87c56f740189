// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processstat.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (const auto stat = fuzzResult(parseProcessStat(fuzzInput(data, size))))
        fuzzExpect(stat->threads >= 0 && stat->residentPages >= 0, "nothing counted is negative");
    return 0;
}
