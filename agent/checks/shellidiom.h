// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/grepstage.h"

#include <QByteArrayList>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace Treewarden {

/// What a text check of a well-known shape asks for (docs/probes.md lists the shapes).
struct ShellIdiom
{
    enum class Source { Processes, Netstat, Ss, Redis, Mysql };
    enum class Line { UserAndCommand, Command, Program };

    Source source = Source::Processes;
    Line line = Line::UserAndCommand; ///< of a process, that the filters see
    QByteArrayList users; ///< processes of these only, by name or number; empty: of all
    QByteArrayList programs; ///< processes with one of these names only; empty: any
    QByteArray sockets; ///< of Netstat and Ss: letters out of "tux46"; no family letter: all
    bool showsOwners = false; ///< of Netstat and Ss: -p
    QByteArray command; ///< of Redis and Mysql: "info", "ping", "status"
    QJsonObject parameters; ///< where Redis or Mysql listens, as their native probes have it: host,
                            ///< port, path
    QList<GrepFilter> filters;
    bool isCount = false; ///< ends in `wc -l` or `grep -c`
};

/// Nothing when `text` has no such shape.
std::optional<ShellIdiom> recogniseShell(const QString &text);

} // namespace Treewarden
