// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/discovery/founddaemon.h"

#include "agent/discovery/cgroupunit.h"
#include "agent/probes/hostfile.h"
#include "shared/protocol/role.h"

#include <QRegularExpression>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

bool isSessionOfSshd(const Process &process)
{
    return process.commandLine.startsWith("sshd: ") && !process.commandLine.contains("[listener]");
}

/// Those whose parent is none of them.
QList<const Process *> withoutWorkers(QList<const Process *> found)
{
    const auto isOneOfThem = [all = found](pid_t pid) {
        return std::any_of(all.begin(), all.end(),
                           [pid](const Process *other) { return other->pid == pid; });
    };
    found.removeIf([&](const Process *process) { return isOneOfThem(process->parent); });
    return found;
}

QList<const Process *> topProcesses(QByteArrayView program, const ProcSnapshot &processes)
{
    QList<const Process *> found;
    for (const Process &process : processes.processes()) {
        if (process.runs(program) && !isSessionOfSshd(process))
            found << &process;
    }
    return withoutWorkers(found);
}

/// Those that systemd started for the service of this name.
QList<const Process *> processesOfUnit(QByteArrayView name, const HostPicture &host)
{
    QList<const Process *> found;
    for (const Process &process : host.processes.processes()) {
        if (isUnitNamed(host.units.value(process.pid), name))
            found << &process;
    }
    return withoutWorkers(found);
}

/// Where a client on this machine reaches a listening address.
QString reachable(const QString &address)
{
    if (address == u"0.0.0.0" || address == u"::")
        return u"127.0.0.1"_s;
    return address.startsWith(u"::ffff:") ? address.sliced(7) : address;
}

/// Of a daemon that listens more than once: the role's own port, then the one that its command line
/// says, else the smallest; loopback before other addresses. So the port of a cluster bus (port +
/// 10000) or of an administrator's line never comes first.
QList<Listener> inOrder(QList<Listener> own, const Role &role, int said)
{
    const auto rank = [&role, said](const Listener &one) {
        const QString host = reachable(one.address);
        return std::tuple(one.port == 0, one.port != role.defaultPort, one.port != said, one.port,
                          host != u"127.0.0.1", host);
    };
    std::sort(own.begin(), own.end(),
              [&](const Listener &a, const Listener &b) { return rank(a) < rank(b); });
    return own;
}

FoundDaemon daemonOf(const Process &process, const QString &program, const Role &role,
                     const HostPicture &host, bool isOnly)
{
    const int said = portInCommandLine(process);
    const auto known = socketsOf(host.procRoot, process.pid);
    const QSet<quint64> sockets = known.value_or(QSet<quint64>());
    QList<Listener> own;
    std::copy_if(host.listeners.begin(), host.listeners.end(), std::back_inserter(own),
                 [&](const Listener &one) { return sockets.contains(one.inode); });
    if (!own.isEmpty()) {
        const Listener first = inOrder(own, role, said).first();
        return {program, first.port > 0 ? reachable(first.address) : QString(), first.port,
                first.path};
    }
    if (known)
        return {program, {}, 0, {}}; // its sockets can be read and none of them listens
    const int port = said > 0 ? said : isOnly ? role.defaultPort : 0;
    for (const Listener &one : inOrder(host.listeners, role, said)) {
        if (port > 0 && one.port == port)
            return {program, reachable(one.address), port, {}};
    }
    return {program, {}, 0, {}};
}

} // namespace

QJsonObject FoundDaemon::target() const
{
    if (port == 0)
        return {{u"path"_s, path}};
    QJsonObject target{{u"port"_s, port}};
    if (host != u"127.0.0.1")
        target.insert(u"host"_s, host);
    return target;
}

HostPicture::HostPicture(const ProcSnapshot &allProcesses, const QString &root)
    : processes(allProcesses)
    , procRoot(root)
    , listeners(readListeners(root))
{
    for (const Process &process : processes.processes()) {
        HostFile file(u"%1/%2/cgroup"_s.arg(root).arg(process.pid));
        if (const QByteArray unit = unitOfCgroup(file.read()); !unit.isEmpty())
            units.insert(process.pid, unit);
    }
}

QList<FoundDaemon> findDaemons(const Role &role, const HostPicture &host)
{
    QList<FoundDaemon> daemons;
    for (const QString &program : role.programs) {
        const auto found = topProcesses(program.toUtf8(), host.processes);
        for (const Process *process : found)
            daemons << daemonOf(*process, program, role, host, found.size() == 1);
    }
    if (!daemons.isEmpty())
        return daemons;
    const auto ofUnit = processesOfUnit(role.id.toUtf8(), host);
    for (const Process *process : ofUnit) {
        const QString program = QString::fromUtf8(process->programName());
        daemons << daemonOf(*process, program, role, host, ofUnit.size() == 1);
    }
    return daemons;
}

int portInCommandLine(const Process &process)
{
    static const QRegularExpression form(
        u"(?:--port[= ]|(?:^| )-[pP] ?|--tcp-port[= ]|:)([0-9]{1,5})(?= |$)"_s);
    const auto found = form.match(QString::fromUtf8(process.commandLine.left(4096)));
    const int port = found.hasMatch() ? found.capturedView(1).toInt() : 0;
    return port < 65536 ? port : 0;
}

} // namespace Treewarden
