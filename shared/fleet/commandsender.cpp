// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/commandsender.h"

#include "shared/core/textformat.h"
#include "shared/fleet/commandlist.h"
#include "shared/fleet/fleettext.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/fleet/savescripts.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/trust/signedcommand.h"

#include <QUuid>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Stage = SentCommand::Stage;

constexpr qint64 lookEvery = 3'000, readBefore = 2'000, skewWorthTelling = 30'000; // ms
// A unit's own timeouts are systemd's; those that nobody configured are 90 s.
constexpr qint64 usualRun = 120'000, runGrace = 60'000, verificationLimit = 300'000; // ms
constexpr qsizetype rememberedCommands = 1'000;
constexpr int outcomesAtOnce = 500;

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

CommandSender::CommandSender(RedisConnection &connection, Clock clock, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_clock(std::move(clock))
{
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &CommandSender::tick);
    connect(&m_connection, &RedisConnection::connected, this, [this] {
        for (const QString &id : std::as_const(m_order)) {
            if (m_commands[id].known.stage == Stage::Unsure)
                lookIntoStream(id);
        }
        lookAgain();
    });
}

void CommandSender::follow(FleetWatcher &watcher)
{
    connect(&watcher, &FleetWatcher::commandChanged, this, &CommandSender::take);
    connect(&watcher, &FleetWatcher::reset, this, &CommandSender::lookAgain);
}

QString CommandSender::send(const CommandOrder &order, const SigningKey &key)
{
    forgetOldest();
    const QString id = newId();
    Tracked &command = m_commands[id];
    command.order = order;
    command.key = key;
    command.known.began = m_clock.steady();
    command.deadline = command.known.began + life + silence;
    CommandRequest &request = command.known.request;
    request.id = id;
    request.ip = order.ip;
    request.service = order.service;
    request.action = order.action;
    request.by = savedBy();
    request.reason = order.reason.left(longestCommandReason);
    m_order << id;
    m_timer.start();
    // Never kept for later: a restart that comes minutes after it was asked for is a surprise.
    m_connection.pipeline(
        targetCommands(order.ip), this,
        [this, id](const QList<RedisReply> &replies) { prepare(id, replies); },
        RedisConnection::Queueing::Never);
    return id;
}

void CommandSender::prepare(const QString &id, const QList<RedisReply> &replies)
{
    const auto found = m_commands.find(id);
    if (found == m_commands.end() || found->known.stage != Stage::Preparing)
        return;
    QList<RedisValue> values;
    for (const RedisReply &reply : replies) {
        if (!reply.isOk())
            return refuse(*found, ExitCode::Unavailable,
                          FleetText::tr("nothing was sent, Redis does not answer: %1")
                              .arg(oneLine(reply.error)));
        values << reply.value;
    }
    const CommandTarget target = judgeTarget(found->order, values);
    found->known.hostname = target.hostname;
    if (!target.refusal.isEmpty())
        return refuse(*found, target.code, target.refusal);
    found->known.isVerifiable = target.isVerifiable;
    found->known.request.machineId = target.machineId;
    found->timeout = target.timeout;
    const qint64 skew = qAbs(target.redisTime - m_clock.now());
    if (skew > skewWorthTelling)
        found->known.warning
            = FleetText::tr("the clock here differs from that of Redis by %1: a server whose clock "
                            "differs by more than a minute refuses every command")
                  .arg(formatDuration(skew));
    m_from = m_from == 0 ? target.redisTime - readBefore
                         : std::min(m_from, target.redisTime - readBefore);
    put(*found);
}

