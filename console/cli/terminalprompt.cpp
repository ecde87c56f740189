// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/terminalprompt.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

namespace Treewarden {

namespace {

constexpr size_t longestLine = 1000;

/// The terminal while a question stands. Signals that end the program wait until it is as it was.
class OpenTerminal
{
public:
    explicit OpenTerminal(Echo echo)
        : m_file(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        if (m_file < 0)
            return;
        sigset_t ending;
        sigemptyset(&ending);
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT})
            sigaddset(&ending, number);
        sigprocmask(SIG_BLOCK, &ending, &m_mask);
        m_signals = ::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
        if (tcgetattr(m_file, &m_before) != 0)
            return;
        termios asked = m_before;
        if (echo == Echo::Off)
            asked.c_lflag &= ~tcflag_t(ECHO);
        m_isChanged = tcsetattr(m_file, TCSAFLUSH, &asked) == 0;
    }

    ~OpenTerminal()
    {
        if (m_file < 0)
            return;
        if (m_isChanged)
            tcsetattr(m_file, TCSAFLUSH, &m_before);
        ::close(m_file);
        ::close(m_signals);
        // What came meanwhile ends the program here.
        sigprocmask(SIG_SETMASK, &m_mask, nullptr);
    }

    OpenTerminal(const OpenTerminal &) = delete;
    OpenTerminal &operator=(const OpenTerminal &) = delete;

    bool isOpen() const { return m_isChanged; }

    void write(const QByteArray &text) const
    {
        [[maybe_unused]] const auto written
            = ::write(m_file, text.constData(), size_t(text.size()));
    }

    /// One line with its line feed.
    std::optional<QByteArray> readLine() const
    {
        QByteArray line;
        while (!line.endsWith('\n')) {
            pollfd sources[] = {{m_file, POLLIN, 0}, {m_signals, POLLIN, 0}};
            if (::poll(sources, 2, -1) < 0 || sources[1].revents != 0)
                return std::nullopt;
            char part[longestLine];
            const ssize_t count = ::read(m_file, part, sizeof part);
            line.append(part, count > 0 ? count : 0);
            explicit_bzero(part, sizeof part);
            if (count <= 0 || size_t(line.size()) > longestLine)
                return std::nullopt;
        }
        return line;
    }

private:
    int m_file, m_signals = -1;
    sigset_t m_mask = {};
    termios m_before = {};
    bool m_isChanged = false;
};

} // namespace

bool hasTerminal()
{
    const int file = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (file >= 0)
        ::close(file);
    return file >= 0;
}

bool isInteractive()
{
    return ::isatty(STDIN_FILENO) == 1 && hasTerminal();
}

std::optional<QByteArray> askOnTerminal(const QString &question, Echo echo)
{
    const OpenTerminal terminal(echo);
    if (!terminal.isOpen())
        return std::nullopt;
    terminal.write(question.toUtf8());
    auto line = terminal.readLine();
    if (echo == Echo::Off || !line)
        terminal.write("\n");
    if (line)
        line->chop(1);
    return line;
}

} // namespace Treewarden
