// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/commandtarget.h"
#include "shared/protocol/commandstate.h"
#include "shared/protocol/serviceid.h"

#include <QList>
#include <QString>

#include <optional>

namespace Treewarden {

/// What the actions of a server itself are asked of: contract section 4's role `system`.
inline const ServiceId systemService{QStringLiteral("system"), QStringLiteral("default")};

/// How far an order has come.
struct CommandProgress
{
    enum class Stage {
        Sending,
        NotSent, ///< it certainly never reached a server
        Sent,
        Told, ///< the server says so: `state`
        NoAnswer, ///< whether it ran is not known
    };

    QString id; ///< of the command
    Stage stage = Stage::Sending;
    std::optional<CommandState> state; ///< with Told
    QString detail; ///< a sentence, English, or empty
    qint64 took = 0; ///< ms
    bool isKeyKnown = true; ///< false: the server refused it since it does not trust the key
    bool isAwaited = false; ///< done, but the service's own check is still to say alive

    /// Nothing that matters is still to come.
    bool isOver() const;
};

} // namespace Treewarden
