// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/procsnapshot.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/passwdfile.h"
#include "agent/probes/processstat.h"
#include "agent/probes/proclisting.h"

#include <QHash>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <limits>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

namespace {

// ms. Young ones are read again every round, and not when somebody looks between two rounds.
constexpr qint64 youngAge = 10'000, youngInterval = 900, rereadInterval = 30'000;
constexpr qint64 never = std::numeric_limits<qint64>::max();
constexpr qsizetype longestLine = 64 * 1024;

qint64 millisecondsSinceBoot()
{
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

/// They never change their line, and are most of what a small host has. 2 is kthreadd.
bool isKernelThread(const Process &process)
{
    return process.arguments.isEmpty() && (process.pid == 2 || process.parent == 2);
}

/// Old processes are not all read in the same round.
qint64 spread(pid_t pid)
{
    return 1 + qint64(pid) * 7919 % rereadInterval;
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
    QByteArrayView rest
        = arguments.isEmpty() ? QByteArrayView(commandLine) : QByteArrayView(arguments);
    const QByteArrayView first = takeUntil(&rest, '\0');
    if (program.isEmpty() || isNamed(first))
        return !program.isEmpty();
    QByteArrayView title = first;
    QByteArrayView word = takeUntil(&title, ' ');
    if (word.endsWith(':'))
        word.chop(1);
    if (isNamed(word))
        return true;
    static constexpr const char *interpreters[]
        = {"sh", "bash", "dash", "perl", "ruby", "node", "php"};
    const QByteArrayView interpreter = word.sliced(word.lastIndexOf('/') + 1);
    return (interpreter.startsWith("python")
            || std::find(std::begin(interpreters), std::end(interpreters), interpreter)
                != std::end(interpreters))
        && isNamed(takeUntil(&rest, '\0'));
}

QByteArrayView Process::programName() const
{
    QByteArrayView rest
        = arguments.isEmpty() ? QByteArrayView(commandLine) : QByteArrayView(arguments);
    QByteArrayView title = takeUntil(&rest, '\0');
    QByteArrayView word = takeUntil(&title, ' ');
    if (word.endsWith(':'))
        word.chop(1);
    return word.sliced(word.lastIndexOf('/') + 1);
}

class ProcSnapshot::Private
{
public:
    /// What is remembered of a listed pid, beside the part that callers see.
    struct Known
    {
        ListedPid listed;
        qint64 readAgainAt = 0, youngUntil = 0;
        bool isGone = false; ///< a zombie, or gone before it could be read
    };

    explicit Private(const QByteArray &root)
        : listing(root)
    {
    }

    void merge(qint64 now);
    void readDue(qint64 now);
    bool readFirst(Known *known, Process *process, qint64 now);
    bool readAgain(Known *known, Process *process, qint64 now);
    std::optional<QByteArrayView> readFile(pid_t pid, const char *name);
    /// The last file could not be read for want of descriptors or memory: its process may well
    /// live.
    bool wasRefused() const;
    std::optional<ProcessStat> readStat(pid_t pid);
    QByteArray readUser(pid_t pid);

    ProcListing listing;
    QByteArray buffer = QByteArray(longestLine, Qt::Uninitialized);
    QHash<uid_t, QByteArray> users;
    std::vector<Known> known;
    std::vector<Process> living;
    quint64 revision = 1;
    int failure = 0; ///< errno of the last readFile
    bool isIncomplete = false; ///< somebody new could not be read: he is looked at again
};

/// Both lists are in order of their pids, so one walk finds who came, went or stayed.
void ProcSnapshot::Private::merge(qint64 now)
{
    isIncomplete = false;
    std::vector<Known> nextKnown;
    std::vector<Process> nextLiving;
    nextKnown.reserve(listing.pids().size());
    nextLiving.reserve(listing.pids().size());
    auto old = known.begin();
    auto oldLiving = living.begin();
    for (const ListedPid &listed : listing.pids()) {
        old = std::find_if(old, known.end(),
                           [&](const Known &k) { return k.listed.pid >= listed.pid; });
        oldLiving = std::find_if(oldLiving, living.end(),
                                 [&](const Process &p) { return p.pid >= listed.pid; });
        const bool isKnown = old != known.end() && old->listed == listed
            && listed.inode > 1; // 1: the kernel had no memory
        nextKnown.push_back(isKnown ? *old : Known{listed});
        Process process;
        if (!isKnown && readFirst(&nextKnown.back(), &process, now)) {
            nextLiving.push_back(std::move(process));
        } else if (isKnown && !old->isGone) {
            nextLiving.push_back(std::move(*oldLiving));
        } else if (!isKnown && wasRefused()) {
            nextKnown.pop_back();
            isIncomplete = true;
        }
    }
    known = std::move(nextKnown);
    living = std::move(nextLiving);
    ++revision;
}

/// Command lines whose time has come.
void ProcSnapshot::Private::readDue(qint64 now)
{
    auto process = living.begin();
    bool isChanged = false;
    for (Known &one : known) {
        if (one.isGone)
            continue;
        if (one.readAgainAt <= now)
            isChanged |= readAgain(&one, &*process, now);
        process = one.isGone ? living.erase(process) : process + 1;
    }
    revision += isChanged ? 1 : 0;
}

/// True when it lives.
bool ProcSnapshot::Private::readFirst(Known *one, Process *process, qint64 now)
{
    const auto stat = readStat(one->listed.pid);
    const auto arguments = readFile(one->listed.pid, "cmdline");
    one->isGone = !stat || !arguments || stat->isDead();
    if (one->isGone)
        return false;
    process->pid = one->listed.pid;
    process->startTime = stat->startTime;
    process->parent = stat->parent;
    process->state = stat->state;
    process->name = stat->name;
    process->arguments = arguments->toByteArray();
    process->commandLine = arguments->isEmpty() ? '[' + stat->name + ']' : shownLine(*arguments);
    process->user = readUser(one->listed.pid);
    process->revision = revision + 1;
    const qint64 age
        = millisecondsSinceBoot() - qint64(stat->startTime) * 1000 / sysconf(_SC_CLK_TCK);
    one->youngUntil = age < youngAge ? now + youngAge - std::max<qint64>(age, 0) : 0;
    one->readAgainAt = one->youngUntil > 0 ? now + youngInterval : now + spread(one->listed.pid);
    if (isKernelThread(*process))
        one->readAgainAt = never;
    return true;
}

/// True when something about it changed.
bool ProcSnapshot::Private::readAgain(Known *one, Process *process, qint64 now)
{
    const bool isYoung = one->youngUntil > now, wasYoung = one->youngUntil > 0;
    one->readAgainAt = isYoung ? now + youngInterval
                               : now + (wasYoung ? spread(one->listed.pid) : rereadInterval);
    one->youngUntil = isYoung ? one->youngUntil : 0;
    const auto arguments = readFile(one->listed.pid, "cmdline");
    if (arguments && *arguments == process->arguments)
        return false;
    if (!arguments && wasRefused()) {
        one->readAgainAt = now + 1;
        return false;
    }
    if (arguments && !arguments->isEmpty()) {
        process->arguments = arguments->toByteArray();
        process->commandLine = shownLine(*arguments);
        if (const auto stat = readStat(one->listed.pid))
            process->name = stat->name;
        process->user = readUser(one->listed.pid);
        process->revision = revision + 1;
        return true;
    }
    const auto stat = readStat(one->listed.pid); // a zombie's line is empty
    one->isGone = stat ? stat->isDead() : !wasRefused();
    return one->isGone;
}

bool ProcSnapshot::Private::wasRefused() const
{
    return failure == EMFILE || failure == ENFILE || failure == ENOMEM || failure == EINTR;
}

std::optional<QByteArrayView> ProcSnapshot::Private::readFile(pid_t pid, const char *name)
{
    char path[32];
    std::snprintf(path, sizeof path, "%d/%s", int(pid), name);
    const int file = openat(listing.folder(), path, O_RDONLY | O_CLOEXEC);
    failure = file < 0 ? errno : 0;
    if (file < 0)
        return std::nullopt;
    const ssize_t length = ::read(file, buffer.data(), size_t(buffer.size()));
    failure = length < 0 ? errno : 0;
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
    struct stat status
    {
    };

    if (fstatat(listing.folder(), QByteArray::number(pid).constData(), &status, 0) != 0)
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
    : d(std::make_unique<Private>(procRoot.toLocal8Bit()))
{
}

ProcSnapshot::~ProcSnapshot() = default;

bool ProcSnapshot::refresh(qint64 now)
{
    const auto outcome = d->listing.refresh(now);
    if (outcome == ProcListing::Outcome::Failed)
        return false;
    d->readDue(now);
    if (outcome == ProcListing::Outcome::Changed || d->isIncomplete)
        d->merge(now);
    return true;
}

void ProcSnapshot::markDead(pid_t pid)
{
    const auto dead
        = std::lower_bound(d->living.begin(), d->living.end(), pid,
                           [](const Process &process, pid_t p) { return process.pid < p; });
    if (dead == d->living.end() || dead->pid != pid)
        return;
    d->living.erase(dead);
    const auto known
        = std::lower_bound(d->known.begin(), d->known.end(), pid,
                           [](const Private::Known &one, pid_t p) { return one.listed.pid < p; });
    known->isGone = true;
    ++d->revision;
}

const std::vector<Process> &ProcSnapshot::processes() const
{
    return d->living;
}

const Process *ProcSnapshot::find(pid_t pid) const
{
    const auto found
        = std::lower_bound(d->living.begin(), d->living.end(), pid,
                           [](const Process &process, pid_t p) { return process.pid < p; });
    return found != d->living.end() && found->pid == pid ? &*found : nullptr;
}

char ProcSnapshot::stateOf(pid_t pid) const
{
    const auto stat = d->readStat(pid);
    return stat ? stat->state : '\0';
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
