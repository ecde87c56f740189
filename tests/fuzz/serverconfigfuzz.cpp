// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/serverconfig.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// Fields of the hash, each begun by a line "#name".
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QHash<QByteArray, QByteArray> hash;
    for (const QByteArray &field : ('\n' + fuzzInput(data, size).toByteArray()).split('#')) {
        const qsizetype end = field.indexOf('\n');
        if (end > 0)
            hash.insert(field.first(end), field.sliced(end + 1));
    }
    const ParsedConfig parsed = parseServerConfig(QStringLiteral("10.0.0.7"), hash);
    fuzzExpect(parsed.config.has_value() == parsed.errorText().isEmpty(),
               "there is a configuration, or an error tells why not");
    return 0;
}
