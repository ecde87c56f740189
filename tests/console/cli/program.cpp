// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/cli/program.h"

#include <QElapsedTimer>
#include <QProcessEnvironment>

#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

static constexpr int longestRun = 60'000; // ms

static QProcessEnvironment programEnvironment(const QString &url, const Variables &variables)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TREEWARDEN_REDIS"), url);
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.remove(QStringLiteral("LANGUAGE"));
    environment.remove(QStringLiteral("SUDO_USER"));
    environment.remove(QStringLiteral("TREEWARDEN_KEY"));
    environment.remove(QStringLiteral("TREEWARDEN_KEY_PASSPHRASE_FILE"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/nowhere"));
    for (auto variable = variables.begin(); variable != variables.end(); ++variable)
        environment.insert(variable.key(), *variable);
    return environment;
}

void prepareProgram(QProcess &process, const QString &url, const Variables &variables)
{
    process.setProcessEnvironment(programEnvironment(url, variables));
    process.setProgram(QStringLiteral(PROGRAM));
    process.setChildProcessModifier([] { ::setsid(); });
}

ProgramRun runProgram(const QString &url, const QStringList &arguments, const QByteArray &input,
                      const Variables &variables)
{
    QProcess process;
    prepareProgram(process, url, variables);
    process.setArguments(arguments);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(longestRun))
        qFatal("treewarden %s does not end", qPrintable(arguments.join(QLatin1Char(' '))));
    if (process.exitStatus() != QProcess::NormalExit)
        qFatal("treewarden %s crashed", qPrintable(arguments.join(QLatin1Char(' '))));
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

static void startOnTerminal(const QString &url, const QStringList &arguments,
                            const Variables &variables)
{
    const QStringList given = programEnvironment(url, variables).toStringList();
    QList<QByteArray> texts{PROGRAM}, environment;
    for (const QString &argument : arguments)
        texts << argument.toUtf8();
    for (const QString &variable : given)
        environment << variable.toUtf8();
    QList<char *> words, settings;
    for (QByteArray &text : texts)
        words << text.data();
    for (QByteArray &text : environment)
        settings << text.data();
    words << nullptr;
    settings << nullptr;
    ::execve(PROGRAM, words.data(), settings.data());
    ::_exit(127);
}

ProgramRun runOnTerminal(const QString &url, const QStringList &arguments,
                         const QList<Typed> &typed, const Variables &variables)
{
    int terminal = -1;
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child < 0)
        qFatal("there is no pseudo terminal");
    if (child == 0)
        startOnTerminal(url, arguments, variables);
    ProgramRun run;
    QElapsedTimer clock;
    clock.start();
    qsizetype next = 0, from = 0;
    for (;;) {
        if (clock.hasExpired(longestRun))
            qFatal("treewarden does not end on its terminal: %s", run.output.constData());
        pollfd source{terminal, POLLIN, 0};
        char part[4096];
        const ssize_t count
            = ::poll(&source, 1, 1000) > 0 ? ::read(terminal, part, sizeof part) : -2;
        if (count == -1 || count == 0)
            break; // EIO: the program has left
        run.output.append(part, count > 0 ? count : 0);
        while (next < typed.size() && run.output.indexOf(typed[next].after, from) >= 0) {
            from = run.output.indexOf(typed[next].after, from) + typed[next].after.size();
            const QByteArray text = typed[next++].text;
            if (::write(terminal, text.constData(), size_t(text.size())) != text.size())
                qFatal("cannot type");
        }
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(terminal);
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}
