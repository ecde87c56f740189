// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/paastree.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ParsedPaasTree parsed = parsePaasTree(fuzzInput(data, size).toByteArray());
    fuzzExpect(parsed.tree.has_value() == parsed.errorText().isEmpty(),
               "there is a tree, or an error tells why not");
    if (parsed.tree)
        fuzzExpect(parsePaasTree(toJson(*parsed.tree)).tree.has_value(),
                   "what was understood can be written and read again");
    return 0;
}
