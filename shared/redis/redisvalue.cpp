// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisvalue.h"

namespace Treewarden {

QByteArray RedisValue::toBytes() const
{
    switch (type) {
    case Type::Status:
    case Type::Bulk:
        return text;
    case Type::Integer:
        return QByteArray::number(integer);
    case Type::Nil:
    case Type::Error:
    case Type::Array:
        break;
    }
    return {};
}

QList<QByteArray> RedisValue::toList() const
{
    QList<QByteArray> list;
    list.reserve(elements.size());
    for (const RedisValue &element : elements)
        list.append(element.toBytes());
    return list;
}

QHash<QByteArray, QByteArray> RedisValue::toHash() const
{
    QHash<QByteArray, QByteArray> hash;
    hash.reserve(elements.size() / 2);
    for (qsizetype i = 0; i + 1 < elements.size(); i += 2)
        hash.insert(elements.at(i).toBytes(), elements.at(i + 1).toBytes());
    return hash;
}

} // namespace Treewarden
