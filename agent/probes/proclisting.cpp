// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/proclisting.h"

#include "agent/probes/lines.h"
#include "agent/probes/processrights.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <limits>
#include <linux/magic.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace Treewarden {

namespace {

constexpr qint64 wholeInterval = 5'000, longestInterval = 60'000; // ms
constexpr pid_t allPids = std::numeric_limits<pid_t>::max();

bool isKernelsOwn(const QByteArray &path)
{
    struct statfs status
    {
    };

    return statfs(path.constData(), &status) == 0 && status.f_type == PROC_SUPER_MAGIC;
}

/// Under another pid namespace's /proc we have another number, and loadavg speaks of ours.
bool isOurNamespace(const QByteArray &root)
{
    return ownPid(root) == getpid();
}

pid_t pidOf(const char *name)
{
    return numberOf<pid_t>(QByteArrayView(name)).value_or(0);
}

} // namespace

ProcListing::ProcListing(const QByteArray &root)
    : m_root(root)
    , m_loadavg(QString::fromLocal8Bit(root) + QStringLiteral("/loadavg"), 128)
    , m_buffer(32 * 1024)
{
}

ProcListing::~ProcListing()
{
    if (m_folder >= 0)
        close(m_folder);
}

ProcListing::Outcome ProcListing::refresh(qint64 now)
{
    if (!openFolder())
        return Outcome::Failed;
    const auto known = m_census;
    m_census
        = readCensus(); // before the list: who comes between the two is found twice, never missed
    if (m_offset && known && m_census && m_census->lastPid >= known->lastPid) {
        const bool isSame = m_census == m_censusOfWhole && m_census->lastPid == known->lastPid;
        if (now < (isSame ? m_wholeAtLast : m_wholeAt))
            return m_census->lastPid == known->lastPid
                ? Outcome::Unchanged
                : listBetween(known->lastPid, m_census->lastPid);
    }
    m_censusOfWhole = m_census;
    m_wholeAt = now + wholeInterval;
    m_wholeAtLast = now + longestInterval;
    return listAll();
}

bool ProcListing::openFolder()
{
    if (m_folder < 0) {
        m_folder = open(m_root.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        m_isOurProc
            = isKernelsOwn(m_root) && isKernelsOwn(m_root + "/loadavg") && isOurNamespace(m_root);
    }
    return m_folder >= 0;
}

/// "0.20 0.18 0.12 1/80 11206": running and all threads, and the last pid (proc(5)).
std::optional<ProcListing::Census> ProcListing::readCensus()
{
    if (!m_isOurProc)
        return std::nullopt;
    QByteArrayView text = m_loadavg.read();
    for (int i = 0; i < 3; ++i)
        takeWord(&text);
    const QByteArrayView threads = takeWord(&text);
    const auto total = numberOf<int>(threads.sliced(threads.indexOf('/') + 1));
    const auto last = numberOf<pid_t>(text.trimmed());
    return total && last ? std::optional(Census{*last, *total}) : std::nullopt;
}

ProcListing::Outcome ProcListing::listAll()
{
    std::vector<ListedPid> found;
    found.reserve(m_pids.size() + 16);
    m_offset.reset();
    if (!read(0, allPids, &found))
        return Outcome::Failed;
    const auto byPid = [](const ListedPid &a, const ListedPid &b) { return a.pid < b.pid; };
    if (!std::is_sorted(found.begin(), found.end(), byPid)) {
        std::sort(found.begin(), found.end(), byPid);
        m_offset.reset();
    }
    std::swap(found, m_pids);
    return found == m_pids ? Outcome::Unchanged : Outcome::Changed;
}

/// Those after `known` up to `last`: numbers are given out in rising order.
ProcListing::Outcome ProcListing::listBetween(pid_t known, pid_t last)
{
    std::vector<ListedPid> found;
    if (!read(*m_offset + known + 1, last, &found))
        return Outcome::Failed;
    const auto after = [](pid_t pid, const ListedPid &one) { return pid < one.pid; };
    const auto from = std::upper_bound(m_pids.begin(), m_pids.end(), known, after);
    const auto to = std::upper_bound(from, m_pids.end(), last, after);
    if (std::equal(from, to, found.begin(), found.end()))
        return Outcome::Unchanged;
    m_pids.insert(m_pids.erase(from, to), found.begin(), found.end());
    return Outcome::Changed;
}

/// An entry carries the offset of the one after it: that offset less the next pid is the same
/// number for all of /proc.
bool ProcListing::read(qint64 offset, pid_t last, std::vector<ListedPid> *found)
{
    const bool isWhole = last == allPids;
    const size_t room = isWhole ? m_buffer.size() : 1024;
    if (lseek(m_folder, offset, SEEK_SET) != offset)
        return false;
    bool isRegular = true;
    std::optional<qint64> next, base;
    pid_t pid = 0;
    long length = 0;
    while (pid < last && (length = syscall(SYS_getdents64, m_folder, m_buffer.data(), room)) > 0) {
        for (long at = 0; at < length;) {
            const auto *entry = reinterpret_cast<const dirent64 *>(m_buffer.data() + at);
            at += entry->d_reclen;
            pid = pidOf(entry->d_name);
            if (pid > 0 && pid <= last)
                found->push_back({pid, entry->d_ino});
            if (pid > 0 && next) {
                isRegular = isRegular && (!base || *base == *next - pid);
                base = *next - pid;
            }
            next = entry->d_off;
        }
    }
    if (isWhole && isRegular && m_isOurProc)
        m_offset = base;
    return length >= 0;
}

} // namespace Treewarden
