// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/servicestate.h"
#include "shared/protocol/updatemessage.h"

namespace Treewarden {

class JsonScanner;

/// Reads in one pass the messages that come all the time, as our own programs write them: alive,
/// workload and services. Nothing for every other type and for whatever is unusual: then
/// parseUpdateMessage() reads the text as a whole. What it gives is what that would give.
std::optional<UpdateMessage> scanUpdateMessage(QByteArrayView json);

/// A sample of server:workload:{ip} in the same way.
std::optional<WorkloadSample> scanWorkloadSample(QByteArrayView json);

/// A field of services:{ip} in the same way; those that tell a reason with arguments are left to
/// parseServiceState().
std::optional<ServiceState> scanServiceState(QByteArrayView json);

/// readWorkload() of the object that comes next. False when a whole parser is needed.
bool scanWorkload(JsonScanner &json, Workload &workload);

} // namespace Treewarden
