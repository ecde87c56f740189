// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/host/filesystemprobe.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/mountinfo.h"
#include "agent/probes/probe.h"

#include <QFile>
#include <QMap>

#include <algorithm>
#include <sys/statvfs.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostMounts = 16;

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
    const QList<MountLine> lines = parseMountInfo(text);
    if (lines.isEmpty())
        return Error{u"/proc/self/mountinfo has no line of a mount"_s};
    QMap<QByteArray, Mount> byDevice;
    for (const MountLine &line : lines) {
        const bool isContainersRoot = line.type == "overlay" && line.path == "/";
        if (!isBlockBacked(line.type, line.source) && !isContainersRoot)
            continue;
        const Mount mount{line.path, line.device, line.type};
        // btrfs gives each subvolume a number of its own: there the source is what names the
        // device.
        const QByteArray key = line.type == "btrfs" ? line.source : line.device;
        const auto known = byDevice.find(key);
        if (known == byDevice.end())
            byDevice.insert(key, mount);
        else if (std::pair(mount.path.size(), mount.path)
                 < std::pair(known->path.size(), known->path))
            *known = mount;
    }
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
