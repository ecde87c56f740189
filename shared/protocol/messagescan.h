// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/servicestate.h"
#include "shared/protocol/workload.h"

namespace Treewarden {

class JsonScanner;

/// What a message or a sample that comes all the time says, and of its body only the figures: the
/// rest is read when somebody looks. The views are into the text.
struct MessageGlance
{
    enum class Type { Alive, Workload, Services, ServiceWorkload };

    Type type = Type::Alive;
    QByteArrayView ip; ///< not validated
    QByteArrayView role, instance; ///< of a service's load; not validated
    qint64 timestamp = 0;
    std::optional<qint64> alive;
    QByteArrayView body; ///< the object `info` or `states`; empty where there is none
    WorkloadFigures figures; ///< figuresOf() `info` of a server
};

/// Looks at the messages that come all the time, as our own programs write them: alive, workload,
/// services and service-workload, but no transitions. Nothing for every other type and for whatever
/// is unusual: then parseUpdateMessage() reads the text. What it sees is what that would give.
std::optional<MessageGlance> glanceAtMessage(QByteArrayView json);

/// A sample of server:workload:{ip} in the same way.
std::optional<MessageGlance> glanceAtSample(QByteArrayView json);

/// A field of services:{ip} in the same way; those that tell a reason with arguments are left to
/// parseServiceState().
std::optional<ServiceState> scanServiceState(QByteArrayView json);

/// readWorkload() of the object that comes next. False when a whole parser is needed.
bool scanWorkload(JsonScanner &json, Workload &workload);

/// figuresOf() the object that comes next, in the same way.
bool scanFigures(JsonScanner &json, WorkloadFigures &figures);

} // namespace Treewarden
