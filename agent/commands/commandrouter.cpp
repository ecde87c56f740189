// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/commandrouter.h"

#include "shared/core/textformat.h"

#include <QDebug>

#include <algorithm>

namespace Treewarden {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostAnswered = 150'000, mostForged = 10'000;
constexpr qsizetype mostForExecutor = 500, mostRefreshes = 4000;
constexpr qint64 executorWithin = 5000, shortestWait = 1000; // ms
constexpr qint64 rememberedFor = 5 * 60'000, unansweredFor = 10 * 60'000;
constexpr qint64 betweenNotices = 10'000;
constexpr int mostNotices = 20;
constexpr auto persistWithin = 50ms;

qint64 forgetAfter(const CommandRequest &request)
{
    return request.expires + rememberedFor;
}

} // namespace

CommandRouter::CommandRouter(RedisConnection &connection, const Place &place, CommandTeller &teller,
                             Clock clock, QObject *parent)
    : QObject(parent)
    , m_judge{place.ip, place.machineId, {}}
    , m_teller(teller)
    , m_clock(clock)
    , m_listener(connection, place.ip, place.stateDirectory, clock)
    , m_link(place.socketPath)
    , m_answered(mostAnswered)
    , m_forged(mostForged)
{
    m_overdue.setSingleShot(true);
    m_persist.setSingleShot(true);
    connect(&m_overdue, &QTimer::timeout, this, &CommandRouter::refuseOverdue);
    connect(&m_persist, &QTimer::timeout, this, &CommandRouter::persist);
    connect(&m_listener, &CommandListener::entriesRead, this, &CommandRouter::takeEntries);
    connect(&m_link, &ExecutorLink::ready, this, [this] {
        handOverAgain();
        handOver();
    });
    connect(&m_link, &ExecutorLink::lost, this, [this] {
        for (Order &order : m_handed)
            order.due = 0;
        m_untaken.clear();
    });
    connect(&m_link, &ExecutorLink::stateTold, this, &CommandRouter::takeState);
    connect(&m_link, &ExecutorLink::noticed, this, &CommandRouter::passNotice);
}

void CommandRouter::start(const QList<CommandMessage> &remembered)
{
    for (const CommandMessage &outcome : remembered) {
        if (isFinal(outcome.state))
            m_answered.add(outcome.id, outcome.timestamp + 2 * rememberedFor);
    }
    m_link.open();
    m_listener.start();
}

void CommandRouter::upkeep()
{
    m_answered.forget(m_clock.now());
    m_forged.forget(m_clock.now());
    giveUpUnanswered();
    sendTaken();
    if (!m_handed.isEmpty() || !m_waiting.empty())
        m_link.hurry();
    m_listener.look(true);
}

void CommandRouter::persist()
{
    if (m_listener.position().isChanged())
        m_listener.position().write();
}

bool CommandRouter::isAnswered(const QString &id) const
{
    return m_answered.contains(id) || m_forged.contains(id);
}

void CommandRouter::takeEntries(const QList<StreamEntry> &entries)
{
    for (const StreamEntry &entry : entries)
        takeEntry(entry);
    handOver();
    m_listener.setPaused(m_refreshes.size() >= mostRefreshes);
    if (!m_persist.isActive())
        m_persist.start(persistWithin);
}

void CommandRouter::takeEntry(const StreamEntry &entry)
{
    auto command = CommandEntry::fromWords(entry.words);
    if (!command)
        return ignore(entry.id, command.error().text);
    auto request = parseCommandRequest(command->payload);
    if (!request)
        return ignore(entry.id, request.error().text);
    // What an agent whose state is lost may have answered; not what came just before this start.
    const qint64 longAgo = m_clock.now() - toleratedClockDifference;
    const bool isGone
        = entry.isOld && request->expires < longAgo && qint64(entry.id.milliseconds) < longAgo;
    const bool isKnown = (entry.isOld || entry.isReread) && isAnswered(request->id);
    if (isGone || isKnown)
        return m_listener.position().settle(entry.id);
    // Whoever asked did so in time; what is added later is a copy, and may outlive every memory.
    if (qint64(entry.id.milliseconds) > forgetAfter(*request)
        && request->expires < m_clock.now() - toleratedClockDifference)
        return ignore(entry.id,
                      u"the command %1 was added long after its expiry"_s.arg(request->id));
    const bool isOpen = m_openById.contains(request->id);
    if (isOpen || isAnswered(request->id))
        return ignore(entry.id,
                      u"the command %1 came again: it is answered once"_s.arg(request->id));
    Order order{entry.id, std::move(*command), std::move(*request)};
    m_openById.insert(order.request.id, order.id);
    if (isBuiltInAction(order.request.action))
        answerItself(order);
    else
        leaveToExecutor(std::move(order), entry.how);
}

