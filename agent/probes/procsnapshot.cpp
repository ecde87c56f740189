// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/procsnapshot.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/passwdfile.h"
#include "agent/probes/processstat.h"

#include <QHash>

#include <algorithm>
#include <optional>

#include <cstdio>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Treewarden {

namespace {

constexpr qint64 youngAge = 10'000, rereadInterval = 30'000; // ms
constexpr qsizetype longestLine = 64 * 1024;

qint64 millisecondsSinceBoot()
{
    timespec time {};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

pid_t pidOf(const char *name)
{
    pid_t pid = 0;
    for (; *name >= '0' && *name <= '9' && pid < 100'000'000; ++name)
        pid = pid * 10 + (*name - '0');
    return *name == '\0' ? pid : 0;
}

/// The arguments as ps prints them: blanks between, control characters as '?'.
QByteArray shownLine(QByteArrayView arguments)
{
    while (arguments.endsWith('\0') || arguments.endsWith(' '))
        arguments.chop(1);
    QByteArray line = arguments.toByteArray();
    for (char &c : line) {
        if (c == '\0')
            c = ' ';
        else if (uchar(c) < 0x20 || c == 0x7f)
            c = '?';
    }
    return line;
}

QByteArrayView takeUntil(QByteArrayView *text, char separator)
{
    const qsizetype end = text->indexOf(separator);
    const QByteArrayView head = end < 0 ? *text : text->first(end);
    *text = end < 0 ? QByteArrayView() : text->sliced(end + 1);
    return head;
}

} // namespace

bool Process::runs(QByteArrayView program) const
{
    const auto isNamed = [program](QByteArrayView word) {
        return word.endsWith(program)
            && (word.size() == program.size() || word.at(word.size() - program.size() - 1) == '/');
    };
    QByteArrayView rest = arguments.isEmpty() ? QByteArrayView(commandLine) : QByteArrayView(arguments);
    const QByteArrayView first = takeUntil(&rest, '\0');
    if (program.isEmpty() || isNamed(first))
        return !program.isEmpty();
    QByteArrayView title = first;
    QByteArrayView word = takeUntil(&title, ' ');
    if (word.endsWith(':'))
        word.chop(1);
    if (isNamed(word))
        return true;
    static constexpr const char *interpreters[] = { "sh", "bash", "dash", "perl", "ruby", "node", "php" };
    const QByteArrayView interpreter = word.sliced(word.lastIndexOf('/') + 1);
    return (interpreter.startsWith("python") || std::find(std::begin(interpreters), std::end(interpreters), interpreter) != std::end(interpreters))
        && isNamed(takeUntil(&rest, '\0'));
}

QByteArrayView Process::programName() const
{
    QByteArrayView rest = arguments.isEmpty() ? QByteArrayView(commandLine) : QByteArrayView(arguments);
    QByteArrayView title = takeUntil(&rest, '\0');
    QByteArrayView word = takeUntil(&title, ' ');
    if (word.endsWith(':'))
        word.chop(1);
    return word.sliced(word.lastIndexOf('/') + 1);
}

class ProcSnapshot::Private
{
public:
    /// What the pass remembers of a process, beside the part that callers see.
    struct Known
    {
        pid_t pid = 0;
        quint64 inode = 0; ///< of /proc/PID: another one is another process
        qint64 readAgainAt = 0, youngUntil = 0;
        bool isGone = false; ///< a zombie, or gone before it could be read

        bool isSameProcess(const Known &other) const { return pid == other.pid && inode == other.inode && inode > 1; }
    };

    bool list(std::vector<Known> *found);
    void merge(std::vector<Known> found, qint64 now);
    bool readFirst(Known *known, Process *process, qint64 now);
    bool readAgain(Known *known, Process *process, qint64 now);
    std::optional<QByteArrayView> readFile(pid_t pid, const char *name);
    std::optional<ProcessStat> readStat(pid_t pid);
    QByteArray readUser(pid_t pid);

