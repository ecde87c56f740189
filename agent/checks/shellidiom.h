// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/greppattern.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace Treewarden {

/// One `grep` of a pipeline: lines that match any of the patterns go on, or the others when it is
/// inverted.
struct GrepFilter
{
    QList<GrepPattern> patterns;
    bool isInverted = false;
    QString shown; ///< as a person reads it: "mysqld_safe", or "not root"

    bool passes(QByteArrayView line) const;
};

/// What a text check of a well-known shape asks for (docs/probes.md lists the shapes).
struct ShellIdiom
{
    enum class Source { Processes, Redis, Mysql };
    enum class Line { UserAndCommand, Command, Program };

    Source source = Source::Processes;
    Line line = Line::UserAndCommand; ///< of a process, that the filters see
    QByteArray command; ///< of Redis and Mysql: "info", "ping", "status"
    QJsonObject parameters; ///< where Redis or Mysql listens, as their native probes have it: host,
                            ///< port, path
    QList<GrepFilter> filters;
    bool isCount = false; ///< ends in `wc -l` or `grep -c`
};

/// Nothing when `text` has no such shape.
std::optional<ShellIdiom> recogniseShell(const QString &text);

} // namespace Treewarden
