// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/clock.h"
#include "shared/fleet/commandtarget.h"
#include "shared/protocol/updatemessage.h"
#include "shared/trust/signingkey.h"

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace Treewarden {

class FleetWatcher;

/// A command on its way, as its sender knows it.
struct SentCommand
{
    enum class Stage {
        Preparing, ///< the target is looked at; nothing has been sent
        Sending, ///< Redis has not answered yet
        Unsure, ///< its answer was lost; the stream will tell whether it took it
        Waiting, ///< in the stream; nobody has said anything
        Underway, ///< accepted or running, as `state` says
        Ended, ///< `state` is the final one
        Refused, ///< never sent, or it certainly never arrived: `sentence` says why
        NoAnswer, ///< nobody told what became of it; what is told later still counts
    };

    CommandRequest request;
    QString hostname;
    Stage stage = Stage::Preparing;
    std::optional<CommandMessage> state; ///< the newest one up to the final one
    std::optional<CommandMessage> verification; ///< Verified or Unverified
    bool isVerifiable = false; ///< a verification follows when it is done
    QString sentence; ///< why Refused or NoAnswer
    QString warning; ///< the clocks differ
    ExitCode code = ExitCode::Done; ///< what fits Refused
    qint64 began = 0; ///< steady ms

    bool isOver() const
    {
        return stage == Stage::Ended || stage == Stage::Refused || stage == Stage::NoAnswer;
    }

    bool isDone() const
    {
        return stage == Stage::Ended && state && state->state == CommandState::Done;
    }

    /// True while it is done and its service has not been seen alive (or not) since.
    bool isAwaitingVerification() const { return isDone() && isVerifiable && !verification; }
};

/// Signs commands, puts them into the stream of their server and follows what becomes of them.
/// Nothing is ever sent twice: where Redis' answer is lost the stream tells whether it took the
/// command. Silence is shown as NoAnswer and written nowhere.
class CommandSender : public QObject
{
    Q_OBJECT
public:
    /// What is asked and sent goes over `connection`, which others may use too.
    explicit CommandSender(RedisConnection &connection, Clock clock = {},
                           QObject *parent = nullptr);

    /// Takes what `watcher` hears of commands, and reads what it missed after each gap.
    void follow(FleetWatcher &watcher);

    /// Sends the order signed with `key`; gives the id, under which command() tells of it.
    QString send(const CommandOrder &order, const SigningKey &key);

    /// What is known of it; a null one (empty id) for an id that is not known.
    SentCommand command(const QString &id) const { return m_commands.value(id).known; }

    /// What update:info told of a command, anybody's.
    void take(const CommandMessage &message);
    /// Reads the outcomes again: what was told may have been missed.
    void lookAgain();

    /// How long a command may wait for its server before it expires.
    static constexpr qint64 life = 30'000; // ms
    /// So long after its expiry silence is NoAnswer.
    static constexpr qint64 silence = 15'000; // ms

Q_SIGNALS:
    void changed(const QString &id);

private:
    struct Tracked
    {
        SentCommand known;
        CommandOrder order;
        std::optional<SigningKey> key; ///< until it is sent
        qint64 deadline = 0; ///< steady ms when silence is the end
        qint64 timeout = 0; ///< ms that the action may take
        bool isLookedFor = false; ///< the stream is being read for it

        bool isOpen() const { return !known.isOver() || known.isAwaitingVerification(); }
    };

    void prepare(const QString &id, const QList<RedisReply> &replies);
    void put(Tracked &command);
    void takePut(const QString &id, const RedisReply &reply);
    void lookIntoStream(const QString &id);
    void takeStream(const QString &id, const RedisReply &reply);
    void readOutcomes(const QByteArray &from);
    void takeOutcomes(const RedisReply &reply);
    void refuse(Tracked &command, ExitCode code, const QString &sentence);
    void waitFor(Tracked &command, const CommandMessage &message);
    void tick();
    void endSilence(Tracked &command);
    void forgetOldest();

    RedisConnection &m_connection;
    Clock m_clock;
    QTimer m_timer;
    QHash<QString, Tracked> m_commands;
    QStringList m_order; ///< ids as they were sent, to forget the oldest
    qint64 m_lastSeq = 0;
    qint64 m_nextLook = 0; ///< steady ms
    qint64 m_from = 0; ///< ms of Redis' clock before the first open command
    bool m_isReading = false;
};

} // namespace Treewarden
