// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/filesystemprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"
#include "agent/probes/probe.h"

#include <QFile>
#include <QMap>

#include <algorithm>
#include <sys/statvfs.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostMounts = 16;

/// The kernel writes blanks, tabs, newlines and backslashes as \040 and the like.
QByteArray unescapedPath(QByteArrayView text)
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

/// Backed by a block device of this machine: its source is a device, or its file system keeps one
/// behind a name.
bool isBlockBacked(QByteArrayView type, QByteArrayView source)
{
    if (type.startsWith("fuse") || type == "squashfs" || type == "iso9660" || type == "udf"
        || type == "devtmpfs")
        return false; // a daemon may hang; images are always full
    return source.startsWith("/dev/") || type == "zfs" || type == "bcachefs";
}

} // namespace

Result<QList<Mount>> parseMounts(QByteArrayView text)
{
    QMap<QByteArray, Mount> byDevice;
    bool hasMount = false;
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        takeWord(&line);
        takeWord(&line);
        const QByteArrayView number = takeWord(&line);
        takeWord(&line);
        const QByteArray path = unescapedPath(takeWord(&line));
        while (!line.isEmpty() && takeWord(&line) != "-") { } // optional fields
        const QByteArrayView type = takeWord(&line), source = takeWord(&line);
        hasMount |= !source.isEmpty();
        if (!isBlockBacked(type, source))
            continue;
        const Mount mount{path, number.toByteArray(), type.toByteArray()};
        // btrfs gives each subvolume a number of its own: there the source is what names the
        // device.
        const auto known = byDevice.find(type == "btrfs" ? source.toByteArray() : mount.device);
        if (known == byDevice.end())
            byDevice.insert(type == "btrfs" ? source.toByteArray() : mount.device, mount);
        else if (std::pair(path.size(), path) < std::pair(known->path.size(), known->path))
            *known = mount;
    }
    if (!hasMount)
        return Error{u"/proc/self/mountinfo has no line of a mount"_s};
    QList<Mount> mounts = byDevice.values();
    std::sort(mounts.begin(), mounts.end(),
              [](const Mount &a, const Mount &b) { return a.path < b.path; });
    return mounts.mid(0, mostMounts);
}

namespace {

class FilesystemProbe : public HostProbe
{
public:
    explicit FilesystemProbe(const ProbeContext &context)
        : m_file(context.procRoot + u"/self/mountinfo"_s, 1 << 20, HostFile::Kind::ManyRecords)
    {
    }

    /// Looks every 10 s: mounts and what they hold change slowly, and on a host of containers the
    /// list is long.
    void sample(Workload &workload, qint64 now) override
    {
        constexpr qint64 interval = 10'000; // ms
        if (!m_readAt || now - *m_readAt >= interval) {
            if (const auto mounts = parseMounts(m_file.read()))
                m_filesystems = measure(*mounts);
            m_readAt = now;
        }
        workload.filesystems = m_filesystems;
    }

private:
    static QMap<QString, Workload::Filesystem> measure(const QList<Mount> &mounts)
    {
        QMap<QString, Workload::Filesystem> filesystems;
        for (const Mount &mount : mounts) {
            struct statvfs status
            {
            };

            if (statvfs(mount.path.constData(), &status) != 0 || status.f_blocks == 0)
                continue;
            const auto block = qint64(status.f_frsize);
            Workload::Filesystem filesystem{
                qint64(status.f_blocks) * block,
                qint64(status.f_blocks - std::min(status.f_bfree, status.f_blocks)) * block,
                {}};
            if (status.f_files > 0) // btrfs has no fixed number of inodes
                filesystem.inodesUsed = 100
                    * double(status.f_files - std::min(status.f_ffree, status.f_files))
                    / double(status.f_files);
            filesystems.insert(QFile::decodeName(mount.path), filesystem);
        }
        return filesystems;
    }

    HostFile m_file;
    std::optional<qint64> m_readAt;
    QMap<QString, Workload::Filesystem> m_filesystems;
};

} // namespace

std::unique_ptr<HostProbe> makeFilesystemHostProbe(const ProbeContext &context,
                                                   const ProcSnapshot &)
{
    return std::make_unique<FilesystemProbe>(context);
}

} // namespace Treewarden
