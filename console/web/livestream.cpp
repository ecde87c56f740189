// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/livestream.h"

#include <algorithm>
#include <cstring>
#include <microhttpd.h>
#include <sys/socket.h>

namespace Treewarden {

namespace {

constexpr size_t streamBlock = 4096;
/// What the kernel may hold for a listener that does not read.
constexpr int streamSendBuffer = 32 * 1024;

QByteArray streamMessage(const char *event, quint64 id, const QByteArray &data)
{
    return "id: " + QByteArray::number(id) + "\nevent: " + event + "\ndata: " + data + "\n\n";
}

} // namespace

struct LiveStream::Listener
{
    LiveStream *stream;
    MHD_Connection *connection;
    int descriptor;
    QByteArray message; ///< being sent; empty: nothing to send
    qsizetype sent = 0;
    qint64 messageSince = 0; ///< when it was given, on the stream's clock
    bool needsState = true; ///< the next message is the whole state
    bool isSuspended = false;
};

LiveStream::LiveStream(std::function<QByteArray()> wholeState, WebLimits limits, QObject *parent)
    : QObject(parent)
    , m_wholeState(std::move(wholeState))
    , m_limits(limits)
{
    m_clock.start();
}

LiveStream::~LiveStream()
{
    // A response that outlives us must not call back; the server was stopped before, so there is
    // none.
    Q_ASSERT(m_listeners.empty());
}

ResponsePointer LiveStream::join(MHD_Connection *connection, int descriptor)
{
    auto listener = std::make_unique<Listener>(Listener{this, connection, descriptor});
    ResponsePointer response(
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, streamBlock, &LiveStream::readCallback,
                                          listener.get(), &LiveStream::freeCallback));
    if (!response)
        return nullptr;
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &streamSendBuffer, sizeof streamSendBuffer);
    MHD_add_response_header(response.get(), "Content-Type", "text/event-stream; charset=utf-8");
    MHD_add_response_header(response.get(), "Cache-Control", "no-store");
    MHD_add_response_header(response.get(), "X-Accel-Buffering",
                            "no"); // nginx would keep the messages back
    addSecurityHeaders(response.get());
    listener->messageSince = m_clock.elapsed();
    m_listeners.push_back(listener.release());
    return response;
}

void LiveStream::push(const QByteArray &change)
{
    m_stateMessage.clear();
    const QByteArray message = streamMessage("change", ++m_id, change);
    for (Listener *listener : m_listeners)
        give(*listener, message);
    Q_EMIT resumed();
}

void LiveStream::restart()
{
    m_stateMessage.clear();
    ++m_id;
    for (Listener *listener : m_listeners) {
        listener->needsState = true;
        resume(*listener);
    }
    Q_EMIT resumed();
}

void LiveStream::tick(qint64 now)
{
    const qint64 clock = m_clock.elapsed();
    for (const Listener *listener : m_listeners) {
        if (!listener->message.isEmpty()
            && clock - listener->messageSince > m_limits.answer.count())
            ::shutdown(listener->descriptor,
                       SHUT_RDWR); // nothing else ends a connection from outside
    }
    if (clock - m_lastBeat < m_limits.beat.count())
        return;
    m_lastBeat = clock;
    // Also the only way to notice a listener that went away while its connection was suspended.
    const QByteArray beat
        = ": alive\nevent: tick\ndata: {\"now\":" + QByteArray::number(now) + "}\n\n";
    for (Listener *listener : m_listeners) {
        if (listener->message.isEmpty() && !listener->needsState)
            give(*listener, beat);
    }
    Q_EMIT resumed();
}

void LiveStream::close()
{
    m_isClosed = true;
    for (Listener *listener : m_listeners)
        resume(*listener);
    Q_EMIT resumed();
}

void LiveStream::give(Listener &listener, const QByteArray &message)
{
    if (!listener.message.isEmpty() || listener.needsState) {
        listener.needsState = true; // has not read the last one yet: skips to the newest
        return;
    }
    listener.message = message;
    listener.sent = 0;
    listener.messageSince = m_clock.elapsed();
    resume(listener);
}

void LiveStream::resume(Listener &listener)
{
    if (!listener.isSuspended)
        return;
    listener.isSuspended = false;
    MHD_resume_connection(listener.connection);
}

const QByteArray &LiveStream::stateMessage()
{
    if (m_stateMessage.isEmpty())
        m_stateMessage = "retry: 2000\n" + streamMessage("state", m_id, m_wholeState());
    return m_stateMessage;
}

ssize_t LiveStream::read(Listener &listener, char *buffer, size_t size)
{
    if (m_isClosed)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (listener.message.isEmpty()) {
        if (!listener.needsState) {
            listener.isSuspended = true;
            MHD_suspend_connection(listener.connection);
            return 0;
        }
        listener.needsState = false;
        listener.message = stateMessage();
        listener.sent = 0;
        listener.messageSince = m_clock.elapsed();
    }
    const auto count
        = std::min(static_cast<qsizetype>(size), listener.message.size() - listener.sent);
    std::memcpy(buffer, listener.message.constData() + listener.sent, static_cast<size_t>(count));
    listener.sent += count;
    if (listener.sent == listener.message.size())
        listener.message.clear();
    return count;
}

ssize_t LiveStream::readCallback(void *listener, uint64_t, char *buffer, size_t size)
{
    auto &self = *static_cast<Listener *>(listener);
    return self.stream->read(self, buffer, size);
}

void LiveStream::freeCallback(void *listener)
{
    auto *self = static_cast<Listener *>(listener);
    std::erase(self->stream->m_listeners, self);
    delete self;
}

} // namespace Treewarden
