// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"

#include <QByteArray>

namespace Treewarden {

/// What follows from what the other side said: a verdict, bytes to send, or neither while more is
/// needed.
struct SocketTurn
{
    std::optional<CheckResult> verdict; ///< ends the round
    QByteArray next; ///< sent; what was heard so far is done with
    bool isTaken = false; ///< what was heard is done with, and more of it comes
    bool endsConnection = false; ///< with the verdict: not to be held
    bool keepsConnection
        = false; ///< with a verdict that is died: the dialogue is in step all the same
};

/// A dialogue of several steps, or one that remembers something between rounds. It belongs to one
/// probe and its one connection.
class SocketConversation
{
public:
    virtual ~SocketConversation() = default;

    /// What to send first in a round; empty when the other side begins.
    virtual QByteArray begin(bool isNewConnection) = 0;
    /// `reply` is what came since the last bytes were sent or taken; `isEnd`: the other side
    /// closed.
    virtual SocketTurn hear(QByteArrayView reply, bool isEnd) = 0;
};

} // namespace Treewarden
