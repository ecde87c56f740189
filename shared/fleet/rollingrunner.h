// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/rollingaction.h"

#include <QObject>
#include <QTimer>

namespace Treewarden {

/// Carries a RollingAction out: sends its commands, hands it what became of them and the state of
/// the fleet, until it is over. While the fleet is not live nothing new is begun.
class RollingRunner : public QObject
{
    Q_OBJECT
public:
    RollingRunner(FleetWatcher &watcher, CommandSender &sender, SigningKey key,
                  RollingAction action, QString reason, Clock clock = {},
                  QObject *parent = nullptr);

    void start();
    /// Stops after what is under way.
    void cancel();

    const RollingAction &action() const { return m_action; }

Q_SIGNALS:
    void changed();
    void finished();

private:
    void advance();

    FleetWatcher &m_watcher;
    CommandSender &m_sender;
    SigningKey m_key;
    RollingAction m_action;
    QString m_reason;
    Clock m_clock;
    QTimer m_timer;
    QHash<QString, ActionTarget> m_targets; ///< by the id of their command
    bool m_isFinished = false;
};

} // namespace Treewarden
