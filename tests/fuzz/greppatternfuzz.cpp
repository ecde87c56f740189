// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/greppattern.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace Treewarden;

/// A byte of options, the pattern's line, the text.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const auto has = [option = data[0]](int bit) { return (option >> bit & 1) != 0; };
    const QByteArrayView input = fuzzInput(data + 1, size - 1);
    const qsizetype end = input.indexOf('\n');
    const QByteArrayView line = end < 0 ? QByteArrayView() : input.sliced(end + 1);
    const auto pattern = GrepPattern::compile((end < 0 ? input : input.first(end)).toByteArray(),
                                              {has(0), has(1), has(2), has(3), has(4)});
    if (pattern)
        pattern->matches(line.first(std::min<qsizetype>(line.size(), 1024)));
    return 0;
}
