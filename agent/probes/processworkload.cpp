// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/processworkload.h"

#include <QDeadlineTimer>
#include <QFile>

#include <algorithm>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostMeasured = 4096;

qint64 clockMilliseconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

qint64 fromTicks(quint64 ticks)
{
    static const auto perSecond = quint64(sysconf(_SC_CLK_TCK));
    return qint64(ticks * 1000 / perSecond);
}

class MeasuredProbe : public ServiceProbe
{
public:
    MeasuredProbe(std::unique_ptr<ServiceProbe> probe, const QString &procRoot)
        : m_probe(std::move(probe))
        , m_workload(procRoot)
    {
    }

    void check(const ProcSnapshot &processes, Done done) override
    {
        m_probe->check(processes, [this, done = std::move(done)](const CheckResult &result) {
            CheckResult measured = result;
            measured.info
                = m_workload.measure(result.processes, QDeadlineTimer::current().deadline());
            done(measured);
        });
    }

    QString description() const override { return m_probe->description(); }

private:
    std::unique_ptr<ServiceProbe> m_probe;
    ProcessWorkload m_workload;
};

} // namespace

ProcessWorkload::ProcessWorkload(const QString &procRoot)
    : m_procRoot(QFile::encodeName(procRoot))
{
}

QJsonObject ProcessWorkload::measure(const QList<pid_t> &pids, qint64 now)
{
    static const auto pageSize = qint64(sysconf(_SC_PAGESIZE));
    QHash<pid_t, Seen> seen;
    quint64 used = 0, oldest = 0;
    qint64 memory = 0, threads = 0, descriptors = 0;
    for (const pid_t pid : pids.first(std::min(pids.size(), mostMeasured))) {
        const auto stat = readStat(pid);
        if (!stat || stat->isDead())
            continue;
        const Seen one{stat->startTime, stat->userTicks + stat->systemTicks};
        const Seen before = m_seen.value(pid);
        if (before.startTime == one.startTime && one.ticks > before.ticks)
            used += one.ticks - before.ticks;
        else if (before.startTime != one.startTime)
            used += one.ticks; // it started since
        seen.insert(pid, one);
        oldest = oldest == 0 ? one.startTime : std::min(oldest, one.startTime);
        memory += std::min(stat->residentPages, qint64(1) << 40) * pageSize;
        threads += stat->threads;
        descriptors += descriptorsOf(pid);
    }
    QJsonObject info{{u"processes"_s, seen.size()}};
    if (!m_seen.isEmpty() && now > m_seenAt)
        info.insert(u"cpu"_s, 100.0 * double(fromTicks(used)) / double(now - m_seenAt));
    m_seen = seen;
    m_seenAt = now;
    if (m_seen.isEmpty())
        return info;
    if (oldest != m_oldest) { // once: a clock that is set must not move it
        m_oldest = oldest;
        m_since = clockMilliseconds(CLOCK_REALTIME) - clockMilliseconds(CLOCK_BOOTTIME)
            + fromTicks(oldest);
    }
    info.insert(u"memory"_s, memory);
    info.insert(u"threads"_s, threads);
    info.insert(u"since"_s, m_since);
    if (descriptors > 0)
        info.insert(u"descriptors"_s, descriptors);
    return info;
}

std::optional<ProcessStat> ProcessWorkload::readStat(pid_t pid)
{
    const QByteArray path = m_procRoot + '/' + QByteArray::number(pid) + "/stat";
    const int file = open(path.constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return std::nullopt;
    char text[1024];
    const ssize_t length = read(file, text, sizeof text);
    close(file);
    const auto stat = parseProcessStat({text, std::max<ssize_t>(length, 0)});
    return stat ? std::optional(*stat) : std::nullopt;
}

/// Since Linux 6.2 the size of /proc/PID/fd is how many there are; before it is 0. Asks for no
/// right.
qint64 ProcessWorkload::descriptorsOf(pid_t pid) const
{
    struct stat status
    {
    };

    const QByteArray path = m_procRoot + '/' + QByteArray::number(pid) + "/fd";
    return stat(path.constData(), &status) == 0 ? qint64(status.st_size) : 0;
}

std::unique_ptr<ServiceProbe> withProcessWorkload(std::unique_ptr<ServiceProbe> probe,
                                                  const QString &procRoot)
{
    return std::make_unique<MeasuredProbe>(std::move(probe), procRoot);
}

} // namespace Treewarden
