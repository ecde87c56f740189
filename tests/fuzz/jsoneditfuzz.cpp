// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/jsonedit.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// A JSON text is outlined, laid out, and changed at the place of its first value.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = fuzzInput(data, size).toByteArray();
    const auto outline = JsonOutline::read(text, u"the input"_s, 1 << 16);
    if (!outline)
        return 0;
    fuzzExpect(minifiedJson(formattedJson(text)) == minifiedJson(text),
               "laying out touches no token");
    QStringList path;
    int index = 0;
    while (!outline->node(index).children.isEmpty() && path.size() < 8) {
        path << outline->step(index, 0);
        index = outline->child(index, path.last());
        fuzzExpect(index > 0, "a step leads to its child");
    }
    fuzzExpect(outline->find(path) == index, "a path leads where its steps do");
    if (const auto splice = setJson(text, path, "{\"new\":[1]}")) {
        QByteArray changed = text;
        splice->apply(changed);
        const auto again = JsonOutline::read(changed, u"the change"_s, 1 << 17);
        // One level deeper may be one too many.
        fuzzExpect(again || path.size() > 7 || text.count('[') + text.count('{') > 60,
                   "a change leaves JSON");
        splice->revert(changed);
        fuzzExpect(changed == text, "a change can be taken back");
    }
    if (const auto splice = removeJsonUpwards(text, path)) {
        QByteArray changed = text;
        splice->apply(changed);
        fuzzExpect(JsonOutline::read(changed, u"the change"_s, 1 << 16).isOk(),
                   "what is left is JSON");
    }
    return 0;
}
