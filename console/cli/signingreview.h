// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"
#include "shared/config/serverconfig.h"

#include <QCommandLineOption>

namespace Treewarden {

class VerbCall;

/// The option --yes of verbs that ask.
QCommandLineOption yesOption();

/// Shows what a signature lets run before what stands in Redis is signed, for whoever can write
/// there may have put it there, and asks the person at the terminal. Why not to sign; nothing to go
/// on. --yes is not asked; without a terminal nothing is signed but with it.
std::optional<RedisFailure> reviewBeforeSigning(VerbCall &call, const QString &ip,
                                                const ServerConfig &config);

/// Binds a configuration that names no machine to the one that reports as `ip`. An alarm when the
/// two differ: somebody else took the address.
std::optional<RedisFailure> bindToMachine(VerbCall &call, const QString &ip,
                                          QHash<QByteArray, QByteArray> &fields);

} // namespace Treewarden
