// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/respdecoder.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace Treewarden;

/// The first byte says how much arrives at a time.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const qsizetype piece = std::max<qsizetype>(data[0], 1);
    QByteArrayView bytes = fuzzInput(data + 1, size - 1);
    RespDecoder decoder({64 << 10, 4 << 10, 1000});
    RedisValue value;
    while (!bytes.isEmpty() && decoder.error().isEmpty()) {
        decoder.feed(bytes.first(std::min(piece, bytes.size())));
        bytes = bytes.sliced(std::min(piece, bytes.size()));
        while (decoder.next(value)) {
            value.toBytes();
            value.toList();
            value.toHash();
        }
    }
    if (!decoder.error().isEmpty())
        fuzzExpect(!decoder.next(value), "after an error there is no value");
    return 0;
}
