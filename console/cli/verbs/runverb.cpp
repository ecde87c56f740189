// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/confirmation.h"
#include "console/cli/interruption.h"
#include "console/cli/progressline.h"
#include "console/cli/signingkeyfile.h"
#include "console/cli/verb.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/commandsender.h"
#include "shared/fleet/commandtext.h"
#include "shared/fleet/impactpreview.h"

#include <QEventLoop>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How long to wait for what.
struct Patience
{
    enum class Until { Sent, Ended, Verified };

    Until until = Until::Ended;
    qint64 limit = 0; ///< ms; 0: as long as an answer may come
};

std::optional<CommandOrder> readOrder(const VerbCall &call, ExitCode &code)
{
    code = ExitCode::Usage;
    const auto ip = call.ip(0);
    if (!ip)
        return std::nullopt;
    const CommandOrder order{*ip,
                             {call.word(1), call.word(2)},
                             call.word(3),
                             call.value(u"reason"_s),
                             call.isSet(u"even-dead"_s)};
    for (const QString &name : {order.service.role, order.service.instance, order.action}) {
        if (isValidName(name) && name != allInstances)
            continue;
        code = call.fail(CliText::tr("'%1' is no name: roles, instances and actions are 1 to 64 of "
                                     "A-Z a-z 0-9 _ . -")
                             .arg(oneLine(name, 80)),
                         ExitCode::Usage);
        return std::nullopt;
    }
    if (order.reason.size() > longestCommandReason) {
        code = call.fail(
            CliText::tr("--reason takes at most %1 characters").arg(longestCommandReason),
            ExitCode::Usage);
        return std::nullopt;
    }
    return order;
}

std::optional<Patience> readPatience(const VerbCall &call)
{
    Patience patience;
    if (call.isSet(u"no-wait"_s))
        patience.until = Patience::Until::Sent;
    else if (call.isSet(u"wait"_s))
        patience.until = Patience::Until::Verified;
    if (!call.isSet(u"timeout"_s))
        return patience;
    bool isNumber = false;
    const double seconds = call.value(u"timeout"_s).toDouble(&isNumber);
    if (!isNumber || seconds <= 0 || seconds > 86'400) {
        call.fail(CliText::tr("--timeout takes seconds, more than 0 and at most 86400"),
                  ExitCode::Usage);
        return std::nullopt;
    }
    patience.limit = qint64(seconds * 1000);
    return patience;
}

/// What the action would take down is always told; what ends something is asked for again.
std::optional<RedisFailure> refusalOfPreview(VerbCall &call, const FleetState &state,
                                             const CommandOrder &order)
{
    const bool isEnding = isEndingAction(order.service, order.action);
    const Impact impact
        = previewImpact(state, {{order.ip, order.service}}, order.action, 0, call.now());
    for (const RoleImpact &role : impact.roles) {
        if (isEnding || role.kind == RoleImpact::Kind::GoesDown)
            call.warn(role.sentence);
    }
    const auto server = state.servers.constFind(order.ip);
    if (!isEnding || server == state.servers.cend())
        return std::nullopt;
    return confirmByName(call, oneLine(server->displayName(), 80));
}

bool isEnough(const SentCommand &command, Patience::Until until)
{
    using Stage = SentCommand::Stage;
    if (until == Patience::Until::Sent)
        return command.isOver() || command.stage == Stage::Waiting
            || command.stage == Stage::Underway;
    if (until == Patience::Until::Verified && command.isAwaitingVerification())
        return false;
    return command.isOver();
}

ExitCode codeOf(const SentCommand &command, Patience::Until until)
{
    if (command.stage == SentCommand::Stage::Refused)
        return command.code;
    if (command.stage == SentCommand::Stage::NoAnswer)
        return ExitCode::Unavailable;
    if (command.stage != SentCommand::Stage::Ended)
        return until == Patience::Until::Sent ? ExitCode::Done : ExitCode::Unavailable;
    const bool isBack
        = !command.verification || command.verification->state == CommandState::Verified;
    switch (command.state->state) {
    case CommandState::Done:
        return isBack || until != Patience::Until::Verified ? ExitCode::Done : ExitCode::Internal;
    case CommandState::Refused:
        return ExitCode::Refused;
    case CommandState::Expired:
        return ExitCode::Unavailable;
    default:
        return ExitCode::Internal;
    }
}

QString stateWordOf(const SentCommand &command)
{
    switch (command.stage) {
    case SentCommand::Stage::Refused:
        return u"not sent"_s;
    case SentCommand::Stage::NoAnswer:
        return u"no answer"_s;
    case SentCommand::Stage::Underway:
    case SentCommand::Stage::Ended:
        return commandStateWord(command.state->state);
    default:
        return u"sent"_s;
    }
}

