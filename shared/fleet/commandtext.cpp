// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/commandtext.h"

#include "shared/core/textformat.h"
#include "shared/fleet/fleettext.h"
#include "shared/fleet/reasontext.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QString withDetail(const QString &word, const QString &detail)
{
    return detail.isEmpty() ? word : word + u": "_s + oneLine(detail);
}

QString verificationText(const SentCommand &command)
{
    if (command.isAwaitingVerification())
        return FleetText::tr(", not alive again yet");
    if (!command.verification)
        return {};
    if (command.verification->state == CommandState::Verified)
        return FleetText::tr(", alive again after %1").arg(tookText(command.verification->took));
    return u", "_s
        + withDetail(FleetText::tr("did not come back alive"), command.verification->detail);
}

QString stateSentence(const SentCommand &command)
{
    const CommandMessage &state = *command.state;
    if (state.state == CommandState::Done)
        return FleetText::tr("done in %1").arg(tookText(state.took)) + verificationText(command);
    const QString word = commandStateText(state.state);
    return isFinal(state.state) ? withDetail(word, state.detail) : word;
}

} // namespace

QString commandStateText(CommandState state)
{
    switch (state) {
    case CommandState::Accepted:
        return FleetText::tr("accepted");
    case CommandState::Running:
        return FleetText::tr("running");
    case CommandState::Done:
        return FleetText::tr("done");
    case CommandState::Failed:
        return FleetText::tr("failed");
    case CommandState::Refused:
        return FleetText::tr("refused");
    case CommandState::Expired:
        return FleetText::tr("expired");
    case CommandState::Unknown:
        return FleetText::tr("unknown");
    case CommandState::Verified:
        return FleetText::tr("verified");
    case CommandState::Unverified:
        return FleetText::tr("not verified");
    }
    return {};
}

QString commandTitle(const FleetState &state, const QString &ip, const ServiceId &service,
                     const QString &action)
{
    const QString what
        = service.role == systemRole ? serverText(state, ip) : serviceText(state, ip, service);
    return FleetText::tr("%1 of %2").arg(oneLine(action, 64), what);
}

QString progressText(const SentCommand &command)
{
    switch (command.stage) {
    case SentCommand::Stage::Preparing:
        return FleetText::tr("looking at the server");
    case SentCommand::Stage::Sending:
        return FleetText::tr("sending");
    case SentCommand::Stage::Unsure:
        return FleetText::tr("the connection broke while it was sent; looking whether it arrived");
    case SentCommand::Stage::Waiting:
        return FleetText::tr("sent, no answer yet");
    case SentCommand::Stage::Refused:
    case SentCommand::Stage::NoAnswer:
        return command.sentence;
    case SentCommand::Stage::Underway:
    case SentCommand::Stage::Ended:
        return stateSentence(command);
    }
    return {};
}

QString tookText(qint64 milliseconds)
{
    if (milliseconds >= 10'000)
        return formatDuration(milliseconds);
    if (milliseconds < 1'000)
        return FleetText::tr("%1 ms").arg(milliseconds);
    return FleetText::tr("%1 s").arg(double(milliseconds) / 1000, 0, 'f', 1);
}

} // namespace Treewarden
