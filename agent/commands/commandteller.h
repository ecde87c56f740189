// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/updatemessage.h"

namespace Treewarden {

/// Where the states of commands go: told exactly once, or only said.
class CommandTeller
{
public:
    virtual ~CommandTeller() = default;

    /// Tells a final state, or whether the service came back, exactly once. Gives a number for
    /// isSafe().
    virtual qint64 tell(const CommandMessage &message) = 0;
    /// What has this number will be told, whatever happens to this process.
    virtual bool isSafe(qint64 number) const = 0;
    /// Says a state on the way, to whoever listens.
    virtual void publish(const CommandMessage &message) = 0;
    /// Something that is worth an event without being anybody's outcome.
    virtual void notice(const QJsonObject &details) = 0;
};

} // namespace Treewarden
