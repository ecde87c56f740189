// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/configdifference.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostEdits = 1500; ///< the search costs their square
constexpr qsizetype longestShown = 300;

/// The shortest way from one list of lines to another (Myers, "An O(ND) difference algorithm").
class LineComparison
{
public:
    LineComparison(const QList<QByteArray> &before, const QList<QByteArray> &after)
        : m_before(before)
        , m_after(after)
    {
    }

    QList<DiffLine> run()
    {
        int same = 0;
        while (same < m_before.size() && same < m_after.size() && m_before[same] == m_after[same])
            ++same;
        int tail = 0;
        while (tail < m_before.size() - same && tail < m_after.size() - same
               && m_before[m_before.size() - 1 - tail] == m_after[m_after.size() - 1 - tail])
            ++tail;
        m_from = same;
        m_oldCount = int(m_before.size()) - same - tail;
        m_newCount = int(m_after.size()) - same - tail;
        QList<DiffLine> lines;
        for (int i = 0; i < same; ++i)
            lines << line(DiffLine::Kind::Same, i, i);
        lines += search() ? walkBack() : block();
        for (int i = 0; i < tail; ++i)
            lines << line(DiffLine::Kind::Same, int(m_before.size()) - tail + i,
                          int(m_after.size()) - tail + i);
        return lines;
    }

private:
    DiffLine line(DiffLine::Kind kind, int before, int after) const
    {
        const QByteArray &text = kind == DiffLine::Kind::Added ? m_after[after] : m_before[before];
        return {kind, QString::fromUtf8(text), kind == DiffLine::Kind::Added ? 0 : before + 1,
                kind == DiffLine::Kind::Removed ? 0 : after + 1};
    }

    bool isSame(int x, int y) const { return m_before[m_from + x] == m_after[m_from + y]; }

    /// True when an end was found; m_trace then has the furthest points of every round.
    bool search()
    {
        const int most = qMin(mostEdits, m_oldCount + m_newCount);
        QList<int> furthest(2 * most + 3, 0);
        const int middle = most + 1;
        for (int edits = 0; edits <= most; ++edits) {
            m_trace << furthest.mid(middle - edits - 1, 2 * edits + 3);
            for (int k = -edits; k <= edits; k += 2) {
                const bool isDown = k == -edits
                    || (k != edits && furthest[middle + k - 1] < furthest[middle + k + 1]);
                int x = isDown ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
                int y = x - k;
                while (x < m_oldCount && y < m_newCount && isSame(x, y)) {
                    ++x;
                    ++y;
                }
                furthest[middle + k] = x;
                if (x >= m_oldCount && y >= m_newCount)
                    return true;
            }
        }
        return false;
    }

    QList<DiffLine> walkBack() const
    {
        QList<DiffLine> lines;
        int x = m_oldCount, y = m_newCount;
        for (int edits = int(m_trace.size()) - 1; edits >= 0; --edits) {
            const auto at = [&](int k) { return m_trace[edits][k + edits + 1]; };
            const int k = x - y;
            const bool isDown = k == -edits || (k != edits && at(k - 1) < at(k + 1));
            const int oldX = edits == 0 ? 0 : (isDown ? at(k + 1) : at(k - 1));
            const int oldY = edits == 0 ? 0 : oldX - (isDown ? k + 1 : k - 1);
            while (x > oldX && y > oldY) {
                --x;
                --y;
                lines << line(DiffLine::Kind::Same, m_from + x, m_from + y);
            }
            if (edits > 0)
                lines << (isDown ? line(DiffLine::Kind::Added, 0, m_from + oldY)
                                 : line(DiffLine::Kind::Removed, m_from + oldX, 0));
            x = oldX;
            y = oldY;
        }
        std::reverse(lines.begin(), lines.end());
        return lines;
    }

    QList<DiffLine> block() const
    {
        QList<DiffLine> lines;
        for (int i = 0; i < m_oldCount; ++i)
            lines << line(DiffLine::Kind::Removed, m_from + i, 0);
        for (int i = 0; i < m_newCount; ++i)
            lines << line(DiffLine::Kind::Added, 0, m_from + i);
        return lines;
    }

    const QList<QByteArray> &m_before, &m_after;
    int m_from = 0, m_oldCount = 0, m_newCount = 0;
    QList<QList<int>> m_trace;
};

/// Only what is near a change; the rest is one gap.
QList<DiffLine> nearChanges(const QList<DiffLine> &lines, int context)
{
    QList<bool> isNear(lines.size(), false);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffLine::Kind::Same)
            continue;
        for (qsizetype j = qMax(qsizetype(0), i - context);
             j <= qMin(lines.size() - 1, i + context); ++j)
            isNear[j] = true;
    }
    QList<DiffLine> kept;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (isNear[i]) {
            kept << lines[i];
            kept.last().text = oneLine(kept.last().text, longestShown);
        } else if (kept.isEmpty() || kept.last().kind != DiffLine::Kind::Gap) {
            kept << DiffLine{DiffLine::Kind::Gap, {}, 0, 0};
        }
    }
    return kept;
}

QList<QByteArray> linesOf(const QByteArray &text)
{
    return (text.endsWith('\n') ? text.chopped(1) : text).split('\n');
}

} // namespace

QList<DiffLine> lineDifference(const QByteArray &before, const QByteArray &after, int context)
{
    if (before == after)
        return {};
    const QList<QByteArray> old = linesOf(before), now = linesOf(after);
    return nearChanges(LineComparison(old, now).run(), context);
}

} // namespace Treewarden