    QByteArray root;
    int folder = -1;
    QByteArray buffer = QByteArray(longestLine, Qt::Uninitialized);
    QHash<uid_t, QByteArray> users;
    std::vector<Known> known;
    std::vector<Process> living;
    quint64 revision = 1;
};

/// The directory's numbers with their inodes, sorted.
bool ProcSnapshot::Private::list(std::vector<Known> *found)
{
    if (folder < 0)
        folder = open(root.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || lseek(folder, 0, SEEK_SET) != 0)
        return false;
    long length = 0;
    while ((length = syscall(SYS_getdents64, folder, buffer.data(), size_t(buffer.size()))) > 0) {
        for (long offset = 0; offset < length;) {
            const auto *entry = reinterpret_cast<const dirent64 *>(buffer.constData() + offset);
            if (const pid_t pid = pidOf(entry->d_name))
                found->push_back({ pid, entry->d_ino });
            offset += entry->d_reclen;
        }
    }
    const auto byPid = [](const Known &a, const Known &b) { return a.pid < b.pid; };
    if (!std::is_sorted(found->begin(), found->end(), byPid))
        std::sort(found->begin(), found->end(), byPid);
    return length == 0;
}

/// Both lists are in order of their pids, so one walk finds who came, went or stayed.
void ProcSnapshot::Private::merge(std::vector<Known> found, qint64 now)
{
    std::vector<Process> next;
    next.reserve(found.size());
    auto old = known.begin();
    auto oldLiving = living.begin();
    size_t stayed = 0;
    bool isChanged = false;
    for (Known &one : found) {
        old = std::find_if(old, known.end(), [&](const Known &k) { return k.pid >= one.pid; });
        oldLiving = std::find_if(oldLiving, living.end(), [&](const Process &p) { return p.pid >= one.pid; });
        const bool isKnown = old != known.end() && old->isSameProcess(one);
        if (!isKnown) {
            Process process;
            isChanged |= readFirst(&one, &process, now);
            if (!one.isGone)
                next.push_back(std::move(process));
            continue;
        }
        one = *old;
        if (one.isGone)
            continue;
        if (one.readAgainAt <= now)
            isChanged |= readAgain(&one, &*oldLiving, now);
        if (!one.isGone) {
            next.push_back(std::move(*oldLiving));
            ++stayed;
        }
    }
    if (isChanged || stayed != living.size())
        ++revision;
    known = std::move(found);
    living = std::move(next);
}

/// True when it lives.
bool ProcSnapshot::Private::readFirst(Known *one, Process *process, qint64 now)
{
    const auto stat = readStat(one->pid);
    const auto arguments = readFile(one->pid, "cmdline");
    one->isGone = !stat || !arguments || stat->isDead();
    if (one->isGone)
        return false;
    process->pid = one->pid;
    process->startTime = stat->startTime;
    process->parent = stat->parent;
    process->state = stat->state;
    process->arguments = arguments->toByteArray();
    process->commandLine = arguments->isEmpty() ? '[' + stat->name + ']' : shownLine(*arguments);
    process->user = readUser(one->pid);
    process->revision = revision + 1;
    const qint64 age = millisecondsSinceBoot() - qint64(stat->startTime) * 1000 / sysconf(_SC_CLK_TCK);
    one->youngUntil = age < youngAge ? now + youngAge - std::max<qint64>(age, 0) : now;
    one->readAgainAt = one->youngUntil > now ? now : now + 1 + qint64(one->pid) * 7919 % rereadInterval;
    return true;
}

/// True when something about it changed.
bool ProcSnapshot::Private::readAgain(Known *one, Process *process, qint64 now)
{
    one->readAgainAt = one->youngUntil > now ? now : now + rereadInterval;
    const auto arguments = readFile(one->pid, "cmdline");
    if (arguments && *arguments == process->arguments)
        return false;
    if (arguments && !arguments->isEmpty()) {
        process->arguments = arguments->toByteArray();
        process->commandLine = shownLine(*arguments);
        process->user = readUser(one->pid);
        process->revision = revision + 1;
        return true;
    }
    const auto stat = readStat(one->pid); // a zombie's line is empty
    one->isGone = !stat || stat->isDead();
    return one->isGone;
}

std::optional<QByteArrayView> ProcSnapshot::Private::readFile(pid_t pid, const char *name)
{
    char path[32];
    std::snprintf(path, sizeof path, "%d/%s", int(pid), name);
    const int file = openat(folder, path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return std::nullopt;
    const ssize_t length = ::read(file, buffer.data(), size_t(buffer.size()));
    close(file);
    return length < 0 ? std::nullopt : std::optional(QByteArrayView(buffer).first(length));
}

std::optional<ProcessStat> ProcSnapshot::Private::readStat(pid_t pid)
{
    const auto text = readFile(pid, "stat");
    const auto stat = parseProcessStat(text.value_or(QByteArrayView()));
    return stat ? std::optional(*stat) : std::nullopt;
}

/// The owner of /proc/PID is the effective user, as in ps.
QByteArray ProcSnapshot::Private::readUser(pid_t pid)
{
    struct stat status {};
    if (fstatat(folder, QByteArray::number(pid).constData(), &status, 0) != 0)
        return {};
    const auto known = users.constFind(status.st_uid);
    if (known != users.constEnd())
        return *known;
    users.insert(parsePasswd(HostFile(QStringLiteral("/etc/passwd"), 1 << 20).read()));
    if (!users.contains(status.st_uid))
        users.insert(status.st_uid, QByteArray::number(status.st_uid));
    return users.value(status.st_uid);
}

ProcSnapshot::ProcSnapshot(QString procRoot)
    : d(std::make_unique<Private>())
{
    d->root = procRoot.toLocal8Bit();
}

ProcSnapshot::~ProcSnapshot()
{
    if (d->folder >= 0)
        close(d->folder);
}

bool ProcSnapshot::refresh(qint64 now)
{
    std::vector<Private::Known> found;
    found.reserve(d->known.size() + 16);
    if (!d->list(&found))
        return false;
    d->merge(std::move(found), now);
    return true;
}

void ProcSnapshot::markDead(pid_t pid)
{
    const auto dead = std::lower_bound(d->living.begin(), d->living.end(), pid,
                                       [](const Process &process, pid_t p) { return process.pid < p; });
    if (dead == d->living.end() || dead->pid != pid)
        return;
    d->living.erase(dead);
    const auto known = std::lower_bound(d->known.begin(), d->known.end(), pid,
                                        [](const Private::Known &one, pid_t p) { return one.pid < p; });
    known->isGone = true;
    ++d->revision;
}

const std::vector<Process> &ProcSnapshot::processes() const
{
    return d->living;
}

const Process *ProcSnapshot::find(pid_t pid) const
{
    const auto found = std::lower_bound(d->living.begin(), d->living.end(), pid,
                                        [](const Process &process, pid_t p) { return process.pid < p; });
    return found != d->living.end() && found->pid == pid ? &*found : nullptr;
}

int ProcSnapshot::total() const
{
    return int(d->known.size());
}

quint64 ProcSnapshot::revision() const
{
    return d->revision;
}

} // namespace Treewarden
