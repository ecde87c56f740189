// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/workloadtracks.h"

#include <QSet>
#include <QString>

namespace Treewarden {

/// How the values of a chart are scaled and called.
enum class ChartScale {
    Percent, ///< 0 to 100
    Memory, ///< GiB of what the server has
    Number, ///< as high as the highest
    Rate, ///< bytes a second, in the unit that fits the highest
};

/// One line of a chart: what it shows, and the theme's series colour that this meaning has on all
/// charts.
struct ChartLine
{
    static constexpr int otherColour = -1;

    QByteArray metric; ///< dotted path
    int colour = 0; ///< otherColour: the pale text's
    QString name;
    QByteArray whole; ///< shown is the percentage of this metric; empty: the metric itself
    QList<QByteArray> others; ///< instead of `metric`: the highest of these

    friend bool operator==(const ChartLine &, const ChartLine &) = default;
};

struct ChartSpec
{
    QString id; ///< as it is remembered: "cpu"
    QString title;
    QString unit; ///< of Percent and Number; the others name theirs by what they show
    ChartScale scale = ChartScale::Percent;
    QList<ChartLine> lines;
    bool tellsSilence = false; ///< a sample without a value is marked: nobody answered

    friend bool operator==(const ChartSpec &, const ChartSpec &) = default;
};

/// The charts that these metrics can fill, in their usual order; of unknown metrics the charts that
/// every server has.
QList<ChartSpec> chartSpecs(const QSet<QByteArray> &metrics);

/// What a line shows.
Track lineTrack(const ChartLine &line, const WorkloadTracks &tracks);

} // namespace Treewarden
