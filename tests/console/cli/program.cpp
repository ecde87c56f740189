// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/cli/program.h"

#include <QProcessEnvironment>

void prepareProgram(QProcess &process, const QString &url)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TREEWARDEN_REDIS"), url);
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.remove(QStringLiteral("LANGUAGE"));
    environment.remove(QStringLiteral("SUDO_USER"));
    process.setProcessEnvironment(environment);
    process.setProgram(QStringLiteral(PROGRAM));
}

ProgramRun runProgram(const QString &url, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    prepareProgram(process, url);
    process.setArguments(arguments);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000))
        qFatal("treewarden %s does not end", qPrintable(arguments.join(QLatin1Char(' '))));
    if (process.exitStatus() != QProcess::NormalExit)
        qFatal("treewarden %s crashed", qPrintable(arguments.join(QLatin1Char(' '))));
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}
