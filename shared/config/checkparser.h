// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/check.h"
#include "shared/config/configissues.h"

#include <QJsonValue>

namespace Treewarden {

/// What `:port:`, `:instance:`, `:role:` and `:ip:` stand for in the checks of one service.
struct Placeholders
{
    ServiceId service;
    QString ip;

    /// The instance's name when that is a port, else the role's usual port, else 0.
    int port() const;
    /// `text` with all of them replaced; nothing when it needs a port and there is none.
    std::optional<QString> replaced(QString text) const;
};

/// Reads one CHECK: {"cmd":…} or {"probe":…}. Nothing when it is wrong; `issues` then has the
/// error.
std::optional<Check> parseCheck(const QJsonValue &value, const QString &path,
                                const Placeholders &placeholders, ConfigIssues &issues);

} // namespace Treewarden
