// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/commandjudge.h"

#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

CommandMessage anonymousMessage(const QString &ip, const CommandRequest &request, qint64 now)
{
    CommandMessage message{ip, request.id, request.service, request.action};
    message.timestamp = now;
    return message;
}

void nameAsker(CommandMessage &message, const CommandEntry &entry, const CommandRequest &request)
{
    message.key = entry.key;
    message.by = oneLine(request.by, 100);
    message.reason = oneLine(request.reason);
}

} // namespace

CommandMessage CommandJudge::judge(const CommandEntry &entry, const CommandRequest &request,
                                   qint64 now) const
{
    CommandMessage message = anonymousMessage(ip, request, now);
    const auto refuse = [&message](const QString &why) {
        message.state = CommandState::Refused;
        message.detail = oneLine(why);
        return message;
    };
    const auto verified = verifyCommand(entry, keys);
    if (!verified)
        return refuse(verified.error().text);
    nameAsker(message, entry, request);
    if (request.ip != ip)
        return refuse(u"the command is for %1, and this server is %2"_s.arg(request.ip, ip));
    if (request.machineId != machineId)
        return refuse(u"the command is for the machine %1, and %2 is %3: if it took that one's "
                      u"place, treewarden remove %2 and enrol it again"_s.arg(
                          oneLine(request.machineId, 40), ip, machineId));
    if (const QString why = permissionSentence(*verified); !why.isEmpty())
        return refuse(why);
    if (request.issued > now + toleratedClockDifference)
        return refuse(u"the command was issued in this server's future: set the clocks of both"_s);
    if (request.expires < now - toleratedClockDifference) {
        message.state = CommandState::Expired;
        message.detail
            = u"the command came %1 s after its expiry"_s.arg((now - request.expires) / 1000);
    }
    return message;
}

CommandMessage CommandJudge::message(const CommandEntry &entry, const CommandRequest &request,
                                     qint64 now, CommandState state, const QString &detail) const
{
    CommandMessage message = anonymousMessage(ip, request, now);
    if (verifyCommand(entry, keys))
        nameAsker(message, entry, request);
    message.state = state;
    message.detail = detail;
    return message;
}

} // namespace Treewarden
