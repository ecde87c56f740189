// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/historytext.h"
#include "console/cli/statetext.h"
#include "console/cli/verb.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"
#include "shared/fleet/historyfetch.h"
#include "shared/protocol/keys.h"

#include <QDateTime>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

constexpr int tablePoints = 25, overviewPoints = 200, programPoints = 600;
constexpr int barWidth = 24, sparkWidth = 40;

/// What is shown when nobody says what: the metrics that every server has.
QList<HistorySeries> usual(const QList<HistorySeries> &all)
{
    QList<HistorySeries> shown;
    for (const HistorySeries &series : all) {
        const int number = knownMetricNumber(series.metric);
        if ((number > 0 && number <= 15) || series.metric.startsWith("filesystems."))
            shown << series;
    }
    return shown;
}

void printOverview(const HistorySlice &slice, VerbCall &call)
{
    TextTable table({{CliText::tr("METRIC")},
                     {CliText::tr("LAST"), TextTable::Align::Right},
                     {CliText::tr("AVERAGE"), TextTable::Align::Right},
                     {CliText::tr("MINIMUM"), TextTable::Align::Right},
                     {CliText::tr("MAXIMUM"), TextTable::Align::Right},
                     {CliText::tr("FROM %1").arg(timeText(slice.from))}});
    for (const HistorySeries &series : usual(slice.series)) {
        double sum = 0, least = HUGE_VAL, most = -HUGE_VAL;
        for (const HistoryPoint &point : series.points) {
            sum += point.average;
            least = std::min(least, point.minimum);
            most = std::max(most, point.maximum);
        }
        const auto text = [&series](double value) { return metricText(series.metric, value); };
        table.addRow({{QString::fromUtf8(series.metric), Tone::Heading},
                      {text(series.points.last().average)},
                      {text(sum / double(series.points.size()))},
                      {text(least)},
                      {text(most)},
                      {sparkline(slice, series, sparkWidth)}});
    }
    table.print(call.out());
}

void printSeries(const HistorySlice &slice, const HistorySeries &series, VerbCall &call)
{
    const auto text = [&series](double value) { return metricText(series.metric, value); };
    const bool isLong = slice.to - slice.from > qint64{20} * 3'600'000;
    double most = 0;
    for (const HistoryPoint &point : series.points)
        most = std::max(most, point.maximum);
    TextTable table({{CliText::tr("TIME")},
                     {CliText::tr("AVERAGE"), TextTable::Align::Right},
                     {CliText::tr("MINIMUM"), TextTable::Align::Right},
                     {CliText::tr("MAXIMUM"), TextTable::Align::Right},
                     {oneLine(QString::fromUtf8(series.metric), 60)}});
    for (const HistoryPoint &point : series.points) {
        const QString time = timeText(point.time);
        table.addRow({{isLong ? time.left(16) : time.mid(11), Tone::Pale},
                      {text(point.average)},
                      {text(point.minimum)},
                      {text(point.maximum)},
                      {barText(point.average, most, barWidth)}});
    }
    table.print(call.out());
}

void printCsv(const HistorySlice &slice, VerbCall &call)
{
    call.out().printLine(u"time,metric,average,minimum,maximum"_s);
    for (const HistorySeries &series : slice.series) {
        // Names may hold commas and quotes (RFC 4180).
        QString name = oneLine(QString::fromUtf8(series.metric));
        if (name.contains(u',') || name.contains(u'"'))
            name = u'"' + name.replace(u'"', u"\"\""_s) + u'"';
        for (const HistoryPoint &point : series.points) {
            const auto number = [](double value) {
                return QString::number(std::round(value * 100) / 100, 'f',
                                       QLocale::FloatingPointShortest);
            };
            call.out().printLine(u"%1,%2,%3,%4,%5"_s.arg(point.time)
                                     .arg(name, number(point.average), number(point.minimum),
                                          number(point.maximum)));
        }
    }
}

/// The first name that the server has not, and what was probably meant.
std::optional<QString> unknownMetric(const QStringList &wanted, const QList<QByteArray> &metrics)
{
    QStringList known;
    for (const QByteArray &name : metrics)
        known << QString::fromUtf8(name);
    for (const QString &name : wanted) {
        if (!known.contains(name)) {
            return CliText::tr("there is no metric '%1'; did you mean '%2'?")
                .arg(oneLine(name, 80), oneLine(nearestName(name, known), 80));
        }
    }
    return std::nullopt;
}

