// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/updatemessage.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto message = fuzzResult(parseUpdateMessage(fuzzInput(data, size).toByteArray()));
    if (!message || !*message)
        return 0;
    const auto again = parseUpdateMessage(toJson(**message));
    fuzzExpect(again && *again && (*again)->index() == (*message)->index(),
               "what was understood can be said again");
    return 0;
}
