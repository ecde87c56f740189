// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/serverconfig.h"
#include "shared/redis/redisconnection.h"
#include "shared/trust/signedconfig.h"

#include <QStringList>

namespace Treewarden {

/// One version of a configuration, as its history has it.
struct ConfigVersion
{
    qint64 version = 0, timestamp = 0;
    QString by, signer;
    ConfigFields fields;
};

/// Asks for the versions that server:config:{ip}:history still has (20).
RedisConnection::Words configHistoryWords(const QString &ip);
/// What that was answered with, the newest first; what is broken is left out.
QList<ConfigVersion> readConfigVersions(const RedisValue &reply);

/// The fields that differ, sorted; never version, signer and signature, which every save changes.
QStringList changedFields(const ConfigFields &older, const ConfigFields &newer);

/// What a signature lets run on the server, one line each: actions of `controlled`, checks of shell
/// text, entries of the schedule. The lines are not bounded: see oneLine().
QStringList whatSigningAllows(const ServerConfig &config);

/// True when `fields` are as the owner of `key` signed them.
bool isSignedWith(const SigningKey &key, const QString &ip, const ConfigFields &fields);

} // namespace Treewarden
