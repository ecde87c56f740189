// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace Treewarden {

class PastBanner;
class Preferences;
class TimeBar;
class TimeSource;

/// Everything in a window that travels in time: banner, bar, menu and keys; the window's title
/// names the moment.
class TimeControls : public QObject
{
    Q_OBJECT
public:
    TimeControls(TimeSource &source, Preferences &preferences, QWidget *window);

    PastBanner *banner() const { return m_banner; }

    TimeBar *bar() const { return m_bar; }

    /// Fills the menu; its shortcuts hold for the whole window.
    void fillMenu(QMenu *menu);

    void goTo(qint64 moment);
    void askForMoment();

Q_SIGNALS:
    /// Live is shown again: the page that says what is wrong now is wanted.
    void problemsRequested();

protected:
    /// Space lets the past go on, where nobody else takes it.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();

    TimeSource &m_source;
    QWidget *m_window;
    PastBanner *m_banner;
    TimeBar *m_bar;
    QAction *m_play = nullptr, *m_live = nullptr, *m_known = nullptr;
};

} // namespace Treewarden
