// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/chartpanel.h"

class QVBoxLayout;

namespace Treewarden {

/// The charts of a server below one another: one span of time, one crosshair over all, times under
/// the lowest.
///
/// Keys: the arrows and pages move through the time, Home and End go to its ends, + and - zoom, 0
/// goes back to the range, Alt with the arrows back and forward; Shift with the arrows moves the
/// crosshair from point to point, Escape takes it away.
class ChartStack : public QWidget
{
    Q_OBJECT
public:
    explicit ChartStack(QWidget *parent = nullptr);

    /// Other charts; those that stay keep what they show.
    void setSpecs(const QList<ChartSpec> &specs);
    void setTracks(const WorkloadTracks &tracks);
    void setComparison(const ChartComparison &comparison);
    /// Shows what it was given, from `from` to `to` (Unix ms).
    void showSpan(qint64 from, qint64 to);
    void setMarks(const QList<ChartMark> &marks);
    void setCrosshair(std::optional<qint64> time);
    /// A moment of the past that is looked at; nothing: now.
    void setMoment(std::optional<qint64> moment);

    std::optional<qint64> crosshair() const { return m_crosshair; }

    const QList<ChartPanel *> &panels() const { return m_panels; }

Q_SIGNALS:
    void crosshairMoved(std::optional<qint64> time);
    void panned(qint64 distance);
    void zoomed(double factor, qint64 around);
    void selected(qint64 from, qint64 to);
    void beginRequested();
    void endRequested();
    void resetRequested();
    void backRequested();
    void forwardRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    ChartPanel *makePanel(const ChartSpec &spec);
    void pointAtTime(qint64 time);
    void stepCrosshair(int steps);
    bool moveByKey(const QKeyEvent *event);
    const Track &clock() const;

    QVBoxLayout *m_column;
    QList<ChartPanel *> m_panels;
    WorkloadTracks m_tracks;
    ChartComparison m_comparison;
    QList<ChartMark> m_marks;
    std::optional<qint64> m_crosshair, m_moment;
    qint64 m_from = 0, m_to = 1;
};

} // namespace Treewarden
