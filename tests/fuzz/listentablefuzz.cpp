// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/listentable.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text = fuzzInput(data, size);
    for (const Listener &one : parseTcpListeners(text))
        fuzzExpect(one.port >= 0 && one.port <= 65535, "a port has 16 bits");
    for (const Listener &one : parseUdpReceivers(text))
        fuzzExpect(one.port >= 0 && one.port <= 65535, "a port has 16 bits");
    for (const Listener &one : parseUnixListeners(text))
        fuzzExpect(!one.path.isEmpty(), "a listener has a name");
    return 0;
}
