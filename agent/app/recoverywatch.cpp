// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/recoverywatch.h"

#include "shared/core/textformat.h"

#include <QSet>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 patience = 30'000, quickly = 2000; // ms after the outcome
constexpr auto quickPace = 100ms, slowPace = 1000ms;

// A restart that ends before the old process does would be taken for a success at once.
constexpr qint64 settlesWithin = 1000;

bool isRestart(const CommandMessage &message)
{
    return message.action == u"restart";
}

bool isOver(const CommandMessage &message)
{
    return message.state == CommandState::Verified || message.state == CommandState::Unverified;
}

} // namespace

RecoveryWatch::RecoveryWatch(ServiceMonitor &services, Clock clock, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_clock(std::move(clock))
{
    m_pace.setSingleShot(true);
    connect(&m_pace, &QTimer::timeout, this, &RecoveryWatch::lookAgain);
    connect(&m_services, &ServiceMonitor::answered, this, &RecoveryWatch::takeAnswer);
    connect(&m_services, &ServiceMonitor::removed, this, [this](const ServiceId &service) {
        finish(service, CommandState::Unverified, u"it is not watched any more"_s);
    });
}

void RecoveryWatch::takeState(const CommandMessage &message)
{
    if (message.state == CommandState::Accepted || message.state == CommandState::Running) {
        if (m_services.hasAliveCheck(message.service) && !m_before.contains(message.service))
            m_before.insert(message.service, m_services.processes(message.service));
        return;
    }
    if (!isFinal(message.state))
        return;
    finish(message.service, CommandState::Unverified,
           u"%1 followed before it was alive"_s.arg(oneLine(message.action, 64)));
    follow(message, m_clock.steady());
    m_before.remove(message.service);
}

void RecoveryWatch::resume(const QList<CommandMessage> &remembered)
{
    QSet<QString> over;
    for (const CommandMessage &message : remembered) {
        if (isOver(message))
            over.insert(message.id);
    }
    for (const CommandMessage &message : remembered) {
        const qint64 age = m_clock.now() - message.timestamp;
        if (isFinal(message.state) && !over.contains(message.id) && age >= 0 && age < patience) {
            m_followed.remove(message.service);
            follow(message, m_clock.steady() - age);
        }
    }
}

void RecoveryWatch::follow(const CommandMessage &outcome, qint64 began)
{
    const bool isStart = outcome.action == u"start" || isRestart(outcome);
    if (outcome.state != CommandState::Done || !isStart
        || !m_services.hasAliveCheck(outcome.service))
        return;
    const QList<pid_t> before
        = isRestart(outcome) ? m_before.value(outcome.service) : QList<pid_t>();
    m_followed.insert(outcome.service, {outcome, began, before, {}});
    m_services.checkNow(outcome.service);
    if (m_followed.contains(outcome.service))
        m_pace.start(quickPace);
}

void RecoveryWatch::takeAnswer(const ServiceId &service, const CheckResult &result, qint64 asked)
{
    const auto followed = m_followed.find(service);
    if (followed == m_followed.end() || asked < followed->began)
        return;
    if (result.alive != true) {
        followed->lastReason = oneLine(result.reason, 300);
        return;
    }
    const bool isOldOne = !followed->before.isEmpty() && result.processes == followed->before;
    if (isOldOne && m_clock.steady() - followed->began < settlesWithin)
        return;
    finish(service, CommandState::Verified, u"%1 is alive again"_s.arg(service.text()));
}

void RecoveryWatch::lookAgain()
{
    const qint64 now = m_clock.steady();
    bool isQuick = false;
    for (const ServiceId &service : m_followed.keys()) {
        const Followed followed = m_followed.value(service);
        if (now - followed.began >= patience) {
            const QString why = followed.lastReason.isEmpty() ? u"its check gave no answer"_s
                                                              : followed.lastReason;
            finish(service, CommandState::Unverified,
                   u"%1 is not alive %2 s after it: %3"_s.arg(service.text())
                       .arg(patience / 1000)
                       .arg(why));
            continue;
        }
        isQuick = isQuick || now - followed.began < quickly;
        m_services.checkNow(service);
    }
    if (!m_followed.isEmpty())
        m_pace.start(isQuick ? quickPace : slowPace);
}

void RecoveryWatch::finish(const ServiceId &service, CommandState state, const QString &detail)
{
    if (!m_followed.contains(service))
        return;
    const Followed followed = m_followed.take(service);
    CommandMessage message = followed.outcome;
    message.told.reset();
    message.exit.reset();
    message.state = state;
    message.detail = oneLine(detail);
    message.timestamp = m_clock.now();
    message.took = std::max<qint64>(m_clock.steady() - followed.began, 1);
    Q_EMIT told(message);
}

} // namespace Treewarden