/// No outcome can be told for it: it may have been somebody else's, or is none at all.
void CommandRouter::ignore(const StreamId &id, const QString &why)
{
    m_listener.position().settle(id);
    ++m_ignored;
    m_lastIgnored = oneLine(why, 300);
    if (m_clock.steady() < m_noticeAfter)
        return;
    m_noticeAfter = m_clock.steady() + betweenNotices;
    const QString detail = m_ignored == 1
        ? u"an entry of this server's stream of commands was ignored: %1"_s.arg(m_lastIgnored)
        : u"%1 entries of this server's stream of commands were ignored; the last: %2"_s
              .arg(m_ignored)
              .arg(m_lastIgnored);
    qWarning().noquote() << detail;
    m_teller.notice({{u"detail"_s, detail}, {u"count"_s, m_ignored}});
    m_ignored = 0;
}

/// So many of the executor's notices become events, and no more.
void CommandRouter::passNotice(const QJsonObject &details, const QString &entry)
{
    settleEntry(entry);
    if (m_clock.steady() >= m_noticesUntil) {
        m_noticesUntil = m_clock.steady() + betweenNotices;
        m_noticesPassed = 0;
    }
    if (++m_noticesPassed <= mostNotices)
        m_teller.notice(details);
}

void CommandRouter::answerItself(const Order &order)
{
    CommandMessage message = m_judge.judge(order.entry, order.request, m_clock.now());
    if (message.state != CommandState::Accepted)
        return finish(order.id, message, forgetAfter(order.request));
    if (order.request.action == u"refresh") {
        m_refreshes.emplaceBack(order.id, message);
        Q_EMIT refreshAsked();
        return;
    }
    message.state = CommandState::Done;
    message.detail = u"the agent answers"_s;
    finish(order.id, message, forgetAfter(order.request));
}

/// Tells what the agent itself says about a command, and is done with it.
void CommandRouter::finish(const StreamId &id, const CommandMessage &outcome, qint64 until)
{
    m_teller.tell(outcome);
    (outcome.key.isEmpty() ? m_forged : m_answered).add(outcome.id, until);
    m_openById.remove(outcome.id);
    m_listener.position().settle(id);
    if (!m_persist.isActive())
        m_persist.start(persistWithin);
}

void CommandRouter::beginRefresh()
{
    m_refreshing += std::exchange(m_refreshes, {});
    m_listener.setPaused(false);
}

void CommandRouter::endRefresh()
{
    for (auto &[id, message] : std::exchange(m_refreshing, {})) {
        const qint64 now = m_clock.now();
        message.state = CommandState::Done;
        message.took = std::max<qint64>(now - message.timestamp, 1);
        message.timestamp = now;
        message.detail = u"a round was made"_s;
        finish(id, message, now + rememberedFor);
    }
}

void CommandRouter::leaveToExecutor(Order order, CommandPosition::Open how)
{
    if (how == CommandPosition::Open::HandedOver) {
        m_handed.insert(order.id, order);
        return handOverAgain();
    }
    if (qsizetype(m_waiting.size()) + m_handed.size() >= mostForExecutor) {
        const QString why
            = u"the executor does not keep up: %1 commands wait for it"_s.arg(mostForExecutor);
        return finish(
            order.id,
            m_judge.message(order.entry, order.request, m_clock.now(), CommandState::Refused, why),
            forgetAfter(order.request));
    }
    const qint64 left = order.request.expires - m_clock.now();
    order.due = m_clock.steady() + std::clamp(left, shortestWait, executorWithin);
    m_waiting.push_back(std::move(order));
    m_link.hurry();
    if (!m_overdue.isActive())
        m_overdue.start(std::chrono::milliseconds(shortestWait));
}

