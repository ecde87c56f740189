// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/reporting/heartbeat.h"
#include "agent/reporting/outbox.h"
#include "agent/reporting/roundreport.h"
#include "agent/reporting/servicebook.h"
#include "agent/reporting/startstate.h"
#include "shared/core/clock.h"
#include "shared/protocol/serverinfo.h"

#include <QObject>
#include <QSet>
#include <QStringList>

namespace Treewarden {

/// The one writer of a server's keys: tells transitions exactly once, sends each round in one
/// pipeline, and notices when Redis lost what it knew or somebody else writes for this server.
///
/// Every MULTI is guarded by a WATCH on server:info:{ip}, which is where `session` and `told`
/// stand: a MULTI of ours that a dead connection still carried, or another agent's first write,
/// makes the next EXEC do nothing instead of telling something twice.
class Reporter : public QObject
{
    Q_OBJECT
public:
    struct Identity
    {
        QString ip, session;
        QStringList earlierSessions; ///< of this server's agents
        QString stateDirectory; ///< where the outbox is kept; empty: in memory only
    };

    Reporter(RedisConnection &connection, Identity identity, Clock clock,
             QObject *parent = nullptr);

    /// Writes `info`, takes over what earlier sessions had not told yet and what `state` says about
    /// the services, and announces the server as alive.
    void start(const ServerInfo &info, StartState state);
    /// Says that the server stops, if it is still ours, and calls `done` (at once when Redis is
    /// away).
    void leave(std::function<void()> done);
    /// Deletes everything that is kept under this server's ip, but the tombstone.
    void deleteKeys(std::function<void()> done);

    /// How long the server counts as alive without a heartbeat. A new one is written together with
    /// what remains of the old: an expiry above the lease that stands in server:info would be
    /// swept.
    void setLease(std::chrono::milliseconds lease);

    /// New facts: written and told when they differ.
    void setInfo(const ServerInfo &info);

    /// What a check found: told at once when it is a change. `found.since` and `.session` are set
    /// here.
    void takeService(const ServiceId &service, ServiceState found);
    void removeService(const ServiceId &service);
    /// Gives the transition's number.
    qint64 tell(Transition transition);

    /// True when the transition `n` of this session outlives this process: it stands on disk, or
    /// Redis has it.
    bool isSafe(qint64 n) const { return m_outbox.isOnDisk() || m_outbox.lastOwnTold() >= n; }

    /// Outcomes of commands that were told lately or wait to be told, oldest first.
    QList<CommandMessage> rememberedOutcomes() const;
    /// False when it could not be sent: Redis is away, or has not answered the round before.
    bool sendRound(const RoundReport &round);

    const ServiceBook &book() const { return m_book; }

    bool isLive() const { return m_phase == Phase::Live && m_isAnnounced; }

    /// Rounds that were not sent because Redis had not answered the one before.
    qint64 skippedRounds() const { return m_skippedRounds; }

Q_SIGNALS:
    /// In step with Redis (again): a heartbeat should follow.
    void live();
    /// Redis had lost this server's state: its configuration may be gone too.
    void stateLost();
    /// Redis answered a round, and took all of it or not; also told when the answer is lost.
    void roundAnswered(bool isComplete);
    /// Another agent writes for this server: stop.
    void takenOver();
    /// The server was removed from the fleet: delete the keys and stop.
    void removed();

private:
    enum class Phase { Away, Syncing, Live, Ended };

    void synchronize();
    void takeStanding(const QList<RedisReply> &replies);
    void judge(Standing standing);
    void takeLeftovers(StartState &state);
    void announce(bool hasEvent);
    void rememberAnnouncement();
    void advance();
    void writeInfo();
    void tellWaiting();
    void rewriteServices();
    void sendQuiet();
    QList<RedisConnection::Words> quietCommands();
    QList<RedisConnection::Words> heartbeat(qint64 timestamp) const;
    void takeRound(const QList<RedisReply> &replies, bool hadHeartbeat);
    /// MULTI, `commands`, EXEC under the guard; `done` only when they ran.
    void execute(QList<RedisConnection::Words> commands, std::function<void()> done);
    QString wrongTypeAt(qsizetype place) const;
    void noteTrouble(const RedisReply &reply, const QString &wrongType = {});
    void noteTroubleOver();
    void finishLeaving();

    RedisConnection &m_connection;
    Identity m_identity;
    const Clock m_clock;
    Outbox m_outbox;
    ServiceBook m_book;
    ServerInfo m_info;
    int m_infoVersion = 0;
    std::chrono::milliseconds m_lease{15000};
    std::chrono::milliseconds m_writtenLease{15000}; ///< what server:info says
    Phase m_phase = Phase::Away;
    bool m_isExecuting = false, m_isRoundOut = false, m_isAnnounced = false;
    bool m_mustWriteInfo = false, m_mustRewriteServices = false;
    qint64 m_announcement = 0; ///< number of the last announcement
    QSet<ServiceId> m_firstStates; ///< to be written and published without an event
    QSet<ServiceId> m_otherReasons; ///< to be written and told: they are no transitions
    std::function<void()> m_left;
    QStringList m_troubles; ///< sentences, each logged once until all is taken again
    bool m_isRefused = false; ///< what is due does not run, though rounds may be taken
    qint64 m_skippedRounds = 0;
};

} // namespace Treewarden
