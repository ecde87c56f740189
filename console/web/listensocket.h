// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QHostAddress>

namespace Treewarden {

/// A TCP socket that listens; closed when it goes, unless release() gave it away.
class ListenSocket
{
public:
    /// `port` 0 takes a free one. The error names address and port, why not, and the cure.
    static Result<ListenSocket> open(const QHostAddress &address, quint16 port);

    ListenSocket(ListenSocket &&other) noexcept;
    ~ListenSocket();

    quint16 port() const { return m_port; }

    int release();

private:
    ListenSocket(int descriptor, quint16 port);

    int m_descriptor;
    quint16 m_port;
};

} // namespace Treewarden
