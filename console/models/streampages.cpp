// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/streampages.h"

namespace Treewarden {

namespace {

constexpr qsizetype longestId = 64;

} // namespace

RedisConnection::Words pageBefore(const QByteArray &stream, const QByteArray &before, int count)
{
    const QByteArray from = before.isEmpty() ? QByteArray("+") : '(' + before;
    return {"XREVRANGE", stream, from, "-", "COUNT", QByteArray::number(count)};
}

QByteArray lastIdOf(const RedisValue &page)
{
    return page.elements.isEmpty()
        ? QByteArray()
        : page.elements.last().elements.value(0).toBytes().left(longestId);
}

std::pair<quint64, quint64> streamPlace(const QByteArray &id)
{
    const qsizetype dash = id.indexOf('-');
    return {id.left(dash).toULongLong(), dash < 0 ? 0 : id.mid(dash + 1).toULongLong()};
}

} // namespace Treewarden
