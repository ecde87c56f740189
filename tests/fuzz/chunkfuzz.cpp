// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"
#include "tests/fuzz/fuzz.h"

#include <zstd.h>

using namespace Treewarden;

/// The first byte says whether the rest is a chunk, or the content of a frame: nobody guesses a
/// checksum.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    QByteArray bytes = fuzzInput(data + 1, size - 1).toByteArray();
    if (data[0] % 2 == 1) {
        QByteArray frame(1 + qsizetype(ZSTD_compressBound(size)), 1);
        frame.resize(1
                     + qsizetype(ZSTD_compress(frame.data() + 1, size_t(frame.size() - 1), data + 1,
                                               size - 1, 1)));
        bytes = frame;
    }
    ChunkDecoder decoder;
    HistoryChunk chunk;
    if (const auto isKnown = fuzzResult(decoder.decode(bytes, chunk)); isKnown && *isKnown) {
        fuzzExpect(chunk.rows() >= 1 && chunk.rows() <= HistoryChunk::mostRows
                       && chunk.fields() <= HistoryChunk::mostFields,
                   "a chunk is within its limits");
        fuzzExpect(qsizetype(chunk.averages.size()) == chunk.rows() * chunk.fields(),
                   "every row has every column");
        HistoryChunk again;
        const auto isKept = decoder.decode(encodeChunk(chunk), again);
        fuzzExpect(isKept && *isKept && again.times == chunk.times, "what was read can be written");
    }
    return 0;
}