void CommandSender::put(Tracked &command)
{
    CommandRequest &request = command.known.request;
    request.issued = m_clock.now();
    request.expires = request.issued + life;
    m_lastSeq = request.seq = std::max(m_lastSeq + 1, request.issued);
    command.deadline = m_clock.steady() + life + silence;
    command.known.stage = Stage::Sending;
    const CommandEntry entry = signCommand(request, *command.key);
    command.key.reset();
    const RedisConnection::Words add{"XADD",
                                     Keys::commandStream(request.ip),
                                     "MAXLEN",
                                     "~",
                                     QByteArray::number(Keys::commandStreamLength),
                                     "*"};
    m_connection.transaction(
        {add + entry.words(), {"PUBLISH", Channels::manage(request.ip), Channels::commandSignal}},
        this, [this, id = request.id](const RedisReply &reply) { takePut(id, reply); },
        RedisConnection::Queueing::Never);
    Q_EMIT changed(request.id);
}

void CommandSender::takePut(const QString &id, const RedisReply &reply)
{
    const auto command = m_commands.find(id);
    if (command == m_commands.end() || command->known.stage != Stage::Sending)
        return; // its states came first
    if (reply.outcome == RedisReply::Outcome::NotSent)
        return refuse(
            *command, ExitCode::Unavailable,
            FleetText::tr("nothing was sent, Redis does not answer: %1").arg(oneLine(reply.error)));
    if (reply.isOutcomeUnknown()) {
        command->known.stage = Stage::Unsure;
        Q_EMIT changed(id);
        if (m_connection.isConnected())
            lookIntoStream(id);
        return;
    }
    if (!reply.isOk()) {
        const bool isForbidden = reply.value.text.startsWith("NOPERM");
        return refuse(
            *command, isForbidden ? ExitCode::Refused : ExitCode::Unavailable,
            FleetText::tr("nothing was sent, Redis refuses it: %1").arg(oneLine(reply.error)));
    }
    command->known.stage = Stage::Waiting;
    Q_EMIT changed(id);
}

void CommandSender::lookIntoStream(const QString &id)
{
    Tracked &command = m_commands[id];
    if (command.isLookedFor)
        return;
    command.isLookedFor = true;
    m_connection.command(
        {"XREVRANGE", Keys::commandStream(command.known.request.ip), "+", "-", "COUNT",
         QByteArray::number(Keys::commandStreamLength)},
        this, [this, id](const RedisReply &reply) { takeStream(id, reply); },
        RedisConnection::Queueing::Never);
}

/// Only what stands there counts: a command that does not may still be on its way through a
/// connection that Redis has not read to its end.
void CommandSender::takeStream(const QString &id, const RedisReply &reply)
{
    const auto command = m_commands.find(id);
    if (command == m_commands.end())
        return;
    command->isLookedFor = false;
    if (command->known.stage != Stage::Unsure || !reply.isOk())
        return;
    const auto &entries = reply.value.elements;
    const bool isThere = std::any_of(entries.begin(), entries.end(), [&](const RedisValue &entry) {
        const auto read = CommandEntry::fromWords(entry.elements.value(1).toList());
        const auto request = read ? parseCommandRequest(read->payload) : Error{};
        return request && request->id == id;
    });
    if (isThere) {
        command->known.stage = Stage::Waiting;
        Q_EMIT changed(id);
    } else if (m_clock.steady() >= command->deadline) {
        refuse(*command, ExitCode::Unavailable,
               FleetText::tr("the connection to Redis broke before it took the command: nothing "
                             "was done"));
    }
}

void CommandSender::take(const CommandMessage &message)
{
    const auto found = m_commands.find(message.id);
    if (found == m_commands.end() || message.ip != found->known.request.ip
        || found->known.stage == Stage::Preparing)
        return;
    SentCommand &known = found->known;
    const bool isVerification
        = message.state == CommandState::Verified || message.state == CommandState::Unverified;
    if (isVerification) {
        if (known.verification)
            return;
        known.verification = message;
    } else {
        if (known.state && !isLaterState(known.state->state, message.state))
            return;
        known.state = message;
        known.stage = isFinal(message.state) ? Stage::Ended : Stage::Underway;
        known.sentence.clear();
        waitFor(*found, message);
    }
    Q_EMIT changed(message.id);
}

