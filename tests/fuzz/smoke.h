// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace Treewarden {

/// One parser under test.
struct FuzzTarget
{
    const char *word; ///< its seeds are in corpus/<word>
    int (*run)(const uint8_t *data, size_t size);
};

/// All of them, from the words in CMakeLists.txt.
std::vector<FuzzTarget> fuzzTargets();

} // namespace Treewarden
