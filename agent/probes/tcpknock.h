// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/socketaddress.h"

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace Treewarden {

/// Knocks at a host's TCP port: whether anybody opens or says no (a reset), the host is there.
class TcpKnock
{
public:
    using Done = std::function<void(bool isAnswered)>;

    TcpKnock() = default;

    ~TcpKnock() { drop(); }
    Q_DISABLE_COPY_MOVE(TcpKnock)

    /// Calls `done` once, maybe before it returns, unless dropped. It has no deadline of its own.
    void start(const SocketAddress &to, Done done);
    void drop();

private:
    struct LaterDeleter
    {
        void operator()(QSocketNotifier *notifier) const;
    };

    void finish(int error);

    int m_socket = -1;
    std::unique_ptr<QSocketNotifier, LaterDeleter> m_notifier;
    Done m_done;
};

} // namespace Treewarden
