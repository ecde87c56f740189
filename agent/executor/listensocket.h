// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <sys/types.h>

namespace Treewarden {

/// The socket that systemd handed over (sd_listen_fds(3)), -1 where there is none. Takes LISTEN_PID
/// and LISTEN_FDS out of the environment.
Result<int> inheritedSocket();

/// Listens on the Unix socket `path`, mode 0660, of the group `group`; in place of a socket that an
/// earlier process left. Gives the descriptor.
Result<int> listenAt(const QString &path, gid_t group);

/// Whose process is at the other end (SO_PEERCRED); nothing when it can't be told.
Result<uid_t> peerUser(int descriptor);

} // namespace Treewarden
