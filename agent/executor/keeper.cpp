// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/keeper.h"

#include "agent/executor/cappedoutput.h"
#include "agent/executor/commandstart.h"
#include "agent/executor/descendants.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Treewarden {

namespace {

long long monotonicMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1'000'000;
}

class Keeper
{
public:
    Keeper(const char *id, long long timeout, long long grace, char *const *argv)
        : m_start(monotonicMilliseconds())
        , m_deadline(m_start + timeout)
        , m_grace(grace)
        , m_signals(openSignals())
        , m_command(startCommand(id, argv))
    {
        if (m_command.error == 0)
            return;
        m_isAlone = true;
        m_phase = Phase::Killing;
        m_report.end = KeeperReport::End::NotStarted;
        m_report.code = m_command.error;
    }

    void run()
    {
        for (;;) {
            readSignals();
            readOutput(1);
            reap();
            decide();
            writeReport();
            if (isOver())
                return;
            wait();
        }
    }

private:
    enum class Phase {
        Running,
        Ending, ///< TERM was sent
        Killing,
        Leaving ///< it ended well; somebody may still hold its output
    };

    static int openSignals()
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGCHLD);
        sigaddset(&set, SIGTERM);
        for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTSTP})
            std::signal(number, SIG_IGN);
        std::signal(SIGCHLD, SIG_DFL);
        std::signal(SIGTERM, SIG_DFL);
        sigprocmask(SIG_SETMASK, &set, nullptr);
        return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    }

    bool isOver() const
    {
        const bool isEnded = m_phase == Phase::Leaving ? m_command.output < 0
                                                       : m_phase == Phase::Killing && m_isAlone;
        return isEnded && m_isReported && m_unsent.empty();
    }

    void wait()
    {
        pollfd descriptors[] = {{m_signals, POLLIN, 0},
                                {m_command.output, POLLIN, 0},
                                {m_unsent.empty() ? -1 : STDOUT_FILENO, POLLOUT, 0}};
        poll(descriptors, 3, int(std::clamp(longestWait(), 0LL, 60'000LL)));
    }

    long long longestWait() const
    {
        const long long left = m_deadline - monotonicMilliseconds();
        if (m_phase == Phase::Leaving || (m_phase == Phase::Killing && m_isAlone))
            return 60'000; // for the output to end, or the report to be read
        if (m_phase != Phase::Killing)
            return left;
        if (m_isReported)
            return 500; // the kernel does not let go of one; nobody waits any more
        return left > keeperPatience - 200 ? 0 : 5; // some fork as fast as we kill
    }

    void readSignals()
    {
        signalfd_siginfo info{};
        while (read(m_signals, &info, sizeof info) == ssize_t(sizeof info))
            m_isToStop |= info.ssi_signo == SIGTERM;
    }

    /// At most `times` whole pipes.
    void readOutput(int times)
    {
        static char buffer[64 * 1024];
        for (int i = 0; i < times && m_command.output >= 0; ++i) {
            const ssize_t length = read(m_command.output, buffer, sizeof buffer);
            if (length < 0 && (errno == EAGAIN || errno == EINTR))
                return;
            if (length <= 0) {
                close(m_command.output);
                m_command.output = -1;
            } else if (!m_isReported) {
                m_output.add(buffer, std::size_t(length));
            }
        }
    }

    void reap()
    {
        int status = 0;
        pid_t ended = 0;
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
            if (ended == m_command.process && !m_isEnded) {
                m_isEnded = true;
                m_status = status;
            }
        }
        m_isAlone = ended < 0 && errno == ECHILD;
    }

    void decide()
    {
        const long long now = monotonicMilliseconds();
        if (m_phase == Phase::Running && m_isEnded)
            takeEnd();
        else if (m_phase == Phase::Running && (m_isToStop || now >= m_deadline))
            askToEnd(now);
        else if (m_phase == Phase::Ending && (m_isAlone || now >= m_deadline))
            startKilling();
        if (m_phase != Phase::Killing)
            return;
        for (const pid_t child : m_isAlone ? std::vector<pid_t>() : ownChildren())
            kill(child, SIGKILL);
        if (!m_isReported && (m_isAlone || now >= m_deadline))
            report();
    }

    void takeEnd()
    {
        const bool isExit = WIFEXITED(m_status);
        m_report.end = isExit ? KeeperReport::End::Exited : KeeperReport::End::Killed;
        m_report.code = isExit ? WEXITSTATUS(m_status) : WTERMSIG(m_status);
        if (!isExit || m_report.code != 0) {
            startKilling();
            return;
        }
        m_phase = Phase::Leaving;
        prctl(PR_SET_CHILD_SUBREAPER, 0);
        report();
    }

    void askToEnd(long long now)
    {
        m_report.end = m_isToStop ? KeeperReport::End::Stopped : KeeperReport::End::TimedOut;
        m_phase = Phase::Ending;
        m_deadline = now + m_grace;
        signalDescendants(SIGTERM);
        signalDescendants(SIGCONT); // one that is stopped would not hear it
    }

    /// A killed process leaves its children to us, the subreaper, and has no more of them: so the
    /// direct ones are enough, until there are none. Quicker than those that fork meanwhile.
    void startKilling()
    {
        m_phase = Phase::Killing;
        m_deadline = monotonicMilliseconds() + keeperPatience;
        setpriority(PRIO_PROCESS, 0, -20);
    }

    void report()
    {
        readOutput(16); // what is in the pipe; one who goes on printing has to wait
        const std::string output = m_output.text();
        m_report.left = m_phase == Phase::Leaving || m_isAlone ? 0 : int(ownChildren().size());
        m_report.milliseconds = monotonicMilliseconds() - m_start;
        m_report.size = output.size();
        m_unsent = m_report.line() + output;
        m_output = {};
        m_isReported = true;
        fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
    }

    void writeReport()
    {
        while (!m_unsent.empty()) {
            const ssize_t written = write(STDOUT_FILENO, m_unsent.data(), m_unsent.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0 && errno == EAGAIN)
                return;
            // Who started us is gone: nobody wants to know.
            m_unsent.erase(0, written < 0 ? m_unsent.size() : std::size_t(written));
        }
        if (m_isReported && !m_isClosed) {
            const int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
            dup2(nothing, STDOUT_FILENO); // the reader sees the end
            close(nothing);
            m_isClosed = true;
        }
    }

    const long long m_start;
    long long m_deadline; ///< of the phase
    const long long m_grace;
    const int m_signals;
    StartedCommand m_command;
    Phase m_phase = Phase::Running;
    CappedOutput m_output;
    KeeperReport m_report;
    std::string m_unsent;
    int m_status = 0;
    bool m_isEnded = false, m_isToStop = false, m_isReported = false, m_isClosed = false;
    bool m_isAlone = false; ///< no process is left
};

/// Whatever the executor had open stays its own.
void closeInherited()
{
    if (close_range(STDERR_FILENO + 1, ~0U, 0) == 0)
        return;
    for (long descriptor = sysconf(_SC_OPEN_MAX) - 1; descriptor > STDERR_FILENO; --descriptor)
        close(int(descriptor)); // a kernel before 5.9
}

} // namespace

bool isKeeperCall(int argc, char **argv)
{
    return argc >= 6 && std::strcmp(argv[1], keeperOption) == 0;
}

int runKeeper(int, char **argv)
{
    closeInherited();
    setsid();
    (void)!chdir("/");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    Keeper(argv[2], std::atoll(argv[3]), std::atoll(argv[4]), argv + 5).run();
    return 0;
}

} // namespace Treewarden
