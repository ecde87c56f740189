// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/discovery/cgroupunit.h"
#include "tests/fuzz/fuzz.h"

using namespace Treewarden;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray unit = unitOfCgroup(fuzzInput(data, size));
    fuzzExpect(unit.size() <= 255 && !unit.contains('/'), "a unit is one short name");
    fuzzExpect(unit.isEmpty() || unit.endsWith(".service"), "a unit is a service");
    isUnitNamed(unit, "comdb");
    return 0;
}
