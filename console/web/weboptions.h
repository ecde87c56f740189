// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/core/settings.h"

#include <QHostAddress>
#include <QPair>
#include <QStringList>

#include <chrono>

namespace Treewarden {

/// What one visitor may ask of the page (docs/protocol.md, section 8). Tests shorten the times.
struct WebLimits
{
    std::chrono::milliseconds request{
        5000}; ///< from a request's first line to the end of its headers
    std::chrono::milliseconds idle{10000}; ///< without any progress
    std::chrono::milliseconds answer{30000}; ///< to take one answer, or one message of the stream
    std::chrono::milliseconds beat{15000}; ///< between two signs of life on a quiet stream
    int perAddress = 64; ///< connections of one address
    int connections = 1100;
    int requestBytes = 16 * 1024;
};

/// Where the visitors' page is served, and to whom: `[web]` of the settings.
struct WebOptions
{
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 8420; ///< 0 takes a free one
    QStringList hosts; ///< names that `Host` may say beside addresses and localhost, lower case
    QList<QPair<QHostAddress, int>> trustedProxies; ///< networks whose X-Forwarded-For is believed
    QString title = QStringLiteral("Treewarden"); ///< what the page calls the fleet
    WebLimits limits;

    bool isTrustedProxy(const QHostAddress &peer) const;

    /// "127.0.0.1:8420", "[::1]:0" or "localhost:8420" into `address` and `port`.
    Result<void> setListen(const QString &text);
    /// Reads listen, hosts, trusted_proxies and title. The error names the key.
    static Result<WebOptions> fromSettings(const Settings &settings);
    /// Refuses to serve other machines without a TLS proxy in front: the page has no encryption of
    /// its own.
    Result<void> check() const;
};

} // namespace Treewarden
