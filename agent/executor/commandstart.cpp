// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/commandstart.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <pwd.h>
#include <string>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Treewarden {

namespace {

/// From /etc/passwd itself: a name service may hang.
std::string homeFolder()
{
    if (getuid() == 0)
        return "/root";
    std::string home = "/";
    FILE *file = std::fopen("/etc/passwd", "re");
    while (const passwd *entry = file ? fgetpwent(file) : nullptr) {
        if (entry->pw_uid == getuid()) {
            home = entry->pw_dir;
            break;
        }
    }
    if (file)
        std::fclose(file);
    return home;
}

void resetSignals()
{
    for (int number = 1; number < NSIG; ++number)
        std::signal(number, SIG_DFL); // refused for some, which nobody can have changed
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// In the child; returns only when it cannot be started.
void becomeCommand(int output, pid_t keeper, char *const *argv, char *const *environment)
{
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper)
        _exit(1);
    resetSignals();
    umask(022);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || chdir("/") != 0 || dup2(nothing, STDIN_FILENO) < 0
        || dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0)
        return;
    execve(argv[0], argv, environment);
}

} // namespace

/// An exec that worked closes the second pipe, one that did not writes its errno into it.
StartedCommand startCommand(const char *id, char *const *argv)
{
    int output[2], failure[2];
    if (pipe2(output, O_CLOEXEC) != 0 || pipe2(failure, O_CLOEXEC) != 0)
        return {-1, -1, errno};
    std::string path = std::string("PATH=") + commandPath, home = "HOME=" + homeFolder(),
                language = "LANG=C.UTF-8", command = std::string("TREEWARDEN_COMMAND=") + id;
    char *environment[] = {path.data(), language.data(), home.data(), command.data(), nullptr};
    const pid_t keeper = getpid();
    const pid_t process = fork();
    if (process == 0) {
        becomeCommand(output[1], keeper, argv, environment);
        const int error = errno;
        (void)!write(failure[1], &error, sizeof error);
        _exit(127);
    }
    int error = process < 0 ? errno : 0;
    close(output[1]);
    close(failure[1]);
    if (process > 0 && read(failure[0], &error, sizeof error) > 0)
        waitpid(process, nullptr, 0);
    close(failure[0]);
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    return {process, output[0], error};
}

} // namespace Treewarden
