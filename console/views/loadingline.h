// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace Treewarden {

/// A thin line that tells how far a loading has come once it takes longer than people wait without
/// a sign. It keeps its place: nothing moves when it comes and goes.
class LoadingLine : public QWidget
{
    Q_OBJECT
public:
    explicit LoadingLine(QWidget *parent = nullptr);

    /// 0 to 1.
    void setProgress(bool isLoading, double progress);

    bool isShown() const { return m_isShown; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QTimer m_patience;
    bool m_isLoading = false, m_isShown = false;
    double m_progress = 0;
};

} // namespace Treewarden
