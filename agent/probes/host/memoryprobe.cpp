// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/memoryprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

Result<Workload::Memory> parseMemory(QByteArrayView text)
{
    Workload::Memory memory;
    std::optional<qint64> swapFree;
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        const QByteArrayView key = takeWord(&line);
        std::optional<qint64> *member = key == "MemTotal:" ? &memory.total
            : key == "MemAvailable:"                       ? &memory.available
            : key == "Cached:"                             ? &memory.cached
            : key == "SwapTotal:"                          ? &memory.swapTotal
            : key == "SwapFree:"                           ? &swapFree
                                                           : nullptr;
        const auto kibibytes = member ? takeNumber<qint64>(&line) : std::nullopt;
        if (kibibytes && *kibibytes >= 0 && *kibibytes < (qint64(1) << 43))
            *member = *kibibytes * 1024;
    }
    if (!memory.total)
        return Error{u"/proc/meminfo has no MemTotal"_s};
    // Kernels before 3.14 have no MemAvailable; MemFree would mislead, so it stays absent.
    if (memory.available && *memory.available <= *memory.total)
        memory.used = *memory.total - *memory.available;
    if (memory.swapTotal && swapFree && *swapFree <= *memory.swapTotal)
        memory.swapUsed = *memory.swapTotal - *swapFree;
    return memory;
}

namespace {

class MemoryProbe : public HostProbe
{
public:
    explicit MemoryProbe(const ProbeContext &context)
        : m_file(context.procRoot + u"/meminfo"_s)
    {
    }

    void sample(Workload &workload, qint64) override
    {
        if (const auto memory = parseMemory(m_file.read()))
            workload.memory = *memory;
    }

private:
    HostFile m_file;
};

} // namespace

std::unique_ptr<HostProbe> makeMemoryHostProbe(const ProbeContext &context, const ProcSnapshot &)
{
    return std::make_unique<MemoryProbe>(context);
}

} // namespace Treewarden
