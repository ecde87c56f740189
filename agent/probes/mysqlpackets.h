// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace Treewarden {

// The client's side of the MySQL protocol, as far as a probe needs it.
// https://mariadb.com/kb/en/clientserver-protocol/

struct MySqlPacket
{
    int sequence = 0;
    QByteArrayView payload; ///< of the bytes it was taken from

    int first() const { return payload.isEmpty() ? -1 : int(uchar(payload.front())); }

    bool isOk() const { return first() == 0x00; }

    bool isError() const { return first() == 0xff; }

    /// Ends a list of columns or rows.
    bool isEnd() const { return first() == 0xfe && payload.size() < 9; }
};

/// Cuts the next packet off `bytes`; nothing while it is not whole.
std::optional<MySqlPacket> takeMySqlPacket(QByteArrayView *bytes);

/// A packet with that payload.
QByteArray mySqlPacket(int sequence, const QByteArray &payload);

/// COM_PING and COM_QUERY.
QByteArray mySqlPing();
QByteArray mySqlQuery(const QByteArray &statement);

/// What a login must know of the server's greeting.
struct MySqlGreeting
{
    QByteArray version;
    QByteArray nonce; ///< 20 bytes
    QByteArray plugin; ///< the way of login that it proposes
};

std::optional<MySqlGreeting> parseMySqlGreeting(QByteArrayView payload);

struct MySqlFault
{
    int code = 0;
    QByteArray text;
};

MySqlFault parseMySqlFault(QByteArrayView payload);

/// The server wants another way of login.
struct MySqlLoginSwitch
{
    QByteArray plugin, nonce;
};

std::optional<MySqlLoginSwitch> parseMySqlLoginSwitch(QByteArrayView payload);

/// The proof that the password is known, by mysql_native_password or caching_sha2_password; nothing
/// for other ways.
std::optional<QByteArray> mySqlProof(const QByteArray &plugin, const QByteArray &password,
                                     const QByteArray &nonce);

/// HandshakeResponse41, with the proof that the greeting proposes if we know that way.
QByteArray mySqlLogin(const MySqlGreeting &greeting, const QByteArray &user,
                      const QByteArray &password);

/// The rows of a query's answer in the text protocol; NULL is absent.
struct MySqlRows
{
    QList<QByteArray> columns;
    QList<QList<std::optional<QByteArray>>> rows;
    std::optional<MySqlFault> fault; ///< in place of rows

    /// The value of a row's column of that name, or nothing.
    std::optional<QByteArray> value(qsizetype row, QByteArrayView column) const;
};

/// Nothing while the answer is not whole; an error when it is no such answer.
std::optional<Result<MySqlRows>> parseMySqlRows(QByteArrayView bytes);

} // namespace Treewarden
