// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/aptupgrades.h"
#include "agent/probes/cpuinfo.h"
#include "agent/probes/hardwarename.h"
#include "agent/probes/osrelease.h"
#include "agent/probes/virtualization.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

/// What a server says about itself: cpuinfo, os-release, firmware, containers, apt.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text = fuzzInput(data, size);
    fuzzExpect(parseCpuInfo(text).model.size() <= 256, "a model is short");
    fuzzExpect(parseOsName(text).size() <= 513, "a name is short");
    fuzzExpect(hardwareName(text, text).size() <= 256, "the hardware is short");
    if (const auto count = countCpuList(text))
        fuzzExpect(*count > 0 && *count <= 16384, "the count is possible");
    const PendingUpdates updates = parseAptUpgrades(text);
    fuzzExpect(updates.security <= updates.all, "security updates are updates");

    const QByteArray copy = text.toByteArray();
    fuzzExpect(virtualizationOf({.firstEnvironment = copy, .firstCgroup = copy}).size() <= 32,
               "a container is a word");
    fuzzExpect(virtualizationOf({.containerManager = copy}).size() <= 32, "a manager is a word");
    fuzzExpect(!virtualizationOf({.dmi = copy, .cpuidVendor = copy, .sysinfo = copy}).isEmpty(),
               "there is an answer");
    return 0;
}
