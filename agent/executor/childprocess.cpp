// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/childprocess.h"

#include "agent/executor/keeperlink.h"
#include "shared/core/childreaper.h"

#include <QTimer>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Starts this program again, with nothing but `report` as its standard output; its errno.
int spawnKeeper(pid_t *keeper, const QStringList &words, int report)
{
    QByteArrayList bytes;
    for (const QString &word : words)
        bytes << word.toUtf8();
    std::vector<char *> argv;
    for (QByteArray &word : bytes)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    char *environment[] = {nullptr};

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, report, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &all); // until it has its own handlers
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    const int error
        = posix_spawn(keeper, "/proc/self/exe", &actions, &attributes, argv.data(), environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

} // namespace

ChildProcess::ChildProcess(std::chrono::milliseconds grace, QObject *parent)
    : ActionRunner(parent)
    , m_grace(grace)
{
}

void ChildProcess::run(const ActionRequest &request, Done done)
{
    int ends[2];
    pid_t keeper = -1;
    int error = pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
    if (error == 0) {
        error = spawnKeeper(&keeper, keeperWords(request, m_grace), ends[1]);
        close(ends[1]);
        if (error != 0)
            close(ends[0]);
    }
    if (error != 0) {
        QTimer::singleShot(0, this, [done = std::move(done), error] {
            done(failedOutcome(u"no process can be started to keep the command: %1"_s.arg(
                QString::fromLocal8Bit(std::strerror(error)))));
        });
        return;
    }
    new ChildReaper(keeper); // deletes itself
    new KeeperLink(ends[0], request, m_grace, std::move(done), this);
}

} // namespace Treewarden
