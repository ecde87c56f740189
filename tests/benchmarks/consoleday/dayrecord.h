// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>

namespace Treewarden {

/// One look at the console, always in the same place.
struct DayMeasure
{
    double hour = 0; ///< of the day that is played
    qint64 resident = 0, heap = 0; ///< KiB
    qint64 objects = 0, events = 0, archived = 0, commands = 0;
    double cpu = 0; ///< seconds
    int changes = 0;

    static DayMeasure parse(const QByteArray &line);
    static void printHead();
    void print() const;
};

/// KiB.
qint64 residentMemory(qint64 pid);
/// Seconds.
double cpuTime(qint64 pid);

/// What the straight line that fits best rises from the first to the last of them.
double rise(const QList<DayMeasure> &measures, qint64 DayMeasure::*what);

using ObjectCounts = QMap<QByteArray, int>;

ObjectCounts parseObjects(const QByteArray &line);
/// Says of which classes there are more than before.
void printGrown(const ObjectCounts &before, const ObjectCounts &after);

} // namespace Treewarden
