// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gmondreader.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// The first byte says in which pieces the rest comes.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView bytes = fuzzInput(data + 1, size - 1);
    const qsizetype piece = 1 + data[0];
    GmondReader reader;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        const auto fine = reader.feed(bytes.sliced(at, std::min(piece, bytes.size() - at)));
        if (!fine) {
            fuzzExpect(!fine.error().text.isEmpty(), "an error is a sentence");
            return 0;
        }
    }
    fuzzExpect(reader.summary().info().size() >= 6, "always the same numbers");
    return 0;
}
