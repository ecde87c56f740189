// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/respdecoder.h"

#include <hiredis/read.h>

#include <charconv>

namespace Treewarden {
using namespace Qt::StringLiterals;

/// The functions by which hiredis' reader builds values: straight into the tree of the reply,
/// without objects of its own. A null pointer stops the reader.
struct RespObjects
{
    static RespDecoder *decoder(const redisReadTask *task)
    {
        return static_cast<RespDecoder *>(task->privdata);
    }

    static void *createString(const redisReadTask *task, char *text, size_t size)
    {
        RedisValue *value = decoder(task)->place(task);
        if (!value)
            return nullptr;
        value->type = task->type == REDIS_REPLY_ERROR ? RedisValue::Type::Error
            : task->type == REDIS_REPLY_STATUS        ? RedisValue::Type::Status
                                                      : RedisValue::Type::Bulk;
        value->text = QByteArray(text, qsizetype(size));
        return value;
    }

    static void *createArray(const redisReadTask *task, int size)
    {
        RespDecoder *self = decoder(task);
        if (size > self->m_limits.elements - self->m_elements) {
            self->fail(u"a reply has more than %1 elements"_s.arg(self->m_limits.elements));
            return nullptr;
        }
        RedisValue *value = self->place(task);
        if (!value)
            return nullptr;
        value->type = RedisValue::Type::Array;
        value->elements.reserve(qMin(size, 64));
        return value;
    }

    static void *createInteger(const redisReadTask *task, long long number)
    {
        RedisValue *value = decoder(task)->place(task);
        if (!value)
            return nullptr;
        value->type = RedisValue::Type::Integer;
        value->integer = number;
        return value;
    }

    static void *createNil(const redisReadTask *task) { return decoder(task)->place(task); }

    static void freeObject(void *) { }

    static redisReplyObjectFunctions functions;
};

redisReplyObjectFunctions RespObjects::functions{createString, createArray, createInteger,
                                                 createNil, freeObject};

void RespDecoder::FreeReader::operator()(redisReader *reader) const
{
    redisReaderFree(reader);
}

RespDecoder::RespDecoder(RespLimits limits)
    : m_limits(limits)
    , m_reader(redisReaderCreateWithFunctions(&RespObjects::functions))
{
    m_reader->privdata = this;
}

RespDecoder::~RespDecoder() = default;

RedisValue *RespDecoder::place(const redisReadTask *task)
{
    if (!task->parent)
        return &m_root;
    if (++m_elements > m_limits.elements) {
        fail(u"a reply has more than %1 elements"_s.arg(m_limits.elements));
        return nullptr;
    }
    // The parent's list grows only when this element and all below it are complete, so that
    // pointers to it stay good.
    return &static_cast<RedisValue *>(task->parent->obj)->elements.emplaceBack();
}

void RespDecoder::fail(const QString &reason)
{
    if (m_error.isEmpty())
        m_error = reason;
}

void RespDecoder::feed(QByteArrayView bytes)
{
    if (!m_error.isEmpty())
        return;
    m_replyBytes += bytes.size();
    if (redisReaderFeed(m_reader.get(), bytes.data(), size_t(bytes.size())) != REDIS_OK)
        fail(u"the bytes could not be taken up"_s);
}

bool RespDecoder::next(RedisValue &value)
{
    if (!m_error.isEmpty())
        return false;
    void *reply = nullptr;
    if (redisReaderGetReply(m_reader.get(), &reply) != REDIS_OK) {
        fail(QString::fromLatin1(m_reader->errstr));
        return false;
    }
    if (!reply) {
        checkPending();
        return false;
    }
    value = std::move(m_root);
    m_root = {};
    m_elements = 0;
    m_replyBytes = qsizetype(m_reader->len - m_reader->pos);
    return true;
}

/// Looks at what the reader is waiting for: it would wait for any length that a peer claims.
void RespDecoder::checkPending()
{
    if (m_replyBytes > m_limits.replyBytes)
        return fail(u"a reply is longer than %1 MiB"_s.arg(m_limits.replyBytes >> 20));
    if (m_reader->ridx < 0)
        return;
    const char *rest = m_reader->buf + m_reader->pos;
    const size_t size = m_reader->len - m_reader->pos;
    if (m_reader->rstack[m_reader->ridx].type != REDIS_REPLY_STRING) {
        // A complete line would have been consumed: all that is left is one line without its end.
        if (size > size_t(m_limits.lineBytes))
            fail(u"a line is longer than %1 KiB"_s.arg(m_limits.lineBytes >> 10));
        return;
    }
    qint64 claimed = 0;
    const auto [digitsEnd, problem] = std::from_chars(rest, rest + size, claimed);
    if (problem == std::errc::result_out_of_range || claimed > m_limits.replyBytes)
        return fail(u"a reply is longer than %1 MiB"_s.arg(m_limits.replyBytes >> 20));
    // A complete text would have been consumed; so this is one whose length line never ends.
    if (size > 24 && qint64(size) >= (digitsEnd - rest) + claimed + 4)
        fail(u"the length of a text is no number"_s);
}

} // namespace Treewarden
