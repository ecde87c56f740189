// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/varnishcli.h"
#include "agent/probes/varnishstat.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes = fuzzInput(data, size);
    const auto reply = parseVarnishReply(bytes);
    if (reply && *reply) {
        fuzzExpect((*reply)->size <= bytes.size(), "a reply is no longer than what arrived");
        const QByteArrayView text = (*reply)->text;
        const QByteArray answer = varnishAuthentication(text, "secret\n");
        fuzzExpect(answer.isEmpty() || answer.size() == 70, "an answer is one line of 70 bytes");
        fuzzExpect(varnishChildState(text).size() < 60, "a state is short");
        if (const auto backends = parseVarnishBackends(text))
            fuzzExpect(backends->healthy <= backends->all && backends->sick.size() <= 5,
                       "some of the backends are healthy, few are named");
    }
    fuzzExpect(parseVarnishStat(bytes).size() <= 24, "varnishstat has a few counters");
    return 0;
}
