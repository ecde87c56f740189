// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/configissues.h"

#include <QByteArray>

#include <optional>

namespace Treewarden {

/// One place where a role of a tree runs.
struct PaasInstance
{
    QString ip, instance;

    friend bool operator==(const PaasInstance &, const PaasInstance &) = default;
};

/// The bounds of a tree; parsePaasTree() refuses what goes beyond.
namespace PaasLimits {
inline constexpr qsizetype roles = 500, instances = 10'000, title = 200; ///< title in characters
}

struct PaasRole
{
    QString role, group, title;
    QStringList needs; ///< roles of the same tree that this one depends on
    int least = 1; ///< how many instances must live
    QList<PaasInstance> instances;

    friend bool operator==(const PaasRole &, const PaasRole &) = default;
};

/// The service tree of one platform: the JSON of paas:{id}.
struct PaasTree
{
    QString id, title;
    qint64 version = 0;
    QList<PaasRole> roles;

    friend bool operator==(const PaasTree &, const PaasTree &) = default;
};

struct ParsedPaasTree
{
    std::optional<PaasTree> tree; ///< absent when an issue is an error
    QList<ConfigIssue> issues;

    /// All errors as one sentence a line.
    QString errorText() const { return errorLines(issues); }
};

/// Reads a tree (at most 4 MiB). A role that stands twice in its group, needs that name no role of
/// the tree, and cycles (named, "web → mysql → web") are errors, all told at once; unknown fields
/// are kept by whoever stores the text, and warned about. The original's tree has nginx in two
/// groups, so a role may stand in several; `needs` means all of them.
/// With an `id`, that is the tree's: one that the text lacks is filled in, another one is an error.
ParsedPaasTree parsePaasTree(const QByteArray &json, const QString &id = {});
QByteArray toJson(const PaasTree &tree);

/// The groups and roles of the original's tree, ready to be filled with instances.
PaasTree paasTemplate(const QString &id, const QString &title);

} // namespace Treewarden
