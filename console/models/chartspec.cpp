// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/chartspec.h"

#include "shared/core/textformat.h"

#include <QCoreApplication>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostLines = 6; ///< as many colours can be told apart

struct ChartTexts
{
    Q_DECLARE_TR_FUNCTIONS(ChartSpec)
};

/// A meaning keeps its colour on all charts: what comes in 0, what goes out 2, shares of the CPU 0
/// to 2, pressure for I/O 3.
QList<ChartSpec> fixedSpecs()
{
    return {
        {u"cpu"_s,
         ChartTexts::tr("CPU"),
         u"%"_s,
         ChartScale::Percent,
         {{"cpu.user", 0, ChartTexts::tr("user"), {}, {}},
          {"cpu.system", 1, ChartTexts::tr("system"), {}, {}},
          {"cpu.iowait", 2, ChartTexts::tr("I/O wait"), {}, {}}}},
        {u"memory"_s,
         ChartTexts::tr("Memory"),
         {},
         ChartScale::Memory,
         {{"memory.used", 0, ChartTexts::tr("used"), {}, {}},
          {"memory.cached", 1, ChartTexts::tr("page cache"), {}, {}},
          {"memory.swap_used", 4, ChartTexts::tr("swap"), {}, {}}}},
        {u"load"_s,
         ChartTexts::tr("Load"),
         ChartTexts::tr("waiting and running tasks"),
         ChartScale::Number,
         {{"load.0", 0, ChartTexts::tr("1 min"), {}, {}},
          {"load.1", 1, ChartTexts::tr("5 min"), {}, {}},
          {"load.2", 2, ChartTexts::tr("15 min"), {}, {}}}},
        {u"pressure"_s,
         ChartTexts::tr("Pressure"),
         ChartTexts::tr("% of the time that tasks wait"),
         ChartScale::Number,
         {{"pressure.cpu", 0, ChartTexts::tr("CPU"), {}, {}},
          {"pressure.memory", 1, ChartTexts::tr("memory"), {}, {}},
          {"pressure.io", 3, ChartTexts::tr("I/O"), {}, {}}}},
        {u"network"_s,
         ChartTexts::tr("Network"),
         {},
         ChartScale::Rate,
         {{"network.receive", 0, ChartTexts::tr("received"), {}, {}},
          {"network.transmit", 2, ChartTexts::tr("sent"), {}, {}}}},
        {u"disk"_s,
         ChartTexts::tr("Disk"),
         {},
         ChartScale::Rate,
         {{"disk.read", 0, ChartTexts::tr("read"), {}, {}},
          {"disk.write", 2, ChartTexts::tr("written"), {}, {}}}},
        {u"diskbusy"_s,
         ChartTexts::tr("Disk busy"),
         ChartTexts::tr("% of the busiest"),
         ChartScale::Percent,
         {{"disk.busy", 3, ChartTexts::tr("busy"), {}, {}}}},
    };
}

/// The middles of all metrics that begin and end like this, shortest first.
QList<QByteArray> ownersOf(const QSet<QByteArray> &metrics, const QByteArray &begin,
                           const QByteArray &end)
{
    QList<QByteArray> owners;
    for (const QByteArray &metric : metrics) {
        if (metric.startsWith(begin) && metric.endsWith(end)
            && metric.size() > begin.size() + end.size())
            owners << metric.mid(begin.size(), metric.size() - begin.size() - end.size());
    }
    std::sort(owners.begin(), owners.end(), [](const QByteArray &a, const QByteArray &b) {
        return std::pair(a.size(), a) < std::pair(b.size(), b);
    });
    return owners;
}

/// A line for each of six owners, and one for the highest of all others.
QList<ChartLine> ownerLines(const QList<QByteArray> &owners, const QByteArray &begin,
                            const QByteArray &end)
{
    QList<ChartLine> lines;
    ChartLine rest{{}, ChartLine::otherColour, {}, {}, {}};
    for (const QByteArray &owner : owners) {
        const QByteArray metric = begin + owner + end;
        if (lines.size() < mostLines)
            lines << ChartLine{
                metric, int(lines.size()), oneLine(QString::fromUtf8(owner), 32), {}, {}};
        else
            rest.others << metric;
    }
    if (!rest.others.isEmpty()) {
        rest.name = ChartTexts::tr("highest of %1 more").arg(rest.others.size());
        lines << rest;
    }
    return lines;
}

QByteArray totalOf(QByteArray used)
{
    used.chop(qstrlen(".used"));
    return used + ".total";
}

} // namespace

QList<ChartSpec> chartSpecs(const QSet<QByteArray> &metrics)
{
    QList<ChartSpec> specs = fixedSpecs();
    if (metrics.isEmpty()) {
        specs.removeIf(
            [](const ChartSpec &spec) { return spec.id == u"pressure" || spec.id == u"diskbusy"; });
        return specs;
    }
    for (ChartSpec &spec : specs)
        spec.lines.removeIf([&](const ChartLine &line) { return !metrics.contains(line.metric); });
    specs.removeIf([](const ChartSpec &spec) { return spec.lines.isEmpty(); });
    const QList<QByteArray> mounts = ownersOf(metrics, "filesystems.", ".used");
    if (!mounts.isEmpty()) {
        ChartSpec spec{u"filesystems"_s, ChartTexts::tr("Filesystems"), ChartTexts::tr("% used"),
                       ChartScale::Percent, ownerLines(mounts, "filesystems.", ".used")};
        for (ChartLine &line : spec.lines)
            line.whole = line.others.isEmpty() ? totalOf(line.metric) : QByteArray("total");
        specs << spec;
    }
    const QList<QByteArray> hosts = ownersOf(metrics, "ping.", {});
    if (!hosts.isEmpty())
        specs << ChartSpec{u"ping"_s,          ChartTexts::tr("Ping"),         u"ms"_s,
                           ChartScale::Number, ownerLines(hosts, "ping.", {}), true};
    return specs;
}

Track lineTrack(const ChartLine &line, const WorkloadTracks &tracks)
{
    if (line.others.isEmpty()) {
        const Track track = tracks.track(line.metric);
        return line.whole.isEmpty() ? track : percentTrack(track, tracks.track(line.whole));
    }
    QList<Track> others;
    for (const QByteArray &metric : line.others) {
        const Track track = tracks.track(metric);
        others << (line.whole.isEmpty() ? track
                                        : percentTrack(track, tracks.track(totalOf(metric))));
    }
    return highestTrack(others);
}

} // namespace Treewarden
