// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace Treewarden {

class FleetSource;

/// A thin bar at the top of a widget that runs while the first snapshot of a source is on its way
/// and takes longer than 300 ms.
class LoadingBar : public QWidget
{
    Q_OBJECT
public:
    /// Lies over `parent`, as wide as it.
    LoadingBar(FleetSource &source, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();
    bool isLoading() const;

    FleetSource &m_source;
    QTimer m_patience, m_move;
    int m_at = 0; ///< thousandths of the width
};

} // namespace Treewarden
