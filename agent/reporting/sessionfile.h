// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QStringList>

namespace Treewarden {

/// The sessions of this server's earlier agents, one a line, newest last: a session that Redis
/// shows after a restore is either one of them (writes were lost) or another agent's. Lives in the
/// state folder.
class SessionFile
{
public:
    explicit SessionFile(QString folder);

    /// The earlier sessions, at most the last 200; none when the file is not there or is no such
    /// file.
    QStringList read() const;
    /// Adds a session. An error says why it could not be kept; the agent goes on without.
    Result<void> add(const QString &session) const;

private:
    QString m_folder, m_path;
};

} // namespace Treewarden
