// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/checks/listenerlines.h"

namespace Treewarden {

namespace {

QByteArray padded(const QByteArray &text, int width)
{
    return text.leftJustified(width, ' ') + ' ';
}

/// "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     "
QByteArray netstatLine(const ShownListener &shown)
{
    const Listener &socket = shown.socket;
    if (shown.protocol == "unix")
        return "unix  2      [ ACC ]     STREAM     LISTENING     "
            + padded(QByteArray::number(socket.inode), 8) + socket.path.toUtf8();
    const QByteArray everybody = shown.protocol.endsWith('6') ? ":::*" : "0.0.0.0:*";
    const QByteArray address = socket.address.toLatin1() + ':' + QByteArray::number(socket.port);
    return padded(shown.protocol, 5) + "     0      0 " + padded(address, 23)
        + padded(everybody, 23) + (shown.protocol.startsWith("udp") ? "" : "LISTEN") + "     ";
}

/// "tcp   LISTEN 0      128          0.0.0.0:22        0.0.0.0:*    ", the protocol only where
/// several are asked for.
QByteArrayList ssLines(const ShownListener &shown, bool hasProtocol)
{
    const Listener &socket = shown.socket;
    const bool isUdp = shown.protocol.startsWith("udp"), isSix = shown.protocol.endsWith('6');
    const auto line
        = [&](const QByteArray &protocol, const QByteArray &local, const QByteArray &peer) {
              return (hasProtocol ? padded(protocol, 5) : QByteArray())
                  + (isUdp ? "UNCONN 0      0      " : "LISTEN 0      0      ") + padded(local, 18)
                  + padded(peer, 18);
          };
    if (shown.protocol == "unix")
        return {
            line("u_str", socket.path.toUtf8() + ' ' + QByteArray::number(socket.inode), "* 0")};
    const QByteArray port = ':' + QByteArray::number(socket.port),
                     address = socket.address.toLatin1(), protocol = isUdp ? "udp" : "tcp";
    if (!isSix)
        return {line(protocol, address + port, "0.0.0.0:*")};
    QByteArrayList lines{line(protocol, '[' + address + ']' + port, "[::]:*")};
    if (address == "::")
        lines << line(protocol, '*' + port, "*:*");
    return lines;
}

} // namespace

QByteArrayList listenerLines(const ShownListener &shown, const ShellIdiom &idiom)
{
    if (idiom.source == ShellIdiom::Source::Netstat)
        return {netstatLine(shown)};
    const int families = int(idiom.sockets.contains('t')) + int(idiom.sockets.contains('u'))
        + int(idiom.sockets.contains('x'));
    return ssLines(shown, families != 1);
}

} // namespace Treewarden
