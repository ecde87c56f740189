// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mysqlpackets.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes = fuzzInput(data, size);
    if (const auto greeting = parseMySqlGreeting(bytes)) {
        fuzzExpect(greeting->nonce.size() == 20, "a nonce has 20 bytes");
        mySqlLogin(*greeting, "user", "password");
    }
    if (const auto wanted = parseMySqlLoginSwitch(bytes))
        mySqlProof(wanted->plugin, "password", wanted->nonce);
    parseMySqlFault(bytes);
    const auto rows = parseMySqlRows(bytes);
    if (!rows || !fuzzResult(*rows))
        return 0;
    for (const auto &row : (*rows)->rows)
        fuzzExpect(row.size() == (*rows)->columns.size(), "a row has a value a column");
    return 0;
}
