// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outboxrecord.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// The input is what stands behind the checksum, which nobody guesses, and a whole line too.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString ip = QStringLiteral("10.0.0.7");
    const QByteArray input = fuzzInput(data, size).toByteArray();
    const QByteArray sum = QByteArray::number(qChecksum(input), 16).rightJustified(4, '0');
    for (const QByteArray &line : {input, sum + ' ' + input}) {
        const auto record = parseOutboxLine(line, ip);
        if (!record)
            continue;
        const QByteArray again = outboxLine(*record);
        fuzzExpect(again.count('\n') == 1 && again.endsWith('\n'), "a record is one line");
        fuzzExpect(outboxLine(parseOutboxLine(again.chopped(1), ip).value()) == again,
                   "what was read and written is read again");
    }
    return 0;
}