void print(const HistorySlice &slice, const QString &ip, VerbCall &call)
{
    if (call.wantsJson())
        return call.out().printJson(historyJson(ip, slice));
    if (call.isSet(u"csv"_s))
        return printCsv(slice, call);
    if (!call.isSet(u"metric"_s))
        return printOverview(slice, call);
    bool isFirst = true;
    for (const HistorySeries &series : slice.series) {
        if (!std::exchange(isFirst, false))
            call.out().printLine();
        printSeries(slice, series, call);
    }
}

ExitCode runHistory(VerbCall &call)
{
    const auto ip = call.ip(0);
    if (!ip)
        return ExitCode::Usage;
    const QString since = call.isSet(u"since"_s) ? call.value(u"since"_s) : u"24h"_s;
    const auto span = parseSpan(since);
    if (!span) {
        return call.fail(CliText::tr("--since takes a time such as 90s, 30m, 24h, 7d, 2w or 1y, up "
                                     "to twenty years, not '%1'")
                             .arg(oneLine(since, 40)),
                         ExitCode::Usage);
    }
    const bool isForPrograms = call.wantsJson() || call.isSet(u"csv"_s);
    const QStringList wanted = call.values(u"metric"_s);
    HistoryQuery query{call.now() - *span, call.now(), tablePoints, {}};
    if (isForPrograms || wanted.isEmpty())
        query.mostPoints = isForPrograms ? programPoints : overviewPoints;
    for (const QString &name : wanted)
        query.metrics << name.toUtf8();

    const auto values = call.redis().transaction(
        historyCommands(*ip, query) << RedisSession::Words{"EXISTS", Keys::serverConfig(*ip)});
    if (!values)
        return call.fail(values.failure());
    const FetchedHistory history = readHistory(query, values->elements);
    if (history.metrics.isEmpty() && values->elements.last().integer == 0) {
        return call.fail(
            CliText::tr(
                "%1 is not enrolled: treewarden servers lists all, treewarden enrol %1 adds it")
                .arg(*ip),
            ExitCode::NotEnrolled);
    }
    if (history.metrics.isEmpty()) {
        return call.fail(CliText::tr("nothing is known of %1 since %2: is its agent running?")
                             .arg(*ip, timeText(query.from)),
                         ExitCode::Unavailable);
    }
    if (const auto sentence = unknownMetric(wanted, history.metrics))
        return call.fail(*sentence, ExitCode::Usage);
    if (history.broken > 0) {
        call.warn(CliText::tr("%n piece(s) of the history cannot be read and are left out", nullptr,
                              int(history.broken)));
    }
    print(history.slice, *ip, call);
    return ExitCode::Done;
}

} // namespace

Verb history()
{
    Verb verb{u"history"_s, u"IP"_s, CliText::tr("The server's address."),
              CliText::tr("Shows how a server's figures were, up to two years back.")};
    verb.details = CliText::tr(
        "Without --metric the usual figures, one a line; with it a table over time. Times in JSON "
        "and CSV are\nUnix milliseconds; each point has the average, minimum and maximum of its "
        "step.\n\n"
        "Examples:\n"
        "  treewarden history 10.0.0.7\n"
        "  treewarden history 10.0.0.7 --since 7d --metric cpu.busy --metric memory.used\n"
        "  treewarden history 10.0.0.7 --since 1y --csv > year.csv\n"
        "  treewarden history 10.0.0.7 --json | jq '.series[\"cpu.busy\"][-1]'");
    verb.options
        = {{u"since"_s, CliText::tr("How far back: 90s, 30m, 24h (the default), 7d, 2w, 1y."),
            u"TIME"_s},
           {u"metric"_s, CliText::tr("A figure such as cpu.busy; may be repeated."), u"NAME"_s},
           {u"csv"_s, CliText::tr("Print lines of time,metric,average,minimum,maximum.")}};
    verb.fewestWords = verb.mostWords = 1;
    verb.run = runHistory;
    return verb;
}

} // namespace Treewarden::Verbs
