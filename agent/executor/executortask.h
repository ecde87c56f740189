// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"
#include "shared/protocol/commandrequest.h"
#include "shared/protocol/updatemessage.h"

namespace Treewarden {

/// A command, or a run of the schedule, that was admitted and has no final state yet.
struct ExecutorTask
{
    CommandMessage message; ///< as it stands: accepted or running
    QString entry; ///< of the stream; empty for the schedule
    CommandEntry signedEntry; ///< as it came, to be verified again; empty for the schedule
    QString signer; ///< name of the key
    qint64 expires = 0;
    ActionRequest action;

    bool isScheduled() const { return !message.schedule.isEmpty(); }

    bool isRunning() const { return message.state == CommandState::Running; }
};

} // namespace Treewarden
