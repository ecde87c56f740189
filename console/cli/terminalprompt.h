// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Treewarden {

/// Whether what is typed is seen.
enum class Echo { On, Off };

/// True when somebody sits at the terminal of this process, whatever standard input and output are.
bool hasTerminal();

/// True when a person, not a script, gives the input: then there may be questions.
bool isInteractive();

/// Asks on the terminal (/dev/tty) and reads one line, without its end. Nothing without a terminal,
/// at its end (Ctrl+D), or for more than 1,000 bytes. Ctrl+C ends the program, with the terminal as
/// it was.
std::optional<QByteArray> askOnTerminal(const QString &question, Echo echo);

} // namespace Treewarden
