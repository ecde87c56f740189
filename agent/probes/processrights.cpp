// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processrights.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

QStringList ProcessRights::sentences() const
{
    QStringList told;
    if (!seesAll)
        told << u"/proc is mounted with hidepid: only processes of the agent's own user are seen; "
                "add its group with the mount option gid="_s;
    else if (!readsAll)
        told << u"/proc/PID/exe of other users is not readable without CAP_SYS_PTRACE: matching "
                "argv[0] instead"_s
             << u"/proc/PID/fd of other users is not readable without CAP_SYS_PTRACE: a port "
                "counts whoever listens on it"_s;
    return told;
}

namespace {

/// CAP_SYS_PTRACE of this process (capabilities(7)).
bool mayTrace(const QString &procRoot)
{
    constexpr int traceBit = 19;
    HostFile file(procRoot + u"/self/status"_s);
    QByteArrayView status = file.read();
    while (!status.isEmpty()) {
        QByteArrayView line = takeLine(&status);
        if (takeWord(&line) == "CapEff:")
            return (takeWord(&line).toByteArray().toULongLong(nullptr, 16) >> traceBit & 1) != 0;
    }
    return false;
}

} // namespace

ProcessRights findProcessRights(const QString &procRoot)
{
    const QByteArray first = QFile::encodeName(procRoot) + "/1";
    char target[PATH_MAX];
    const bool isThere = access(first.constData(), F_OK) == 0;
    const bool isRead = mayTrace(procRoot)
        || readlink((first + "/exe").constData(), target, sizeof target) >= 0
        || (errno != EACCES && errno != EPERM);
    return {isThere, isThere && isRead};
}

std::optional<QByteArray> executableOf(const QByteArray &procRoot, pid_t pid)
{
    const QByteArray link = procRoot + '/' + QByteArray::number(pid) + "/exe";
    char target[PATH_MAX];
    const ssize_t length = readlink(link.constData(), target, sizeof target);
    if (length < 0)
        return errno == EACCES || errno == EPERM ? std::nullopt : std::optional(QByteArray());
    QByteArray path(target, length);
    if (path.endsWith(" (deleted)"))
        path.chop(10);
    return path;
}

pid_t ownPid(const QByteArray &procRoot)
{
    char self[16];
    const ssize_t length = readlink((procRoot + "/self").constData(), self, sizeof self);
    return numberOf<pid_t>(QByteArrayView(self, std::max<ssize_t>(length, 0))).value_or(0);
}

} // namespace Treewarden
