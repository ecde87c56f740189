// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QAction;
class QMenu;
class QPushButton;

namespace Treewarden {

class Preferences;
class TimeBadge;
class TimeSlider;
class TimeSource;
class TonedLabel;

/// The lowest band of the window: whether it is live or the past that is shown, the time slider,
/// the clock, and what lets the past go on.
class TimeBar : public QWidget
{
    Q_OBJECT
public:
    TimeBar(TimeSource &source, Preferences &preferences, QWidget *parent = nullptr);

    TimeSlider *slider() const { return m_slider; }

    /// The choices of spans and speeds, to stand in the menu of the window too.
    QMenu *spanMenu() const { return m_spans; }

    QMenu *speedMenu() const { return m_speeds; }

    /// Begins to play or ends it; while live it holds this moment.
    void togglePlay();

    QString clockText() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makeMenus();
    void refresh();
    void showClock();
    void setSpan(const QString &name);

    TimeSource &m_source;
    Preferences &m_preferences;
    TimeBadge *m_badge;
    QMenu *m_spans, *m_speeds;
    QPushButton *m_span, *m_play, *m_speed, *m_back;
    TimeSlider *m_slider;
    TonedLabel *m_clock;
    QTimer m_seconds;
};

} // namespace Treewarden
