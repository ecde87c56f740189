// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/probe.h"
#include "shared/protocol/serverinfo.h"

namespace Treewarden {

/// The slow facts of this server, as its kernel and /etc tell them. What is not told stays empty.
/// Session, start, lease and `told` are not facts: they stay unset.
ServerInfo collectServerFacts(const ProbeContext &context, const QString &stateDirectory);

/// True when both say the same about the server; session, start, update and lease are not compared.
bool haveSameFacts(const ServerInfo &left, const ServerInfo &right);

} // namespace Treewarden
