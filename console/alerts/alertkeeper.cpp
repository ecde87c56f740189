// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertkeeper.h"

#include "shared/core/json.h"
#include "shared/core/steadyclock.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/protocol/keys.h"

#include <QUuid>

#include <utility>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 comparisonPause = 30'000; // ms

} // namespace

AlertKeeper::AlertKeeper(FleetWatcher &watcher, Now now, Now steady, QObject *parent)
    : QObject(parent)
    , m_watcher(watcher)
    , m_now(std::move(now))
    , m_steady(steady ? std::move(steady) : Now(steadyMilliseconds))
    , m_session(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_asker(watcher.connection(), m_complaints)
    , m_rules(watcher.connection())
    , m_writer(watcher.connection())
{
    m_timer.setInterval(2s);
    connect(&m_timer, &QTimer::timeout, this, &AlertKeeper::look);
    connect(&m_rules, &AlertRulesReader::hasRead, this, &AlertKeeper::takeRules);
    connect(&m_rules, &AlertRulesReader::failed, this, &AlertKeeper::complain);
    connect(&m_asker, &KeyAsker::failed, this, &AlertKeeper::complain);
    connect(&m_writer, &AlertWriter::failed, this, &AlertKeeper::complain);
}

void AlertKeeper::start()
{
    connect(&m_watcher, &FleetWatcher::reset, this, &AlertKeeper::begin);
    connect(&m_watcher, &FleetWatcher::workloadChanged, this, &AlertKeeper::judge);
    connect(&m_watcher, &FleetWatcher::serverAdded, this, &AlertKeeper::readRules);
    connect(&m_watcher, &FleetWatcher::configChanged, this, &AlertKeeper::readRules);
    connect(&m_watcher, &FleetWatcher::serverChanged, this, &AlertKeeper::followServer);
    connect(&m_watcher, &FleetWatcher::serverRemoved, this, &AlertKeeper::followRemoval);
    connect(&m_watcher, &FleetWatcher::maintenanceChanged, this, &AlertKeeper::look);
    connect(&m_watcher, &FleetWatcher::eventsAdded, this, &AlertKeeper::followEvents);
    m_timer.start();
    if (m_watcher.isLive())
        begin();
}

/// After every gap: who belongs to the fleet, its rules and what is raised may be others.
void AlertKeeper::begin()
{
    m_asker.forget();
    m_rules.clear();
    m_versions.clear();
    m_judges.removeIf(
        [this](const auto &entry) { return !m_watcher.state().servers.contains(entry.key()); });
    for (auto it = m_watcher.state().servers.cbegin(); it != m_watcher.state().servers.cend(); ++it)
        m_rules.read(it.key());
    askRaised();
}

/// Anybody may say that a configuration changed, of strangers too.
void AlertKeeper::readRules(const QString &ip)
{
    if (m_watcher.state().servers.contains(ip))
        m_rules.read(ip);
}

void AlertKeeper::takeRules(const QString &ip, const ServerRules &rules)
{
    m_hasFailed = false;
    if (!m_watcher.state().servers.contains(ip))
        return;
    m_versions.insert(ip, rules.version);
    if (rules.rules.isEmpty() && !m_judges.contains(ip))
        return;
    AlertJudge &judge = m_judges[ip];
    tell(ip, judge.setRules(rules.rules, rules.interval));
    if (judge.isIdle())
        m_judges.remove(ip);
    else
        m_nextComparison = 0; // what was raised before stands in Redis
}

void AlertKeeper::judge(const QString &ip)
{
    const auto judge = m_judges.find(ip);
    if (judge == m_judges.end())
        return;
    const auto server = m_watcher.state().servers.constFind(ip);
    if (server == m_watcher.state().servers.cend() || objection(ip))
        return;
    tell(ip, judge->judge(server->workload.info.read(), moment()));
}

void AlertKeeper::followServer(const QString &ip)
{
    const auto judge = m_judges.find(ip);
    if (judge == m_judges.end())
        return;
    if (const auto why = objection(ip))
        tell(ip, judge->endAll(*why));
}

void AlertKeeper::followRemoval(const QString &ip)
{
    const auto judge = m_judges.find(ip);
    if (judge != m_judges.end())
        tell(ip, judge->endAll(AlertEnd::Removed));
    m_judges.remove(ip);
    m_versions.remove(ip);
}

/// What other programs told.
void AlertKeeper::followEvents(const QList<Event> &events)
{
    for (const Event &event : events) {
        const auto judge = event.type == u"alert" ? m_judges.find(event.ip) : m_judges.end();
        if (judge == m_judges.end() || event.json.value(u"session").toString() == m_session)
            continue;
        const QString name = event.json.value(u"name").toString();
        if (event.json.value(u"state").toString() == u"raised")
            judge->adopt(name, jsonInteger(event.json.value(u"since")).value_or(0), moment());
        else
            judge->dismiss(name);
    }
}

void AlertKeeper::look()
{
    if (!m_watcher.isLive())
        return;
    for (auto it = m_judges.begin(); it != m_judges.end(); ++it) {
        const auto why = objection(it.key());
        tell(it.key(), why ? it->endAll(*why) : it->endSilent(moment()));
    }
    if (m_steady() >= m_nextComparison)
        askRaised();
}

void AlertKeeper::askRaised()
{
    m_nextComparison = m_steady() + comparisonPause;
    m_asker.askBounded({{"HGETALL", Keys::alerts}}, {"PING"},
                       [this, writes = m_writes](const QList<RedisReply> &replies) {
                           takeRaised(replies.first().value.toHash(), writes);
                       });
}

/// The hash is the truth: what stands there is raised, what does not is not.
void AlertKeeper::takeRaised(const QHash<QByteArray, QByteArray> &raised, qint64 writes)
{
    if (writes == m_writes) {
        for (auto it = m_judges.begin(); it != m_judges.end(); ++it)
            it->dismissUnless(
                [&](const QString &name) { return raised.contains(alertField(it.key(), name)); });
    }
    for (auto it = raised.cbegin(); it != raised.cend(); ++it) {
        if (const auto alert = readRaisedAlert(it.key(), it.value()))
            compareWithRaised(*alert);
    }
}

void AlertKeeper::compareWithRaised(const RaisedAlert &alert)
{
    const auto judge = m_judges.find(alert.ip);
    const bool isKnown = judge != m_judges.end() && judge->hasRule(alert.name);
    auto end = objection(alert.ip);
    // A rule of a newer configuration is one that was not read here yet.
    const bool isRead = m_versions.contains(alert.ip) && !m_rules.isWaitingFor(alert.ip)
        && m_versions.value(alert.ip) >= alert.version;
    if (!end && !isKnown && isRead)
        end = AlertEnd::Rule;
    if (end)
        tellOne(alert.ip, {ruleOf(alert), end, std::nullopt, alert.since}, alert.version);
    else if (isKnown)
        judge->adopt(alert.name, alert.since, moment());
}

std::optional<AlertEnd> AlertKeeper::objection(const QString &ip) const
{
    const FleetState &state = m_watcher.state();
    const auto server = state.servers.constFind(ip);
    if (server == state.servers.cend())
        return AlertEnd::Removed;
    if (server->alive == std::optional(false))
        return AlertEnd::Died;
    if (isInMaintenance(state, ip, m_now()))
        return AlertEnd::Maintenance;
    return std::nullopt;
}

void AlertKeeper::tell(const QString &ip, const QList<AlertVerdict> &verdicts)
{
    for (const AlertVerdict &verdict : verdicts)
        tellOne(ip, verdict, m_versions.value(ip));
}

void AlertKeeper::tellOne(const QString &ip, const AlertVerdict &verdict, qint64 version)
{
    ++m_writes;
    m_writer.write(ip, verdict, alertMessage(ip, verdict, version, m_session, m_now()),
                   [this, ip, verdict](const AlertWriter::Answer &answer) {
                       takeAnswer(ip, verdict, answer);
                   });
}

void AlertKeeper::takeAnswer(const QString &ip, const AlertVerdict &verdict,
                             const AlertWriter::Answer &answer)
{
    using Outcome = AlertWriter::Outcome;
    const auto judge = m_judges.find(ip);
    if (answer.outcome == Outcome::Told)
        m_hasFailed = false;
    if (answer.outcome == Outcome::Failed)
        m_nextComparison = 0;
    if (judge == m_judges.end())
        return;
    if (answer.held)
        judge->adopt(verdict.rule.name, answer.held->since, moment());
    else if (answer.outcome == Outcome::Refused)
        judge->dismiss(verdict.rule.name);
    else if (answer.outcome == Outcome::Failed)
        judge->takeBack(verdict);
}

void AlertKeeper::complain(const QString &reason)
{
    if (!std::exchange(m_hasFailed, true))
        Q_EMIT failed(reason);
}

} // namespace Treewarden
