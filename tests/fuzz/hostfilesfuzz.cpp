// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gateways.h"
#include "agent/probes/host/cpuprobe.h"
#include "agent/probes/host/diskprobe.h"
#include "agent/probes/host/filesystemprobe.h"
#include "agent/probes/host/loadprobe.h"
#include "agent/probes/host/memoryprobe.h"
#include "agent/probes/host/networkprobe.h"
#include "agent/probes/host/pressureprobe.h"
#include "agent/probes/host/uptimeprobe.h"
#include "agent/probes/mountinfo.h"
#include "agent/probes/passwdfile.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// Every file of the kernel that a host probe reads, and /etc/passwd: all parsers get the same
/// text.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text = fuzzInput(data, size);
    fuzzResult(parseCpuTimes(text));
    fuzzResult(parseDiskstats(text));
    fuzzResult(parseInterfaces(text));
    fuzzResult(parseLoad(text));
    fuzzResult(parseMemory(text));
    if (const auto mounts = fuzzResult(parseMounts(text)))
        fuzzExpect(mounts.value().size() <= 16, "at most 16 mounts");
    for (const MountLine &mount : parseMountInfo(text))
        fuzzExpect(mount.path.startsWith('/'), "mounts have absolute paths");
    parseGateways4(text);
    parseGateways6(text);
    parsePasswd(text);
    if (const auto pressure = fuzzResult(parsePressure(text)))
        fuzzExpect(pressure.value() >= 0 && pressure.value() <= 100, "pressure is a percentage");
    if (const auto uptime = fuzzResult(parseUptime(text)))
        fuzzExpect(uptime.value() >= 0, "uptime is positive");
    return 0;
}
