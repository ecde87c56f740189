// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/descendants.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <sys/syscall.h>
#include <unistd.h>

namespace Treewarden {

namespace {

struct FileCloser
{
    void operator()(FILE *file) const { std::fclose(file); }
};

using File = std::unique_ptr<FILE, FileCloser>;

struct Kinship
{
    pid_t process, parent;
};

/// The parent, 0 when the process is gone (proc(5), stat: the fourth field, after a name that may
/// hold anything).
pid_t parentOf(pid_t process)
{
    char path[64], line[512];
    std::snprintf(path, sizeof path, "/proc/%d/stat", int(process));
    const File file(std::fopen(path, "re"));
    const std::size_t length = file ? std::fread(line, 1, sizeof line - 1, file.get()) : 0;
    line[length] = '\0';
    const char *name = std::strrchr(line, ')');
    return name && std::strlen(name) > 4 ? pid_t(std::atoi(name + 4)) : 0;
}

std::vector<Kinship> allProcesses()
{
    std::vector<Kinship> found;
    DIR *folder = opendir("/proc");
    while (const dirent *entry = folder ? readdir(folder) : nullptr) {
        const pid_t process = pid_t(std::atoi(entry->d_name));
        if (process > 0)
            found.push_back({process, parentOf(process)});
    }
    if (folder)
        closedir(folder);
    return found;
}

/// Only while its parent is still `from.parent`: by then the number may be somebody else's.
void signalIfRelated(const Kinship &from, int signal)
{
    const int descriptor = int(syscall(SYS_pidfd_open, from.process, 0));
    if (parentOf(from.process) == from.parent) {
        if (descriptor >= 0)
            syscall(SYS_pidfd_send_signal, descriptor, signal, nullptr, 0);
        else
            kill(from.process, signal); // a kernel before 5.3
    }
    if (descriptor >= 0)
        close(descriptor);
}

} // namespace

/// The kernel's own list (proc(5), children) is quick, which counts against a process that forks
/// and ends, forks and ends; it is not in every kernel.
std::vector<pid_t> ownChildren()
{
    std::vector<pid_t> found;
    char path[64];
    std::snprintf(path, sizeof path, "/proc/self/task/%d/children", int(getpid()));
    if (const File file{std::fopen(path, "re")}) {
        int child = 0;
        while (std::fscanf(file.get(), "%d", &child) == 1)
            found.push_back(pid_t(child));
        return found;
    }
    for (const Kinship &each : allProcesses()) {
        if (each.parent == getpid())
            found.push_back(each.process);
    }
    return found;
}

void signalDescendants(int signal)
{
    const std::vector<Kinship> all = allProcesses();
    std::vector<pid_t> parents{getpid()};
    while (!parents.empty()) {
        const pid_t parent = parents.back();
        parents.pop_back();
        for (const Kinship &each : all) {
            if (each.parent != parent)
                continue;
            signalIfRelated(each, signal);
            parents.push_back(each.process);
        }
    }
}

} // namespace Treewarden
