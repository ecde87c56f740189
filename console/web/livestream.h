// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/web/representation.h"
#include "console/web/weboptions.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

struct MHD_Connection;

namespace Treewarden {

/// The listeners of /api/v1/stream (Server-Sent Events). Who joins gets the whole state first, then
/// what changes; who reads too slowly for that skips to the newest whole state. So a listener costs
/// one message at most, however slow.
class LiveStream : public QObject
{
    Q_OBJECT
public:
    /// `wholeState` gives the `data` of the message that starts or restarts a listener: JSON on one
    /// line.
    LiveStream(std::function<QByteArray()> wholeState, WebLimits limits = {},
               QObject *parent = nullptr);
    ~LiveStream() override;

    /// The answer that makes `connection` a listener; nullptr when there is no memory.
    /// `descriptor`: its socket.
    ResponsePointer join(MHD_Connection *connection, int descriptor);

    /// Sends `change` (the `data` of one message: JSON on one line) to all who have read what came
    /// before.
    void push(const QByteArray &change);
    /// The whole state was replaced: all get it.
    void restart();
    /// Once a second: signs of life on quiet streams, an end to those that do not read.
    void tick(qint64 now);
    /// Ends all streams; who joins afterwards gets an end at once.
    void close();

    int listenerCount() const { return static_cast<int>(m_listeners.size()); }

Q_SIGNALS:
    /// Streams have something to send: libmicrohttpd must run, resuming wakes nothing by itself.
    void resumed();

private:
    struct Listener;

    static ssize_t readCallback(void *listener, uint64_t position, char *buffer, size_t size);
    static void freeCallback(void *listener);

    ssize_t read(Listener &listener, char *buffer, size_t size);
    void give(Listener &listener, const QByteArray &message);
    void resume(Listener &listener);
    const QByteArray &stateMessage();

    std::function<QByteArray()> m_wholeState;
    WebLimits m_limits;
    QElapsedTimer m_clock;
    std::vector<Listener *> m_listeners; ///< owned by their responses
    QByteArray m_stateMessage; ///< of this moment, shared by all who need it; empty: ask again
    qint64 m_lastBeat = 0;
    quint64 m_id = 0;
    bool m_isClosed = false;
};

} // namespace Treewarden
