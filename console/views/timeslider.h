// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/timestrip.h"

#include <QWidget>

namespace Treewarden {

class TimeSource;

/// The span of time that can be looked at: how much happened when, where things died, and the
/// moment that is shown, which the mouse or the arrow keys move. Its right end is now.
class TimeSlider : public QWidget
{
    Q_OBJECT
public:
    explicit TimeSlider(TimeSource &source, QWidget *parent = nullptr);

    /// How much time is shown, ms; 0: all that events tell of.
    void setSpan(qint64 span);

    qint64 from() const { return m_from; }

    qint64 to() const { return m_to; }

    /// Where a time stands, in pixels, and what time stands there.
    double xOf(qint64 time) const;
    qint64 timeAt(double x) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// Takes the present moment from the source.
    void refresh();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    static constexpr int trackSide = 10; ///< px beside the track: half of the handle and its ring

    /// One shape above the strip.
    struct Mark
    {
        double x;
        Health health;
    };

    void readStrip();
    void showSpan();
    void pointAt(double x);
    void moveBy(double share);
    QString hint(const QPoint &place) const;
    void paintTicks(QPainter *painter) const;
    void paintStrip(QPainter *painter) const;
    void paintTrack(QPainter *painter) const;
    QList<Mark> marks() const;

    TimeSource &m_source;
    qint64 m_span;
    qint64 m_from = 0, m_to = 1;
    QList<StripBin> m_bins;
    bool m_isStripOld = true;
};

} // namespace Treewarden
