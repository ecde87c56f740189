// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/journalfile.h"

#include "agent/executor/safefile.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestJournal = 256 << 20;
constexpr int keptJournals = 4;

QByteArray numbered(const QString &path, int number)
{
    return QFile::encodeName(path) + '.' + QByteArray::number(number);
}

} // namespace

JournalFile::JournalFile(QString folder)
    : m_folder(std::move(folder))
    , m_path(m_folder + u"/journal"_s)
{
}

JournalFile::~JournalFile()
{
    close();
    if (m_lock >= 0)
        ::close(m_lock);
}

Error JournalFile::failure(const QString &what) const
{
    return Error{u"cannot %1 %2: %3; nothing is done without a journal, so make room or make the "
                 u"folder writable"_s.arg(what, m_path, qt_error_string(errno))};
}

Result<void> JournalFile::lock()
{
    const QByteArray folder = QFile::encodeName(m_folder);
    if (!QDir(m_folder).exists() && QDir().mkpath(m_folder))
        ::chmod(folder.constData(), 0700);
    m_lock
        = ::open((folder + "/lock").constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_lock < 0)
        return failure(u"write beside"_s);
    // Unlike flock(2), this lock is not shared with a child that has only just been started.
    struct flock whole = {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(m_lock, F_SETLK, &whole) != 0)
        return Error{u"another treewarden-executor uses %1: stop it first"_s.arg(m_folder)};
    return {};
}

Result<std::optional<QByteArray>> JournalFile::read()
{
    return readOwnFile(m_path, longestJournal);
}

Result<void> JournalFile::continueAt(qint64 size)
{
    close();
    m_descriptor = ::open(QFile::encodeName(m_path).constData(),
                          O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (m_descriptor < 0 || ::ftruncate(m_descriptor, size) != 0)
        return failure(u"write"_s);
    m_size = size;
    return {};
}

Result<void> JournalFile::replace(const QByteArray &lines, bool keepsOld)
{
    const auto replaced = replaceFile(m_path, lines, [this, keepsOld] {
        if (keepsOld)
            shiftOld();
    });
    return replaced ? continueAt(lines.size()) : replaced;
}

/// Until the new file takes its place, the old one keeps its name too.
void JournalFile::shiftOld() const
{
    for (int number = keptJournals - 1; number >= 1; --number)
        ::rename(numbered(m_path, number).constData(), numbered(m_path, number + 1).constData());
    ::unlink(numbered(m_path, 1).constData());
    ::link(QFile::encodeName(m_path).constData(), numbered(m_path, 1).constData());
}

QString JournalFile::putAside(qint64 now)
{
    const QString aside = m_path + u".damaged-"_s + QString::number(now);
    ::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(aside).constData());
    return aside;
}

Result<void> JournalFile::appendSafely(const QByteArray &lines)
{
    if (m_descriptor < 0)
        return Error{u"%1 is closed after an error"_s.arg(m_path)};
    if (!writeAll(m_descriptor, lines) || ::fdatasync(m_descriptor) != 0) {
        const Error error = failure(u"write"_s);
        close();
        return error;
    }
    m_size += lines.size();
    return {};
}

void JournalFile::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

} // namespace Treewarden
