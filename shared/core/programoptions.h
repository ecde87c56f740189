// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/exitcode.h"
#include "shared/core/settings.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <optional>

namespace Treewarden {

/// The command line of one program: its own options beside those that every program understands
/// (--help, --version,
/// --config, --redis, --log-level).
class ProgramOptions
{
    Q_DECLARE_TR_FUNCTIONS(ProgramOptions)
public:
    /// `side` chooses the INI file (see readSettings()).
    ProgramOptions(const QString &program, const QString &description, const QString &side);

    /// To add the program's own options and positional arguments, and to ask for their values after
    /// read().
    QCommandLineParser &parser() { return m_parser; }

    const QCommandLineParser &parser() const { return m_parser; }

    /// Parses, answers --help and --version on stdout, reads the settings, starts the log and logs
    /// the settings' warnings. Gives the exit code when the program has nothing more to do; an
    /// error was then printed as one line on stderr.
    std::optional<ExitCode> read(const QStringList &arguments);

    /// The code to leave with when the value of `option` is wrong: Usage when it was given on the
    /// command line, else BadConfiguration.
    ExitCode codeForWrong(const QString &option) const;

    const Settings &settings() const { return m_settings; }

private:
    QString m_program, m_side;
    QCommandLineParser m_parser;
    Settings m_settings;
};

/// Prints "PROGRAM: sentence" as one line on stderr and gives `code` back, for `return fail(…)` in
/// a main function.
ExitCode fail(const QString &program, const Error &error, ExitCode code);

} // namespace Treewarden
