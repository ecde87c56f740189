// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/listensocket.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int firstInherited = 3;

Error cannotListen(const QString &path)
{
    return Error{
        u"cannot listen on %1: %2; set [executor] socket or make its folder writable"_s.arg(
            path, qt_error_string(errno))};
}

bool isListeningUnixSocket(int descriptor)
{
    const auto option = [descriptor](int name) {
        int value = 0;
        socklen_t size = sizeof value;
        return ::getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
    };
    return option(SO_DOMAIN) == AF_UNIX && option(SO_TYPE) == SOCK_STREAM
        && option(SO_ACCEPTCONN) == 1;
}

/// Takes away what an earlier process left; never anything but a socket.
void removeOldSocket(const QByteArray &name)
{
    struct stat status = {};
    if (::lstat(name.constData(), &status) == 0 && S_ISSOCK(status.st_mode))
        ::unlink(name.constData());
}

} // namespace

Result<int> inheritedSocket()
{
    const bool isMine = qEnvironmentVariable("LISTEN_PID").toLongLong() == ::getpid();
    const int count = isMine ? qEnvironmentVariableIntValue("LISTEN_FDS") : 0;
    for (const char *variable : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        qunsetenv(variable);
    if (count == 0)
        return -1;
    if (count != 1 || !isListeningUnixSocket(firstInherited))
        return Error{u"the service manager handed over %1 sockets, and one that listens on a Unix "
                     u"path is needed: look at treewarden-executor.socket"_s.arg(count)};
    ::fcntl(firstInherited, F_SETFD, FD_CLOEXEC);
    ::fcntl(firstInherited, F_SETFL, ::fcntl(firstInherited, F_GETFL) | O_NONBLOCK);
    return firstInherited;
}

Result<int> listenAt(const QString &path, gid_t group)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.isEmpty() || size_t(name.size()) >= sizeof address.sun_path)
        return Error{u"the path of the socket is empty or longer than 107 bytes: set [executor] "
                     u"socket to a shorter one"_s};
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    QDir().mkpath(QFileInfo(path).path());
    removeOldSocket(name);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    // Nobody gets in before the group is right.
    const mode_t mask = ::umask(0177);
    const bool isBound = descriptor >= 0
        && ::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::umask(mask);
    if (isBound && (::geteuid() != 0 || ::chown(name.constData(), uid_t(-1), group) == 0)
        && ::chmod(name.constData(), 0660) == 0 && ::listen(descriptor, 16) == 0)
        return descriptor;
    const Error error = cannotListen(path);
    if (descriptor >= 0)
        ::close(descriptor);
    return error;
}

Result<uid_t> peerUser(int descriptor)
{
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return Error{u"its user can't be told: %1"_s.arg(qt_error_string(errno))};
    return credentials.uid;
}

} // namespace Treewarden
