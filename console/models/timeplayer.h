// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Treewarden {

/// Lets a moment go on, some times as fast as it did.
class TimePlayer : public QObject
{
    Q_OBJECT
public:
    explicit TimePlayer(QObject *parent = nullptr);

    void play();
    void pause();

    bool isPlaying() const { return m_timer.isActive(); }

    int speed() const { return m_speed; }

    void setSpeed(int speed);

Q_SIGNALS:
    /// So many ms of the time that is played have passed.
    void passed(qint64 time);
    /// isPlaying() or speed() changed.
    void changed();

private:
    QTimer m_timer;
    QElapsedTimer m_played;
    int m_speed = 60;
};

} // namespace Treewarden
