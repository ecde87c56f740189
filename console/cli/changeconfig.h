// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
#include "shared/core/result.h"

#include <QByteArray>
#include <QHash>

#include <functional>

namespace Treewarden {

class VerbCall;

/// The hash server:config:{ip} as it stands; a failure when `ip` is not enrolled.
RedisAnswer<QHash<QByteArray, QByteArray>> readStoredConfig(VerbCall &call, const QString &ip);

/// Changes fields of a configuration, or says why not.
using ConfigEdit = std::function<Result<void>(QHash<QByteArray, QByteArray> &fields)>;

/// Lets `edit` change the configuration that stands, checks all of it and saves it over the version
/// that was read. Gives the new version, or why nothing is saved: an error of the edit or of the
/// configuration, or somebody who saved in between. Warns about what is odd under `field`. Every
/// verb that changes a part of a configuration goes through here.
RedisAnswer<qint64> changeConfig(VerbCall &call, const QString &ip, const QString &field,
                                 const ConfigEdit &edit);

} // namespace Treewarden
