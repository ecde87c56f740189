// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/unitverdict.h"

#include "shared/core/textformat.h"

#include <algorithm>
#include <limits>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestWord = 80, mostNamed = 5;

QString word(const QString &text)
{
    return oneLine(text, longestWord);
}

/// "Service" for "nginx.service": the D-Bus interface of that kind of unit.
QString interfaceOf(const QString &unit)
{
    const QString kind = unit.section(u'.', -1);
    return kind.left(1).toUpper() + kind.sliced(1);
}

/// 2⁶⁴-1 means that systemd does not count it.
std::optional<qint64> counted(const QVariant &value)
{
    bool isNumber = false;
    const quint64 number = value.toULongLong(&isNumber);
    return isNumber && number <= quint64(std::numeric_limits<qint64>::max())
        ? std::optional(qint64(number))
        : std::nullopt;
}

QJsonObject workloadOf(const QString &interface, const QVariantMap &properties)
{
    QJsonObject info;
    const auto put = [&](const QString &name, const QString &property, qint64 divisor) {
        const auto number = counted(properties.value(property));
        if (number && *number > 0)
            info.insert(name, *number / divisor);
    };
    put(u"pid"_s, interface + u".MainPID"_s, 1);
    put(u"memory"_s, interface + u".MemoryCurrent"_s, 1);
    put(u"tasks"_s, interface + u".TasksCurrent"_s, 1);
    put(u"since"_s, u"Unit.ActiveEnterTimestamp"_s, 1000);
    if (const auto restarts = counted(properties.value(interface + u".NRestarts"_s)))
        info.insert(u"restarts"_s, *restarts);
    return info;
}

CheckResult unitDied(const QString &kind, const QString &sentence, const QString &unit,
                     QJsonObject args = {})
{
    args.insert(u"unit"_s, unit);
    return CheckResult::died(sentence, u"systemd."_s + kind, args);
}

} // namespace

QStringList unitProperties(const QString &unit)
{
    const QString interface = interfaceOf(unit);
    QStringList names{u"Unit.ActiveEnterTimestamp"_s};
    static const QStringList withResult{u"Service"_s,   u"Socket"_s, u"Mount"_s, u"Timer"_s,
                                        u"Automount"_s, u"Path"_s,   u"Swap"_s,  u"Scope"_s};
    if (withResult.contains(interface))
        names << interface + u".Result"_s;
    if (interface == u"Service")
        names << u"Service.MainPID"_s << u"Service.NRestarts"_s << u"Service.MemoryCurrent"_s
              << u"Service.TasksCurrent"_s << u"Service.ExecMainStatus"_s;
    return names;
}

CheckResult judgeUnit(const SystemdUnit &unit, const QVariantMap &properties)
{
    const QString interface = interfaceOf(unit.name), name = word(unit.name);
    if (unit.active == u"active" || unit.active == u"reloading" || unit.active == u"refreshing") {
        const auto pid = counted(properties.value(u"Service.MainPID"_s));
        const bool isPid = pid && *pid > 0 && *pid <= std::numeric_limits<pid_t>::max();
        CheckResult result
            = CheckResult::isAlive(isPid ? QList<pid_t>{pid_t(*pid)} : QList<pid_t>());
        result.info = workloadOf(interface, properties);
        return result;
    }
    if (unit.load == u"not-found")
        return unitDied(u"missing"_s, u"there is no unit %1 on this host"_s.arg(name), name);
    const QString state
        = u"%1 (%2)"_s.arg(word(unit.load == u"masked" ? unit.load : unit.active), word(unit.sub));
    QString result = word(properties.value(interface + u".Result"_s).toString());
    if (result == u"exit-code")
        result += u' ' + QString::number(properties.value(u"Service.ExecMainStatus"_s).toInt());
    if (result.isEmpty() || result == u"success")
        return unitDied(u"state"_s, u"the unit %1 is %2"_s.arg(name, state), name,
                        {{u"state"_s, state}});
    return unitDied(u"state"_s, u"the unit %1 is %2, its result is %3"_s.arg(name, state, result),
                    name, {{u"state"_s, state}, {u"result"_s, result}});
}

CheckResult judgeFailedUnits(const QList<SystemdUnit> &failed)
{
    if (failed.isEmpty())
        return CheckResult::isAlive();
    QStringList names;
    for (const SystemdUnit &unit : failed)
        names << word(unit.name);
    names.sort();
    QString shown = names.mid(0, mostNamed).join(u", "_s);
    if (names.size() > mostNamed)
        shown += u" …"_s;
    return CheckResult::died(u"units that failed: %1 (%2)"_s.arg(shown).arg(names.size()),
                             u"systemd.failed"_s,
                             {{u"units"_s, shown}, {u"count"_s, names.size()}});
}

} // namespace Treewarden
