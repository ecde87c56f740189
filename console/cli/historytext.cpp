// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/historytext.h"

#include "console/cli/clitext.h"
#include "console/cli/statetext.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestSpan = qint64{20} * 366 * 86'400;

struct SpanUnit
{
    char16_t letter;
    qint64 seconds;
};

constexpr SpanUnit spanUnits[]
    = {{u's', 1}, {u'm', 60}, {u'h', 3600}, {u'd', 86'400}, {u'w', 604'800}, {u'y', 31'536'000}};

} // namespace

std::optional<qint64> parseSpan(QStringView text)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    if (text.size() < 2 || text.size() > 12 || !std::all_of(text.begin(), text.end() - 1, isDigit))
        return std::nullopt;
    const auto *unit = std::find_if(
        std::begin(spanUnits), std::end(spanUnits),
        [&text](const SpanUnit &candidate) { return text.back() == candidate.letter; });
    bool isNumber = false;
    const qint64 number = text.chopped(1).toLongLong(&isNumber);
    if (unit == std::end(spanUnits) || !isNumber || number < 1
        || number > longestSpan / unit->seconds)
        return std::nullopt;
    return number * unit->seconds * 1000;
}

QString metricText(QByteArrayView metric, double value)
{
    const auto bytes = [value] { return formatBytes(std::llround(value)); };
    const auto group = metric.first(std::max<qsizetype>(metric.indexOf('.'), 0));
    if (metric == "cpu.cores")
        return numberText(value, 0);
    if (metric == "network.errors")
        return CliText::tr("%1/s").arg(numberText(value, 2));
    if (group == "cpu" || group == "pressure" || metric == "disk.busy" || metric == "agent.cpu"
        || metric.endsWith(".inodes_used"))
        return CliText::tr("%1 %").arg(numberText(value));
    if (group == "memory" || group == "filesystems" || metric == "agent.rss")
        return bytes();
    if (group == "disk" || group == "network")
        return CliText::tr("%1/s").arg(bytes());
    if (group == "ping" || metric == "agent.round")
        return CliText::tr("%1 ms").arg(numberText(value, 2));
    return numberText(value, group == "load" ? 2 : 1);
}

QString sparkline(const HistorySlice &slice, const HistorySeries &series, int width)
{
    // Steps without a value stay blank; several of them share a column.
    struct Column
    {
        double sum = 0;
        int count = 0;
    };

    const qint64 steps = (slice.to - slice.from) / slice.step + 1;
    std::vector<Column> columns(size_t(std::min<qint64>(steps, width)));
    for (const HistoryPoint &point : series.points) {
        const qint64 step = (point.time - slice.from) / slice.step;
        Column &column = columns[size_t(step * qint64(columns.size()) / steps)];
        column.sum += point.average;
        ++column.count;
    }
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (const Column &column : columns) {
        if (column.count > 0) {
            least = std::min(least, column.sum / column.count);
            most = std::max(most, column.sum / column.count);
        }
    }
    QString line;
    for (const Column &column : columns) {
        const double share
            = most > least ? (column.sum / std::max(column.count, 1) - least) / (most - least) : 0;
        line += column.count > 0 ? QChar(u'\u2581' + char16_t(share * 7.999)) : QChar(u' ');
    }
    return line;
}

QString barText(double value, double most, int width)
{
    if (!(most > 0) || !(value > 0))
        return {};
    const int eighths = int(std::ceil(std::min(value / most, 1.0) * width * 8));
    QString bar(eighths / 8, u'\u2588');
    if (eighths % 8 > 0)
        bar += QChar(u'\u2590' - char16_t(eighths % 8));
    return bar;
}

} // namespace Treewarden
