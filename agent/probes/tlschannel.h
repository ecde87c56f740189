// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

class QSslSocket;

namespace Treewarden {

/// Whom to speak TLS with, and what its certificate must be.
struct TlsSettings
{
    QString host; ///< the name or address that the certificate must be for
    QString caFile; ///< PEM; empty: the system's certificate authorities
    bool isVerified = true; ///< false: whatever certificate is shown will do
};

/// TLS over a connected socket, as client. Qt loads OpenSSL (5.6 MB) when the first of these
/// starts, so a probe makes one only for a check that wants TLS.
class TlsChannel
{
public:
    /// What happens, never within start() or send(). After `failed` and `ended` nothing follows.
    struct Handlers
    {
        std::function<void()> ready; ///< the handshake is done and the certificate is as it must be
        std::function<void(QByteArrayView)> received;
        std::function<void()> ended; ///< the other side closed
        std::function<void(CheckResult)> failed; ///< died, with a sentence that says why
    };

    TlsChannel(TlsSettings settings, Handlers handlers);
    ~TlsChannel();
    Q_DISABLE_COPY_MOVE(TlsChannel)

    /// Takes the socket over. An answer when it ends here already: unknown where TLS cannot be
    /// tried (no TLS library, a CA file that cannot be used).
    [[nodiscard]] std::optional<CheckResult> start(int socket);
    void send(const QByteArray &bytes);
    void drop();

    /// Whole days until the peer's certificate expires, negative when it has; nothing before
    /// `ready`.
    std::optional<int> certificateDays() const;

private:
    void takeError();
    CheckResult failure() const;

    const TlsSettings m_settings;
    const Handlers m_handlers;
    std::unique_ptr<QSslSocket, void (*)(QSslSocket *)> m_socket;
    std::optional<int> m_certificateDays;
    bool m_isStarting = false;
};

} // namespace Treewarden
