// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/mockedsystemd.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int busPatience = 30'000; // ms

/// A process that is gone with the test.
void startWatched(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.start(program, arguments);
    if (!process.waitForStarted(busPatience))
        qFatal("%s does not start", qPrintable(program));
}

void stop(std::unique_ptr<QProcess> &process)
{
    if (process) {
        process->kill();
        process->waitForFinished(busPatience);
    }
    process.reset();
}

} // namespace

MockedSystemd::MockedSystemd()
{
    startBus();
    startSystemd();
}

MockedSystemd::~MockedSystemd()
{
    stopSystemd();
    stopBus();
}

void MockedSystemd::startBus()
{
    QFile file(m_folder.filePath(u"bus.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the configuration of the bus");
    file.write("<busconfig><type>session</type><listen>" + address().toUtf8()
               + "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                 "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                 "<allow own=\"*\"/></policy></busconfig>");
    file.close();
    m_bus = std::make_unique<QProcess>();
    startWatched(*m_bus, u"dbus-daemon"_s,
                 {u"--config-file="_s + file.fileName(), u"--nofork"_s, u"--nopidfile"_s});
    if (!QTest::qWaitFor([this] { return QFile::exists(socket()); }, busPatience))
        qFatal("the bus does not start");
}

void MockedSystemd::startSystemd()
{
    m_systemd = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SYSTEM_BUS_ADDRESS"_s, address());
    m_systemd->setProcessEnvironment(environment);
    m_systemd->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    startWatched(*m_systemd, u"/usr/bin/python3"_s, {QStringLiteral(SYSTEMD_MOCK)});
    readUntil("ready\n");
}

void MockedSystemd::stopBus()
{
    stop(m_bus);
    QFile::remove(socket());
}

void MockedSystemd::stopSystemd()
{
    stop(m_systemd);
}

void MockedSystemd::signalBus(int number) const
{
    ::kill(pid_t(m_bus->processId()), number);
}

QByteArray MockedSystemd::tell(const QByteArray &command)
{
    m_systemd->write(command + '\n');
    return readUntil("done\n");
}

QByteArray MockedSystemd::readUntil(const QByteArray &line)
{
    QByteArray said;
    while (!said.endsWith(line) && m_systemd->waitForReadyRead(busPatience))
        said += m_systemd->readAllStandardOutput();
    if (!said.endsWith(line))
        qFatal("the systemd of the test says only: %s", said.constData());
    return said.chopped(line.size());
}

} // namespace Treewarden
