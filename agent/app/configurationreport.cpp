// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/configurationreport.h"

#include "agent/app/servicemonitor.h"
#include "agent/events/execwatch.h"
#include "agent/probes/hostfile.h"
#include "agent/probes/passwdfile.h"
#include "agent/probes/pinger.h"
#include "agent/probes/processrights.h"
#include "shared/core/steadyclock.h"
#include "shared/core/textformat.h"

#include <QDebug>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QStringList sentences(const ParsedConfig &parsed, ConfigIssue::Severity severity)
{
    QStringList lines;
    for (const ConfigIssue &issue : parsed.issues) {
        if (issue.severity == severity)
            lines << oneLine(issue.path.isEmpty() ? issue.text : issue.path + u": "_s + issue.text);
    }
    return lines;
}

void printLine(const QString &line)
{
    std::fputs(qUtf8Printable(line + u'\n'), stdout);
}

QString seconds(std::chrono::milliseconds interval)
{
    return QString::number(double(interval.count()) / 1000) + u" s"_s;
}

/// A table: the service once, its checks below each other.
void printServices(const QList<WatchedCheck> &checks, qsizetype services)
{
    constexpr qsizetype widest = 40;
    qsizetype width = 0;
    for (const WatchedCheck &check : checks)
        width = std::max(width, std::min(check.service.text().size(), widest));
    printLine(u"\n%1 services"_s.arg(services));
    QString last;
    for (const WatchedCheck &check : checks) {
        const QString id = check.service.text(), shown = id == last ? QString() : id;
        const QString kind = check.isWorkload ? u"workload"_s : u"alive   "_s;
        printLine(u"  %1  %2  %3"_s.arg(shown.leftJustified(width), kind, check.description));
        last = id;
    }
}

/// From /etc/passwd only: a directory server may be away.
QString ownUser()
{
    const auto names = parsePasswd(HostFile(u"/etc/passwd"_s, 1 << 20).read());
    return QString::fromUtf8(names.value(geteuid(), QByteArray::number(geteuid())));
}

/// What this user may not read or hear, and what the agent does instead.
void printRights(const ProbeContext &context)
{
    QStringList limits = findProcessRights(context.procRoot).sentences();
    if (const QString refusal = ExecWatch::refusal(); !refusal.isEmpty())
        limits << u"a service that is started again is noticed by the next round: "_s + refusal;
    if (limits.isEmpty()) {
        printLine(u"\nnothing is kept from the user %1"_s.arg(ownUser()));
        return;
    }
    printLine(u"\nwhat the user %1 may not do, and what is done instead"_s.arg(ownUser()));
    for (const QString &limit : limits)
        printLine(u"  "_s + limit);
}

} // namespace

QStringList errorSentences(const ParsedConfig &parsed)
{
    return sentences(parsed, ConfigIssue::Severity::Error);
}

QStringList warningSentences(const ParsedConfig &parsed)
{
    return sentences(parsed, ConfigIssue::Severity::Warning);
}

QString wrongConfigurationSentence(const QString &ip, const QStringList &errors)
{
    if (errors.size() == 1)
        return u"the configuration of %1 is wrong: %2"_s.arg(ip, errors.first());
    for (const QString &error : errors)
        qCritical().noquote() << u"configuration of %1: %2"_s.arg(ip, error);
    return u"the configuration of %1 has %2 errors, each told above; the first is: %3"_s.arg(ip)
        .arg(errors.size())
        .arg(errors.value(0));
}

QString foreignConfigurationSentence(const QString &ip, const ServerConfig &configuration,
                                     const QString &machineId)
{
    if (configuration.machineId.isEmpty() || configuration.machineId == machineId)
        return {};
    return u"the configuration of %1 is for the machine %2, and this one is %3: if it took that "
           u"one's place, treewarden remove %1 and enrol it again"_s.arg(
               ip, oneLine(configuration.machineId, 80), oneLine(machineId, 80));
}

Result<void> printWatched(const AgentOptions &options, const QString &ip,
                          const ServerConfig &configuration, bool mayRunText)
{
    ProcSnapshot processes(options.context.procRoot);
    processes.refresh(steadyMilliseconds());
    ServiceMonitor services(processes, options.context, Clock());
    if (const QStringList errors = services.setServices(configuration.services, mayRunText);
        !errors.isEmpty())
        return Error{wrongConfigurationSentence(ip, errors)};
    const Intervals &intervals = configuration.intervals;
    printLine(u"%1: configuration version %2 is valid"_s.arg(ip).arg(configuration.version));
    printLine(
        u"every %1 services, every %2 workload, every %3 a heartbeat with a lease of %4"_s.arg(
            seconds(intervals.services), seconds(intervals.workload), seconds(intervals.heartbeat),
            seconds(intervals.lease)));
    printServices(services.descriptions(), configuration.services.size());
    if (!configuration.ping.isEmpty()) {
        printLine(u"\nping, every %1"_s.arg(seconds(intervals.ping)));
        for (const QString &host : configuration.ping)
            printLine(u"  "_s + host);
        printLine(u"  by "_s + Pinger::way());
    }
    printRights(options.context);
    return {};
}

} // namespace Treewarden
