// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/safefile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

Error cannotWrite(const QString &path, int error)
{
    return Error{u"cannot write %1: %2"_s.arg(path, qt_error_string(error))};
}

} // namespace

bool writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t part = ::write(descriptor, bytes.data(), size_t(bytes.size()));
        if (part < 0 && errno != EINTR)
            return false;
        if (part == 0) {
            errno = ENOSPC;
            return false;
        }
        bytes = bytes.sliced(std::max<ssize_t>(part, 0));
    }
    return true;
}

Result<void> syncFolder(const QString &folder)
{
    const int descriptor
        = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isSafe = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    return isSafe ? Result<void>() : cannotWrite(folder, error);
}

Result<void> replaceFile(const QString &path, const QByteArray &bytes,
                         const std::function<void()> &beforeRename)
{
    const QByteArray name = QFile::encodeName(path), next = name + ".new";
    ::unlink(next.constData());
    const int descriptor
        = ::open(next.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return cannotWrite(path, errno);
    const bool isWritten = writeAll(descriptor, bytes) && ::fsync(descriptor) == 0;
    const int error = errno;
    ::close(descriptor);
    if (!isWritten) {
        ::unlink(next.constData());
        return cannotWrite(path, error);
    }
    if (beforeRename)
        beforeRename();
    if (::rename(next.constData(), name.constData()) != 0)
        return cannotWrite(path, errno);
    return syncFolder(QFileInfo(path).path());
}

Result<std::optional<QByteArray>> readOwnFile(const QString &path, qint64 most)
{
    // A FIFO must not block, a link must not lead elsewhere.
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0 && errno == ENOENT)
        return std::optional<QByteArray>();
    if (descriptor < 0)
        return Error{u"cannot read %1: %2"_s.arg(path, qt_error_string(errno))};
    QFile file;
    struct stat status = {};
    if (!file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)
        || ::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return Error{u"%1 is no file"_s.arg(path)};
    if ((status.st_uid != 0 && status.st_uid != ::geteuid()) || (status.st_mode & 022) != 0)
        return Error{u"%1 can be changed by others"_s.arg(path)};
    if (status.st_size > most)
        return Error{u"%1 is too long"_s.arg(path)};
    // read() takes memory for all that it may read, half a gigabyte of journal.
    const QByteArray bytes = file.read(status.st_size);
    if (file.error() != QFileDevice::NoError)
        return Error{u"cannot read %1: %2"_s.arg(path, file.errorString())};
    return std::optional(bytes);
}

} // namespace Treewarden
