// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <optional>

namespace Treewarden {

/// What the kernel's process connector said in what was read at once (linux/cn_proc.h).
struct ExecNews
{
    int started = 0; ///< programs: a process became another one (exec)
    std::optional<int> refusal; ///< the answer to our wish to listen: an errno, 0 when granted
};

/// Reads the messages; what is cut off ends the reading, what is nobody's is skipped.
ExecNews readExecNews(QByteArrayView messages);

} // namespace Treewarden
