// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/peerconnection.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr auto peerPatience = std::chrono::seconds(30);
constexpr qsizetype readAtOnce = 256 * 1024;

} // namespace

PeerConnection::PeerConnection(int descriptor, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_readable(descriptor, QSocketNotifier::Read)
    , m_writable(descriptor, QSocketNotifier::Write)
{
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this, &PeerConnection::read);
    connect(&m_writable, &QSocketNotifier::activated, this, &PeerConnection::write);
    for (QTimer *timer : {&m_readPatience, &m_writePatience}) {
        timer->setSingleShot(true);
        timer->setInterval(peerPatience);
    }
    connect(&m_readPatience, &QTimer::timeout, this,
            [this] { drop(u"it began a message and never ended it"_s); });
    connect(&m_writePatience, &QTimer::timeout, this,
            [this] { drop(u"it does not read what it is told"_s); });
}

PeerConnection::~PeerConnection()
{
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    ::close(m_descriptor);
}

void PeerConnection::read()
{
    QByteArray bytes(readAtOnce, Qt::Uninitialized);
    const ssize_t count = ::recv(m_descriptor, bytes.data(), size_t(bytes.size()), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        return drop({});
    bytes.truncate(count);
    const auto frames = m_frames.take(bytes);
    if (!frames)
        return drop(frames.error().text);
    if (!m_frames.isInside())
        m_readPatience.stop();
    else if (!m_readPatience.isActive() || !frames->isEmpty())
        m_readPatience.start();
    for (const QJsonObject &frame : *frames) {
        if (!m_hasEnded)
            Q_EMIT frameRead(frame);
    }
}

void PeerConnection::send(const QByteArray &frame)
{
    if (m_hasEnded)
        return;
    m_unsent += frame;
    if (m_unsent.size() > mostUnsent)
        return drop(u"it does not read what it is told"_s);
    if (!m_writable.isEnabled())
        write();
}

void PeerConnection::write()
{
    const ssize_t count
        = ::send(m_descriptor, m_unsent.constData(), size_t(m_unsent.size()), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN && errno != EINTR)
        return drop({});
    m_unsent.remove(0, std::max<ssize_t>(count, 0));
    m_writable.setEnabled(!m_unsent.isEmpty());
    if (m_unsent.isEmpty())
        m_writePatience.stop();
    else if (count > 0 || !m_writePatience.isActive())
        m_writePatience.start();
}

void PeerConnection::drop(const QString &why)
{
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    m_readPatience.stop();
    m_writePatience.stop();
    Q_EMIT ended(why);
}

} // namespace Treewarden
