// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/shellidiom.h"
#include "agent/checks/shellwords.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace Treewarden;

/// A text check, and a line of ps that its filters look at.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzzInput(data, size);
    const qsizetype end = input.indexOf('\n');
    const QByteArray text = (end < 0 ? input : input.first(end)).toByteArray();
    const QByteArrayView line = end < 0 ? input : input.sliced(end + 1);
    const auto stages = splitPipeline(text);
    fuzzExpect(!stages
                   || std::none_of(stages->begin(), stages->end(),
                                   [](const auto &words) { return words.isEmpty(); }),
               "every command has a word");
    const auto idiom = recogniseShell(QString::fromUtf8(text));
    if (idiom) {
        for (const GrepFilter &filter : idiom->filters)
            filter.passes(line.first(std::min<qsizetype>(line.size(), 1024)));
    }
    return 0;
}
