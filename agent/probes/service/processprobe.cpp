// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/listentable.h"
#include "agent/probes/parameters.h"
#include "agent/probes/processcount.h"
#include "agent/probes/processrights.h"
#include "agent/probes/processworkload.h"

#include <QFile>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// The process that a pid file names. Read in every round: a daemon writes it again when it starts.
class PidFileProbe : public ServiceProbe
{
public:
    PidFileProbe(const QString &path, ProcessMatcher::Condition condition)
        : m_path(path)
        , m_files{path}
        , m_condition(std::move(condition))
    {
    }

    void check(const ProcSnapshot &processes, Done done) override
    {
        const auto pid = numberOf<pid_t>(HostFile(m_path, 64).read().trimmed());
        CheckResult result = judge(pid, pid ? processes.find(*pid) : nullptr);
        result.files = m_files;
        done(result);
    }

    QString description() const override
    {
        return u"the process of the pid file %1 runs"_s.arg(m_path);
    }

private:
    CheckResult judge(std::optional<pid_t> pid, const Process *process) const
    {
        if (!pid)
            return died(u"the pid file %1 is missing or holds no number"_s.arg(m_path),
                        u"unreadable"_s, 0);
        if (!process)
            return died(u"the process %1 of the pid file %2 is not running"_s.arg(*pid).arg(m_path),
                        u"gone"_s, *pid);
        if (!m_condition(*process))
            return died(
                u"the process %1 of the pid file %2 is another program"_s.arg(*pid).arg(m_path),
                u"other"_s, *pid);
        return CheckResult::isAlive({*pid});
    }

    CheckResult died(const QString &reason, const QString &kind, pid_t pid) const
    {
        return CheckResult::died(reason, u"pidfile."_s + kind,
                                 {{u"path"_s, m_path}, {u"pid"_s, pid}});
    }

    QString m_path;
    QStringList m_files; ///< the same, made once
    ProcessMatcher::Condition m_condition;
};

/// Processes, and a port that one of them listens on, at whatever address. Where the agent may not
/// see who has a socket open, it counts whoever has. The table of listening sockets is read when
/// the processes changed and every 5 s. Without a condition the processes are the port's owners.
class ListeningProcesses : public ProcessCount
{
public:
    ListeningProcesses(ProcessMatcher::Condition condition, const QString &what, int least,
                       int port, const QString &procRoot)
        : ProcessCount(std::move(condition), what, least)
        , m_procRoot(procRoot)
        , m_what(what)
        , m_port(port)
    {
    }

    void check(const ProcSnapshot &processes, Done done) override
    {
        ProcessCount::check(processes, [this, &processes, &done](const CheckResult &counted) {
            if (!counted.alive.value_or(false)) {
                done(counted);
                return;
            }
            look(counted.processes, processes);
            if (m_sockets.isEmpty())
                done(died(counted, u"nothing listens on port %1"_s.arg(m_port), u"process.port"_s));
            else if (!m_isTheirs)
                done(died(
                    counted,
                    u"port %1 is another program's: no process %2 listens on it"_s.arg(m_port).arg(
                        m_what),
                    u"process.portowner"_s));
            else
                done(m_what.isEmpty() ? CheckResult::isAlive(m_owners) : counted);
        });
    }

    QString description() const override
    {
        return m_what.isEmpty()
            ? u"port %1 listens"_s.arg(m_port)
            : ProcessCount::description() + u" and listens on port %1"_s.arg(m_port);
    }

    bool isProcessCheck() const override { return false; }

private:
    CheckResult died(const CheckResult &counted, const QString &reason, const QString &code) const
    {
        CheckResult result
            = CheckResult::died(reason, code, {{u"port"_s, m_port}, {u"what"_s, m_what}});
        result.processes = counted.processes;
        return result;
    }

    void look(const QList<pid_t> &pids, const ProcSnapshot &processes)
    {
        constexpr int roundsBetween = 5;
        const bool hasOwners = std::all_of(m_owners.begin(), m_owners.end(),
                                           [&](pid_t pid) { return processes.find(pid); });
        if (pids == m_pids && hasOwners && !m_sockets.isEmpty() && --m_roundsLeft > 0)
            return;
        m_roundsLeft = roundsBetween;
        const QSet<quint64> sockets = socketsOnPort(m_procRoot, m_port);
        if (sockets == m_sockets && pids == m_pids && hasOwners)
            return;
        m_sockets = sockets;
        m_pids = pids;
        if (m_what.isEmpty()) {
            m_owners = ownersAmong(processes);
            m_isTheirs = true;
        } else {
            m_isTheirs = isOneOfThem(pids, processes);
        }
    }

    /// Their descendants count for them (mysqld_safe starts the mysqld that listens). True too
    /// when the agent may not tell.
    bool isOneOfThem(const QList<pid_t> &pids, const ProcSnapshot &processes) const
    {
        bool mayTell = !pids.isEmpty();
        for (const Process &process : processes.processes()) {
            if (!descendsFrom(pids, process, processes))
                continue;
            const auto open = socketsOf(m_procRoot, process.pid);
            if (open && open->intersects(m_sockets))
                return true;
            mayTell = mayTell && open;
        }
        return !mayTell;
    }

