// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include <optional>

namespace Treewarden {

/// The words of the time travel.
struct PastText
{
    Q_DECLARE_TR_FUNCTIONS(PastText)
};

/// "22 Nov 03:12:40"; today without the day, with the year when it is another one.
QString clockText(qint64 moment, qint64 now);
/// "Sunday 22 November, 03:12:40" in the language of the window.
QString longMomentText(qint64 moment);

/// The moment that somebody typed: "03:12", "03:12:40" (the last time that the clock showed it),
/// "yesterday 03:12", "2023-11-22 03:12", "2023-11-22T03:12", "22.11. 03:12", "2h", "2h ago",
/// "90 min ago", "-2h". Nothing for what is none of them.
std::optional<qint64> parseMoment(const QString &text, qint64 now);

} // namespace Treewarden
