// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/now.h"
#include "shared/fleet/fleetstate.h"
#include "shared/redis/redisconnection.h"

#include <QObject>

#include <memory>

namespace Treewarden {

/// Keeps a FleetState true: subscribes, takes a snapshot of the keys, applies what is published,
/// and takes the snapshot again after every gap (and checks the index every 60 s). Keys are the
/// truth, messages are the speed.
class FleetWatcher : public QObject
{
    Q_OBJECT
public:
    explicit FleetWatcher(const RedisUrl &url, RedisTimeouts timeouts = {}, Now now = systemNow(),
                          QObject *parent = nullptr);
    ~FleetWatcher() override;

    void start();
    void stop();
    /// Reads what became of earlier commands too, for who acts: visitors have no right to it. Those
    /// that are told from now on are in the state either way.
    void followCommands();

    const FleetState &state() const;
    /// The connection that commands may use too.
    RedisConnection &connection();

    /// True from the first complete snapshot on.
    bool hasState() const;
    /// Connected, subscribed, and the snapshot is complete: what state() says is true now.
    bool isLive() const;
    /// ms since when state() is not live any more; 0 while it is.
    qint64 staleSince() const;
    /// Why it is not live and what comes next, a sentence; empty while live.
    QString trouble() const;
    /// ms until the next attempt to connect, or 0.
    qint64 retryIn() const;
    /// Messages received since the start.
    qint64 messageCount() const;

Q_SIGNALS:
    /// A snapshot has replaced everything.
    void reset();
    /// Servers whose state, services or facts changed; workload comes by itself.
    void serverChanged(const QString &ip);
    void workloadChanged(const QString &ip);
    void serverAdded(const QString &ip);
    void serverRemoved(const QString &ip);
    void treesChanged();
    void pendingChanged();
    void maintenanceChanged();
    /// New events, oldest first; they stand at the front of state().events too.
    void eventsAdded(const QList<Event> &events);
    /// Something new of a command, which stands in state().commands too.
    void commandChanged(const CommandMessage &command);
    /// The configuration of a server is another one.
    void configChanged(const QString &ip);
    /// isLive(), trouble() or staleSince() changed.
    void liveChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Treewarden
