// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"

#include <QString>
#include <QStringList>

namespace Treewarden {

/// One of the five fields of a cron expression: what it may hold.
struct CronFieldKind
{
    QString name; ///< as errors tell it, translated
    int least = 0, most = 0;
    QStringList words; ///< names of the numbers from `least` on: "jan", "feb" …
};

/// What a field says.
struct CronField
{
    quint64 values = 0; ///< a bit for each number
    bool isStarred = false; ///< begins with `*`
};

/// Reads a field: `*`, numbers, names, ranges, steps (`*/5`, `10-50/20`) and lists of them
/// (crontab(5)). In a field of weekdays 7 is 0, Sunday, and may end a range.
Result<CronField> parseCronField(const QString &text, const CronFieldKind &kind);

} // namespace Treewarden
