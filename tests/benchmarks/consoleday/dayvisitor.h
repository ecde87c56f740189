// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/consoleday/dayrecord.h"

#include <QProcess>

namespace Treewarden {

/// Somebody at the console under test: presses its keys on the X server that it is on, and asks it
/// how it stands.
class DayVisitor
{
public:
    /// `environment` names the X server.
    DayVisitor(QProcess &console, const QProcessEnvironment &environment);

    /// Goes once through all pages and some dialogs, back to the overview.
    void walk();
    /// Turns the light off and on, or the language to Chinese and back.
    void switchTheme();
    void switchLanguage();
    /// Looks into the past and reads back in events and commands, until the lists are full.
    void fillLists();

    DayMeasure measure();
    ObjectCounts objects();

    bool isConsoleThere() const { return m_console.state() == QProcess::Running; }

private:
    void press(const QStringList &keys, int delay = 60);
    void choose(const QString &entry);
    QByteArray ask(const QByteArray &question);

    QProcess &m_console;
    QProcessEnvironment m_environment;
};

/// The event loop goes on meanwhile.
void wait(int milliseconds);

} // namespace Treewarden
