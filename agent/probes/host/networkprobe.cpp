// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/networkprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"
#include "agent/probes/rate.h"

#include <QFile>

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<QHash<QByteArray, InterfaceCounters>> parseInterfaces(QByteArrayView text)
{
    QHash<QByteArray, InterfaceCounters> interfaces;
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        const qsizetype colon
            = line.lastIndexOf(':'); // an alias has one in its name; old kernels write "eth0:123"
        if (colon < 0)
            continue;
        QByteArrayView counters = line.sliced(colon + 1);
        if (const auto fields = takeNumbers<quint64, 16>(&counters)) {
            interfaces.insert(line.first(colon).trimmed().toByteArray(),
                              {fields->at(0), fields->at(8), fields->at(2) + fields->at(10)});
        }
    }
    if (interfaces.isEmpty())
        return Error{u"/proc/net/dev has no line of an interface"_s};
    return interfaces;
}

namespace {

/// Sums the interfaces with hardware behind them, else all but lo: bonds, bridges and veth pairs
/// would count the same bytes again.
class NetworkProbe : public HostProbe
{
public:
    explicit NetworkProbe(const ProbeContext &context)
        : m_file(context.procRoot + u"/net/dev"_s, 64 * 1024, HostFile::Kind::ManyRecords)
        , m_netFolder(context.sysRoot + u"/class/net/"_s)
    {
    }

    void sample(Workload &workload, qint64 now) override
    {
        const auto interfaces = parseInterfaces(m_file.read());
        if (!interfaces)
            return;
        if (m_counted.isEmpty() || interfaces->size() != m_last.size() || now >= m_lookAgainAt)
            choose(*interfaces, now);
        fill(&workload.network, *interfaces, now - m_lastAt);
        m_last = *interfaces;
        m_lastAt = now;
    }

private:
    void choose(const QHash<QByteArray, InterfaceCounters> &interfaces, qint64 now)
    {
        constexpr qint64 interval = 60'000; // ms
        m_lookAgainAt = now + interval;
        QList<QByteArray> hardware, others;
        for (auto it = interfaces.keyBegin(); it != interfaces.keyEnd(); ++it) {
            if (QFile::exists(m_netFolder + QFile::decodeName(*it) + u"/device"_s))
                hardware << *it;
            else if (*it != "lo")
                others << *it;
        }
        m_counted = hardware.isEmpty() ? others : hardware;
    }

    void fill(Workload::Network *network, const QHash<QByteArray, InterfaceCounters> &now,
              qint64 span) const
    {
        Workload::Network sum{0, 0, 0};
        int counted = 0;
        for (const QByteArray &name : m_counted) {
            const auto before = m_last.constFind(name), after = now.constFind(name);
            if (before == m_last.constEnd() || after == now.constEnd())
                continue;
            const auto received = ratePerSecond(before->received, after->received, span);
            const auto transmitted = ratePerSecond(before->transmitted, after->transmitted, span);
            const auto errors = ratePerSecond(before->errors, after->errors, span);
            if (!received || !transmitted || !errors)
                return; // a counter fell: the sum would lie
            *sum.receive += *received;
            *sum.transmit += *transmitted;
            *sum.errors += *errors;
            ++counted;
        }
        if (counted > 0)
            *network = sum;
    }

    HostFile m_file;
    QString m_netFolder;
    QList<QByteArray> m_counted;
    QHash<QByteArray, InterfaceCounters> m_last;
    qint64 m_lastAt = 0, m_lookAgainAt = 0;
};

} // namespace

std::unique_ptr<HostProbe> makeNetworkHostProbe(const ProbeContext &context, const ProcSnapshot &)
{
    return std::make_unique<NetworkProbe>(context);
}

} // namespace Treewarden
