// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/addressnews.h"
#include "agent/events/execnews.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// Netlink messages: of addresses and links, and of processes.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto bytes = fuzzInput(data, size);
    tellsAddressChange(bytes);
    readExecNews(bytes);
    return 0;
}
