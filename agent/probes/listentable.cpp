// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/listentable.h"

#include "agent/probes/hostfile.h"
#include "agent/probes/lines.h"

#include <algorithm>
#include <arpa/inet.h>
#include <dirent.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTable = 4 << 20;

/// "0100007F": each 32 bits as a number of this machine's byte order.
QString addressText(QByteArrayView hex)
{
    quint32 words[4]{};
    for (qsizetype i = 0; i < hex.size() / 8 && i < 4; ++i)
        words[i] = quint32(hexNumberOf<quint64>(hex.sliced(i * 8, 8)).value_or(0));
    char text[INET6_ADDRSTRLEN]{};
    inet_ntop(hex.size() == 8 ? AF_INET : AF_INET6, words, text, sizeof text);
    return QString::fromLatin1(text);
}

/// One line of /proc/net/tcp or udp.
struct InternetSocket
{
    QByteArrayView state;
    std::optional<Listener> listener; ///< absent when the line is malformed
};

InternetSocket parseInternetSocket(QByteArrayView line)
{
    takeWord(&line);
    const QByteArrayView local = takeWord(&line);
    takeWord(&line);
    InternetSocket socket{takeWord(&line), {}};
    for (int skipped = 0; skipped < 5; ++skipped)
        takeWord(&line);
    const qsizetype colon = local.indexOf(':');
    const auto port = colon < 0 ? std::nullopt : hexNumberOf<quint64>(local.sliced(colon + 1));
    const auto inode = takeNumber<quint64>(&line);
    if (port && *port <= 65535 && inode && (colon == 8 || colon == 32))
        socket.listener = {addressText(local.first(colon)), int(*port), {}, *inode};
    return socket;
}

} // namespace

QList<Listener> parseTcpListeners(QByteArrayView text)
{
    QList<Listener> listeners;
    takeLine(&text);
    while (!text.isEmpty()) {
        const InternetSocket socket = parseInternetSocket(takeLine(&text));
        if (socket.state != "0A")
            break;
        if (socket.listener)
            listeners << *socket.listener;
    }
    return listeners;
}

QList<Listener> parseUdpReceivers(QByteArrayView text)
{
    QList<Listener> receivers;
    takeLine(&text);
    while (!text.isEmpty()) {
        const InternetSocket socket = parseInternetSocket(takeLine(&text));
        if (socket.state == "07" && socket.listener)
            receivers << *socket.listener;
    }
    return receivers;
}

QList<Listener> parseUnixListeners(QByteArrayView text)
{
    constexpr quint64 acceptsConnections = 0x10000, stream = 1;
    QList<Listener> listeners;
    takeLine(&text);
    while (!text.isEmpty()) {
        QByteArrayView line = takeLine(&text);
        for (int skipped = 0; skipped < 3; ++skipped)
            takeWord(&line);
        const auto flags = hexNumberOf<quint64>(takeWord(&line)),
                   type = hexNumberOf<quint64>(takeWord(&line));
        takeWord(&line);
        const auto inode = takeNumber<quint64>(&line);
        const QByteArrayView path = line.isEmpty() ? line : line.sliced(1);
        if (flags && (*flags & acceptsConnections) && type == stream && inode && !path.isEmpty())
            listeners << Listener{{}, 0, QString::fromUtf8(path), *inode};
    }
    return listeners;
}

QList<Listener> readListeners(const QString &procRoot)
{
    const auto read = [&procRoot](const QString &name, auto parse) {
        return parse(HostFile(procRoot + name, longestTable, HostFile::Kind::ManyRecords).read());
    };
    return read(u"/net/tcp"_s, parseTcpListeners) + read(u"/net/tcp6"_s, parseTcpListeners)
        + read(u"/net/unix"_s, parseUnixListeners);
}

QSet<quint64> socketsOnPort(const QString &procRoot, int port)
{
    QSet<quint64> sockets;
    for (const QString &name : {u"/net/tcp"_s, u"/net/tcp6"_s}) {
        HostFile file(procRoot + name, longestTable, HostFile::Kind::ManyRecords);
        for (const Listener &one : parseTcpListeners(file.read())) {
            if (one.port == port)
                sockets.insert(one.inode);
        }
    }
    return sockets;
}

std::optional<QSet<quint64>> socketsOf(const QString &procRoot, pid_t pid)
{
    const QByteArray folder = procRoot.toLocal8Bit() + '/' + QByteArray::number(pid) + "/fd";
    DIR *directory = opendir(folder.constData());
    if (!directory)
        return std::nullopt;
    QSet<quint64> sockets;
    while (const dirent *entry = readdir(directory)) {
        char target[64];
        const ssize_t length = readlinkat(dirfd(directory), entry->d_name, target, sizeof target);
        const QByteArrayView link(target, std::max<ssize_t>(length, 0));
        if (!link.startsWith("socket:[") || !link.endsWith(']'))
            continue;
        if (const auto inode = numberOf<quint64>(link.sliced(8).chopped(1)))
            sockets.insert(*inode);
    }
    closedir(directory);
    return sockets;
}

} // namespace Treewarden
