// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/chartspec.h"
#include "console/views/chartview.h"

namespace Treewarden {

/// Another time or server that charts are compared with.
struct ChartComparison
{
    QString name; ///< "the day before", "db-02"; empty: none
    WorkloadTracks tracks;
    qint64 offset = 0; ///< ms by which its times are moved to lie below what is shown
};

/// A card with one chart: title, unit, a legend with the values under the crosshair (else at the
/// right end), and the plot.
class ChartPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ChartPanel(const ChartSpec &spec, QWidget *parent = nullptr);

    void setTracks(const WorkloadTracks &tracks);
    void setComparison(const ChartComparison &comparison);
    /// Shows what it was given, from `from` to `to` (Unix ms).
    void showSpan(qint64 from, qint64 to);

    void setMarks(const QList<ChartMark> &marks) { m_view->setMarks(marks); }

    void setTimesVisible(bool isVisible);
    /// The legend tells the values of this time and the crosshair stands there; without one it
    /// tells those at the moment that is looked at, or at the right end.
    void setCrosshair(std::optional<qint64> time);
    void setMoment(std::optional<qint64> moment);

    const ChartSpec &spec() const { return m_spec; }

    ChartView *view() const { return m_view; }

    /// What the legend shows, "72.7" or "–", one for each line, and one for the comparison.
    QStringList legendValues() const;
    QStringList legendNames() const;

    QString unitText() const { return m_unitText; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct LegendEntry
    {
        QString name, value;
        QColor colour;
        bool isDashed = false;
    };

    void scale();
    QList<ChartCurve> curves() const;
    std::optional<double> valueAt(const Track &track, qint64 time) const;
    QString valueText(qsizetype line) const;
    QList<LegendEntry> legend() const;
    void paintLegend(QPainter *painter, int left, int right, int baseline) const;

    const ChartSpec m_spec;
    ChartView *m_view;
    QList<Track> m_lines; ///< of each line of the spec
    Track m_silence, m_compared;
    QString m_comparedName;
    qint64 m_from = 0, m_to = 1, m_longestStep = 2500;
    bool m_areSamples = true;
    double m_total = 0; ///< the server's memory, bytes
    double m_unit = 1; ///< values are divided by this
    double m_top = 100;
    QString m_unitText;
    std::optional<qint64> m_crosshair, m_moment;
    QList<std::optional<double>> m_values; ///< of the legend, in the chart's unit
};

} // namespace Treewarden
