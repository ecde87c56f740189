// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/rollingrunner.h"

#include "shared/fleet/fleetwatcher.h"

namespace Treewarden {

using namespace std::chrono_literals;

RollingRunner::RollingRunner(FleetWatcher &watcher, CommandSender &sender, SigningKey key,
                             RollingAction action, QString reason, Clock clock, QObject *parent)
    : QObject(parent)
    , m_watcher(watcher)
    , m_sender(sender)
    , m_key(std::move(key))
    , m_action(std::move(action))
    , m_reason(std::move(reason))
    , m_clock(std::move(clock))
{
    m_timer.setInterval(200ms);
    connect(&m_timer, &QTimer::timeout, this, &RollingRunner::advance);
    connect(&m_sender, &CommandSender::changed, this, [this](const QString &id) {
        const auto target = m_targets.constFind(id);
        if (target == m_targets.cend())
            return;
        m_action.take(*target, m_sender.command(id));
        advance();
    });
}

void RollingRunner::start()
{
    m_timer.start();
    advance();
}

void RollingRunner::cancel()
{
    m_action.cancel();
    advance();
}

void RollingRunner::advance()
{
    if (m_isFinished)
        return;
    // A state that may be stale must not decide who is the last one alive.
    if (m_watcher.isLive()) {
        const auto wanted = m_action.advance(m_watcher.state(), m_clock.now());
        for (const ActionTarget &target : wanted) {
            const QString id
                = m_sender.send({target.ip, target.service, m_action.action(), m_reason}, m_key);
            m_targets.insert(id, target);
        }
    }
    Q_EMIT changed();
    if (!m_action.isOver())
        return;
    m_isFinished = true;
    m_timer.stop();
    Q_EMIT finished();
}

} // namespace Treewarden
