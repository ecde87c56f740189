// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/workplace.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

const ExecutorTask *Workplace::find(const QString &id) const
{
    const auto task = m_tasks.find(id);
    return task == m_tasks.end() ? nullptr : &task->second;
}

QString Workplace::objection(const ServiceId &service, const ActionRequest &action) const
{
    for (const auto &[id, task] : m_tasks) {
        const bool isSameUnit = !action.unit.isEmpty() && action.unit == task.action.unit;
        if (task.message.service != service && !isSameUnit)
            continue;
        return u"%1 of %2 %3 (%4, asked for by %5): wait until it has ended"_s.arg(
            task.message.action, task.message.service.text(),
            task.isRunning() ? u"runs already"_s : u"waits already"_s, id, task.message.by);
    }
    if (m_waiting.size() >= mostWaiting)
        return u"%1 actions wait on this server already: wait until some have ended"_s.arg(
            m_waiting.size());
    return {};
}

void Workplace::add(ExecutorTask task)
{
    m_waiting << task.message.id;
    m_tasks.insert_or_assign(task.message.id, std::move(task));
}

ExecutorTask &Workplace::begin(const QString &id)
{
    ExecutorTask &task = m_tasks.at(id);
    m_waiting.removeOne(id);
    task.message.state = CommandState::Running;
    ++m_running;
    return task;
}

ExecutorTask Workplace::take(const QString &id)
{
    const auto found = m_tasks.find(id);
    ExecutorTask task = std::move(found->second);
    m_tasks.erase(found);
    if (task.isRunning())
        --m_running;
    else
        m_waiting.removeOne(id);
    return task;
}

} // namespace Treewarden
