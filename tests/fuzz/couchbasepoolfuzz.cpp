// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/couchbasepool.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto node = parseCouchbasePool(fuzzInput(data, size));
    if (fuzzResult(node))
        fuzzExpect(!node->status.isEmpty() && node->info.size() >= 4, "a node has a status");
    if (const auto noop = parseCouchbaseNoop(fuzzInput(data, size)))
        fuzzResult(*noop);
    return 0;
}
