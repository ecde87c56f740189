// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertjudge.h"

#include "shared/config/alertmetrics.h"

#include <QStringList>

#include <algorithm>

namespace Treewarden {

namespace {

constexpr qint64 shortestGap = 30'000; // ms
constexpr int intervalsPerGap = 4, gapsOfSilence = 2;

/// The same question is asked; how loud and with which words is another matter.
bool asksTheSame(const AlertRule &a, const AlertRule &b)
{
    return a.metric == b.metric && a.place == b.place && a.isAbove == b.isAbove
        && a.threshold == b.threshold;
}

} // namespace

QList<AlertVerdict> AlertJudge::setRules(const QList<AlertRule> &rules, qint64 interval)
{
    m_gap = std::max(shortestGap, intervalsPerGap * interval);
    QHash<QString, State> before;
    before.swap(m_states);
    for (const AlertRule &rule : rules) {
        State state = before.take(rule.name);
        if (!asksTheSame(state.rule, rule))
            state.begin.reset();
        state.rule = rule;
        m_states.insert(rule.name, state);
    }
    QList<AlertVerdict> verdicts;
    for (State &state : before) {
        if (state.isRaised)
            verdicts << ended(state, AlertEnd::Rule);
    }
    return verdicts;
}

QList<AlertVerdict> AlertJudge::judge(const Workload &load, const AlertMoment &now)
{
    QList<AlertVerdict> verdicts;
    for (State &state : m_states) {
        const auto value = alertValue(state.rule, load);
        if (!value)
            continue;
        if (state.told && now.steady - *state.told > m_gap)
            state.begin.reset();
        state.told = now.steady;
        if (auto verdict = judgeOne(state, *value, now))
            verdicts << *verdict;
    }
    return verdicts;
}

std::optional<AlertVerdict> AlertJudge::judgeOne(State &state, double value, const AlertMoment &now)
{
    const AlertRule &rule = state.rule;
    const bool isOpposite = state.isRaised ? rule.isOverAt(value) : rule.isMetBy(value);
    if (!isOpposite) {
        state.begin.reset();
        return std::nullopt;
    }
    if (!state.begin)
        state.begin = now.steady;
    const qint64 lasted = now.steady - *state.begin;
    if (lasted < std::chrono::milliseconds(rule.lasting).count())
        return std::nullopt;
    if (state.isRaised)
        return ended(state, AlertEnd::Over, value);
    state.isRaised = true;
    state.since = now.wall - lasted;
    state.begin.reset();
    return AlertVerdict{rule, std::nullopt, value, state.since};
}

QList<AlertVerdict> AlertJudge::endSilent(const AlertMoment &now)
{
    QList<AlertVerdict> verdicts;
    for (State &state : m_states) {
        const bool isSilent = state.told && now.steady - *state.told > gapsOfSilence * m_gap;
        if (state.isRaised && isSilent)
            verdicts << ended(state, AlertEnd::Silent);
    }
    return verdicts;
}

QList<AlertVerdict> AlertJudge::endAll(AlertEnd end)
{
    QList<AlertVerdict> verdicts;
    for (State &state : m_states) {
        if (state.isRaised)
            verdicts << ended(state, end);
        state.begin.reset();
    }
    return verdicts;
}

AlertVerdict AlertJudge::ended(State &state, AlertEnd end, std::optional<double> value) const
{
    state.isRaised = false;
    state.begin.reset();
    return {state.rule, end, value, state.since};
}

void AlertJudge::adopt(const QString &name, qint64 since, const AlertMoment &now)
{
    const auto state = m_states.find(name);
    if (state == m_states.end())
        return;
    if (!state->isRaised) {
        state->begin.reset();
        state->told = now.steady;
    }
    state->isRaised = true;
    state->since = since;
}

void AlertJudge::dismiss(const QString &name)
{
    const auto state = m_states.find(name);
    if (state == m_states.end() || !state->isRaised)
        return;
    state->isRaised = false;
    state->begin.reset();
}

void AlertJudge::dismissUnless(const std::function<bool(const QString &name)> &isRaised)
{
    const QStringList names = m_states.keys();
    for (const QString &name : names) {
        if (!isRaised(name))
            dismiss(name);
    }
}

void AlertJudge::takeBack(const AlertVerdict &verdict)
{
    const auto state = m_states.find(verdict.rule.name);
    if (state == m_states.end())
        return;
    const bool wasRaised = verdict.end.has_value();
    if (state->isRaised == wasRaised)
        return;
    state->isRaised = wasRaised;
    state->since = verdict.since;
    // What was seen long enough is long enough again; a gap still makes it begin anew.
    if (state->told)
        state->begin = *state->told - std::chrono::milliseconds(state->rule.lasting).count();
}

} // namespace Treewarden
