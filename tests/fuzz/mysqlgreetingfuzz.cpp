// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mysqlgreeting.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto result = judgeMysqlGreeting(fuzzInput(data, size), QStringLiteral("127.0.0.1:3306"));
    fuzzExpect(!result || result->alive == true || !result->reason.isEmpty(),
               "who is not alive has a reason");
    return 0;
}
