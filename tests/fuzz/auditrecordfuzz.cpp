// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/auditrecord.h"
#include "tests/fuzz/fuzz.h"

#include <QCryptographicHash>

using namespace Treewarden;

/// The input is what stands behind the checksum, which nobody guesses, and a whole file too.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzzInput(data, size).toByteArray();
    const AuditFile file = parseAuditFile(input);
    fuzzExpect(file.records.size() + file.damaged == input.count('\n'), "each line is looked at");
    const QByteArray sum
        = QCryptographicHash::hash(input, QCryptographicHash::Sha256).left(4).toHex();
    for (const QByteArray &line : {input, QByteArray(sum + ' ' + input)}) {
        const auto record = parseAuditLine(line);
        if (!record)
            continue;
        const QByteArray again = auditLine(*record);
        fuzzExpect(again.count('\n') == 1 && again.endsWith('\n'), "a record is one line");
        const auto reread = parseAuditLine(QByteArrayView(again).chopped(1));
        fuzzExpect(reread && auditLine(*reread) == again,
                   "what was read and written is read again");
    }
    return 0;
}