/// How long silence may last after this.
void CommandSender::waitFor(Tracked &command, const CommandMessage &message)
{
    const qint64 now = m_clock.steady();
    const bool isRunning = message.state == CommandState::Running;
    const qint64 run = command.timeout > 0 ? command.timeout : usualRun;
    command.deadline = now
        + (isFinal(message.state) ? verificationLimit
               : isRunning        ? run + runGrace
                                  : life + silence);
    m_timer.start();
}

void CommandSender::lookAgain()
{
    const bool isNeeded = std::any_of(m_commands.begin(), m_commands.end(),
                                      [](const Tracked &command) { return command.isOpen(); });
    if (isNeeded && m_from > 0 && !m_isReading)
        readOutcomes(QByteArray::number(m_from));
}

void CommandSender::readOutcomes(const QByteArray &from)
{
    m_isReading = true;
    m_nextLook = m_clock.steady() + lookEvery;
    m_connection.command(
        {"XRANGE", Keys::commands, from, "+", "COUNT", QByteArray::number(outcomesAtOnce)}, this,
        [this](const RedisReply &reply) { takeOutcomes(reply); }, RedisConnection::Queueing::Never);
}

void CommandSender::takeOutcomes(const RedisReply &reply)
{
    m_isReading = false;
    if (!reply.isOk())
        return;
    for (const CommandMessage &message : readCommands(reply.value))
        take(message);
    if (reply.value.elements.size() == outcomesAtOnce) {
        const QByteArray last = reply.value.elements.last().elements.value(0).toBytes();
        readOutcomes('(' + last.left(64));
    }
}

void CommandSender::refuse(Tracked &command, ExitCode code, const QString &sentence)
{
    command.known.stage = Stage::Refused;
    command.known.code = code;
    command.known.sentence = sentence;
    command.key.reset();
    Q_EMIT changed(command.known.request.id);
}

void CommandSender::tick()
{
    const qint64 now = m_clock.steady();
    bool isAnyOpen = false;
    const QStringList ids = m_order;
    for (const QString &id : ids) {
        const auto command = m_commands.find(id);
        if (command == m_commands.end() || !command->isOpen())
            continue;
        if (now >= command->deadline)
            endSilence(*command);
        isAnyOpen = isAnyOpen || (command->isOpen() && now < command->deadline)
            || command->known.stage == Stage::Unsure;
    }
    if (!isAnyOpen) {
        m_timer.stop();
        m_from = 0;
    } else if (now >= m_nextLook) {
        lookAgain();
    }
}

void CommandSender::endSilence(Tracked &command)
{
    SentCommand &known = command.known;
    if (known.isOver())
        return;
    const bool mayStillLook
        = m_connection.isConnected() && m_clock.steady() < command.deadline + silence;
    if (known.stage == Stage::Unsure && mayStillLook)
        return lookIntoStream(known.request.id);
    if (known.stage == Stage::Preparing)
        return refuse(command, ExitCode::Unavailable,
                      FleetText::tr("nothing was sent, Redis does not answer"));
    known.sentence = known.stage == Stage::Underway
        ? FleetText::tr("no answer: %1 began and has said nothing since; look at the server")
              .arg(known.request.ip)
        : FleetText::tr("no answer from %1 within %2: its agent or executor does not listen; the "
                        "command has expired and is not run any more")
              .arg(known.request.ip, formatDuration(life + silence));
    known.stage = Stage::NoAnswer;
    Q_EMIT changed(known.request.id);
}

void CommandSender::forgetOldest()
{
    while (m_order.size() >= rememberedCommands) {
        const auto oldest = std::find_if(m_order.begin(), m_order.end(), [this](const QString &id) {
            return !m_commands[id].isOpen();
        });
        const auto victim = oldest == m_order.end() ? m_order.begin() : oldest;
        m_commands.remove(*victim);
        m_order.erase(victim);
    }
}

} // namespace Treewarden
