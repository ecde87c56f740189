// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisvalue.h"

#include <QByteArrayView>

#include <memory>
#include <optional>

struct redisReader;
struct redisReadTask;

namespace Treewarden {

/// What one reply may cost. Nothing is ever allocated because a peer claims a length: memory
/// follows what arrived.
struct RespLimits
{
    qsizetype replyBytes = 16 << 20;
    qsizetype lineBytes = 64 << 10;
    qsizetype elements = 1'000'000; ///< of all arrays of one reply together
};

/// Cuts the bytes of one connection into values of RESP2
/// (https://redis.io/docs/reference/protocol-spec/). Understands what hiredis' reader does: arrays
/// nested up to seven deep. After an error it stays in error.
class RespDecoder
{
public:
    /// How much may be fed at a time before next() drains it.
    static constexpr qsizetype chunkBytes = 16 << 10;

    explicit RespDecoder(RespLimits limits = {});
    ~RespDecoder();

    /// At most chunkBytes; afterwards next() is called until it gives nothing.
    void feed(QByteArrayView bytes);
    /// The next whole value, or nothing: more bytes are needed, or error() tells why there will be
    /// none.
    bool next(RedisValue &value);

    /// What is wrong with the bytes, in English, without them; empty when nothing is.
    const QString &error() const { return m_error; }

private:
    friend struct RespObjects;

    struct FreeReader
    {
        void operator()(redisReader *reader) const;
    };

    RedisValue *place(const redisReadTask *task);
    void fail(const QString &reason);
    void checkPending();

    RespLimits m_limits;
    std::unique_ptr<redisReader, FreeReader> m_reader;
    RedisValue m_root;
    qsizetype m_elements = 0;
    qsizetype m_replyBytes = 0; ///< of the reply that is being read, as far as it arrived
    QString m_error;
};

} // namespace Treewarden
