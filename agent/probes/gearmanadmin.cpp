// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gearmanadmin.h"

#include "agent/probes/lines.h"
#include "shared/core/textformat.h"

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestGearmanLine = 4096, mostGearmanFunctions = 20'000;

GearmanAnswer gearmanRubbish(QByteArrayView line)
{
    GearmanAnswer answer;
    answer.isRubbish = true;
    answer.text = line.first(std::min<qsizetype>(line.size(), 200)).toByteArray();
    return answer;
}

/// "OK 1.1.20", or the bare number that other servers than gearmand give.
std::optional<QByteArray> versionOf(QByteArrayView line)
{
    if (line.startsWith("OK "))
        return line.sliced(3).toByteArray();
    const bool isNumber = !line.isEmpty() && line.contains('.')
        && std::all_of(line.begin(), line.end(),
                       [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return isNumber ? std::optional(line.toByteArray()) : std::nullopt;
}

/// "name\tjobs\trunning\tworkers".
std::optional<GearmanFunction> functionOf(QByteArrayView line)
{
    const qsizetype end = line.indexOf('\t');
    if (end < 0)
        return std::nullopt;
    QByteArrayView rest = line.sliced(end);
    const auto numbers = takeNumbers<qint64, 3>(&rest);
    if (!numbers || !rest.isEmpty())
        return std::nullopt;
    const auto [jobs, running, workers] = *numbers;
    return jobs < 0 || running < 0 || workers < 0
        ? std::nullopt
        : std::optional(GearmanFunction{line.first(end).toByteArray(), jobs, running, workers});
}

/// "38 127.0.0.1 - : rev": descriptor, address, id, the functions it offers. Clients are listed
/// too.
bool offersFunction(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(" :");
    return colon >= 0 && !line.sliced(colon + 2).trimmed().isEmpty();
}

} // namespace

const GearmanFunction *GearmanAnswer::find(const QByteArray &name) const
{
    const auto found = std::find_if(functions.begin(), functions.end(),
                                    [&](const GearmanFunction &one) { return one.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

std::optional<GearmanAnswer> parseGearmanAnswer(QByteArrayView bytes, GearmanAnswer::Asked asked)
{
    using Asked = GearmanAnswer::Asked;
    GearmanAnswer answer;
    Asked reading = Asked::Version;
    while (bytes.contains('\n')) {
        QByteArrayView line = takeLine(&bytes);
        if (line.endsWith('\r'))
            line.chop(1);
        const bool isLast = reading == Asked::Version || line == ".";
        if (line.startsWith("ERR ") || line.size() > longestGearmanLine)
            return gearmanRubbish(line);
        if (reading == Asked::Version) {
            const auto version = versionOf(line);
            if (!version)
                return gearmanRubbish(line);
            answer.text = *version;
        } else if (!isLast && reading == Asked::Status) {
            auto function = functionOf(line);
            if (!function || answer.functions.size() >= mostGearmanFunctions)
                return gearmanRubbish(line);
            answer.functions << std::move(*function);
        } else if (!isLast) {
            answer.workers += offersFunction(line) ? 1 : 0;
        }
        if (isLast && reading == asked)
            return answer;
        if (isLast)
            reading = reading == Asked::Version ? Asked::Status : Asked::Workers;
    }
    return bytes.size() > longestGearmanLine ? std::optional(gearmanRubbish(bytes)) : std::nullopt;
}

QJsonObject gearmanInfo(const GearmanAnswer &answer)
{
    double waiting = 0, running = 0; // hostile numbers may overflow a sum of whole ones
    qint64 orphaned = 0;
    const GearmanFunction *longest = nullptr;
    for (const GearmanFunction &function : answer.functions) {
        waiting += double(function.waiting());
        running += double(function.running);
        orphaned += function.waiting() > 0 && function.workers == 0 ? 1 : 0;
        if (function.waiting() > (longest ? longest->waiting() : 0))
            longest = &function;
    }
    QJsonObject info{{u"version"_s, oneLine(QString::fromUtf8(answer.text), 64)},
                     {u"functions"_s, answer.functions.size()},
                     {u"jobs_waiting"_s, waiting},
                     {u"jobs_running"_s, running},
                     {u"workers"_s, answer.workers},
                     {u"functions_without_worker"_s, orphaned}};
    if (longest) {
        info.insert(u"longest_queue"_s, oneLine(QString::fromUtf8(longest->name), 64));
        info.insert(u"longest_queue_jobs"_s, longest->waiting());
    }
    return info;
}

} // namespace Treewarden
