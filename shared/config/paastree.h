// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/serverconfig.h"

namespace Treewarden {

/// One place where a role of a tree runs.
struct PaasInstance
{
    QString ip, instance;

    friend bool operator==(const PaasInstance &, const PaasInstance &) = default;
};

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
};

struct ParsedPaasTree
{
    std::optional<PaasTree> tree;
    QList<ConfigIssue> issues;
};

/// Reads a tree; unknown or repeated roles, needs that name no role, and cycles (named) are errors,
/// all told at once.
ParsedPaasTree parsePaasTree(const QByteArray &json);
QByteArray toJson(const PaasTree &tree);

/// The groups and roles of the original's tree, ready to be filled with instances.
PaasTree paasTemplate(const QString &id, const QString &title);

} // namespace Treewarden
