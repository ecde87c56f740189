// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

namespace Treewarden {

/// What must become of commands, whatever happens to the programs that carry them out.
class CommandModel
{
public:
    /// What a command was when it was sent first.
    enum class Kind {
        Valid, ///< may run once; what it does succeeds
        Failing, ///< may run once; what it does fails
        Forbidden, ///< must not run, and must end as refused
        BuiltIn, ///< the agent answers it; nothing runs
        Late, ///< its time was over when it was sent: must not run, and must end as expired
    };

    void expect(const QString &id, Kind kind) { m_kinds.insert(id, kind); }

    /// A message about a command, as it was told.
    void take(const QJsonObject &message);
    /// The ids that ran, one for each time.
    void takeEffects(const QStringList &ids);

    bool isOver(const QString &id) const { return m_final.contains(id); }

    /// Commands that have no final state yet.
    qsizetype open() const { return m_kinds.size() - m_final.size(); }

    QStringList openIds() const;

    qsizetype size() const { return m_kinds.size(); }

    /// How many ended as `state`.
    int count(const QString &state) const;

    /// Everything that must never be, in figures; all 0 when all is well.
    struct Verdict
    {
        int ranTwice = 0, ranForbidden = 0, strangers = 0, withoutFinalState = 0, contradicting = 0,
            toldTwice = 0, doneWithoutEffect = 0, wrongState = 0;
        QStringList examples;

        int sum() const
        {
            return ranTwice + ranForbidden + strangers + withoutFinalState + contradicting
                + toldTwice + doneWithoutEffect + wrongState;
        }
    };

    Verdict judge() const;

private:
    void judgeOne(const QString &id, Kind kind, Verdict &verdict) const;

    QHash<QString, Kind> m_kinds;
    QHash<QString, QStringList> m_final; ///< each final state as often as it was told
    QHash<QString, int> m_effects;
};

} // namespace Treewarden
