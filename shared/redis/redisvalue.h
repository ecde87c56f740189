// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace Treewarden {

/// One value of the Redis protocol (RESP2).
struct RedisValue
{
    enum class Type { Nil, Status, Error, Integer, Bulk, Array };

    Type type = Type::Nil;
    QByteArray text; ///< of a status, an error or a bulk
    qint64 integer = 0;
    QList<RedisValue> elements;

    bool isNil() const { return type == Type::Nil; }

    bool isError() const { return type == Type::Error; }

    /// The bytes of a status or bulk, the digits of an integer; empty for everything else.
    QByteArray toBytes() const;
    /// The texts of an array's elements, as HGETALL and the like answer.
    QList<QByteArray> toList() const;
    /// Pairs of an array as a hash.
    QHash<QByteArray, QByteArray> toHash() const;
};

/// What became of one command: exactly one is given for each.
struct RedisReply
{
    enum class Outcome {
        Answered, ///< `value` is what Redis said; it may be an error of Redis' own
        NotSent, ///< never left this program: it certainly did not run
        Unknown, ///< sent, but the connection ended before the answer: it may have run
    };

    Outcome outcome = Outcome::NotSent;
    RedisValue value;
    QString error; ///< a sentence when there is no answer, or the answer is an error

    /// Answered, and not with an error.
    bool isOk() const { return outcome == Outcome::Answered && !value.isError(); }

    bool isOutcomeUnknown() const { return outcome == Outcome::Unknown; }
};

} // namespace Treewarden
