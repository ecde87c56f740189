// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/chartpainter.h"

#include <QPixmap>
#include <QWidget>

namespace Treewarden {

/// The plot of a chart: lines, grid, axis labels, marks and crosshair. The plots of charts of equal
/// width align to the pixel. Lines and grid are kept as a picture; a crosshair costs no more than
/// itself.
///
/// The mouse drags the time along; with Shift, or on the axis, it selects; the wheel moves, with
/// Ctrl it zooms; a double click goes back.
class ChartView : public QWidget
{
    Q_OBJECT
public:
    /// Left of the plot, for the labels of values; right of it; above it, for the shapes of marks;
    /// below it, for times.
    static constexpr int gutter = 44, rightMargin = 12, topMargin = 8, timesHeight = 20;

    explicit ChartView(QWidget *parent = nullptr);

    void draw(const ChartPicture &picture);
    void setMarks(const QList<ChartMark> &marks);
    /// Draws the crosshair with a ring around each of `values` (in the axis' unit).
    void setCrosshair(std::optional<qint64> time, const QList<std::optional<double>> &values);
    /// A moment of the past that is looked at: violet, and what came after it is pale.
    void setMoment(std::optional<qint64> moment);
    void setSelection(std::optional<std::pair<qint64, qint64>> selection);
    void setTimesVisible(bool isVisible);

    /// Off while it is drawn for another device than its screen.
    void setCached(bool isCached) { m_isCached = isCached; }

    const ChartPicture &picture() const { return m_picture; }

    QRect plot() const;

    /// The marks that stand near this time, at most `most`, the nearest first.
    QList<ChartMark> marksNear(qint64 time) const;

Q_SIGNALS:
    /// The mouse stands over this time (Unix ms).
    void pointedAt(qint64 time);
    void left();
    void panned(qint64 distance);
    void zoomed(double factor, qint64 around);
    /// What would be selected now.
    void selecting(qint64 from, qint64 to);
    void selected(qint64 from, qint64 to);
    void resetRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    enum class Drag { None, Pan, Select };

    void redraw();
    ChartPainter painterOf() const;
    double clampedX(const QMouseEvent *event) const;
    void drawCrosshair(QPainter *painter) const;
    void drawPast(QPainter *painter) const;
    void drawSelection(QPainter *painter) const;

    ChartPicture m_picture;
    QPixmap m_cache;
    QList<ChartMark> m_marks;
    std::optional<qint64> m_crosshair, m_moment;
    std::optional<std::pair<qint64, qint64>> m_selection;
    QList<std::optional<double>> m_crosshairValues;
    bool m_areTimesVisible = false, m_isCached = true;
    Drag m_drag = Drag::None;
    QPoint m_pressed;
    qint64 m_dragTime = 0; ///< where a selection began
    double m_dragX = 0;
};

} // namespace Treewarden
