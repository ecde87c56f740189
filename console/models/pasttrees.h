// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/pastground.h"
#include "console/models/treehistory.h"

namespace Treewarden {

/// The service trees as they stood at a moment.
class PastTrees
{
public:
    explicit PastTrees(PastGround &ground);

    /// Their versions; when they were removed is taken from the archive.
    void setHistory(const TreeHistory &history);
    /// Puts those of the moment in.
    void apply(PastChange &change);

    /// Of which the version of the moment is not remembered: they are shown as they were soonest
    /// after it.
    const QStringList &vague() const { return m_vague; }

    /// That were there and are not shown: no version is remembered.
    const QStringList &lost() const { return m_lost; }

private:
    TreeHistory::Answer treeAt(const QString &id) const;

    PastGround &m_ground;
    TreeHistory m_history;
    QStringList m_vague, m_lost;
};

/// The trees of which the archive tells that they were removed.
QStringList removedTrees(const EventArchive &archive);

} // namespace Treewarden
