// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/pressureprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<double> parsePressure(QByteArrayView text)
{
    QByteArrayView line = takeLine(&text);
    const QByteArrayView some = takeWord(&line), average = takeWord(&line);
    const auto value
        = average.startsWith("avg10=") ? numberOf<double>(average.sliced(6)) : std::nullopt;
    if (some != "some" || !value || *value < 0 || *value > 100)
        return Error{u"a file of /proc/pressure does not begin with \"some avg10=\""_s};
    return *value;
}

namespace {

/// Absent on kernels built without PSI, or started with psi=0: then reading gives an error each
/// time.
class PressureProbe : public HostProbe
{
public:
    explicit PressureProbe(const ProbeContext &context)
        : m_cpu(context.procRoot + u"/pressure/cpu"_s, 256)
        , m_memory(context.procRoot + u"/pressure/memory"_s, 256)
        , m_io(context.procRoot + u"/pressure/io"_s, 256)
    {
    }

    void sample(Workload &workload, qint64 now) override
    {
        if (now >= m_readAt) {
            m_last = {read(&m_cpu), read(&m_memory), read(&m_io)};
            m_readAt = now + between;
        }
        workload.pressure = m_last;
    }

private:
    static constexpr qint64 between = 1900; // ms: the kernel averages anew every 2 s

    static std::optional<double> read(HostFile *file)
    {
        const auto value = parsePressure(file->read());
        return value ? std::optional(*value) : std::nullopt;
    }

    HostFile m_cpu, m_memory, m_io;
    Workload::Pressure m_last;
    qint64 m_readAt = 0; ///< ms
};

} // namespace

std::unique_ptr<HostProbe> makePressureHostProbe(const ProbeContext &context, const ProcSnapshot &)
{
    return std::make_unique<PressureProbe>(context);
}

} // namespace Treewarden
