// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/probes/listentable.h"
#include "agent/probes/procsnapshot.h"

#include <QJsonObject>

namespace Treewarden {

struct Role;

/// A running daemon of a role, and where to reach it.
struct FoundDaemon
{
    QString program; ///< the role's name for it: "redis-server"
    QString host; ///< where a client on this machine reaches it: "127.0.0.1" for one that listens
                  ///< everywhere
    int port = 0; ///< 0: none, or unknown
    QString path; ///< of its Unix socket, when it has no port

    bool isReachable() const { return port > 0 || !path.isEmpty(); }

    /// {"host":…,"port":…} or {"path":…}, without what is the default.
    QJsonObject target() const;
};

/// What discovery looks at, read once.
struct HostPicture
{
    HostPicture(const ProcSnapshot &processes, const QString &procRoot);

    const ProcSnapshot &processes;
    QString procRoot;
    QList<Listener> listeners;
    QHash<pid_t, QByteArray> units; ///< the systemd service of those that belong to one
};

/// The daemons of a role among the processes: without their workers, sorted by pid. They are found
/// by the role's programs, and where none of those runs by a systemd service of the role's name
/// (comdb.service, comdb@3301.service). Where a daemon listens comes from its open sockets, or
/// where those may not be read from its command line, or from the role's default port.
QList<FoundDaemon> findDaemons(const Role &role, const HostPicture &host);

/// A port in a command line: "--port=6380", "-p 2222", "--listen 4730", "redis-server *:6379"; else
/// 0.
int portInCommandLine(const Process &process);

} // namespace Treewarden
