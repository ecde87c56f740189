// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetsource.h"
#include "console/models/fleettext.h"
#include "console/models/maintenancetext.h"
#include "console/views/emptystate.h"
#include "console/views/factsline.h"
#include "console/views/serverpage.h"
#include "console/views/tonedlabel.h"
#include "console/views/workloadpanel.h"
#include "shared/core/textformat.h"

#include <QDateTime>
#include <QListView>
#include <QRegularExpression>
#include <QStackedWidget>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QString clockTime(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"HH:mm:ss"_s);
}

/// "Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz" without what says nothing.
QString shortCpuModel(const QString &model)
{
    static const QRegularExpression noise(u"\\((R|TM|r|tm)\\)|\\bCPU\\b|\\bProcessor\\b|@.*"_s);
    return oneLine(QString(model).remove(noise).simplified(), 64);
}

} // namespace

/// What a person has to know before anything else; nothing while all is well.
void ServerPage::showSituation(const FleetServer &server, Health health)
{
    QString sentence;
    const qint64 now = source().now();
    const QString when = server.since > 0
        ? tr("%1, %2 ago").arg(clockTime(server.since), formatDuration(now - server.since))
        : QString();
    if (health == Health::Maintenance) {
        sentence = maintenanceText(source().state().maintenance.value(server.ip), now);
    } else if (!server.wasSeen) {
        sentence = tr("Its agent was never heard. Start treewarden-agent on it.");
    } else if (health == Health::Died) {
        sentence = when.isEmpty()
            ? tr("It died. How its services stand is not known.")
            : tr("It died at %1. How its services stand is not known.").arg(when);
    } else if (health == Health::Unknown) {
        sentence = when.isEmpty()
            ? tr("Nothing is heard from its agent.")
            : tr("Nothing is heard from its agent. Its last change was at %1.").arg(when);
    }
    m_situation->setText(sentence);
    m_situation->setVisible(!sentence.isEmpty());
}

/// "0.1.0 (0.1 % CPU, 14 MiB)": the agent, and what it costs its server.
QString ServerPage::agentFact(const FleetServer &server) const
{
    const QString version = oneLine(server.info.agentVersion, 32);
    const Workload::Agent cost = server.workload.info.read().agent;
    if (!server.alive.value_or(false) || !cost.cpu || !cost.rss)
        return version;
    return tr("%1 (%2 % CPU, %3)", "version, share of a core, memory")
        .arg(version, locale().toString(*cost.cpu, 'f', 1), formatBytes(*cost.rss));
}

/// "12 (5 for security), restart due"; empty where nothing is known.
QString ServerPage::updatesFact(const ServerInfo &info) const
{
    QStringList parts;
    if (info.updates && info.securityUpdates.value_or(0) > 0)
        parts << tr("%1 (%2 for security)").arg(*info.updates).arg(*info.securityUpdates);
    else if (info.updates)
        parts << locale().toString(*info.updates);
    if (info.isRestartRequired)
        parts << tr("restart due");
    return parts.join(u", "_s);
}

void ServerPage::showFacts(const FleetServer &server)
{
    const ServerInfo &info = server.info;
    QString uptime;
    if (server.alive.value_or(false) && info.bootTime)
        uptime = formatDuration(m_workload->feed().serverTime() - *info.bootTime);
    else if (const auto seconds = server.workload.info.read().uptime;
             server.alive.value_or(false) && seconds)
        uptime = formatDuration(*seconds * 1000);
    QString cpu = shortCpuModel(info.cpuModel);
    if (info.cpuCount)
        cpu = cpu.isEmpty() ? locale().toString(*info.cpuCount)
                            : tr("%1 x %2", "count x model").arg(*info.cpuCount).arg(cpu);
    QStringList trees;
    for (const PaasTree &tree : source().state().trees) {
        const auto runsHere
            = [&](const PaasInstance &instance) { return instance.ip == server.ip; };
        const bool isOn
            = std::any_of(tree.roles.begin(), tree.roles.end(), [&](const PaasRole &role) {
                  return std::any_of(role.instances.begin(), role.instances.end(), runsHere);
              });
        if (isOn)
            trees << oneLine(tree.id, 64);
    }
    QList<FactsLine::Fact> facts{
        {tr("Up"), uptime},
        {tr("OS"), oneLine(info.os, 64)},
        {tr("Kernel"), oneLine(info.kernel, 64)},
        {tr("CPU"), cpu},
        {tr("Memory"), info.memoryTotal ? formatBytes(*info.memoryTotal) : QString()},
        {tr("Agent"), agentFact(server)},
        {tr("PaaS"), trees.mid(0, 8).join(u", "_s)},
    };
    // What many servers cannot tell has no place of its own.
    if (!info.hardware.isEmpty())
        facts.insert(3, {tr("Hardware"), oneLine(info.hardware, 64)});
    if (const QString updates = updatesFact(info); !updates.isEmpty())
        facts.append({tr("Updates"), updates});
    m_facts->setFacts(facts);
}

void ServerPage::showServiceCount()
{
    const int total = m_services.rowCount();
    const FleetServer *shown = server();
    const bool isKnown = shown && shown->alive.value_or(false);
    m_serviceCount->setText(
        total == 0 ? tr("none is watched")
                   : tr("%1 / %2 alive")
                         .arg(isKnown ? locale().toString(m_services.aliveCount()) : u"–"_s)
                         .arg(total));
}

void ServerPage::showEventsState()
{
    m_noEvents->setText(tr("Nothing has happened here lately."),
                        tr("Only the newest events of the fleet are looked at."));
    m_eventsContent->setCurrentWidget(m_events.rowCount() > 0 ? static_cast<QWidget *>(m_eventList)
                                                              : m_noEvents);
}

} // namespace Treewarden
