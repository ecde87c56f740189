// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/updatemessage.h"
#include "shared/trust/signedcommand.h"

namespace Treewarden {

/// How far the clocks of those who send commands and of servers may differ.
inline constexpr qint64 toleratedClockDifference = 60'000; // ms

/// Who a command must be for to be obeyed here, and whom this server trusts.
struct CommandJudge
{
    QString ip, machineId;
    TrustedKeys keys;

    /// The state of `request`, read from `entry` without any trust, at `now`: Accepted, or
    /// Refused or Expired with the sentence why. Who asked and why is filled in only when the
    /// signature holds.
    CommandMessage judge(const CommandEntry &entry, const CommandRequest &request,
                         qint64 now) const;
    /// The message of a command with another state, without judging it.
    CommandMessage message(const CommandEntry &entry, const CommandRequest &request, qint64 now,
                           CommandState state, const QString &detail) const;
};

} // namespace Treewarden
