// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outboxfile.h"

#include "shared/core/textformat.h"

#include <QDebug>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestOutbox = 64 << 20;

QString errorText(int error)
{
    return QString::fromLocal8Bit(strerror(error));
}

} // namespace

OutboxFile::OutboxFile(QString folder, QString ip)
    : m_folder(std::move(folder))
    , m_ip(std::move(ip))
    , m_path(m_folder + u"/outbox-"_s + m_ip)
{
}

OutboxFile::~OutboxFile()
{
    close();
}

OutboxFile::Contents OutboxFile::read() const
{
    // A FIFO must not block, a link must not lead elsewhere.
    const int descriptor = ::open(QFile::encodeName(m_path).constData(),
                                  O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
        return {};
    QFile file;

    struct stat status
    {
    };

    QString trouble;
    if (descriptor < 0)
        trouble = errorText(errno);
    else if (!file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)
             || ::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        trouble = u"it is no file"_s;
    else if (status.st_size > longestOutbox)
        trouble = u"it is too large (%1)"_s.arg(formatBytes(status.st_size));

    Contents contents;
    const QByteArray bytes = trouble.isEmpty() ? file.read(status.st_size) : QByteArray();
    qsizetype unreadable = 0;
    for (qsizetype start = 0, end = 0; (end = bytes.indexOf('\n', start)) >= 0; start = end + 1) {
        auto record = parseOutboxLine(bytes.mid(start, end - start), m_ip);
        if (!record)
            ++unreadable;
        else if (auto *told = std::get_if<Told>(&*record))
            contents.lastTold = *told;
        else
            contents.transitions << std::get<Transition>(std::move(*record));
    }
    if (unreadable > 0)
        trouble = u"%1 of its lines are no records"_s.arg(unreadable);
    if (!trouble.isEmpty()) {
        putAside(u".damaged"_s);
        qWarning().noquote()
            << u"the outbox %1 of an earlier agent is damaged (%2): what can be read "
               "is told, and the file is kept as %1.damaged"_s.arg(oneLine(m_path), trouble);
    }
    return contents;
}

void OutboxFile::putAside(const QString &suffix) const
{
    const QByteArray from = QFile::encodeName(m_path), to = QFile::encodeName(m_path + suffix);
    ::unlink(to.constData());
    // What is in use stays where it is until a new one takes its place.
    if (::link(from.constData(), to.constData()) != 0)
        ::rename(from.constData(), to.constData());
}

bool OutboxFile::rewrite(const QByteArray &lines)
{
    const QByteArray path = QFile::encodeName(m_path), next = path + ".new";
    QDir().mkpath(m_folder);
    ::unlink(next.constData());
    const int descriptor = ::open(
        next.constData(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return complain(errno);
    if (!write(descriptor, lines) || ::rename(next.constData(), path.constData()) != 0) {
        const int error = errno;
        ::close(descriptor);
        ::unlink(next.constData());
        return complain(error);
    }
    close();
    m_descriptor = descriptor;
    m_size = lines.size();
    if (std::exchange(m_hasComplained, false))
        qInfo().noquote() << u"transitions are kept in %1 again"_s.arg(oneLine(m_path));
    return true;
}

bool OutboxFile::append(const QByteArray &line)
{
    if (m_descriptor < 0)
        return false;
    if (!write(m_descriptor, line)) {
        const int error = errno;
        // The part of a line that found room would spoil the next one.
        if (::ftruncate(m_descriptor, m_size) != 0)
            close();
        return complain(error);
    }
    m_size += line.size();
    return true;
}

bool OutboxFile::write(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t part = ::write(descriptor, bytes.constData() + done, bytes.size() - done);
        if (part < 0 && errno != EINTR)
            return false;
        if (part == 0) {
            errno = ENOSPC;
            return false;
        }
        done += std::max<ssize_t>(part, 0);
    }
    m_isUnsynced = m_isUnsynced || !bytes.isEmpty();
    return true;
}

void OutboxFile::clear()
{
    if (m_descriptor >= 0 && m_size > 0 && ::ftruncate(m_descriptor, 0) == 0)
        m_size = 0;
}

void OutboxFile::syncLater()
{
    if (m_descriptor < 0 || !m_isUnsynced || m_isSyncing->exchange(true))
        return;
    const int descriptor = ::fcntl(m_descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0)
        return m_isSyncing->store(false);
    m_isUnsynced = false;
    // A disk that hangs must not hold up the rounds.
    std::thread([descriptor, isSyncing = m_isSyncing] {
        ::fdatasync(descriptor);
        ::close(descriptor);
        isSyncing->store(false);
    }).detach();
}

bool OutboxFile::complain(int error)
{
    if (!std::exchange(m_hasComplained, true))
        qWarning().noquote()
            << u"cannot write %1: %2; transitions that Redis has not taken are kept "
               "in memory only, so make room or make the state folder writable (or "
               "set [agent] state_dir)"_s.arg(oneLine(m_path), errorText(error));
    return false;
}

void OutboxFile::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

} // namespace Treewarden
