// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QList>

namespace Treewarden {

struct Mount
{
    QByteArray path; ///< unescaped
    QByteArray device; ///< "major:minor"
    QByteArray type;
};

/// The block-backed mounts in the text of /proc/self/mountinfo (proc(5)) and a container's root,
/// each device once under its shortest path, in the order of their paths, at most 16. Network,
/// pseudo and memory file systems are not in it: asking one whose server is away would hang the
/// agent.
Result<QList<Mount>> parseMounts(QByteArrayView text);

} // namespace Treewarden
