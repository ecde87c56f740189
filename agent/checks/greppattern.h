// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <bitset>
#include <optional>
#include <vector>

namespace Treewarden {

/// A pattern of grep(1), basic or extended, matched without backtracking: the time is bounded by
/// the length of the line times the size of the pattern, whatever the pattern is. Bytes, as in the
/// C locale.
class GrepPattern
{
public:
    struct Options
    {
        bool isExtended = false, isFixed = false, ignoresCase = false, wholeWord = false,
             wholeLine = false;
    };

    /// Nothing when it is malformed, larger than the bounds, or uses a back-reference.
    static std::optional<GrepPattern> compile(const QByteArray &pattern, Options options);

    bool matches(QByteArrayView line) const;

    enum class Kind : quint8 { Set, Split, LineStart, LineEnd, WordEdge, Match };
    using Bytes = std::bitset<256>;

    struct Node
    {
        Kind kind = Kind::Match;
        qint32 next = 0, other = 0; ///< indexes; `other` of a Split
        qint32 set = 0; ///< index of a Set
    };

private:
    std::vector<Node> m_nodes; ///< starts at the last one
    std::vector<Bytes> m_sets;
    QByteArray m_literal; ///< the whole pattern when nothing in it is special
};

} // namespace Treewarden
