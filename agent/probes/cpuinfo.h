// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Treewarden {

/// What /proc/cpuinfo says about the processor; its format differs with the architecture.
struct CpuInfo
{
    QString
        model; ///< "AMD EPYC 7543 32-Core Processor", "ARM Neoverse-N1"; empty where none is told
    QString vendor; ///< vendor_id, as it stands
    bool isGuest = false; ///< the processor itself says that a hypervisor runs it (x86 only)
};

CpuInfo parseCpuInfo(QByteArrayView text);

/// How many processors a list of the kernel names, like "0-3,8" (/sys/devices/system/cpu/online).
std::optional<int> countCpuList(QByteArrayView list);

} // namespace Treewarden
