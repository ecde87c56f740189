// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/chartmark.h"
#include "console/models/workloadtracks.h"
#include "console/views/theme.h"

#include <span>

class QPainter;

namespace Treewarden {

/// One line that is drawn.
struct ChartCurve
{
    Track track;
    int colour = 0; ///< of the theme's series; below 0: the pale text's
    bool isDashed = false; ///< compared with, not measured here and now
    bool hasBand = true; ///< its least and most are drawn around the average
};

/// What a chart shows: the values of its lines over a span of time.
struct ChartPicture
{
    QList<ChartCurve> curves;
    Track silence; ///< times at which something was measured: curves without a value are marked
    qint64 from = 0, to = 1; ///< Unix ms
    qint64 longestStep = 2500; ///< a longer distance between two points is a gap
    double top = 100; ///< highest value of the axis, after division by `unit`
    double unit = 1;
};

/// Draws a chart: where in the plot a time and a value stand, lines, grid, axes, marks.
class ChartPainter
{
public:
    /// All are kept by reference.
    ChartPainter(const ChartPicture &picture, const QRect &plot, const Theme &theme);

    double xOf(qint64 time) const;
    /// `value` before division by the unit.
    double yOf(double value) const;
    qint64 timeAt(double x) const;
    QColor colourOf(const ChartCurve &curve) const;

    /// Everything that only changes with the values; `timesUntil`: times stand below the plot, up
    /// to this x.
    void drawPicture(QPainter *painter, std::optional<int> timesUntil) const;
    void drawMarks(QPainter *painter, const QList<ChartMark> &marks) const;
    /// Dotted lines at clock times and, with `timesUntil`, what they are called below the plot.
    void drawTimeAxis(QPainter *painter, std::optional<int> timesUntil) const;

private:
    /// Points without a gap between them.
    using Stretch = std::span<const TrackPoint>;

    enum class Part { Area, Band, Line };

    void drawValueAxis(QPainter *painter) const;
    void drawCurve(QPainter *painter, const ChartCurve &curve, Part part) const;
    void drawLine(QPainter *painter, Stretch stretch, const ChartCurve &curve) const;
    void drawArea(QPainter *painter, Stretch stretch, QColor colour) const;
    void drawBand(QPainter *painter, Stretch stretch, QColor colour) const;
    template<typename Heights>
    void fillColumns(QPainter *painter, Stretch stretch, const QColor &colour,
                     Heights heights) const;
    void drawSilence(QPainter *painter) const;
    void drawSilenceOf(QPainter *painter, const ChartCurve &curve, double y) const;
    void drawMark(QPainter *painter, const ChartMark &mark) const;

    const ChartPicture &m_picture;
    const QRect m_plot;
    const Theme &m_theme;
};

} // namespace Treewarden
