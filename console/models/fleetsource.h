// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetrollup.h"

#include <QObject>
#include <QSet>

namespace Treewarden {

class RedisConnection;

/// Where the console's models and pages get the fleet from: a FleetWatcher in the program, a plain
/// FleetState in tests. The signals are those of FleetWatcher.
class FleetSource : public QObject
{
    Q_OBJECT
public:
    explicit FleetSource(QObject *parent = nullptr);

    virtual const FleetState &state() const = 0;
    /// What state() adds up to. Who asks pays for what changed since the last time, nobody else.
    const FleetRollup &rollup() const;

    /// fleetProblems() of state().
    QList<Problem> problems() const { return rollup().problems(state(), now()); }

    /// True from the first complete snapshot on.
    virtual bool hasState() const = 0;
    /// What state() says is true now.
    virtual bool isLive() const = 0;
    /// ms since when state() is not live any more; 0 while it is.
    virtual qint64 staleSince() const = 0;
    /// Why it is not live and what comes next, a sentence; empty while live.
    virtual QString trouble() const = 0;
    /// ms until the next attempt to connect, or 0.
    virtual qint64 retryIn() const = 0;
    /// Messages received since the start.
    virtual qint64 messageCount() const = 0;
    /// The Redis, as people may see it: "redis://10.0.0.1:6379/0"; empty when none is configured.
    virtual QString address() const = 0;
    /// Unix ms, UTC. While isPast() the moment that is shown.
    virtual qint64 now() const = 0;

    /// True while state() is that of an earlier moment. Nothing can be acted on then:
    /// pastSentence() says so.
    virtual bool isPast() const { return false; }

    /// The moment that is shown while isPast(), Unix ms; else 0.
    virtual qint64 moment() const { return 0; }

    /// Whose load is looked at now: in the past it is read for these servers only, told by
    /// workloadChanged() when it came. Replaces what `who` wanted before.
    virtual void wantWorkload(const QObject *who, const QStringList &ips);

    /// Why actions are off in the past, a sentence.
    static QString pastSentence();

    /// For further reads; nullptr where there is no Redis.
    virtual RedisConnection *connection() = 0;
    /// Connects again at once instead of waiting for retryIn().
    virtual void retryNow() = 0;

Q_SIGNALS:
    void reset();
    void serverChanged(const QString &ip);
    void workloadChanged(const QString &ip);
    void serverAdded(const QString &ip);
    void serverRemoved(const QString &ip);
    void treesChanged();
    void pendingChanged();
    void maintenanceChanged();
    void eventsAdded(const QList<Treewarden::Event> &events);
    void configChanged(const QString &ip);
    void commandChanged(const Treewarden::CommandMessage &message);
    void liveChanged();
    /// isPast() or moment() changed, and now() with it: ages and state().events are others.
    /// Servers, trees and maintenance that differ are told by their own signals, or by reset().
    void momentChanged();

protected:
    /// state() is another one than the signals tell: rollup() counts everything anew.
    void forgetRollup() { m_isStale = true; }

private:
    mutable FleetRollup m_rollup;
    mutable QSet<QString> m_changed; ///< servers that are not counted anew yet
    mutable bool m_isStale = true;
    mutable qint64 m_countedAt = 0;
};

} // namespace Treewarden
