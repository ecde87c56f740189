// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <initializer_list>

class QSocketNotifier;

namespace Treewarden {

/// Turns Unix signals (SIGTERM, SIGINT, SIGHUP …) into a Qt signal in the event loop, through a
/// signalfd. The signals are blocked for the process while the object lives: create it before any
/// thread and any child process.
class UnixSignals : public QObject
{
    Q_OBJECT
public:
    explicit UnixSignals(std::initializer_list<int> numbers, QObject *parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    void received(int number);

private:
    void readSignals();

    int m_descriptor = -1;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace Treewarden
