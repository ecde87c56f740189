// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Treewarden {

class ChartStack;

/// The times of charts below them, while the chart that shows them is scrolled out of sight.
class TimeStrip : public QWidget
{
    Q_OBJECT
public:
    explicit TimeStrip(ChartStack &charts, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ChartStack &m_charts;
};

} // namespace Treewarden
