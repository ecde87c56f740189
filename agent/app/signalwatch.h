// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace Treewarden {

/// Turns SIGTERM, SIGINT and SIGHUP into Qt signals (signalfd). One object in a program.
class SignalWatch : public QObject
{
    Q_OBJECT
public:
    explicit SignalWatch(QObject *parent = nullptr);
    ~SignalWatch() override;

Q_SIGNALS:
    void stopAsked();
    void reloadAsked();

private:
    void read();

    int m_descriptor = -1;
};

} // namespace Treewarden
