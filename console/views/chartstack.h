// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/chartpanel.h"

#include <QList>
#include <QWidget>

namespace Treewarden {

/// The charts of a server below one another: one span of time, one crosshair over all, times under
/// the lowest. The mouse or the arrow keys move the crosshair from sample to sample, Escape takes
/// it away.
class ChartStack : public QWidget
{
    Q_OBJECT
public:
    explicit ChartStack(QWidget *parent = nullptr);

    /// Shows `series` from `from` to `to` (Unix ms).
    void draw(const WorkloadSeries &series, qint64 from, qint64 to);
    void setMarks(const QList<ChartMark> &marks);
    void setCrosshair(std::optional<qint64> time);

    std::optional<qint64> crosshair() const { return m_crosshair; }

    const QList<ChartPanel *> &panels() const { return m_panels; }

Q_SIGNALS:
    void crosshairMoved(std::optional<qint64> time);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void pointAt(qint64 time);

    QList<ChartPanel *> m_panels;
    WorkloadSeries m_series; ///< a copy: small, and it outlives no feed
    std::optional<qint64> m_crosshair;
    qint64 m_from = 0;
};

} // namespace Treewarden
