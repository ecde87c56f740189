// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/listentable.h"
#include "agent/probes/parameters.h"
#include "agent/probes/processcount.h"

#include <unistd.h>

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

    bool isProcessCheck() const override { return true; }

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

/// Processes, and something that listens on a port, at whatever address. The table of listening
/// sockets is read when the processes changed and every 5 s.
class ListeningProcesses : public ProcessCount
{
public:
    ListeningProcesses(ProcessMatcher::Condition condition, const QString &what, int least,
                       int port, const QString &procRoot)
        : ProcessCount(std::move(condition), what, least)
        , m_procRoot(procRoot)
        , m_port(port)
    {
    }

    void check(const ProcSnapshot &processes, Done done) override
    {
        ProcessCount::check(processes, [this, &done](CheckResult result) {
            if (result.alive.value_or(false) && !listens(result.processes)) {
                const QList<pid_t> pids = result.processes;
                result = CheckResult::died(u"nothing listens on port %1"_s.arg(m_port),
                                           u"process.port"_s, {{u"port"_s, m_port}});
                result.processes = pids;
            }
            done(result);
        });
    }

    QString description() const override
    {
        return ProcessCount::description() + u" and port %1 listens"_s.arg(m_port);
    }

    bool isProcessCheck() const override { return false; }

private:
    bool listens(const QList<pid_t> &pids)
    {
        constexpr int roundsBetween = 5;
        if (pids == m_pids && m_isListening && --m_roundsLeft > 0)
            return true;
        m_pids = pids;
        m_roundsLeft = roundsBetween;
        return m_isListening = isPortListening(m_procRoot, m_port);
    }

    QString m_procRoot;
    int m_port;
    QList<pid_t> m_pids;
    int m_roundsLeft = 0;
    bool m_isListening = false;
};

QList<QByteArray> toBytes(const QStringList &texts)
{
    QList<QByteArray> bytes;
    for (const QString &text : texts)
        bytes << text.toUtf8();
    return bytes;
}

/// "named mysqld with "3306" in its command line".
QString shownCondition(const QString &name, const QStringList &arguments)
{
    QStringList parts;
    if (!name.isEmpty())
        parts << u"named %1"_s.arg(name);
    if (!arguments.isEmpty())
        parts << u"with \"%1\" in its command line"_s.arg(arguments.join(u"\" and \""_s));
    return parts.join(u' ');
}

} // namespace

/// Counts processes by `name` (argv[0] without its folder) and `arguments` (a part of the command
/// line); `port` asks that something listens there too, `pidfile` names the one process.
Result<std::unique_ptr<ServiceProbe>> makeProcessServiceProbe(const ServiceDefinition &service,
                                                              const ProbeCheck &check,
                                                              const ProbeContext &context)
{
    Parameters parameters(service, check);
    const QByteArray name = parameters.text(u"name"_s).toUtf8();
    const QStringList arguments = parameters.texts(u"arguments"_s);
    const QString pidFile = parameters.text(u"pidfile"_s);
    const int port = parameters.number(u"port"_s, 0, 1, 65535);
    const bool isNamed = !name.isEmpty() || !arguments.isEmpty();
    const int least = parameters.number(u"least"_s, 1, 1, 1'000'000);
    if (!isNamed && pidFile.isEmpty() && port == 0)
        parameters.fail(
            u"give the name of the program, a part of its arguments, its pid file or its port"_s);
    if (!pidFile.isEmpty() && (!pidFile.startsWith(u'/') || port > 0 || least > 1))
        parameters.fail(u"pidfile is an absolute path and goes with name and arguments only"_s);
    if (const auto fine = parameters.finish(); !fine)
        return fine.error();
    const auto fits = [name, parts = toBytes(arguments), self = getpid()](const Process &process) {
        return process.pid != self && (name.isEmpty() || process.runs(name))
            && std::all_of(parts.begin(), parts.end(), [&](const QByteArray &part) {
                   return process.commandLine.contains(part);
               });
    };
    if (!pidFile.isEmpty())
        return std::unique_ptr<ServiceProbe>(std::make_unique<PidFileProbe>(pidFile, fits));
    if (!isNamed)
        return std::unique_ptr<ServiceProbe>(std::make_unique<ListeningProcesses>(
            [](const Process &) { return false; }, QString(), 0, port, context.procRoot));
    const QString what = shownCondition(QString::fromUtf8(name), arguments);
    if (port > 0)
        return std::unique_ptr<ServiceProbe>(
            std::make_unique<ListeningProcesses>(fits, what, least, port, context.procRoot));
    return std::unique_ptr<ServiceProbe>(std::make_unique<ProcessCount>(fits, what, least));
}

} // namespace Treewarden
