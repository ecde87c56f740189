// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/actionrunner.h"
#include "shared/core/result.h"
#include "shared/protocol/serviceid.h"

#include <QJsonObject>

namespace Treewarden {

/// What the policy says of command lines that need a shell.
enum class ShellPolicy { Refuse, Allow };

/// What a command asks for, by name.
struct ActionName
{
    ServiceId service;
    QString action;
    QString ip; ///< of this server
};

/// How long an action may take that says nothing else: words, and jobs of systemd, which has 90 s
/// of its own for most units and is to be the one to give up.
inline constexpr std::chrono::seconds wordsTimeout{60}, unitTimeout{120};

/// Finds an action in the signed `controlled` (docs/protocol.md) and makes of it what can be run,
/// all but its id: the instance's own, else that of `default`. Placeholders are replaced after the
/// line is split, so that no value becomes two words; one that would be read as an option, or leads
/// up in a path, is refused. Bare names are looked up in `path`. The error says what is missing or
/// refused, and the cure.
Result<ActionRequest> resolveAction(const QJsonObject &controlled, const ActionName &name,
                                    ShellPolicy shell, const QString &path = {});

} // namespace Treewarden