QByteArray commandJson(const SentCommand &command)
{
    const CommandRequest &request = command.request;
    JsonWriter writer;
    writer.beginObject().member(u"id", QStringView(request.id)).member(u"type", u"command");
    writer.member(u"ip", QStringView(request.ip))
        .member(u"role", QStringView(request.service.role));
    writer.member(u"instance", QStringView(request.service.instance));
    writer.member(u"action", QStringView(request.action));
    writer.member(u"state", QStringView(stateWordOf(command)));
    if (command.state) {
        writer.member(u"exit", command.state->exit).member(u"took", command.state->took);
        writer.member(u"timestamp", command.state->timestamp);
    }
    const QString detail
        = command.sentence.isEmpty() && command.state ? command.state->detail : command.sentence;
    writer.member(u"detail", QStringView(detail));
    if (command.verification) {
        const CommandMessage &told = *command.verification;
        writer.key(u"verification").beginObject();
        writer.member(u"state", QStringView(commandStateWord(told.state)));
        writer.member(u"detail", QStringView(told.detail)).member(u"took", told.took).endObject();
    }
    return writer.endObject().takeBytes();
}

/// Waits as long as `patience` has; false when it came to its end, or somebody pressed Ctrl+C.
bool follow(CommandSender &sender, const QString &id, const Patience &patience,
            const QString &title)
{
    QEventLoop loop;
    const Interruption interruption;
    ProgressLines progress;
    QTimer clock;
    bool isOver = false;
    const auto look = [&] {
        const SentCommand command = sender.command(id);
        const qint64 elapsed = steadyMilliseconds() - command.began;
        isOver = isEnough(command, patience.until);
        progress.show({u"%1: %2 (%3)"_s.arg(title, progressText(command), tookText(elapsed))});
        if (isOver || (patience.limit > 0 && elapsed >= patience.limit))
            loop.quit();
    };
    QObject::connect(&sender, &CommandSender::changed, &loop, look, Qt::QueuedConnection);
    QObject::connect(&clock, &QTimer::timeout, &loop, look);
    QObject::connect(&interruption, &Interruption::asked, &loop, &QEventLoop::quit);
    clock.start(100ms);
    loop.exec();
    return isOver;
}

ExitCode report(VerbCall &call, const SentCommand &command, Patience::Until until, bool isOver,
                const QString &title)
{
    if (!command.warning.isEmpty())
        call.warn(command.warning);
    const ExitCode code = isOver ? codeOf(command, until) : ExitCode::Unavailable;
    const QString sentence = title + u": "_s + progressText(command);
    if (call.wantsJson())
        call.out().printJson(commandJson(command));
    if (!isOver)
        return call.fail(
            sentence + u"; "_s
                + CliText::tr("it goes on without me: treewarden commands --follow tells the rest"),
            code);
    if (code != ExitCode::Done)
        return call.fail(sentence, code);
    if (!call.wantsJson())
        call.out().printLine(sentence);
    return code;
}

ExitCode runRun(VerbCall &call)
{
    ExitCode code = ExitCode::Usage;
    const auto order = readOrder(call, code);
    if (!order)
        return code;
    const auto patience = readPatience(call);
    if (!patience)
        return ExitCode::Usage;
    const auto key = needSigningKey(call);
    if (!key)
        return call.fail(key.failure());
    const auto watcher = call.redis().watcher();
    if (!watcher)
        return call.fail(watcher.failure());
    const FleetState &state = (*watcher)->state();
    if (const auto refused = refusalOfPreview(call, state, *order))
        return call.fail(*refused);
    CommandSender sender((*watcher)->connection());
    sender.follow(**watcher);
    const QString title = commandTitle(state, order->ip, order->service, order->action);
    const QString id = sender.send(*order, **key);
    const bool isOver = follow(sender, id, *patience, title);
    return report(call, sender.command(id), patience->until, isOver, title);
}

} // namespace

Verb run()
{
    Verb verb{u"run"_s, u"IP ROLE INSTANCE ACTION"_s,
              CliText::tr("The server, the service on it (system default: the server itself), and "
                          "what to do."),
              CliText::tr("Restarts, starts, stops … a service or server.")};
    verb.details = CliText::tr(
        "Actions are those under \"controlled\" in the server's configuration, and refresh and\n"
        "ping. The command is signed (treewarden keygen makes a key), runs at most once, and\n"
        "expires after 30 s. It is followed to its end; --wait also waits until the service's own\n"
        "check is alive again. stop, and restart and shutdown of system, must be confirmed.\n\n"
        "Exit codes: 0 done (with --wait: and alive again), 77 refused, 70 failed, unknown or not\n"
        "alive again, 69 no answer, expired, not alive, or Redis is away, 68 not enrolled,\n"
        "65 no such action, 78 no key.\n\n"
        "Examples:\n"
        "  treewarden run 10.0.0.7 nginx default restart --wait --reason \"new certificate\"\n"
        "  treewarden run 10.0.0.7 system default restart --confirm web-03");
    verb.options
        = {keyOption(),
           {u"reason"_s, CliText::tr("Why; it is kept with the outcome."), u"TEXT"_s},
           {u"wait"_s, CliText::tr("Wait until the service is alive again, too.")},
           {u"no-wait"_s, CliText::tr("Leave as soon as the command is sent.")},
           {u"timeout"_s, CliText::tr("Wait at most so long; the command goes on."), u"SECONDS"_s},
           {u"even-dead"_s, CliText::tr("Send it though the server does not seem to be alive.")},
           confirmOption()};
    verb.fewestWords = verb.mostWords = 4;
    verb.run = runRun;
    return verb;
}

} // namespace Treewarden::Verbs
