// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/core/settings.h"

#include <QList>
#include <QString>

namespace Treewarden {

/// Where a Redis is and how to log in: redis://, rediss:// (TLS), unix://, or sentinel:// and
/// sentinels:// (TLS) for the master that Sentinels name, as the contract's section 1 has them.
struct RedisUrl
{
    enum class Transport { Tcp, Tls, Unix };

    struct Sentinel
    {
        QString host;
        quint16 port = 26379;
    };

    Transport transport = Transport::Tcp;
    QString host;
    quint16 port = 6379;
    QString path; ///< of the Unix socket
    QString user, password;
    int database = 0;
    QString caFile, certificateFile, keyFile; ///< PEM; for TLS only
    QList<Sentinel> sentinels; ///< who know where the master is; host and port are then the first's
    QString master; ///< what they call it; empty without Sentinels

    bool hasSentinels() const { return !master.isEmpty(); }

    static Result<RedisUrl> parse(const QString &text);
    /// The URL of the settings with their password and certificate files laid over it.
    static Result<RedisUrl> fromSettings(const Settings &settings);

    /// For logs and windows: never with a password.
    QString displayText() const;

private:
    static Result<RedisUrl> parseSentinels(const QString &text);
};

} // namespace Treewarden
