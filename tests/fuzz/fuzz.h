// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArrayView>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// One input for the parser under test (https://llvm.org/docs/LibFuzzer.html). Always answers 0;
/// what is wrong ends the program.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace Treewarden {

/// The input as the parsers take it. No copy: reading past its end is seen by AddressSanitizer.
inline QByteArrayView fuzzInput(const uint8_t *data, size_t size)
{
    return {data, qsizetype(size)};
}

/// Ends the program when a parser breaks its promise.
inline void fuzzExpect(bool isKept, const char *promise)
{
    if (isKept)
        return;
    fprintf(stderr, "broken promise: %s\n", promise);
    abort();
}

/// A value, or an error that says something.
template<typename T>
const Result<T> &fuzzResult(const Result<T> &result)
{
    fuzzExpect(result || !result.error().text.isEmpty(), "an error is a sentence");
    return result;
}

} // namespace Treewarden
