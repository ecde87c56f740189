// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/workloadseries.h"
#include "shared/fleet/fleetstate.h"

#include <QChartView>

class QLineSeries;
class QValueAxis;

namespace Treewarden {

/// A transition that is drawn into a chart.
struct ChartMark
{
    qint64 time; ///< Unix ms
    Health health;

    friend bool operator==(const ChartMark &, const ChartMark &) = default;
};

/// One line of a chart: what it shows, and the theme's series colour that this meaning has on all
/// charts.
struct ChartLine
{
    Metric metric;
    int colour;
    QString name;
};

/// The plot of a chart: lines by Qt Charts; grid, axis labels, marks and crosshair painted around
/// them. The plots of charts of equal width align to the pixel.
class ChartView : public QChartView
{
    Q_OBJECT
public:
    /// Left of the plot, for the labels of values; right of it; above it, for the shapes of marks;
    /// below it, for times.
    static constexpr int gutter = 44, rightMargin = 12, topMargin = 8, timesHeight = 20;

    explicit ChartView(const QList<ChartLine> &lines, QWidget *parent = nullptr);

    /// Shows `series` from `from` to `to`. `top` is the highest value of the axis after division by
    /// `unit`.
    void draw(const WorkloadSeries &series, qint64 from, qint64 to, double top, double unit);
    void setMarks(const QList<ChartMark> &marks);
    /// Draws the crosshair with a ring around each of `values` (in the axis' unit).
    void setCrosshair(std::optional<qint64> time, const QList<std::optional<double>> &values);
    void setTimesVisible(bool isVisible);

Q_SIGNALS:
    /// The mouse stands over this time (Unix ms).
    void pointedAt(qint64 time);
    void left();

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    struct Drawn
    {
        ChartLine line;
        QList<QLineSeries *>
            stretches; ///< one for each stretch without a gap; those not needed are empty
    };

    QLineSeries *addStretch(Drawn &drawn);
    void placePlot();
    void applyTheme();
    double xOf(qint64 time) const;
    double yOf(double value) const;
    void drawValueAxis(QPainter *painter);
    void drawTimeAxis(QPainter *painter);
    void drawAreas(QPainter *painter);
    void drawMark(QPainter *painter, const ChartMark &mark);

    QList<Drawn> m_lines;
    QValueAxis *m_times, *m_values;
    qint64 m_from = 0, m_to = 1;
    QList<ChartMark> m_marks;
    std::optional<qint64> m_crosshair;
    QList<std::optional<double>> m_crosshairValues;
    bool m_areTimesVisible = false;
};

} // namespace Treewarden
