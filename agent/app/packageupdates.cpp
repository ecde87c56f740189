// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/packageupdates.h"

#include <QDebug>
#include <QFileInfo>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// With 19 it got less than a second of CPU in ten minutes on a host with a load of 20.
constexpr int niceness = 10;

constexpr qsizetype longestAptLine = 4096, mostOutput = 8 * 1024 * 1024;

/// Between fork and exec: the child gives way to everything else on this host, is the first to go
/// when memory runs out, and does not outlive the agent.
void becomeHumble()
{
    constexpr int ofProcess = 1, idle = 3, classShift = 13; // linux/ioprio.h
    setpriority(PRIO_PROCESS, 0, niceness);
    syscall(SYS_ioprio_set, ofProcess, 0, idle << classShift);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        [[maybe_unused]] const ssize_t written = write(file, "1000", 4);
        close(file);
    }
}

} // namespace

PackageUpdates::PackageUpdates(Places places, QObject *parent)
    : QObject(parent)
    , m_places(std::move(places))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish(false); });
}

PackageUpdates::~PackageUpdates()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill();
    m_process->waitForFinished(1000);
}

PackageUpdates::Moments PackageUpdates::moments() const
{
    return {QFileInfo(m_places.lists).lastModified(), QFileInfo(m_places.status).lastModified()};
}

void PackageUpdates::lookIfDue(qint64 now)
{
    if (m_process || m_places.program.isEmpty())
        return;
    if (!QFileInfo(m_places.program).isExecutable())
        return set(std::nullopt);
    const Moments present = moments();
    if (m_askedAt && present == m_seen && now - *m_askedAt < longestAge.count())
        return;
    m_seen = present;
    m_askedAt = now;
    ask();
}

void PackageUpdates::ask()
{
    m_counting = {};
    m_taken = 0;
    m_process = std::make_unique<QProcess>();
    m_process->setProgram(m_places.program);
    // Simulated without the lock, which an administrator's own apt may need at the same time.
    m_process->setArguments({u"--simulate"_s, u"-qq"_s, u"-o"_s, u"Debug::NoLocking=true"_s,
                             u"-o"_s, u"APT::Get::Show-User-Simulation-Note=false"_s,
                             u"dist-upgrade"_s});
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, u"/usr/sbin:/usr/bin:/sbin:/bin"_s);
    environment.insert(u"LC_ALL"_s, u"C"_s);
    m_process->setProcessEnvironment(environment);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->setChildProcessModifier(becomeHumble);
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &PackageUpdates::takeOutput);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this] { finish(false); });
    connect(m_process.get(), &QProcess::finished, this, [this](int code, QProcess::ExitStatus how) {
        finish(how == QProcess::NormalExit && code == 0);
    });
    m_deadline.start(longestRun);
    m_process->start();
}

void PackageUpdates::takeOutput()
{
    while (m_process
           && (m_process->canReadLine() || m_process->bytesAvailable() > longestAptLine)) {
        const QByteArray line = m_process->readLine(longestAptLine);
        countAptLine(QByteArrayView(line).trimmed(), &m_counting);
        m_taken += line.size();
        if (m_taken > mostOutput)
            return finish(false);
    }
}

void PackageUpdates::finish(bool isGood)
{
    if (!m_process)
        return;
    if (isGood)
        takeOutput();
    if (!m_process)
        return; // it had printed too much
    if (isGood)
        countAptLine(QByteArrayView(m_process->readAll()).trimmed(), &m_counting);
    m_deadline.stop();
    // It may be what calls us: it goes when that has returned.
    QProcess *const process = m_process.release();
    process->disconnect(this);
    process->setParent(this);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
    } else {
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        process->kill();
    }
    if (!isGood)
        qDebug().noquote() << u"apt did not tell which packages wait to be updated"_s;
    set(isGood ? std::optional(m_counting) : std::nullopt);
}

void PackageUpdates::set(std::optional<PendingUpdates> found)
{
    if (found == m_found)
        return;
    m_found = found;
    Q_EMIT changed();
}

} // namespace Treewarden
