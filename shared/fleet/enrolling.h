// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/redis/redisconnection.h"
#include "shared/trust/signedconfig.h"

#include <QJsonObject>

#include <optional>

namespace Treewarden {

/// How an address stands before a server is enrolled under it.
struct EnrolmentStanding
{
    ConfigFields enrolled; ///< the configuration that stands; empty: none
    qint64 lastVersion = 0; ///< of the tombstone
    qint64 removedAt = 0; ///< ms, of the tombstone; 0: was never removed
    QByteArray removedMachine; ///< machine_id of the tombstone
    std::optional<QJsonObject> request; ///< what the server told of itself, if it asked

    QByteArray askingMachine() const
    {
        return request ? (*request)[QStringLiteral("machine_id")].toString().toUtf8()
                       : QByteArray();
    }

    /// True when what asks under the address is not the machine that is enrolled there.
    bool isOtherMachine() const;
};

/// The commands that ask for it, and what their answers say.
QList<RedisConnection::Words> enrolmentStandingWords(const QString &ip);
Result<EnrolmentStanding> readEnrolmentStanding(const QString &ip,
                                                const QList<RedisValue> &replies);

/// The configuration that an agent asks for: the fields of the hash among its facts.
ConfigFields requestedConfig(const QJsonObject &request);

/// The command that enrols the server `ip` with the configuration `fields`: one script writes the
/// hash, puts the ip into the index, takes it out of servers:pending and servers:removed, and tells
/// everybody. It does nothing and answers 0 where the server is enrolled already, else 1.
RedisConnection::Words enrolmentWords(const QString &ip, const ConfigFields &fields, qint64 now);

/// What goes out with every change of who is enrolled.
QList<RedisConnection::Words> enrolmentNews(const QString &ip, qint64 version, const QString &state,
                                            qint64 now, const QByteArray &signer = {});

} // namespace Treewarden
