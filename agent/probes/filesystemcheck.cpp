// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/filesystemcheck.h"

#include "shared/core/textformat.h"

#include <QDeadlineTimer>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

qint64 steadyClock()
{
    return QDeadlineTimer::current().deadline();
}

QString errorText(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

double percentage(qint64 part, qint64 whole)
{
    return whole > 0 ? 100.0 * double(part) / double(whole) : 0;
}

QString shownPercent(double percent)
{
    return QString::number(percent, 'f', percent < 10 ? 1 : 0) + u'%';
}

/// Writes one block to a file that has no name, or where the file system knows none (NFS) to one
/// whose name is taken away at once. 0 or errno.
int testWriting(const QByteArray &folder)
{
    int file = open(folder.constData(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
        QByteArray name = folder + "/.treewarden-XXXXXX";
        file = mkostemp(name.data(), O_CLOEXEC);
        if (file >= 0)
            unlink(name.constData());
    }
    if (file < 0)
        return errno;
    const char block[512]{};
    const bool isWritten = write(file, block, sizeof block) == ssize_t(sizeof block);
    const int error = isWritten && fsync(file) == 0 ? 0 : errno;
    close(file);
    return error;
}

} // namespace

FilesystemUse measureFilesystem(const QByteArray &path, bool writes)
{
    struct statvfs status
    {
    };

    FilesystemUse use;
    if (statvfs(path.constData(), &status) != 0) {
        use.error = errno;
        return use;
    }
    const auto size
        = [&status](fsblkcnt_t blocks) { return qint64(blocks) * qint64(status.f_frsize); };
    use.isReadOnly = (status.f_flag & ST_RDONLY) != 0;
    use.total = size(status.f_blocks);
    use.used = size(status.f_blocks - std::min(status.f_bfree, status.f_blocks));
    use.available = size(status.f_bavail);
    use.inodes = qint64(status.f_files);
    use.inodesFree = qint64(status.f_favail);
    if (writes && !use.isReadOnly)
        use.writeError = testWriting(path);
    return use;
}

FilesystemCheck::FilesystemCheck(FilesystemDemands demands, const ProbeContext &context,
                                 Measure measure)
    : m_demands(std::move(demands))
    , m_path(QFile::encodeName(m_demands.path))
    , m_procRoot(context.procRoot)
    , m_measure(std::move(measure))
    , m_mounts(context.procRoot)
{
    m_mounts.changed = [this] { tellChange(); };
    m_aside.returned = [this] { tellChange(); };
}

QString FilesystemCheck::description() const
{
    QStringList demands;
    const QString what
        = m_demands.type.isEmpty() ? u"a file system"_s : u"a file system %1"_s.arg(m_demands.type);
    demands << (m_demands.isMountPoint ? u"%1 is mounted at %2"_s.arg(what, m_demands.path)
                                       : u"the file system of %1 answers"_s.arg(m_demands.path));
    if (m_demands.isWritable)
        demands << u"for writing"_s;
    if (m_demands.isWriteTested)
        demands << u"where a test file can be written"_s + rightToWrite();
    if (m_demands.leastFreePercent)
        demands << u"with at least %1% free"_s.arg(*m_demands.leastFreePercent);
    if (m_demands.leastFree)
        demands << u"with at least %1 free"_s.arg(formatBytes(*m_demands.leastFree));
    if (m_demands.leastFreeInodes)
        demands << u"with at least %1% of its inodes free"_s.arg(*m_demands.leastFreeInodes);
    return demands.join(u", "_s);
}

/// For --check: whether this user may. Nothing that could hang is asked.
QString FilesystemCheck::rightToWrite() const
{
    if (passesMountThatMayHang(MountTable(m_procRoot).mounts(), m_path)
        || access(m_path.constData(), W_OK) == 0 || (errno != EACCES && errno != EPERM))
        return {};
    return u" (this user may not write there: give it the right, or leave out \"write\")"_s;
}

void FilesystemCheck::check(const ProcSnapshot &, Done done)
{
    if (m_last && steadyClock() - m_lastAt < m_demands.every.count()) {
        done(CheckResult(*m_last));
        return;
    }
    m_done = std::move(done);
    if (m_aside.isBusy()) {
        finish(hung());
        return;
    }
    if (const auto verdict = judgeMount()) {
        finish(*verdict);
        return;
    }
    if (m_demands.isWriteTested || passesMountThatMayHang(m_mounts.mounts(), m_path))
        measureAside();
    else
        take(m_measure(m_path, false));
}

void FilesystemCheck::measureAside()
{
    const auto work = [this, measure = m_measure, path = m_path,
                       writes = m_demands.isWriteTested]() -> Aside::Answer {
        const FilesystemUse use = measure(path, writes);
        return [this, use] { take(use); };
    };
    m_aside.run(work, m_demands.timeout, [this] { finish(hung()); });
}

void FilesystemCheck::take(const FilesystemUse &use)
{
    CheckResult result = judge(use);
    if (use.error == 0) {
        result.info = {{u"total"_s, use.total},
                       {u"used"_s, use.used},
                       {u"available"_s, use.available},
                       {u"free_percent"_s, percentage(use.available, use.total)}};
        if (use.inodes > 0)
            result.info.insert(u"inodes_used"_s,
                               percentage(use.inodes - use.inodesFree, use.inodes));
    }
    finish(result);
}

void FilesystemCheck::finish(const CheckResult &result)
{
    m_last = result;
    m_lastAt = steadyClock();
    const Done done = std::exchange(m_done, nullptr);
    done(result); // the last thing: it may destroy this probe
}

/// What the table of mounts tells without touching the file system.
std::optional<CheckResult> FilesystemCheck::judgeMount()
{
    const QList<MountLine> &mounts = m_mounts.mounts();
    const MountLine *mount = mountAt(mounts, m_path);
    m_isMountReadOnly = mount && mount->isReadOnly;
    if (mounts.isEmpty() || !m_demands.isMountPoint)
        return std::nullopt;
    if (!mount)
        return died(u"unmounted"_s, u"nothing is mounted at %1"_s.arg(m_demands.path));
    const QString type = QString::fromUtf8(mount->type);
    if (!m_demands.type.isEmpty() && type != m_demands.type && type != u"autofs")
        return died(
            u"type"_s,
            u"what is mounted at %1 is %2, not %3"_s.arg(m_demands.path, type, m_demands.type),
            {{u"type"_s, type}, {u"expected"_s, m_demands.type}});
    return std::nullopt;
}

CheckResult FilesystemCheck::judge(const FilesystemUse &use) const
{
    if (use.error == EACCES || use.writeError == EACCES || use.writeError == EPERM) {
        return CheckResult::unknown(
            u"%1 may not be %2 by the agent's user: give it the right, or leave out \"write\""_s
                .arg(m_demands.path, use.error == EACCES ? u"entered"_s : u"written to"_s),
            u"fs.denied"_s, {{u"path"_s, m_demands.path}});
    }
    if (use.error != 0)
        return died(u"error"_s,
                    u"the file system at %1 says: %2"_s.arg(m_demands.path, errorText(use.error)),
                    {{u"said"_s, errorText(use.error)}});
    if ((m_demands.isWritable || m_demands.isWriteTested) && (use.isReadOnly || m_isMountReadOnly))
        return died(u"readonly"_s,
                    u"%1 is read-only: mounted so, or made so by the kernel after an error"_s.arg(
                        m_demands.path));
    if (use.writeError != 0)
        return died(u"write"_s,
                    u"writing to %1 fails: %2"_s.arg(m_demands.path, errorText(use.writeError)),
                    {{u"said"_s, errorText(use.writeError)}});
    const double free = percentage(use.available, use.total);
    const bool isShort = m_demands.leastFree && use.available < *m_demands.leastFree;
    if (isShort || (m_demands.leastFreePercent && free < *m_demands.leastFreePercent)) {
        const QString has = isShort ? formatBytes(use.available) : shownPercent(free);
        const QString least = isShort ? formatBytes(*m_demands.leastFree)
                                      : shownPercent(*m_demands.leastFreePercent);
        return died(u"space"_s,
                    u"%1 has %2 free, at least %3 are asked for"_s.arg(m_demands.path, has, least),
                    {{u"free"_s, has}, {u"least"_s, least}});
    }
    const double freeInodes = percentage(use.inodesFree, use.inodes);
    if (m_demands.leastFreeInodes && use.inodes > 0 && freeInodes < *m_demands.leastFreeInodes) {
        const QString has = shownPercent(freeInodes),
                      least = shownPercent(*m_demands.leastFreeInodes);
        return died(u"inodes"_s,
                    u"%1 has %2 of its inodes free, at least %3 are asked for"_s.arg(m_demands.path,
                                                                                     has, least),
                    {{u"free"_s, has}, {u"least"_s, least}});
    }
    return CheckResult::isAlive();
}

CheckResult FilesystemCheck::hung() const
{
    const double seconds = double(m_demands.timeout.count()) / 1000;
    return died(u"hung"_s,
                u"the file system at %1 gave no answer within %2 s: its server or its daemon is "
                "away"_s.arg(m_demands.path)
                    .arg(seconds),
                {{u"seconds"_s, seconds}});
}

CheckResult FilesystemCheck::died(const QString &kind, const QString &sentence,
                                  const QJsonObject &args) const
{
    QJsonObject all = args;
    all.insert(u"path"_s, m_demands.path);
    return CheckResult::died(sentence, u"fs."_s + kind, all);
}

void FilesystemCheck::tellChange()
{
    m_last.reset();
    if (!m_done && changed)
        changed();
}

} // namespace Treewarden
