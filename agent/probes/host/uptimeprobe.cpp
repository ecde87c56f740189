// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/uptimeprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<qint64> parseUptime(QByteArrayView text)
{
    const auto seconds = takeNumber<double>(&text);
    if (!seconds || *seconds < 0 || *seconds > 1e10)
        return Error{u"/proc/uptime does not begin with a number"_s};
    return qint64(*seconds);
}

namespace {

/// Read once: after that the steady clock tells how much later it is. Not CLOCK_BOOTTIME, which
/// knows nothing of a container's own /proc/uptime (lxcfs).
class UptimeProbe : public HostProbe
{
public:
    explicit UptimeProbe(const ProbeContext &context)
        : m_path(context.procRoot + u"/uptime"_s)
    {
    }

    void sample(Workload &workload, qint64 now) override
    {
        constexpr qint64 readInterval
            = 60'000; // ms; a suspended machine's steady clock stands still
        if (!m_seconds || now - m_readAt >= readInterval) {
            const auto seconds = parseUptime(HostFile(m_path, 128).read());
            m_seconds = seconds ? std::optional(*seconds) : std::nullopt;
            m_readAt = now;
        }
        if (m_seconds)
            workload.uptime = *m_seconds + (now - m_readAt) / 1000;
    }

private:
    QString m_path;
    std::optional<qint64> m_seconds;
    qint64 m_readAt = 0;
};

} // namespace

std::unique_ptr<HostProbe> makeUptimeHostProbe(const ProbeContext &context, const ProcSnapshot &)
{
    return std::make_unique<UptimeProbe>(context);
}

} // namespace Treewarden
