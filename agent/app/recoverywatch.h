// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/app/servicemonitor.h"
#include "shared/protocol/updatemessage.h"

#include <QMap>
#include <QTimer>

namespace Treewarden {

/// After a start or restart: follows the service's own check until it says alive, and tells how
/// long that took, or after a while why not. Only checks made after the outcome count.
class RecoveryWatch : public QObject
{
    Q_OBJECT
public:
    RecoveryWatch(ServiceMonitor &services, Clock clock, QObject *parent = nullptr);

    /// A state of a command that the executor told for the first time.
    void takeState(const CommandMessage &message);
    /// Goes on with what an earlier run of the agent did not see the end of.
    void resume(const QList<CommandMessage> &remembered);

Q_SIGNALS:
    /// Verified or Unverified.
    void told(const Treewarden::CommandMessage &message);

private:
    struct Followed
    {
        CommandMessage outcome;
        qint64 began = 0; ///< steady ms of the outcome
        QList<pid_t> before; ///< the service's processes when the action began
        QString lastReason;
    };

    void follow(const CommandMessage &outcome, qint64 began);
    void takeAnswer(const ServiceId &service, const CheckResult &result, qint64 asked);
    void lookAgain();
    void finish(const ServiceId &service, CommandState state, const QString &detail);

    ServiceMonitor &m_services;
    const Clock m_clock;
    QMap<ServiceId, Followed> m_followed;
    QMap<ServiceId, QList<pid_t>> m_before;
    QTimer m_pace;
};

} // namespace Treewarden
