// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mountinfo.h"

#include "agent/probes/lines.h"

#include <algorithm>

namespace Treewarden {

namespace {

/// The kernel writes blanks, tabs, newlines and backslashes as \040 and the like.
QByteArray unescapedMount(QByteArrayView text)
{
    QByteArray path;
    for (qsizetype i = 0; i < text.size(); ++i) {
        bool isOctal = false;
        const int code = text.at(i) == '\\'
            ? text.sliced(i + 1, std::min<qsizetype>(3, text.size() - i - 1))
                  .toByteArray()
                  .toInt(&isOctal, 8)
            : 0;
        path += isOctal ? char(code) : text.at(i);
        i += isOctal ? 3 : 0;
    }
    return path;
}

bool hasOption(QByteArrayView options, QByteArrayView option)
{
    while (!options.isEmpty()) {
        const qsizetype comma = options.indexOf(',');
        if ((comma < 0 ? options : options.first(comma)) == option)
            return true;
        options = comma < 0 ? QByteArrayView() : options.sliced(comma + 1);
    }
    return false;
}

bool isAtOrBelow(QByteArrayView path, QByteArrayView folder)
{
    return folder == "/" || path == folder
        || (path.startsWith(folder) && path.at(folder.size()) == '/');
}

} // namespace

bool MountLine::mayHang() const
{
    static constexpr const char *local[]
        = {"ext2",     "ext3",        "ext4",    "xfs",    "btrfs",    "zfs",       "bcachefs",
           "f2fs",     "jfs",         "vfat",    "exfat",  "ntfs3",    "iso9660",   "udf",
           "squashfs", "erofs",       "tmpfs",   "ramfs",  "devtmpfs", "overlay",   "proc",
           "sysfs",    "devpts",      "mqueue",  "cgroup", "cgroup2",  "debugfs",   "tracefs",
           "pstore",   "securityfs",  "bpf",     "rootfs", "configfs", "hugetlbfs", "efivarfs",
           "nsfs",     "binfmt_misc", "reiserfs"};
    return std::find(std::begin(local), std::end(local), type) == std::end(local);
}

QList<MountLine> parseMountInfo(QByteArrayView text)
{
    QList<MountLine> mounts;
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        takeWord(&line);
        takeWord(&line);
        const QByteArrayView device = takeWord(&line);
        takeWord(&line);
        const QByteArrayView path = takeWord(&line), options = takeWord(&line);
        while (!line.isEmpty() && takeWord(&line) != "-") { } // optional fields
        const QByteArrayView type = takeWord(&line), source = takeWord(&line),
                             ofSuperblock = takeWord(&line);
        if (!path.startsWith('/') || source.isEmpty())
            continue;
        mounts << MountLine{device.toByteArray(), unescapedMount(path), type.toByteArray(),
                            unescapedMount(source),
                            hasOption(options, "ro") || hasOption(ofSuperblock, "ro")};
    }
    return mounts;
}

const MountLine *mountAt(const QList<MountLine> &mounts, QByteArrayView path)
{
    const auto found = std::find_if(mounts.rbegin(), mounts.rend(),
                                    [path](const MountLine &mount) { return mount.path == path; });
    return found == mounts.rend() ? nullptr : &*found;
}

bool passesMountThatMayHang(const QList<MountLine> &mounts, QByteArrayView path)
{
    return std::any_of(mounts.begin(), mounts.end(), [path](const MountLine &mount) {
        return mount.mayHang() && isAtOrBelow(path, mount.path);
    });
}

} // namespace Treewarden
