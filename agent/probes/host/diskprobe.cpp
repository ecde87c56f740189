// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/diskprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"
#include "agent/probes/rate.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<QHash<QByteArray, DiskCounters>> parseDiskstats(QByteArrayView text)
{
    QHash<QByteArray, DiskCounters> disks;
    const bool isEmpty = text.isEmpty();
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        takeWord(&line);
        takeWord(&line);
        const QByteArrayView name = takeWord(&line);
        if (const auto fields = takeNumbers<quint64, 10>(&line)) {
            disks.insert(name.toByteArray(),
                         {fields->at(2) * 512, fields->at(6) * 512, fields->at(9)});
        }
    }
    if (disks.isEmpty() && !isEmpty)
        return Error{u"/proc/diskstats has no line of a device"_s};
    return disks;
}

namespace {

/// Sums the disks that have hardware behind them (a `device` under /sys/block): what lies on top of
/// them, such as partitions, LVM and loop devices, would count the same bytes again.
class DiskProbe : public HostProbe
{
public:
    explicit DiskProbe(const ProbeContext &context)
        : m_file(context.procRoot + u"/diskstats"_s, 64 * 1024, HostFile::Kind::ManyRecords)
        , m_blockFolder(context.sysRoot + u"/block"_s)
    {
    }

    void sample(Workload &workload, qint64 now) override
    {
        const auto disks = parseDiskstats(m_file.read());
        if (!disks)
            return;
        if (disks->size() != m_known || now >= m_lookAgainAt)
            findHardware(disks->size(), now);
        fill(&workload.disk, *disks, now - m_lastAt);
        m_last = *disks;
        m_lastAt = now;
    }

private:
    void findHardware(qsizetype known, qint64 now)
    {
        constexpr qint64 interval = 60'000; // ms
        m_known = known;
        m_lookAgainAt = now + interval;
        m_hardware.clear();
        for (const QString &name :
             QDir(m_blockFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (QFile::exists(m_blockFolder + u'/' + name + u"/device"_s))
                m_hardware << QFile::encodeName(name).replace('!', '/'); // cciss/c0d0
        }
    }

    void fill(Workload::Disk *disk, const QHash<QByteArray, DiskCounters> &now, qint64 span) const
    {
        double read = 0, written = 0, busy = 0;
        int counted = 0;
        for (const QByteArray &name : m_hardware) {
            const auto before = m_last.constFind(name), after = now.constFind(name);
            if (before == m_last.constEnd() || after == now.constEnd())
                continue;
            const auto readRate = ratePerSecond(before->readBytes, after->readBytes, span);
            const auto writeRate = ratePerSecond(before->writtenBytes, after->writtenBytes, span);
            const auto busyRate
                = ratePerSecond(before->busyMilliseconds, after->busyMilliseconds, span);
            if (!readRate || !writeRate || !busyRate)
                return; // a counter fell: the sum would lie
            read += *readRate;
            written += *writeRate;
            busy = std::max(busy, *busyRate / 10); // ms of a second as a percentage
            ++counted;
        }
        if (counted > 0)
            *disk = {read, written, std::min(busy, 100.0)};
    }

    HostFile m_file;
    QString m_blockFolder;
    QList<QByteArray> m_hardware;
    QHash<QByteArray, DiskCounters> m_last;
    qsizetype m_known = -1;
    qint64 m_lastAt = 0, m_lookAgainAt = 0;
};

} // namespace

std::unique_ptr<HostProbe> makeDiskHostProbe(const ProbeContext &context, const ProcSnapshot &)
{
    return std::make_unique<DiskProbe>(context);
}

} // namespace Treewarden
