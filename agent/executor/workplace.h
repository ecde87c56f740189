// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/executor/executortask.h"

#include <algorithm>
#include <map>

namespace Treewarden {

/// What runs and what waits for its turn: one action an instance (and a unit) at a time.
class Workplace
{
public:
    static constexpr qsizetype mostWaiting = 1000;

    /// The task with this id, or nullptr.
    const ExecutorTask *find(const QString &id) const;

    /// Why this one can't be taken in now; empty when it can.
    QString objection(const ServiceId &service, const ActionRequest &action) const;

    /// Takes it in. It waits.
    void add(ExecutorTask task);
    /// It runs from here on.
    ExecutorTask &begin(const QString &id);
    ExecutorTask take(const QString &id);

    /// True when `matches` is, for one of them.
    template<typename Matches>
    bool hasAny(Matches matches) const
    {
        return std::any_of(m_tasks.begin(), m_tasks.end(),
                           [&matches](const auto &task) { return matches(task.second); });
    }

    int running() const { return m_running; }

    /// Ids of those that wait, oldest first.
    const QStringList &waiting() const { return m_waiting; }

private:
    std::map<QString, ExecutorTask> m_tasks; ///< by id
    QStringList m_waiting;
    int m_running = 0;
};

} // namespace Treewarden
