// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/history/historychunk.h"

#include <memory>

namespace Treewarden {

/// The bytes of a chunk (docs/protocol.md, section 7): about 20 a sample of fifteen metrics. Values
/// are rounded to their unit; columns without a value are left out. The chunk must be within the
/// limits of HistoryChunk.
QByteArray encodeChunk(const HistoryChunk &chunk);

/// Reads chunks, hundreds in a row: keeps its working memory from one to the next.
class ChunkDecoder
{
public:
    ChunkDecoder();
    ~ChunkDecoder();

    /// Fills `chunk`, whose earlier content is overwritten. False: the chunk is of a version that
    /// this program does not know, so it is skipped. What is cut, changed or out of bounds is an
    /// error, and what `chunk` holds then means nothing.
    Result<bool> decode(QByteArrayView bytes, HistoryChunk &chunk);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
