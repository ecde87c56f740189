// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
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

/// The versions that server:config:{ip}:history still has (20), the newest first; what is broken is
/// left out.
RedisAnswer<QList<ConfigVersion>> readConfigHistory(RedisSession &redis, const QString &ip);

/// The fields that differ, sorted; never version, signer and signature, which every save changes.
QStringList changedFields(const ConfigFields &older, const ConfigFields &newer);

} // namespace Treewarden
