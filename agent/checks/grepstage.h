// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/checks/greppattern.h"

#include <QByteArrayList>
#include <QList>
#include <QString>

#include <optional>

namespace Treewarden {

/// What one `grep` of a pipeline lets through: lines that match any of the patterns, or the others
/// when it is inverted.
struct GrepFilter
{
    QList<GrepPattern> patterns;
    bool isInverted = false;
    QString shown; ///< as a person reads it: "mysqld_safe", or "not root"

    bool passes(QByteArrayView line) const;
    /// The same for a thing with several names: it fits when one of them does.
    bool passesOne(const QByteArrayList &names) const;
};

/// Nothing when a pattern is malformed or beyond what GrepPattern takes.
std::optional<GrepFilter> makeGrepFilter(const QByteArrayList &patterns,
                                         GrepPattern::Options options, bool isInverted = false);

struct GrepStage
{
    GrepFilter filter;
    bool isCount = false; ///< grep -c
};

/// grep, egrep and fgrep with the options whose meaning is known here; they do not change whether
/// something is found. Nothing for any other command, option, or a file to read.
std::optional<GrepStage> readGrepStage(const QByteArrayList &words);

/// `wc -l`; the original's notes write "wc -l == 0", where 0 means that the service died.
bool isLineCount(const QByteArrayList &words);

} // namespace Treewarden
