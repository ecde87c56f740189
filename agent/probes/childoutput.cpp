// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/childoutput.h"

#include "shared/core/childreaper.h"
#include "shared/core/textformat.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

/// Starts it in a session of its own, with `output` for what it prints; its errno.
int spawnQuietly(pid_t *child, const QByteArray &program, const QList<QByteArray> &words,
                 int output)
{
    std::vector<char *> argv;
    for (const QByteArray &word : words)
        argv.push_back(const_cast<char *>(word.constData()));
    argv.push_back(nullptr);
    char locale[] = "LC_ALL=C", path[] = "PATH=/usr/bin:/bin";
    char *environment[] = {locale, path, nullptr};

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int error
        = posix_spawn(child, program.constData(), &actions, &attributes, argv.data(), environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

} // namespace

void ChildOutput::LaterDeleter::operator()(QSocketNotifier *notifier) const
{
    notifier->setEnabled(false);
    notifier->deleteLater(); // it may be the one that is just telling us
}

ChildOutput::ChildOutput()
{
    m_deadline.setSingleShot(true);
    QObject::connect(&m_deadline, &QTimer::timeout, &m_deadline, [this] {
        fail(u"did not end within %1 s"_s.arg(double(m_bounds.time.count()) / 1000));
    });
}

ChildOutput::~ChildOutput()
{
    drop();
}

void ChildOutput::run(const QString &program, const QStringList &arguments, const Bounds &bounds,
                      Done done)
{
    m_program = program;
    m_bounds = bounds;
    m_done = std::move(done);
    m_output.clear();
    m_isOutputWhole = false;
    m_status = -1;
    QList<QByteArray> words{program.toLocal8Bit()};
    for (const QString &argument : arguments)
        words << argument.toLocal8Bit();
    int ends[2];
    pid_t child = -1;
    int error = pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
    if (error == 0) {
        error = spawnQuietly(&child, words.first(), words, ends[1]);
        close(ends[1]);
        m_pipe = ends[0];
    }
    if (error != 0) {
        QTimer::singleShot(0, &m_deadline, [this, error] {
            fail(u"cannot be started: %1"_s.arg(QString::fromLocal8Bit(std::strerror(error))));
        });
        return;
    }
    fcntl(m_pipe, F_SETFL, O_NONBLOCK);
    m_reader.reset(new QSocketNotifier(m_pipe, QSocketNotifier::Read));
    QObject::connect(m_reader.get(), &QSocketNotifier::activated, &m_deadline, [this] { read(); });
    m_reaper = new ChildReaper(child);
    // What it left behind goes with it.
    m_reaper->ending = [child] { ::kill(-child, SIGKILL); };
    m_reaper->ended = [this](int status) {
        m_reaper = nullptr;
        takeEnd(status);
    };
    m_deadline.start(bounds.time);
}

void ChildOutput::read()
{
    char buffer[16 * 1024];
    const ssize_t length = ::read(m_pipe, buffer, sizeof buffer);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length > 0) {
        m_output.append(buffer, length);
        if (m_output.size() > m_bounds.size)
            fail(u"printed more than %1"_s.arg(formatBytes(m_bounds.size)));
        return;
    }
    m_reader.reset();
    m_isOutputWhole = true;
    if (m_status >= 0)
        takeEnd(m_status);
}

/// Output and end come in any order.
void ChildOutput::takeEnd(int status)
{
    m_status = status;
    if (!m_isOutputWhole)
        return;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        finish(std::move(m_output));
    else if (WIFEXITED(status))
        fail(u"ended with status %1"_s.arg(WEXITSTATUS(status)));
    else
        fail(u"was killed by signal %1"_s.arg(WTERMSIG(status)));
}

void ChildOutput::fail(const QString &why)
{
    finish(Error{m_program + u' ' + why});
}

void ChildOutput::finish(const Result<QByteArray> &result)
{
    const Done done = std::exchange(m_done, nullptr);
    drop();
    done(result); // the last thing: it may destroy this
}

void ChildOutput::drop()
{
    m_deadline.stop();
    m_reader.reset();
    if (m_pipe >= 0)
        close(std::exchange(m_pipe, -1));
    if (ChildReaper *reaper = std::exchange(m_reaper, nullptr)) {
        reaper->ended = nullptr;
        ::kill(-reaper->child(), SIGKILL);
    }
}

} // namespace Treewarden
