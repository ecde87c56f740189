// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/commandmodel.h"

#include "shared/protocol/commandstate.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

void CommandModel::take(const QJsonObject &message)
{
    const auto state = parseCommandState(message[u"state"_s].toString());
    if (state && isFinal(*state))
        m_final[message[u"id"_s].toString()] << message[u"state"_s].toString();
}

void CommandModel::takeEffects(const QStringList &ids)
{
    m_effects.clear();
    for (const QString &id : ids)
        ++m_effects[id];
}

QStringList CommandModel::openIds() const
{
    QStringList ids;
    for (auto it = m_kinds.begin(); it != m_kinds.end(); ++it) {
        if (!m_final.contains(it.key()))
            ids << it.key();
    }
    return ids;
}

int CommandModel::count(const QString &state) const
{
    int count = 0;
    for (const QStringList &states : m_final)
        count += states.first() == state ? 1 : 0;
    return count;
}

void CommandModel::judgeOne(const QString &id, Kind kind, Verdict &verdict) const
{
    const QStringList states = m_final.value(id);
    const int effects = m_effects.value(id);
    const auto note = [&](int &count, const QString &what) {
        ++count;
        if (verdict.examples.size() < 20)
            verdict.examples
                << u"%1: %2 (%3, ran %4 times)"_s.arg(id, what, states.join(u", "_s)).arg(effects);
    };
    if (effects > 1)
        note(verdict.ranTwice, u"ran twice"_s);
    if (states.isEmpty())
        return note(verdict.withoutFinalState, u"no final state"_s);
    if (QSet<QString>(states.begin(), states.end()).size() > 1)
        note(verdict.contradicting, u"states contradict each other"_s);
    else if (states.size() > 1)
        note(verdict.toldTwice, u"told twice"_s);
    const QString &state = states.first();
    const bool mayRun = kind == Kind::Valid || kind == Kind::Failing;
    if (effects > 0 && !mayRun)
        note(verdict.ranForbidden, u"must not run"_s);
    if (effects == 0 && mayRun && (state == u"done" || state == u"failed"))
        note(verdict.doneWithoutEffect, u"did not run"_s);
    if (effects > 0 && (state == u"refused" || state == u"expired"))
        note(verdict.wrongState, u"ran"_s);
    const bool isRight = kind == Kind::Forbidden ? state == u"refused"
        : kind == Kind::Late                     ? state == u"expired" || state == u"refused"
        : kind == Kind::Failing                  ? state != u"done"
                                                 : state != u"failed";
    if (!isRight)
        note(verdict.wrongState, u"is the wrong state"_s);
}

CommandModel::Verdict CommandModel::judge() const
{
    Verdict verdict;
    for (auto it = m_kinds.begin(); it != m_kinds.end(); ++it)
        judgeOne(it.key(), *it, verdict);
    for (auto it = m_effects.begin(); it != m_effects.end(); ++it) {
        if (!m_kinds.contains(it.key())) {
            ++verdict.strangers;
            verdict.examples << u"%1 ran, and nobody asked for it"_s.arg(it.key());
        }
    }
    return verdict;
}

} // namespace Treewarden