    static bool descendsFrom(const QList<pid_t> &pids, const Process &process,
                             const ProcSnapshot &processes)
    {
        constexpr int deepest = 16;
        const Process *ancestor = &process;
        for (int depth = 0; ancestor && depth < deepest; ++depth) {
            if (pids.contains(ancestor->pid))
                return true;
            ancestor = processes.find(ancestor->parent);
        }
        return false;
    }

    QList<pid_t> ownersAmong(const ProcSnapshot &processes) const
    {
        constexpr qsizetype mostPortOwners = 64;
        QList<pid_t> owners;
        for (const Process &process : processes.processes()) {
            const auto open = socketsOf(m_procRoot, process.pid);
            if (open && open->intersects(m_sockets) && owners.size() < mostPortOwners)
                owners << process.pid;
        }
        return owners;
    }

    const QString m_procRoot, m_what;
    const int m_port;
    QList<pid_t> m_pids, m_owners;
    QSet<quint64> m_sockets; ///< that listen on the port
    int m_roundsLeft = 0;
    bool m_isTheirs = false;
};

/// What a process must be like; what is empty is not asked.
struct ProcessDemands
{
    QByteArray name;
    QList<QByteArray> arguments;
    QByteArray executable; ///< path of the file that it runs
    QByteArray user;
    QByteArray procRoot;
    pid_t self = ownPid(procRoot);

    bool fits(const Process &process) const
    {
        return process.pid != self && (name.isEmpty() || process.runs(name))
            && (user.isEmpty() || process.user == user)
            && std::all_of(
                   arguments.begin(), arguments.end(),
                   [&](const QByteArray &part) { return process.commandLine.contains(part); })
            && (executable.isEmpty() || runsExecutable(process));
    }

private:
    /// Where the link may not be read, argv[0] must do.
    bool runsExecutable(const Process &process) const
    {
        const auto path = executableOf(procRoot, process.pid);
        return path
            ? *path == executable
            : process.runs(QByteArrayView(executable).sliced(executable.lastIndexOf('/') + 1));
    }
};

QList<QByteArray> toBytes(const QStringList &texts)
{
    QList<QByteArray> bytes;
    for (const QString &text : texts)
        bytes << text.toUtf8();
    return bytes;
}

/// "named mysqld with "3306" in its command line".
QString shownDemands(const ProcessDemands &demands)
{
    QStringList parts, texts;
    for (const QByteArray &part : demands.arguments)
        texts << QString::fromUtf8(part);
    if (!demands.name.isEmpty())
        parts << u"named %1"_s.arg(QString::fromUtf8(demands.name));
    if (!demands.executable.isEmpty())
        parts << u"running %1"_s.arg(QString::fromUtf8(demands.executable));
    if (!demands.user.isEmpty())
        parts << u"of %1"_s.arg(QString::fromUtf8(demands.user));
    if (!texts.isEmpty())
        parts << u"with \"%1\" in its command line"_s.arg(texts.join(u"\" and \""_s));
    return parts.join(u' ');
}

std::unique_ptr<ServiceProbe> makeProcessProbe(const ProcessDemands &demands,
                                               const QString &pidFile, int port, int least,
                                               const QString &procRoot)
{
    const QString what = shownDemands(demands);
    const auto fits = [demands](const Process &process) { return demands.fits(process); };
    if (!pidFile.isEmpty())
        return std::make_unique<PidFileProbe>(pidFile, fits);
    if (what.isEmpty())
        return std::make_unique<ListeningProcesses>([](const Process &) { return false; }, what, 0,
                                                    port, procRoot);
    if (port > 0)
        return std::make_unique<ListeningProcesses>(fits, what, least, port, procRoot);
    return std::make_unique<ProcessCount>(fits, what, least);
}

} // namespace

/// Counts processes by `name` (argv[0] without its folder), `arguments` (a part of the command
/// line), `executable` and `user`; `port` asks that one of them listens there, `pidfile` names the
/// one process. As a workload check what they use.
Result<std::unique_ptr<ServiceProbe>> makeProcessServiceProbe(const ServiceDefinition &service,
                                                              const ProbeCheck &check,
                                                              const ProbeContext &context)
{
    Parameters parameters(service, check);
    const ProcessDemands demands{
        parameters.text(u"name"_s).toUtf8(), toBytes(parameters.texts(u"arguments"_s)),
        parameters.text(u"executable"_s).toUtf8(), parameters.text(u"user"_s).toUtf8(),
        QFile::encodeName(context.procRoot)};
    const QString pidFile = parameters.text(u"pidfile"_s);
    const int port = parameters.number(u"port"_s, 0, 1, 65535);
    const int least = parameters.number(u"least"_s, 1, 1, 1'000'000);
    if (demands.name.isEmpty() && demands.arguments.isEmpty() && demands.executable.isEmpty()
        && pidFile.isEmpty() && port == 0)
        parameters.fail(u"give the name of the program, a part of its arguments, its executable, "
                        "its pid file or its port"_s);
    if (!pidFile.isEmpty() && (!pidFile.startsWith(u'/') || port > 0 || least > 1))
        parameters.fail(u"pidfile is an absolute path and goes without port and least"_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    auto probe = makeProcessProbe(demands, pidFile, port, least, context.procRoot);
    return service.workload == Check(check)
        ? withProcessWorkload(std::move(probe), context.procRoot)
        : std::move(probe);
}

} // namespace Treewarden
