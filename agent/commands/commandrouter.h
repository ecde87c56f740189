// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "agent/commands/answeredcommands.h"
#include "agent/commands/commandjudge.h"
#include "agent/commands/commandlistener.h"
#include "agent/commands/commandteller.h"
#include "agent/commands/executorlink.h"

#include <deque>

namespace Treewarden {

/// What becomes of each command of this server: refresh and ping are answered here, everything else
/// goes to the executor, and the states that come back are told. Each gets one final state.
class CommandRouter : public QObject
{
    Q_OBJECT
public:
    struct Place
    {
        QString ip, machineId, stateDirectory, socketPath;
    };

    CommandRouter(RedisConnection &connection, const Place &place, CommandTeller &teller,
                  Clock clock, QObject *parent = nullptr);

    void setKeys(const TrustedKeys &keys) { m_judge.keys = keys; }

    /// `remembered`: outcomes that were told by earlier runs, as far as is known.
    void start(const QList<CommandMessage> &remembered);

    /// Somebody said that there are commands.
    void look() { m_listener.look(); }

    /// With each heartbeat: looks closely, and tidies.
    void upkeep();
    /// Writes what a restarted agent must know.
    void persist();

    /// A round begins that does what was asked with `refresh` so far; and it has ended.
    void beginRefresh();
    void endRefresh();

    ExecutorLink &executor() { return m_link; }

Q_SIGNALS:
    /// Somebody asks for a round.
    void refreshAsked();
    /// The executor says this state for the first time.
    void stateTold(const Treewarden::CommandMessage &message);

private:
    struct Order
    {
        StreamId id;
        CommandEntry entry;
        CommandRequest request;
        qint64 due = 0; ///< steady ms: refused when not handed over by then; or when it was
    };

    void takeEntries(const QList<StreamEntry> &entries);
    void takeEntry(const StreamEntry &entry);
    void answerItself(const Order &order);
    void leaveToExecutor(Order order, CommandPosition::Open how);
    void handOver();
    void handOverAgain();
    void refuseOverdue();
    void finish(const StreamId &id, const CommandMessage &outcome, qint64 until);
    void takeState(const CommandMessage &message, qint64 n, const QString &entry);
    qint64 tellOutcome(const CommandMessage &message);
    void settleById(const QString &id);
    void settleEntry(const QString &entry);
    void sendTaken();
    void giveUpUnanswered();
    void passNotice(const QJsonObject &details, const QString &entry);
    void ignore(const StreamId &id, const QString &why);
    bool isAnswered(const QString &id) const;

    CommandJudge m_judge;
    CommandTeller &m_teller;
    const Clock m_clock;
    CommandListener m_listener;
    ExecutorLink m_link;
    AnsweredCommands m_answered, m_forged; ///< signed by somebody trusted, or not
    std::deque<Order> m_waiting; ///< for the executor to be there
    QMap<StreamId, Order> m_handed;
    QHash<QString, StreamId> m_openById;
    QList<std::pair<StreamId, CommandMessage>> m_refreshes, m_refreshing;
    QList<std::pair<qint64, qint64>> m_untaken; ///< the executor's number, the teller's
    QTimer m_overdue, m_persist;
    qint64 m_ignored = 0, m_noticeAfter = 0, m_noticesUntil = 0;
    int m_noticesPassed = 0;
    QString m_lastIgnored;
};

} // namespace Treewarden
