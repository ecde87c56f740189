// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/executor.h"

#include "agent/executor/executorframes.h"
#include "shared/core/ipaddress.h"
#include "shared/core/json.h"
#include "shared/core/textformat.h"

#include <QDebug>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr auto upkeepEvery = std::chrono::seconds(10), upkeepWhileWaiting = std::chrono::seconds(1);
constexpr qint64 longestHold = 120'000; ///< ms
constexpr qint64 scheduledLife = 60'000; ///< ms that a run of the schedule may wait
constexpr qsizetype longestEntry = 48;

CommandMessage messageOf(const CommandRequest &request, CommandState state, qint64 now)
{
    CommandMessage message{request.ip, request.id, request.service, request.action, state};
    message.timestamp = now;
    message.by = oneLine(request.by, 100);
    message.reason = oneLine(request.reason);
    return message;
}

} // namespace

Executor::Executor(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_journal(parts.journal)
    , m_configs(parts.configs)
    , m_rules(parts.rules)
    , m_runner(parts.runner)
    , m_clock(parts.clock)
    , m_admission(parts.journal.state(), parts.configs, parts.rules, parts.machineId, parts.clock)
    , m_unverifiedAllowance(1000, 2000)
    , m_noticeAllowance(20, 10'000)
{
    m_commitTimer.setSingleShot(true);
    connect(&m_commitTimer, &QTimer::timeout, this, &Executor::commit);
    m_upkeepTimer.setInterval(upkeepEvery);
    connect(&m_upkeepTimer, &QTimer::timeout, this, &Executor::lookAtWaiting);
}

void Executor::start()
{
    const qint64 now = m_clock.now(), steady = m_clock.steady();
    const JournalState &state = m_journal.state();
    // Whatever the clock says now, a hold is never longer.
    m_heldUntil = steady + std::clamp<qint64>(state.heldUntil() - now, 0, longestHold);
    for (const auto &[time, service] : state.begunSince(now - scheduledLife))
        m_rates.count(service, std::min(steady, steady - (now - time)));
    for (const KnownCommand &claim : state.claims()) {
        ExecutorTask task{claim.message, claim.entry, {}, claim.signer, claim.expires, {}};
        end(std::move(task), CommandState::Unknown,
            u"the executor ended while it ran: nobody knows whether it was done, and it is not "
            u"begun again"_s);
    }
    if (state.dropped() > 0)
        qWarning().noquote()
            << u"%1 outcomes were never told, for no agent took them: they stand in "
               u"the journal only"_s.arg(state.dropped());
    m_upkeepTimer.start();
}

bool Executor::isHeld() const
{
    return m_clock.steady() < m_heldUntil;
}

void Executor::handle(const QJsonObject &frame)
{
    const QString type = frame.value(u"type").toString();
    if (type == u"command" && !m_isEnding)
        takeCommand(frame);
    else if (type == u"config")
        takeConfiguration(frame);
    else if (type == u"removed")
        takeRemoved(frame.value(u"ip").toString());
    else if (type == u"maintenance")
        Q_EMIT maintenanceTold(frame.value(u"scopes").toObject());
    else if (type == u"taken") {
        AuditRecord record;
        record.kind = AuditRecord::Kind::Taken;
        record.n = jsonInteger(frame.value(u"n")).value_or(0);
        const auto &untaken = m_journal.state().untaken();
        // The disk need not have it at once: what is lost with it is told again.
        if (!untaken.isEmpty() && record.n >= untaken.firstKey())
            m_journal.add(record);
    }
}

void Executor::takeConfiguration(const QJsonObject &frame)
{
    const QString ip = frame.value(u"ip").toString();
    if (!isCanonicalIp(ip))
        return;
    ConfigVerdict verdict;
    if (const auto fields = configFieldsOf(frame))
        verdict = m_configs.offer(ip, *fields, m_clock.now());
    else
        verdict.detail = fields.error().text;
    verdict.detail = oneLine(verdict.detail);
    const bool isOldRefusal = !verdict.isAccepted && verdict.detail == m_lastConfigRefusal;
    m_lastConfigRefusal = verdict.detail;
    if (verdict.isNews || (!verdict.isAccepted && !isOldRefusal)) {
        AuditRecord record;
        record.kind = AuditRecord::Kind::Configured;
        record.ip = ip;
        record.version = verdict.version;
        record.signer = verdict.signer;
        record.isAccepted = verdict.isAccepted;
        record.text = verdict.detail;
        m_journal.add(record);
        qInfo().noquote()
            << (verdict.isAccepted
                    ? u"the configuration %1 of %2, signed by %3, counts from now on"_s
                          .arg(verdict.version)
                          .arg(ip, verdict.signer)
                    : verdict.detail);
    }
    if (verdict.isAccepted)
        Q_EMIT configurationAccepted(ip);
    whenSafe([this, ip, verdict] {
        Q_EMIT told({{u"type"_s, u"config"_s},
                     {u"ip"_s, ip},
                     {u"version"_s, verdict.version},
                     {u"accepted"_s, verdict.isAccepted},
                     {u"detail"_s, verdict.detail}});
    });
}

/// Nobody signed that, so whoever owns Redis may end what is done here; begin anything he can't.
void Executor::takeRemoved(const QString &ip)
{
    if (!isCanonicalIp(ip) || !m_configs.retire(ip))
        return;
    AuditRecord record;
    record.kind = AuditRecord::Kind::Configured;
    record.ip = ip;
    record.text = u"%1 was removed from the fleet: its schedule and commands end"_s.arg(ip);
    m_journal.add(record);
    m_commitTimer.start(0);
    qInfo().noquote() << record.text;
    Q_EMIT configurationRetired(ip);
}

void Executor::takeCommand(const QJsonObject &frame)
{
    const QString entry = frame.value(u"entry").toString().left(longestEntry);
    const auto signedEntry = entryOf(frame);
    if (!signedEntry)
        return reject(entry, signedEntry.error().text);
    const auto &keys = m_rules.keys();
    if (!keys)
        return refuseUnverified(*signedEntry, entry, keys.error().text);
    const auto command = verifyCommand(*signedEntry, *keys);
    if (!command)
        return refuseUnverified(*signedEntry, entry, command.error().text);
    if (!answerIfKnown(command->request.id, entry))
        takeVerified(*command, *signedEntry, entry);
}

/// What has an id keeps it as a refused command; its final state is the only one it ever gets.
void Executor::refuseUnverified(const CommandEntry &signedEntry, const QString &entry,
                                const QString &why)
{
    const auto request = parseCommandRequest(signedEntry.payload);
    if (!request)
        return reject(entry, request.error().text);
    if (answerIfKnown(request->id, entry))
        return;
    if (request->expires <= m_journal.state().forgottenUpTo()
        || !m_unverifiedAllowance.take(m_clock.steady()))
        return reject(entry, why);
    ExecutorTask task;
    task.message = messageOf(*request, CommandState::Refused, m_clock.now());
    // Nobody vouches for what it says of itself.
    task.message.by.clear();
    task.message.reason.clear();
    task.entry = entry;
    task.expires = m_clock.now();
    end(std::move(task), CommandState::Refused, why);
}

void Executor::reject(const QString &entry, const QString &why)
{
    ++m_unnoticed;
    if (!m_noticeAllowance.take(m_clock.steady()))
        return;
    AuditRecord record;
    record.kind = AuditRecord::Kind::Rejected;
    record.entry = entry;
    record.text = oneLine(why);
    record.count = std::exchange(m_unnoticed, 0);
    m_journal.add(record);
    qWarning().noquote() << u"a command was not looked at: %1"_s.arg(record.text);
    const QJsonObject details{
        {u"code"_s, u"command.rejected"_s}, {u"reason"_s, record.text}, {u"count"_s, record.count}};
    whenSafe([this, entry, details] { Q_EMIT told(noticeFrame(entry, details)); });
}

bool Executor::answerIfKnown(const QString &id, const QString &entry)
{
    if (const ExecutorTask *task = m_workplace.find(id)) {
        answerKnown(task->message, 0, task->entry, entry);
        return true;
    }
    const KnownCommand *known = m_journal.state().find(id);
    if (known) {
        const bool isUntaken = m_journal.state().untaken().contains(known->n);
        answerKnown(known->message, isUntaken ? known->n : 0, known->entry, entry);
    }
    return known != nullptr;
}

void Executor::answerKnown(const CommandMessage &message, qint64 n, const QString &firstEntry,
                           const QString &entry)
{
    const bool isReplay = firstEntry != entry;
    if (isReplay)
        noteReplay(message, entry);
    if (isFinal(message.state))
        whenSafe(
            [this, frame = repeatFrame(message, isReplay ? 0 : n, entry)] { Q_EMIT told(frame); });
    else if (!isReplay)
        whenSafe([this, frame = stateFrame(message, 0, entry)] { Q_EMIT told(frame); });
}

void Executor::noteReplay(const CommandMessage &message, const QString &entry)
{
    ++m_unnoticed;
    if (!m_noticeAllowance.take(m_clock.steady()))
        return;
    AuditRecord record;
    record.kind = AuditRecord::Kind::Replayed;
    record.message = message;
    record.entry = entry;
    record.count = std::exchange(m_unnoticed, 0);
    m_journal.add(record);
    const QJsonObject details{
        {u"code"_s, u"command.replayed"_s},
        {u"reason"_s,
         u"the command %1 came a second time and was not done again"_s.arg(message.id)},
        {u"id"_s, message.id},
        {u"count"_s, record.count}};
    whenSafe([this, entry, details] { Q_EMIT told(noticeFrame(entry, details)); });
}

void Executor::takeVerified(const VerifiedCommand &command, const CommandEntry &signedEntry,
                            const QString &entry)
{
    ExecutorTask task;
    task.message = messageOf(command.request, CommandState::Accepted, m_clock.now());
    task.message.key = command.key.key.id();
    task.entry = entry;
    task.signedEntry = signedEntry;
    task.signer = command.key.name;
    task.expires = command.request.expires;
    admit(std::move(task), m_admission.decide(command, entry, isHeld()));
}

void Executor::runScheduled(const ScheduledTask &due)
{
    if (m_isEnding || m_workplace.find(due.id) || m_journal.state().find(due.id))
        return;
    const TrustedKey signer = m_configs.signerOf(due.ip);
    ExecutorTask task;
    task.message = {due.ip, due.id, due.service, due.action, CommandState::Accepted};
    task.message.timestamp = m_clock.now();
    task.message.key = signer.key.id();
    task.message.by = u"schedule"_s;
    task.message.schedule = due.entry;
    task.signer = signer.name.isEmpty() ? u"schedule"_s : signer.name;
    task.expires = m_clock.now() + scheduledLife;
    const Admitted admitted = decideAgain(task);
    admit(std::move(task), admitted);
}

/// What is true of a task now: keys, configuration and policy may have changed while it waited.
Admitted Executor::decideAgain(const ExecutorTask &task)
{
    if (isOver(task.expires, m_clock.now()))
        return {Admitted::Answer::Expire,
                u"it waited for its turn until its time was over: nothing was done"_s,
                {}};
    if (task.isScheduled()) {
        return isHeld()
            ? Admitted::refuse(u"the executor's journal was lost: for two minutes nothing runs"_s)
            : m_admission.permit(task.message.ip, task.message.service, task.message.action);
    }
    const auto &keys = m_rules.keys();
    if (!keys)
        return Admitted::refuse(keys.error().text);
    const auto command = verifyCommand(task.signedEntry, *keys);
    // It was no replay when it came: its place in the stream says nothing any more.
    return command ? m_admission.decide(*command, {}, isHeld())
                   : Admitted::refuse(command.error().text);
}

void Executor::admit(ExecutorTask task, const Admitted &admitted)
{
    switch (admitted.answer) {
    case Admitted::Answer::Ignore:
        return noteReplay(task.message, task.entry);
    case Admitted::Answer::Expire:
        return end(std::move(task), CommandState::Expired, admitted.sentence);
    case Admitted::Answer::Refuse:
        return end(std::move(task), CommandState::Refused, admitted.sentence);
    case Admitted::Answer::Run:
        break;
    }
    const ServiceId service = task.message.service;
    const auto &policy = m_rules.policy();
    QString why = policy ? QString() : policy.error().text;
    if (why.isEmpty() && !task.isScheduled())
        why = m_rates.objection(service, *policy, m_clock.steady());
    if (why.isEmpty())
        why = m_workplace.objection(service, admitted.action);
    if (!why.isEmpty())
        return end(std::move(task), CommandState::Refused, why);
    m_rates.count(service, m_clock.steady());
    task.action = admitted.action;
    task.action.id = task.message.id;
    const QString id = task.message.id;
    whenSafe([this, frame = stateFrame(task.message, 0, task.entry)] { Q_EMIT told(frame); });
    m_workplace.add(std::move(task));
    if (m_workplace.running() < policy->maxAtOnce)
        claim(id);
    setPace();
}

void Executor::claim(const QString &id)
{
    ExecutorTask &task = m_workplace.begin(id);
    task.message.timestamp = m_clock.now();
    AuditRecord record;
    record.kind = AuditRecord::Kind::Claimed;
    record.entry = task.entry;
    record.expires = task.expires;
    record.signer = task.signer;
    record.message = task.message;
    m_journal.add(record);
    whenSafe([this, id] { begin(id); });
}

void Executor::begin(const QString &id)
{
    const ExecutorTask *task = m_workplace.find(id);
    qInfo().noquote() << u"%1 of %2 for %3 (%4) begins"_s.arg(
        task->message.action, task->message.service.text(), task->message.by, id);
    Q_EMIT told(stateFrame(task->message, 0, task->entry));
    m_runner.run(task->action,
                 [this, id](const ActionOutcome &outcome) { finishTask(id, outcome); });
}

void Executor::finishTask(const QString &id, const ActionOutcome &outcome)
{
    if (!m_workplace.find(id))
        return;
    ExecutorTask task = m_workplace.take(id);
    task.message.took = std::max<qint64>(outcome.milliseconds, 1);
    if (outcome.exit >= 0)
        task.message.exit = outcome.exit;
    const CommandState state = !outcome.isKnown ? CommandState::Unknown
        : outcome.ok                            ? CommandState::Done
                                                : CommandState::Failed;
    const QByteArray output = outcome.output.right(longestAuditOutput);
    end(std::move(task), state, outcome.detail, QString::fromUtf8(output));
    lookAtWaiting();
    tellIdle();
}

void Executor::end(ExecutorTask task, CommandState state, const QString &detail,
                   const QString &output)
{
    task.message.state = state;
    task.message.detail = oneLine(detail);
    task.message.timestamp = m_clock.now();
    AuditRecord record;
    record.entry = task.entry;
    record.expires = task.expires;
    record.signer = task.signer;
    record.message = task.message;
    record.output = output;
    const qint64 n = m_journal.addOutcome(record);
    qInfo().noquote() << u"%1 of %2 (%3): %4 %5"_s.arg(
        task.message.action, task.message.service.text(), task.message.id, commandStateWord(state),
        task.message.detail);
    whenSafe([this, frame = stateFrame(task.message, n, task.entry)] { Q_EMIT told(frame); });
}

void Executor::lookAtWaiting()
{
    const QStringList waiting = m_workplace.waiting();
    for (const QString &id : waiting) {
        const ExecutorTask *task = m_workplace.find(id);
        const auto &policy = m_rules.policy();
        const bool isTurn = !m_isEnding && policy && m_workplace.running() < policy->maxAtOnce;
        if (!isTurn && !isOver(task->expires, m_clock.now()))
            continue;
        const Admitted admitted = decideAgain(*task);
        if (admitted.answer == Admitted::Answer::Run)
            claim(id);
        else
            end(m_workplace.take(id),
                admitted.answer == Admitted::Answer::Expire ? CommandState::Expired
                                                            : CommandState::Refused,
                admitted.sentence);
    }
    m_journal.forget();
    setPace();
    if (m_journal.hasUncommitted())
        m_commitTimer.start(0);
}

void Executor::setPace()
{
    const auto pace = m_workplace.waiting().isEmpty() ? upkeepEvery : upkeepWhileWaiting;
    if (m_upkeepTimer.intervalAsDuration() != pace)
        m_upkeepTimer.setInterval(pace);
}

QList<QJsonObject> Executor::untaken() const
{
    QList<QJsonObject> frames;
    for (const AuditRecord &record : m_journal.state().untaken())
        frames << stateFrame(*record.message, record.n, record.entry);
    return frames;
}

bool Executor::isScheduleBusy(const QString &entry) const
{
    return m_workplace.hasAny(
        [&entry](const ExecutorTask &task) { return task.message.schedule == entry; });
}

bool Executor::hasWaitingSchedule() const
{
    return m_workplace.hasAny(
        [](const ExecutorTask &task) { return task.isScheduled() && !task.isRunning(); });
}

void Executor::keepScheduleMemory(const QJsonObject &memory)
{
    AuditRecord record;
    record.kind = AuditRecord::Kind::Looked;
    record.marks = {{u"schedule"_s, memory}};
    m_journal.add(record);
    m_commitTimer.start(0);
}

void Executor::noteSchedule(const QJsonObject &details)
{
    whenSafe([this, details] { Q_EMIT told(noticeFrame({}, details)); });
}

void Executor::finish()
{
    m_isEnding = true;
    tellIdle();
}

void Executor::tellIdle()
{
    if (m_isEnding && m_workplace.running() == 0)
        whenSafe([this] { Q_EMIT idle(); });
}

void Executor::whenSafe(std::function<void()> effect)
{
    m_effects << std::move(effect);
    m_commitTimer.start(0);
}

void Executor::commit()
{
    if (m_hasFailed)
        return;
    if (const auto kept = m_journal.commit(); !kept) {
        m_hasFailed = true;
        Q_EMIT journalFailed(kept.error().text);
        return;
    }
    // What an effect adds waits for the next time.
    for (const auto &effect : std::exchange(m_effects, {}))
        effect();
}

} // namespace Treewarden
