// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>
#include <memory>

class QSocketNotifier;

namespace Treewarden {

/// A connection that is kept for nothing but its end, which tells the death of the other side at
/// once. What the other side says is thrown away.
class HeldConnection
{
public:
    explicit HeldConnection(std::function<void()> ended);
    ~HeldConnection();
    HeldConnection(const HeldConnection &) = delete;
    HeldConnection &operator=(const HeldConnection &) = delete;

    /// Takes this connected socket over, in place of the one before.
    void keep(int socket);
    void drop();

private:
    void hear();

    std::function<void()> m_ended;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    qsizetype m_heard = 0;
};

} // namespace Treewarden
