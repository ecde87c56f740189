// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace Treewarden {

/// What a command printed, bounded: the beginning, where most programs say what they are about to
/// do, and the end, where they say what went wrong. Part of the keeper: no Qt.
class CappedOutput
{
public:
    static constexpr std::size_t most = 64 * 1024; ///< bytes of text()

    void add(const char *bytes, std::size_t length);

    /// How many bytes from the middle are not in text().
    std::uint64_t dropped() const;
    /// Beginning and end; in between, where something is missing, a line that says how much.
    std::string text() const;

private:
    std::string m_head, m_tail; ///< the tail up to twice its share, so that it moves seldom
    std::uint64_t m_cut = 0; ///< bytes that left the tail
};

} // namespace Treewarden
