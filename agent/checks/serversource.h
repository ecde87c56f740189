// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/shellidiom.h"

#include <QByteArrayList>

namespace Treewarden {

/// `redis-cli [-h HOST] [-p PORT] [-s PATH] info [SECTION]` or `… ping`. A password on the line is
/// not taken up.
std::optional<ShellIdiom> readRedisCli(const QByteArrayList &words);

/// `mysqladmin [options] status|ping|…`: only where the server listens is taken up, no user and no
/// password.
std::optional<ShellIdiom> readMysqladmin(const QByteArrayList &words);

} // namespace Treewarden
