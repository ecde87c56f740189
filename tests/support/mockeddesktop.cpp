// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/mockeddesktop.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int desktopPatience = 30'000; // ms

void launch(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    if (!process.waitForStarted(desktopPatience))
        qFatal("%s does not start", qPrintable(program));
}

} // namespace

MockedDesktop::MockedDesktop()
{
    const QString socket = m_folder.filePath(u"bus"_s);
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + socket.toUtf8());
    qputenv("XDG_CURRENT_DESKTOP", "KDE");
    qputenv("KDE_SESSION_VERSION", "5");
    launch(m_bus, u"dbus-daemon"_s,
           {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--address=unix:path="_s + socket});
    if (!QTest::qWaitFor([&] { return QFile::exists(socket); }, desktopPatience))
        qFatal("the bus does not start");
    launch(m_desktop, u"/usr/bin/python3"_s, {QStringLiteral(DESKTOP_MOCK)});
    readUntil("ready");
}

MockedDesktop::~MockedDesktop()
{
    for (QProcess *process : {&m_desktop, &m_bus}) {
        process->kill();
        process->waitForFinished(desktopPatience);
    }
}

QByteArray MockedDesktop::tell(const QByteArray &command)
{
    m_desktop.write(command + '\n');
    return readUntil("done");
}

QByteArray MockedDesktop::readUntil(const QByteArray &line)
{
    QByteArray before;
    for (;;) {
        while (m_desktop.canReadLine()) {
            const QByteArray read = m_desktop.readLine();
            if (read.trimmed() == line)
                return before;
            before += read;
        }
        if (!m_desktop.waitForReadyRead(desktopPatience))
            qFatal("the desktop of the test does not answer");
    }
}

} // namespace Treewarden
