// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Treewarden {

/// What has become of a command. It ends in exactly one of Done … Unknown.
enum class CommandState {
    Accepted, ///< verified; it waits for its turn
    Running, ///< journaled: from here on it is never begun again
    Done,
    Failed,
    Refused,
    Expired,
    Unknown, ///< the executor ended while it ran
    Verified, ///< after a start or restart: the service's own check is alive again
    Unverified, ///< it is not, though it had its time; the detail says why
};

/// "accepted" …, the words of the wire.
QString commandStateWord(CommandState state);
std::optional<CommandState> parseCommandState(QStringView word);
/// True for Done, Failed, Refused, Expired and Unknown.
bool isFinal(CommandState state);

} // namespace Treewarden
