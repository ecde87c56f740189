// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <span>

namespace Treewarden {

/// One of the lengths of time that charts are shown for.
struct ChartRange
{
    QString id; ///< "live", "1h" … as it is remembered
    qint64 length; ///< ms
};

/// The ranges from the shortest, which is live, to two years.
std::span<const ChartRange> chartRanges();
/// What a range is called on its button: "Live", "1 h".
QString chartRangeText(const ChartRange &range);

/// Which part of the time the charts look at: it follows now or stands still; all that moves it is
/// here, and the way back. Times in Unix ms.
class ChartWindow
{
public:
    static constexpr qint64 shortest = 10'000, longest = qint64{735} * 86'400'000;

    /// Follows now with this length; 0: the shortest range.
    explicit ChartWindow(qint64 length = 0);

    /// Follows now with this length.
    void setRange(qint64 length);

    /// The right end of all that can be shown: now, or where a server fell silent.
    void setEnd(qint64 end) { m_end = end; }

    /// How far back it goes, at most; 0: two years.
    void setBegin(qint64 begin) { m_begin = begin; }

    qint64 from() const { return to() - m_view.length; }

    qint64 to() const { return m_view.to.value_or(m_end); }

    qint64 length() const { return m_view.length; }

    /// The length that was chosen last; zooming does not change it.
    qint64 range() const { return m_range; }

    bool isFollowing() const { return !m_view.to; }

    /// The last range, untouched, follows now.
    bool isAtRange() const { return isFollowing() && m_view.length == m_range; }

    /// Later by so many ms, earlier when negative. Moves that follow one another are one step back.
    void pan(qint64 distance);
    /// Longer (`factor` above 1) or shorter, while `around` stays where it is.
    void zoom(double factor, qint64 around);
    void select(qint64 from, qint64 to);
    void goToBegin();
    /// To the right end, with the same length.
    void goLive();
    /// To the range that was chosen.
    void reset();

    bool canGoBack() const { return !m_back.isEmpty(); }

    bool canGoForward() const { return !m_forward.isEmpty(); }

    void goBack();
    void goForward();

private:
    struct View
    {
        qint64 length;
        std::optional<qint64> to; ///< nothing: now

        friend bool operator==(const View &, const View &) = default;
    };

    enum class Move { Step, Glide }; ///< glides that follow one another are one step

    void look(View view, Move move);
    View bounded(View view) const;

    View m_view;
    qint64 m_range, m_end = 0, m_begin = 0;
    QList<View> m_back, m_forward;
    Move m_last = Move::Step;
};

} // namespace Treewarden
