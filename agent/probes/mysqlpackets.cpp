// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/mysqlpackets.h"

#include <QCryptographicHash>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype nonceSize = 20, mostMySqlColumns = 256, mostMySqlRows = 2048;

// Capabilities of a client.
constexpr quint32 longPassword = 0x1, protocol41 = 0x200, transactions = 0x2000,
                  secureConnection = 0x8000, pluginAuth = 0x80000;

quint64 littleEndian(QByteArrayView bytes)
{
    quint64 number = 0;
    for (qsizetype i = bytes.size() - 1; i >= 0; --i)
        number = number << 8 | uchar(bytes[i]);
    return number;
}

QByteArray littleEndianBytes(quint32 number, int size)
{
    QByteArray bytes;
    for (int i = 0; i < size; ++i)
        bytes += char(number >> (8 * i) & 0xff);
    return bytes;
}

/// Cuts `size` bytes off, or nothing.
std::optional<QByteArrayView> takeBytes(QByteArrayView *bytes, quint64 size)
{
    if (size > quint64(bytes->size()))
        return std::nullopt;
    const QByteArrayView taken = bytes->first(qsizetype(size));
    *bytes = bytes->sliced(qsizetype(size));
    return taken;
}

std::optional<QByteArrayView> takeTerminated(QByteArrayView *bytes)
{
    const qsizetype end = bytes->indexOf('\0');
    if (end < 0)
        return std::nullopt;
    const auto taken = takeBytes(bytes, quint64(end));
    *bytes = bytes->sliced(1);
    return taken;
}

/// A length-encoded integer.
std::optional<quint64> takeLength(QByteArrayView *bytes)
{
    const auto first = takeBytes(bytes, 1);
    if (!first)
        return std::nullopt;
    const uint number = uchar(first->front());
    if (number < 0xfb)
        return number;
    const int size = number == 0xfc ? 2 : number == 0xfd ? 3 : number == 0xfe ? 8 : 0;
    const auto rest = size > 0 ? takeBytes(bytes, quint64(size)) : std::nullopt;
    return rest ? std::optional(littleEndian(*rest)) : std::nullopt;
}

std::optional<QByteArrayView> takeText(QByteArrayView *bytes)
{
    const auto length = takeLength(bytes);
    return length ? takeBytes(bytes, *length) : std::nullopt;
}

QByteArray sha(QCryptographicHash::Algorithm algorithm, const QByteArray &text)
{
    return QCryptographicHash::hash(text, algorithm);
}

QByteArray mixed(QByteArray one, const QByteArray &other)
{
    for (qsizetype i = 0; i < one.size(); ++i)
        one[i] = char(one[i] ^ other[i]);
    return one;
}

/// The name of a column: the fifth text of its definition.
std::optional<QByteArray> columnName(QByteArrayView payload)
{
    std::optional<QByteArrayView> text;
    for (int i = 0; i < 5; ++i) {
        text = takeText(&payload);
        if (!text)
            return std::nullopt;
    }
    return text->toByteArray();
}

std::optional<QList<std::optional<QByteArray>>> rowOf(QByteArrayView payload, qsizetype columns)
{
    QList<std::optional<QByteArray>> row;
    for (qsizetype i = 0; i < columns; ++i) {
        if (!payload.isEmpty() && uchar(payload.front()) == 0xfb) {
            payload = payload.sliced(1);
            row << std::nullopt;
        } else if (const auto text = takeText(&payload)) {
            row << text->toByteArray();
        } else {
            return std::nullopt;
        }
    }
    return row;
}

Error noRows()
{
    return Error{u"bytes that are no rows"_s};
}

} // namespace

std::optional<MySqlPacket> takeMySqlPacket(QByteArrayView *bytes)
{
    if (bytes->size() < 4)
        return std::nullopt;
    const auto length = qsizetype(littleEndian(bytes->first(3)));
    if (bytes->size() < 4 + length)
        return std::nullopt;
    const MySqlPacket packet{int(uchar(bytes->at(3))), bytes->sliced(4, length)};
    *bytes = bytes->sliced(4 + length);
    return packet;
}

QByteArray mySqlPacket(int sequence, const QByteArray &payload)
{
    return littleEndianBytes(quint32(payload.size()), 3) + char(sequence) + payload;
}

QByteArray mySqlPing()
{
    return mySqlPacket(0, "\x0e");
}

QByteArray mySqlQuery(const QByteArray &statement)
{
    return mySqlPacket(0, '\x03' + statement);
}

