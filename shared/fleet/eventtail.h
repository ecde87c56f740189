// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetreading.h"
#include "shared/fleet/keyasker.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Treewarden {

/// Follows the `events` stream from its last id whenever somebody says that it has grown.
class EventTail : public QObject
{
    Q_OBJECT
public:
    EventTail(KeyAsker &asker, Complaints &complaints, QObject *parent = nullptr);

    /// Takes the newest events of a snapshot (XREVRANGE); gives them back, newest first.
    QList<Event> begin(const RedisValue &newest);
    /// The stream has grown; several calls within a blink are one reading, and readings keep a
    /// distance. Before resume() it waits.
    void readSoon();
    void resume();
    /// A gap: what was asked for will not be answered.
    void pause();
    /// `newest` is the last entry now: a stream that ends before what was read is another one.
    void check(const RedisValue &newest);

Q_SIGNALS:
    void added(const QList<Event> &oldestFirst);
    /// What was told before belongs to a stream that is gone: flushed, or restored from a copy.
    void restarted();

private:
    void read();
    void take(QList<Event> oldestFirst);

    KeyAsker &m_asker;
    Complaints &m_complaints;
    QTimer m_timer;
    QElapsedTimer m_sinceRead;
    QString m_lastId;
    int m_rounds = 0;
    bool m_isPaused = true, m_isReading = false, m_mustRead = false;
};

} // namespace Treewarden
