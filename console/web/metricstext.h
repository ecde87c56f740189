// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/fleetsnapshot.h"

namespace Treewarden {

struct MetricsSelf
{
    bool isLive = false;
    FleetSnapshot::SelfNumbers numbers;
};

/// The fleet in the text format of Prometheus (exposition format 0.0.4). While `self.isLive` is
/// false only the server's own numbers are told: old values would look like new ones there.
QByteArray metricsText(const FleetState &state, const MetricsSelf &self, qint64 now);

} // namespace Treewarden
