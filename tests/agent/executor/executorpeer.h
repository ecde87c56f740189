// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/executorframe.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonObject>

#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Treewarden {

/// The other end of the executor's socket.
class ExecutorPeer
{
public:
    explicit ExecutorPeer(const QString &path)
        : m_descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray name = QFile::encodeName(path);
        std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
        isConnected
            = ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address)
            == 0;
    }

    ~ExecutorPeer() { ::close(m_descriptor); }

    ExecutorPeer(const ExecutorPeer &) = delete;
    ExecutorPeer &operator=(const ExecutorPeer &) = delete;

    /// False when the executor has hung up.
    bool write(const QByteArray &bytes) const
    {
        return ::send(m_descriptor, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL)
            == bytes.size();
    }

    bool say(const QJsonObject &frame) const { return write(executorFrame(frame)); }

    /// Reads until a frame for which `matches` is true has come; all that came are in `frames`.
    template<typename Matches>
    bool waitFor(Matches matches, int patience = 20'000)
    {
        QElapsedTimer timer;
        timer.start();
        for (;;) {
            while (m_looked < frames.size()) {
                if (matches(frames[m_looked++]))
                    return true;
            }
            if (!readSome(patience - int(timer.elapsed())))
                return false;
        }
    }

    bool waitForType(const QString &type)
    {
        return waitFor([&type](const QJsonObject &frame) {
            return frame.value(QStringLiteral("type")) == type;
        });
    }

    bool waitForState(const QString &id, const QString &state)
    {
        return waitFor([&](const QJsonObject &frame) {
            const QJsonObject message = frame.value(QStringLiteral("message")).toObject();
            return message.value(QStringLiteral("id")) == id
                && message.value(QStringLiteral("state")) == state;
        });
    }

    bool waitForEnd()
    {
        while (readSome(20'000)) { }
        return hasEnded;
    }

    QList<QJsonObject> frames;
    bool isConnected = false, hasEnded = false;

private:
    bool readSome(int patience)
    {
        pollfd waiting{m_descriptor, POLLIN, 0};
        if (hasEnded || patience <= 0 || ::poll(&waiting, 1, patience) != 1)
            return false;
        QByteArray bytes(65536, Qt::Uninitialized);
        const ssize_t count = ::recv(m_descriptor, bytes.data(), size_t(bytes.size()), 0);
        if (count <= 0) {
            hasEnded = true;
            return false;
        }
        const auto taken = m_reader.take(bytes.left(count));
        frames += taken.value();
        return true;
    }

    const int m_descriptor;
    ExecutorFrameReader m_reader;
    qsizetype m_looked = 0;
};

} // namespace Treewarden
