// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/complaints.h"
#include "shared/fleet/eventtail.h"
#include "shared/fleet/fleetupdate.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/fleet/keyasker.h"
#include "shared/fleet/serverreader.h"
#include "shared/protocol/messagescan.h"
#include "shared/redis/redissubscriber.h"

#include <QElapsedTimer>
#include <QTimer>

#include <limits>

namespace Treewarden {

/// The inside of FleetWatcher. fleetwatcher.cpp connects and takes snapshots, fleetmessages.cpp
/// applies what is published and read of servers, fleetupkeep.cpp looks after what no message
/// tells.
class FleetWatcher::Private : public QObject
{
public:
    Private(FleetWatcher &owner, const RedisUrl &url, RedisTimeouts timeouts, Now clock);
    ~Private() override;

    void start();
    void stop();
    void followCommands();
    QString trouble() const;
    qint64 retryIn() const;

    FleetWatcher &q;
    Now now;
    RedisConnection connection;
    RedisSubscriber subscriber;
    FleetState state;
    bool hasState = false, isLive = false;
    qint64 lastSign = 0, staleSince = 0, messageCount = 0;

private:
    static constexpr qint64 never = std::numeric_limits<qint64>::max();

    /// What a server's messages leave behind beside its state.
    struct Track
    {
        LastTold last;
        qint64 due = never; ///< steady ms when its lease is looked at again
    };

    FleetState &target() { return building ? *building : state; }

    bool mayTell() const { return !building && isLive; }

    qint64 steady() const { return clock.elapsed(); }

    void connectTransport();
    void connectReaders();
    void loseLive();
    void takeSnapshot();
    void startSnapshot(const QList<RedisReply> &replies);
    void failSnapshot(const QString &reason);
    void finishSnapshot();

    void take(const QByteArray &payload);
    bool takeUsual(const QByteArray &payload, const MessageGlance &glance);
    void announce(const UpdateMessage &message);
    void apply(const UpdateMessage &message, const QString &ip);
    void lookUp(const UpdateMessage &message, const QString &ip);
    void takeReading(const QString &ip, const std::optional<ServerReading> &reading);
    void takeUnreadable(const QString &ip);
    void forgetServer(const QString &ip);
    void renewDue(const FleetServer &server);

    void readTreesAgain();
    void readNewestCommands();
    void takeCommand(const CommandMessage &command);
    void addEvents(const QList<Event> &oldestFirst);
    void planChecks();
    void readBesides();
    void takeBesides(const IndexReading &index);
    void checkIndex();
    void compareIndex(const IndexReading &index);
    void tick();
    void planMaintenanceEnd();

    Complaints complaints;
    KeyAsker asker;
    ServerReader reader;
    EventTail events;
    QElapsedTimer clock;
    QTimer tickTimer, retryTimer;
    std::optional<FleetState> building; ///< the snapshot that is being taken
    bool wantsCommands = false;
    bool isStarted = false, isIndexRead = false, areTreesRead = false;
    QHash<QString, Track> tracks;
    /// Ips that the index does not name, and the steady ms until they are looked up again.
    QHash<QString, qint64> strangers;
    qint64 nextIndexCheck = 0, nextBesides = 0, maintenanceEnd = never;
    std::chrono::milliseconds retryPause{500};
    QString glanceIp; ///< of the message that is being taken; shared with nobody
    ServiceId glanceService; ///< in the same way
    QString snapshotTrouble;
};

} // namespace Treewarden
