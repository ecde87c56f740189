// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace Treewarden {

/// One line of /proc/self/mountinfo (proc(5)).
struct MountLine
{
    QByteArray device; ///< "major:minor"
    QByteArray path; ///< where it is mounted, unescaped
    QByteArray type; ///< "ext4", "nfs4", "fuse.sshfs"
    QByteArray source; ///< a device, "server:/export", or anything
    bool isReadOnly = false; ///< of the mount, or of the file system below it

    /// Asking it may wait for another machine or for a daemon that never answers.
    bool mayHang() const;
};

/// The mounts in the order in which they were made; what is no such line is left out.
QList<MountLine> parseMountInfo(QByteArrayView text);

/// What is mounted at exactly this path now: the last one made there, or nullptr.
const MountLine *mountAt(const QList<MountLine> &mounts, QByteArrayView path);
/// Whether looking at `path` passes a mount that may hang. By the letters of the path alone:
/// following a link there could hang already.
bool passesMountThatMayHang(const QList<MountLine> &mounts, QByteArrayView path);

} // namespace Treewarden
