// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/cli/redissession.h"

#include <QCommandLineOption>

namespace Treewarden {

class VerbCall;

/// The option --confirm HOSTNAME of verbs that end something.
QCommandLineOption confirmOption();

/// What ends a server or service is asked for twice: once by the command, once by typing the name
/// of the host, on the terminal or as --confirm. Why not to go on; nothing when it was confirmed.
std::optional<RedisFailure> confirmByName(const VerbCall &call, const QString &hostname);

/// Asks a question that --yes answers, and scripts are not asked. False for no.
bool confirmYes(const VerbCall &call, const QString &question);

} // namespace Treewarden