/// 10, version and NUL, connection (4), nonce (8), 0, capabilities (2), charset, status (2),
/// capabilities (2), length of the nonce, reserved (10), the rest of the nonce, plugin and NUL.
std::optional<MySqlGreeting> parseMySqlGreeting(QByteArrayView payload)
{
    const auto protocol = takeBytes(&payload, 1);
    const auto version = takeTerminated(&payload);
    const auto connection = takeBytes(&payload, 4);
    const auto nonce = takeBytes(&payload, 8);
    const auto settings = takeBytes(&payload, 19);
    const auto rest = takeBytes(&payload, 13);
    if (!protocol || protocol->front() != 10 || !version || !connection || !nonce || !settings
        || !rest)
        return std::nullopt;
    const auto plugin = takeTerminated(&payload);
    return MySqlGreeting{version->toByteArray(),
                         nonce->toByteArray() + rest->first(nonceSize - 8).toByteArray(),
                         plugin ? plugin->toByteArray() : payload.toByteArray()};
}

/// 0xff, code (2), '#' and SQL state (5), text.
MySqlFault parseMySqlFault(QByteArrayView payload)
{
    if (payload.size() < 3)
        return {};
    QByteArrayView text = payload.sliced(3);
    if (text.startsWith('#') && text.size() >= 6)
        text = text.sliced(6);
    return {int(littleEndian(payload.sliced(1, 2))), text.toByteArray()};
}

std::optional<MySqlLoginSwitch> parseMySqlLoginSwitch(QByteArrayView payload)
{
    if (payload.isEmpty() || uchar(payload.front()) != 0xfe)
        return std::nullopt;
    payload = payload.sliced(1);
    const auto plugin = takeTerminated(&payload);
    if (!plugin)
        return std::nullopt;
    return MySqlLoginSwitch{plugin->toByteArray(),
                            payload.first(std::min(payload.size(), nonceSize)).toByteArray()};
}

std::optional<QByteArray> mySqlProof(const QByteArray &plugin, const QByteArray &password,
                                     const QByteArray &nonce)
{
    const bool isNative = plugin == "mysql_native_password";
    if (!isNative && plugin != "caching_sha2_password")
        return std::nullopt;
    if (password.isEmpty())
        return QByteArray();
    const auto algorithm = isNative ? QCryptographicHash::Sha1 : QCryptographicHash::Sha256;
    const QByteArray once = sha(algorithm, password), twice = sha(algorithm, once);
    return mixed(once, sha(algorithm, isNative ? nonce + twice : twice + nonce));
}

QByteArray mySqlLogin(const MySqlGreeting &greeting, const QByteArray &user,
                      const QByteArray &password)
{
    constexpr quint32 capabilities
        = longPassword | protocol41 | transactions | secureConnection | pluginAuth;
    constexpr char utf8 = 33;
    const auto offered = mySqlProof(greeting.plugin, password, greeting.nonce);
    const QByteArray plugin = offered ? greeting.plugin : "mysql_native_password";
    const QByteArray proof
        = offered ? *offered : mySqlProof(plugin, password, greeting.nonce).value_or(QByteArray());
    return mySqlPacket(1,
                       littleEndianBytes(capabilities, 4) + littleEndianBytes(1 << 24, 4) + utf8
                           + QByteArray(23, '\0') + user.left(255) + '\0' + char(proof.size())
                           + proof + plugin + '\0');
}

std::optional<QByteArray> MySqlRows::value(qsizetype row, QByteArrayView column) const
{
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (columns[i] == column && row < rows.size())
            return rows[row].value(i);
    }
    return std::nullopt;
}

std::optional<Result<MySqlRows>> parseMySqlRows(QByteArrayView bytes)
{
    MySqlRows rows;
    auto packet = takeMySqlPacket(&bytes);
    if (!packet)
        return std::nullopt;
    if (packet->isError()) {
        rows.fault = parseMySqlFault(packet->payload);
        return rows;
    }
    QByteArrayView payload = packet->payload;
    const qsizetype columns = qsizetype(std::min<quint64>(takeLength(&payload).value_or(0), 9999));
    if (columns == 0 || columns > mostMySqlColumns)
        return noRows();
    while ((packet = takeMySqlPacket(&bytes)) && rows.columns.size() < columns) {
        const auto name = columnName(packet->payload);
        if (!name)
            return noRows();
        rows.columns << *name;
    }
    if (packet && !packet->isEnd())
        return noRows();
    while (packet && (packet = takeMySqlPacket(&bytes))) {
        if (packet->isEnd())
            return rows;
        if (packet->isError()) {
            rows.fault = parseMySqlFault(packet->payload);
            return rows;
        }
        auto row = rowOf(packet->payload, columns);
        if (!row || rows.rows.size() >= mostMySqlRows)
            return noRows();
        rows.rows << std::move(*row);
    }
    return std::nullopt;
}

} // namespace Treewarden
