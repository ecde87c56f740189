// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace Treewarden {

/// When nobody wants to be told of problems: from one time of day to another on some days of the
/// week. A span over midnight belongs to the day on which it begins; from and to the same is a
/// whole day. Times are those of the wall clock, whatever it is set to in spring and autumn.
struct QuietHours
{
    static constexpr int everyDay = 0b111'1111;

    bool isOn = false;
    QTime from{22, 0}, to{7, 0};
    int days = everyDay; ///< bit 0: Monday

    bool hasDay(int dayOfWeek) const { return days & (1 << (dayOfWeek - 1)); } ///< 1: Monday

    bool contains(const QDateTime &local) const;

    /// "on 22:00 07:00 1234567", for the preferences.
    QString toText() const;
    /// What can't be read is the default: off.
    static QuietHours parse(const QString &text);

    friend bool operator==(const QuietHours &, const QuietHours &) = default;
};

} // namespace Treewarden
