// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/aside.h"
#include "agent/probes/mounttable.h"
#include "agent/probes/probe.h"

namespace Treewarden {

/// What a file system says about itself.
struct FilesystemUse
{
    int error = 0; ///< errno of the first thing that failed, 0: nothing
    bool isReadOnly = false;
    qint64 total = 0, used = 0, available = 0; ///< bytes; available to users that are not root
    qint64 inodes = 0, inodesFree = 0; ///< 0 inodes: it has no fixed number of them
    int writeError = 0; ///< errno of the write test
};

/// Asks with statvfs(3), and with `writes` by writing a file without a name that is gone at once.
/// May hang on a network file system.
FilesystemUse measureFilesystem(const QByteArray &path, bool writes);

/// What is asked of a file system.
struct FilesystemDemands
{
    QString path;
    bool isMountPoint = true; ///< something must be mounted there
    QString type; ///< of what is mounted; empty: any
    bool isWritable = false, isWriteTested = false;
    std::optional<qint64> leastFree; ///< bytes
    std::optional<double> leastFreePercent, leastFreeInodes; ///< percent
    std::chrono::milliseconds every{10'000}, timeout{2000};
};

/// Alive while the file system is mounted and meets what is asked. A mount that comes or goes is
/// noticed at once. Local ones are asked in the event loop; one that may hang on a thread, and not
/// again while that is stuck.
class FilesystemCheck : public ServiceProbe
{
public:
    using Measure = std::function<FilesystemUse(const QByteArray &path, bool writes)>;

    FilesystemCheck(FilesystemDemands demands, const ProbeContext &context,
                    Measure measure = measureFilesystem);

    void check(const ProcSnapshot &processes, Done done) override;
    QString description() const override;

private:
    void measureAside();
    void take(const FilesystemUse &use);
    void finish(const CheckResult &result);
    std::optional<CheckResult> judgeMount();
    CheckResult judge(const FilesystemUse &use) const;
    CheckResult hung() const;
    CheckResult died(const QString &kind, const QString &sentence,
                     const QJsonObject &args = {}) const;
    QString rightToWrite() const;
    void tellChange();

    const FilesystemDemands m_demands;
    const QByteArray m_path;
    const QString m_procRoot;
    const Measure m_measure;
    MountTable m_mounts;
    Aside m_aside;
    Done m_done;
    std::optional<CheckResult> m_last;
    qint64 m_lastAt = 0; ///< steady ms
    bool m_isMountReadOnly = false;
};

} // namespace Treewarden
