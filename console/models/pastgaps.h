// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Treewarden {

/// What is not known of a moment that is shown.
struct PastGaps
{
    int servers = 0, services = 0; ///< whose state then no event tells
    QStringList vagueTrees; ///< ids; shown as they were soonest after it
    QStringList lostTrees; ///< ids; were there and are not shown
    qint64 begin = 0; ///< Unix ms, when it is the first moment that is remembered; else 0
    QString trouble; ///< why events cannot be read, a sentence; empty while they can

    friend bool operator==(const PastGaps &, const PastGaps &) = default;
};

/// One short line that says how far the picture is to be trusted.
QString knowledgeLine(const PastGaps &gaps);

/// The same in full: what is as it was, what is not known, and what is as it is now.
struct PastKnowledge
{
    QStringList asThen, unknown, asNow; ///< sentences
};

PastKnowledge knowledgeOf(const PastGaps &gaps);

} // namespace Treewarden
