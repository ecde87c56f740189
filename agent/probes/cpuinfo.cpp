// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/cpuinfo.h"

#include "agent/probes/lines.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

// More than any kernel can be built for (CONFIG_NR_CPUS).
constexpr int mostCpus = 16384;

struct ArmCore
{
    QLatin1StringView implementer, part, name;
};

// ARM kernels give numbers only. From util-linux' lscpu-arm.c: what runs in servers and on boards.
constexpr ArmCore armCores[] = {
    {"0x41"_L1, "0xb76"_L1, "ARM1176"_L1},
    {"0x41"_L1, "0xc07"_L1, "ARM Cortex-A7"_L1},
    {"0x41"_L1, "0xc08"_L1, "ARM Cortex-A8"_L1},
    {"0x41"_L1, "0xc09"_L1, "ARM Cortex-A9"_L1},
    {"0x41"_L1, "0xc0f"_L1, "ARM Cortex-A15"_L1},
    {"0x41"_L1, "0xd03"_L1, "ARM Cortex-A53"_L1},
    {"0x41"_L1, "0xd04"_L1, "ARM Cortex-A35"_L1},
    {"0x41"_L1, "0xd05"_L1, "ARM Cortex-A55"_L1},
    {"0x41"_L1, "0xd07"_L1, "ARM Cortex-A57"_L1},
    {"0x41"_L1, "0xd08"_L1, "ARM Cortex-A72"_L1},
    {"0x41"_L1, "0xd09"_L1, "ARM Cortex-A73"_L1},
    {"0x41"_L1, "0xd0a"_L1, "ARM Cortex-A75"_L1},
    {"0x41"_L1, "0xd0b"_L1, "ARM Cortex-A76"_L1},
    {"0x41"_L1, "0xd0c"_L1, "ARM Neoverse-N1"_L1},
    {"0x41"_L1, "0xd40"_L1, "ARM Neoverse-V1"_L1},
    {"0x41"_L1, "0xd41"_L1, "ARM Cortex-A78"_L1},
    {"0x41"_L1, "0xd49"_L1, "ARM Neoverse-N2"_L1},
    {"0x41"_L1, "0xd4f"_L1, "ARM Neoverse-V2"_L1},
    {"0x41"_L1, "0xd83"_L1, "ARM Neoverse-V3"_L1},
    {"0x41"_L1, "0xd8e"_L1, "ARM Neoverse-N3"_L1},
    {"0x43"_L1, "0x0a1"_L1, "Cavium ThunderX"_L1},
    {"0x43"_L1, "0x0af"_L1, "Cavium ThunderX2"_L1},
    {"0x46"_L1, "0x001"_L1, "Fujitsu A64FX"_L1},
    {"0x48"_L1, "0xd01"_L1, "HiSilicon Kunpeng-920"_L1},
    {"0x50"_L1, "0x000"_L1, "APM X-Gene"_L1},
    {"0x51"_L1, "0xc00"_L1, "Qualcomm Falkor"_L1},
    {"0x61"_L1, "0x022"_L1, "Apple M1"_L1},
    {"0x61"_L1, "0x023"_L1, "Apple M1"_L1},
    {"0x61"_L1, "0x032"_L1, "Apple M2"_L1},
    {"0x61"_L1, "0x033"_L1, "Apple M2"_L1},
    {"0xc0"_L1, "0xac3"_L1, "Ampere-1"_L1},
    {"0xc0"_L1, "0xac4"_L1, "Ampere-1a"_L1},
};

QString textOf(QByteArrayView value)
{
    return QString::fromUtf8(value.first(std::min<qsizetype>(value.size(), 1024)))
        .simplified()
        .left(256);
}

QString armName(QByteArrayView implementer, QByteArrayView part)
{
    const auto core
        = std::find_if(std::begin(armCores), std::end(armCores), [&](const ArmCore &one) {
              return implementer.compare(
                         QByteArrayView(one.implementer.data(), one.implementer.size()),
                         Qt::CaseInsensitive)
                  == 0
                  && part.compare(QByteArrayView(one.part.data(), one.part.size()),
                                  Qt::CaseInsensitive)
                  == 0;
          });
    if (core != std::end(armCores))
        return core->name;
    return implementer.isEmpty()
        ? QString()
        : u"ARM implementer %1 part %2"_s.arg(textOf(implementer), textOf(part));
}

} // namespace

CpuInfo parseCpuInfo(QByteArrayView text)
{
    CpuInfo info;
    QByteArrayView implementer, part;
    QString isa;
    while (!text.isEmpty()) {
        const QByteArrayView line = takeLine(&text);
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        const QByteArrayView key = line.first(colon).trimmed();
        const QByteArrayView value = line.sliced(colon + 1).trimmed();
        // x86, MIPS, newer ARM and RISC-V; POWER and SPARC; MIPS; RISC-V.
        const bool isModel
            = key == "model name" || key == "cpu" || key == "cpu model" || key == "uarch";
        if (isModel && info.model.isEmpty())
            info.model = textOf(value);
        else if (key == "vendor_id" && info.vendor.isEmpty())
            info.vendor = textOf(value);
        else if (key == "CPU implementer" && implementer.isEmpty())
            implementer = value;
        else if (key == "CPU part" && part.isEmpty())
            part = value;
        else if (key == "isa" && isa.isEmpty())
            isa = textOf(value);
        else if (key == "flags")
            info.isGuest
                = info.isGuest || value.endsWith(" hypervisor") || value.contains(" hypervisor ");
    }
    if (!implementer.isEmpty() && !part.isEmpty())
        info.model = armName(implementer, part);
    else if (info.model.isEmpty())
        info.model = isa.isEmpty() ? info.vendor : isa; // RISC-V, s390
    return info;
}

std::optional<int> countCpuList(QByteArrayView list)
{
    int count = 0;
    list = list.trimmed();
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView range = comma < 0 ? list : list.first(comma);
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
        const qsizetype dash = range.indexOf('-');
        const auto first = numberOf<int>(dash < 0 ? range : range.first(dash));
        const auto last = numberOf<int>(dash < 0 ? range : range.sliced(dash + 1));
        if (!first || !last || *first < 0 || *last < *first || *last >= mostCpus)
            return std::nullopt;
        count += *last - *first + 1;
        if (count > mostCpus)
            return std::nullopt;
    }
    return count > 0 ? std::optional(count) : std::nullopt;
}

} // namespace Treewarden
