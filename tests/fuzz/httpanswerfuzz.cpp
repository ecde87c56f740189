// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/httpanswer.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// As it arrives, and when the server has closed.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes = fuzzInput(data, size);
    const auto head = parseHttpHead(bytes);
    if (head && *head) {
        fuzzExpect((*head)->bodyStart > 0 && (*head)->bodyStart <= bytes.size(),
                   "the body starts within the bytes");
        httpField(bytes, "Server");
    }
    for (const bool isEnd : {false, true}) {
        const auto answer = parseHttpAnswer(bytes, isEnd);
        fuzzExpect(!answer || !*answer || (*answer)->body.size() <= bytes.size(),
                   "no body is larger than what arrived");
    }
    return 0;
}
