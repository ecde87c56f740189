// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/modstatus.h"
#include "agent/probes/stubstatus.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView page = fuzzInput(data, size);
    const auto isSane = [](const QJsonObject &info) {
        for (const QJsonValue &value : info) {
            if (value.isDouble() ? value.toDouble() < 0 : value.toString().size() > 100)
                return false;
        }
        return info.size() <= 16;
    };
    fuzzExpect(isSane(parseStubStatus(page)), "stub_status has a few counters");
    fuzzExpect(isSane(parseModStatus(page)), "mod_status has a few counters and short texts");
    return 0;
}
