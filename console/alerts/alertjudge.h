// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/config/alertrule.h"
#include "shared/protocol/workload.h"

#include <QHash>
#include <QList>

#include <functional>
#include <optional>

namespace Treewarden {

/// Why an alert ends.
enum class AlertEnd {
    Over, ///< the value is back
    Died, ///< the server did
    Removed, ///< the server left the fleet
    Maintenance,
    Silent, ///< nothing tells the value any more
    Rule, ///< nobody asks for it any more
};

/// An alert begins or ends.
struct AlertVerdict
{
    AlertRule rule;
    std::optional<AlertEnd> end; ///< absent: it begins
    std::optional<double> value; ///< with which it does; absent: nothing told one
    qint64 since = 0; ///< Unix ms from when on it was so
};

/// One moment on both clocks, ms: spans are measured on the one that nobody can set.
struct AlertMoment
{
    qint64 steady = 0;
    qint64 wall = 0; ///< Unix
};

/// Judges the samples of one server by its rules. A sample that does not tell a rule's value says
/// nothing about it; after a gap in what is told every span begins anew.
class AlertJudge
{
public:
    /// `interval`: ms from sample to sample. What was raised under a rule that is gone ends.
    QList<AlertVerdict> setRules(const QList<AlertRule> &rules, qint64 interval);

    bool isIdle() const { return m_states.isEmpty(); }

    bool hasRule(const QString &name) const { return m_states.contains(name); }

    bool isRaised(const QString &name) const { return m_states.value(name).isRaised; }

    QList<AlertVerdict> judge(const Workload &load, const AlertMoment &now);
    /// Ends what nothing was told of for long.
    QList<AlertVerdict> endSilent(const AlertMoment &now);
    /// Ends everything for another reason than values, and begins anew.
    QList<AlertVerdict> endAll(AlertEnd end);

    /// Somebody else, or this program in an earlier life, raised it or ended it.
    void adopt(const QString &name, qint64 since, const AlertMoment &now);
    void dismiss(const QString &name);
    /// Of what is raised, only that stays which `isRaised` knows.
    void dismissUnless(const std::function<bool(const QString &name)> &isRaised);
    /// The last verdict of that rule could not be told: the next sample gives it again.
    void takeBack(const AlertVerdict &verdict);

private:
    struct State
    {
        AlertRule rule;
        bool isRaised = false;
        qint64 since = 0; ///< while it is raised
        std::optional<qint64> begin; ///< steady ms: from when on the opposite of isRaised was seen
        std::optional<qint64> told; ///< steady ms: when its value was told last
    };

    std::optional<AlertVerdict> judgeOne(State &state, double value, const AlertMoment &now);
    AlertVerdict ended(State &state, AlertEnd end, std::optional<double> value = {}) const;

    QHash<QString, State> m_states; ///< by name
    qint64 m_gap = 30'000; ///< ms; longer ones are holes
};

} // namespace Treewarden
