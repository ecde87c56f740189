// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/admission.h"

#include "agent/executor/controlledaction.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostClockDifference = 60'000; ///< ms, of sender and server

} // namespace

bool isOver(qint64 expires, qint64 now)
{
    return now > expires + mostClockDifference;
}

Admission::Admission(const JournalState &journal, ConfigStore &configs, LocalRules &rules,
                     QString machineId, Clock clock)
    : m_journal(journal)
    , m_configs(configs)
    , m_rules(rules)
    , m_machineId(std::move(machineId))
    , m_clock(std::move(clock))
{
}

Admitted Admission::decide(const VerifiedCommand &command, const QString &entry, bool isHeld)
{
    const CommandRequest &request = command.request;
    if (isHeld)
        return Admitted::refuse(
            u"the executor's journal was lost, so what ran before is not known: for two minutes "
            u"nothing runs; send it again then"_s);
    if (const auto untimely = judgeTime(request, entry))
        return *untimely;
    if (request.machineId != m_machineId)
        return Admitted::refuse(
            u"the command is for the machine %1, and this one is %2: another server had the "
            u"address %3 when it was sent"_s.arg(request.machineId, m_machineId, request.ip));
    if (const auto config = m_configs.verified(request.ip); !config)
        return Admitted::refuse(config.error().text);
    if (const QString why = permissionSentence(command); !why.isEmpty())
        return Admitted::refuse(why);
    return permit(request.ip, request.service, request.action);
}

std::optional<Admitted> Admission::judgeTime(const CommandRequest &request,
                                             const QString &entry) const
{
    const qint64 now = m_clock.now();
    if (request.expires <= m_journal.forgottenUpTo())
        return judgeForgotten(request, entry);
    if (isOver(request.expires, now))
        return Admitted{
            Admitted::Answer::Expire,
            u"it came %1 s after its time: nothing was done"_s.arg((now - request.expires) / 1000),
            {}};
    if (request.issued > now + mostClockDifference)
        return Admitted::refuse(
            u"it was issued %1 s ahead of this server's clock: set the clocks of both right"_s.arg(
                (request.issued - now) / 1000));
    return std::nullopt;
}

/// The id of a command that expired so early may have been forgotten with its final state.
Admitted Admission::judgeForgotten(const CommandRequest &request, const QString &entry) const
{
    const auto position = StreamPosition::parse(entry);
    const auto last = m_journal.lastEntry(request.ip);
    if (position && last && *position <= *last)
        return {Admitted::Answer::Ignore, u"it was dealt with long ago"_s, {}};
    if (position && isOver(request.expires, position->milliseconds))
        return {Admitted::Answer::Ignore, u"it was put into the stream after its time"_s, {}};
    if (isOver(request.expires, m_clock.now()))
        return {Admitted::Answer::Expire, u"it came after its time: nothing was done"_s, {}};
    return Admitted::refuse(
        u"commands of that time are forgotten here, for this server's clock was set back or its "
        u"journal was lost: send it again in two minutes"_s);
}

Admitted Admission::permit(const QString &ip, const ServiceId &service, const QString &action)
{
    const auto config = m_configs.verified(ip);
    if (!config)
        return Admitted::refuse(config.error().text);
    const auto &policy = m_rules.policy();
    if (!policy)
        return Admitted::refuse(policy.error().text);
    if (isBuiltInAction(action))
        return Admitted::refuse(u"%1 is the agent's own, not an action on a server"_s.arg(action));
    const Protection protection(**config, *policy);
    if (protection.covers(service) && isForbiddenWhenProtected(action))
        return Admitted::refuse(protection.objection(service, action, {}));
    auto what = resolveAction((*config)->controlled, {service, action, ip},
                              policy->allowsShell ? ShellPolicy::Allow : ShellPolicy::Refuse);
    if (!what)
        return Admitted::refuse(what.error().text);
    if (const QString why = protection.objection(service, action, *what); !why.isEmpty())
        return Admitted::refuse(why);
    if (!policy->allowsAction(action))
        return Admitted::refuse(
            u"this server's policy.conf does not allow the action %1"_s.arg(action));
    if (!policy->allowsRole(service.role))
        return Admitted::refuse(
            u"this server's policy.conf does not allow actions on %1"_s.arg(service.role));
    return {Admitted::Answer::Run, {}, *what};
}

} // namespace Treewarden