/// What waits goes to the executor. That it may have it stands on disk before.
void CommandRouter::handOver()
{
    if (m_waiting.empty() || !m_link.isReady())
        return;
    for (const Order &order : m_waiting)
        m_listener.position().setOpen(order.id, CommandPosition::Open::HandedOver);
    persist();
    for (Order &order : std::exchange(m_waiting, {})) {
        order.due = 0;
        m_handed.insert(order.id, std::move(order));
    }
    handOverAgain();
}

/// What the executor of this connection has not got yet.
void CommandRouter::handOverAgain()
{
    for (Order &order : m_handed) {
        if (order.due > 0)
            continue;
        if (!m_link.handOver(order.entry, order.id))
            return;
        order.due = m_clock.steady();
    }
}

void CommandRouter::refuseOverdue()
{
    while (!m_waiting.empty() && m_waiting.front().due <= m_clock.steady()) {
        const Order order = std::move(m_waiting.front());
        m_waiting.pop_front();
        finish(order.id,
               m_judge.message(order.entry, order.request, m_clock.now(), CommandState::Refused,
                               m_link.trouble()),
               forgetAfter(order.request));
    }
    if (!m_waiting.empty())
        m_overdue.start(std::chrono::milliseconds(
            std::clamp<qint64>(m_waiting.front().due - m_clock.steady(), 1, shortestWait)));
}

void CommandRouter::takeState(const CommandMessage &message, qint64 n, const QString &entry)
{
    if (message.ip != m_judge.ip || message.state == CommandState::Verified
        || message.state == CommandState::Unverified)
        return; // not the executor's to say
    if (!isFinal(message.state)) {
        m_teller.publish(message);
        Q_EMIT stateTold(message);
        return;
    }
    if (n > 0)
        m_untaken.emplaceBack(n, tellOutcome(message));
    settleById(message.id);
    settleEntry(entry);
    sendTaken();
}

/// 0 when it had been told.
qint64 CommandRouter::tellOutcome(const CommandMessage &message)
{
    CommandPosition &position = m_listener.position();
    if (isAnswered(message.id) || position.isTold(message.id))
        return 0;
    const qint64 number = m_teller.tell(message);
    m_answered.add(message.id, m_clock.now() + 2 * rememberedFor);
    position.addTold(message.id);
    Q_EMIT stateTold(message);
    return number;
}

void CommandRouter::settleById(const QString &id)
{
    const auto open = m_openById.constFind(id);
    if (open == m_openById.constEnd())
        return;
    m_handed.remove(*open);
    m_listener.position().settle(*open);
    m_openById.erase(open);
    if (!m_persist.isActive())
        m_persist.start(persistWithin);
}

void CommandRouter::settleEntry(const QString &entry)
{
    const auto id = StreamId::parse(entry.left(64).toLatin1());
    const auto handed = id ? m_handed.constFind(*id) : m_handed.constEnd();
    if (handed != m_handed.constEnd())
        settleById(QString(handed->request.id));
}

void CommandRouter::sendTaken()
{
    qint64 taken = 0;
    while (!m_untaken.isEmpty() && m_teller.isSafe(m_untaken.first().second))
        taken = m_untaken.takeFirst().first;
    if (taken > 0)
        m_link.take(taken);
}

/// An executor that says nothing about a command for so long has nothing to say: it knows it as a
/// replay. What it may still have to tell is told all the same.
void CommandRouter::giveUpUnanswered()
{
    const qint64 before = m_clock.steady() - unansweredFor;
    for (const Order &order : m_handed.values()) {
        if (order.due > 0 && order.due < before)
            settleById(order.request.id);
    }
}

} // namespace Treewarden
