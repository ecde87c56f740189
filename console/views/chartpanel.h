// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/chartview.h"

#include <QWidget>

namespace Treewarden {

/// How the values of a chart are scaled and called.
enum class ChartScale {
    Percent, ///< 0 to 100
    Memory, ///< GiB of what the server has
    Number, ///< as high as the highest
    Rate, ///< bytes a second, in the unit that fits the highest
};

struct ChartSpec
{
    QString title;
    QString unit; ///< of Percent and Number; the others name theirs by what they show
    ChartScale scale = ChartScale::Percent;
    QList<ChartLine> lines;
};

/// A card with one chart: title, unit, a legend with the values under the crosshair (else at the
/// right end), and the plot.
class ChartPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ChartPanel(const ChartSpec &spec, QWidget *parent = nullptr);

    void draw(const WorkloadSeries &series, qint64 from, qint64 to);

    void setMarks(const QList<ChartMark> &marks) { m_view->setMarks(marks); }

    void setTimesVisible(bool isVisible);
    /// The legend tells the values of this time and the crosshair stands there; without one it
    /// tells those at the right end.
    void setCrosshair(const WorkloadSeries &series, std::optional<qint64> time);

    const ChartSpec &spec() const { return m_spec; }

    ChartView *view() const { return m_view; }

    /// What the legend shows, "72.7" or "–", one for each line.
    QStringList legendValues() const;

    QString unitText() const { return m_unitText; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void scale(const WorkloadSeries &series, qint64 from, qint64 to);
    QString valueText(qsizetype line) const;
    void paintLegend(QPainter *painter, int right, int baseline);

    ChartSpec m_spec;
    ChartView *m_view;
    double m_unit = 1; ///< values are divided by this
    double m_top = 100;
    QString m_unitText;
    qint64 m_now = 0; ///< right end of the plot
    QList<std::optional<double>> m_values; ///< of the legend, in the chart's unit
};

} // namespace Treewarden
