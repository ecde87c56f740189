// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/confirmation.h"
#include "console/cli/interruption.h"
#include "console/cli/progressline.h"
#include "console/cli/signingkeyfile.h"
#include "console/cli/signingreview.h"
#include "console/cli/statetext.h"
#include "console/cli/terminalprompt.h"
#include "console/cli/verb.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/nearestname.h"
#include "shared/core/textformat.h"
#include "shared/fleet/commandtext.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/fleet/reasontext.h"
#include "shared/fleet/rollingrunner.h"

#include <QEventLoop>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

QString stepWord(RollingStep::Stage stage)
{
    switch (stage) {
    case RollingStep::Stage::Waiting:
        return u"waiting"_s;
    case RollingStep::Stage::Skipped:
        return u"skipped"_s;
    case RollingStep::Stage::Underway:
        return u"underway"_s;
    case RollingStep::Stage::Returning:
        return u"returning"_s;
    case RollingStep::Stage::Settling:
        return u"settling"_s;
    case RollingStep::Stage::Done:
        return u"done"_s;
    case RollingStep::Stage::Failed:
        return u"failed"_s;
    }
    return {};
}

TableCell stepCell(RollingStep::Stage stage)
{
    switch (stage) {
    case RollingStep::Stage::Waiting:
        return {u"◇ "_s + CliText::tr("waiting"), Tone::Pale};
    case RollingStep::Stage::Skipped:
        return {u"◇ "_s + CliText::tr("skipped"), Tone::Unknown};
    case RollingStep::Stage::Underway:
        return {u"▶ "_s + CliText::tr("under way"), Tone::Maintenance};
    case RollingStep::Stage::Returning:
        return {u"▶ "_s + CliText::tr("coming back"), Tone::Maintenance};
    case RollingStep::Stage::Settling:
        return {u"▶ "_s + CliText::tr("settling"), Tone::Maintenance};
    case RollingStep::Stage::Done:
        return {u"● "_s + CliText::tr("done"), Tone::Alive};
    case RollingStep::Stage::Failed:
        return {u"■ "_s + CliText::tr("failed"), Tone::Died};
    }
    return {};
}

/// "● done  nginx on web-03  1.2 s", and why where something is wrong.
QString stepLine(const RollingStep &step, const FleetState &state, const Terminal &out)
{
    const TableCell cell = stepCell(step.stage);
    QString line = out.toned(cell.text, cell.tone) + u"  "_s
        + serviceText(state, step.target.ip, step.target.service);
    if (step.took > 0)
        line += u"  "_s + tookText(step.took);
    if (!step.sentence.isEmpty())
        line += u"  "_s + oneLine(step.sentence, 300);
    return line;
}

std::optional<RollingOptions> readOptions(const VerbCall &call)
{
    RollingOptions options;
    options.isForced = call.isSet(u"force"_s);
    bool isBatch = true, isSettle = true;
    if (call.isSet(u"batch"_s))
        options.batch = call.value(u"batch"_s).toInt(&isBatch);
    double settle = double(options.settle) / 1000;
    if (call.isSet(u"settle"_s))
        settle = call.value(u"settle"_s).toDouble(&isSettle);
    options.settle = qint64(settle * 1000);
    if (isBatch && isSettle && options.batch >= 1 && settle >= 0 && settle <= 3600)
        return options;
    call.fail(CliText::tr("--batch takes a number from 1, --settle seconds from 0 to 3600"),
              ExitCode::Usage);
    return std::nullopt;
}

/// The tree with the role, or the sentence why not.
const PaasTree *findTree(const VerbCall &call, const FleetState &state, ExitCode &code)
{
    const auto tree = state.trees.constFind(call.word(0));
    if (tree == state.trees.cend()) {
        code = call.fail(CliText::tr("there is no PaaS '%1'; there are: %2")
                             .arg(oneLine(call.word(0), 64),
                                  oneLine(QStringList(state.trees.keys()).join(u", "_s), 300)),
                         ExitCode::BadInput);
        return nullptr;
    }
    QStringList roles;
    for (const PaasRole &role : tree->roles)
        roles << role.role;
    if (roles.contains(call.word(1)))
        return &*tree;
    code
        = call.fail(CliText::tr("%1 has no role '%2'; did you mean '%3'?")
                        .arg(tree->id, oneLine(call.word(1), 64), nearestName(call.word(1), roles)),
                    ExitCode::BadInput);
    return nullptr;
}

/// The impact of the largest batch that the guard will let through.
Impact likelyImpact(const FleetState &state, const RollingAction &action,
                    const RollingOptions &options, qint64 now)
{
    int batch = options.batch;
    Impact impact = previewImpact(state, action.targets(), action.action(), batch, now);
    while (!options.isForced && batch > 1 && impact.takesDown())
        impact = previewImpact(state, action.targets(), action.action(), --batch, now);
    return impact;
}

void printPlan(VerbCall &call, const FleetState &state, const RollingAction &action,
               const Impact &impact)
{
    Terminal &out = call.out();
    for (const RoleImpact &role : impact.roles) {
        const Tone tone = role.kind == RoleImpact::Kind::GoesDown ? Tone::Died
            : role.kind == RoleImpact::Kind::LosesRedundancy      ? Tone::Degraded
                                                                  : Tone::Alive;
        out.printLine(out.toned(role.sentence, tone));
    }
    for (const RollingStep &step : action.steps())
        out.printLine(u"  "_s + stepLine(step, state, out));
    out.flush();
}

void printJson(VerbCall &call, const RollingAction &action, const Impact &impact)
{
    JsonWriter writer;
    writer.beginObject().member(u"paas", QStringView(call.word(0)));
    writer.member(u"role", QStringView(call.word(1))).member(u"action", QStringView(call.word(2)));
    writer.member(u"done", action.isSuccessful());
    writer.member(u"reason", QStringView(action.stopReason())).key(u"impact").beginArray();
    for (const RoleImpact &role : impact.roles) {
        writer.beginObject().member(u"paas", QStringView(role.tree));
        writer.member(u"role", QStringView(role.role)).member(u"alive", role.alive);
        writer.member(u"alive_while", role.aliveWhile).member(u"least", role.least);
        writer.member(u"goes_down", role.kind == RoleImpact::Kind::GoesDown);
        writer.member(u"text", QStringView(role.sentence)).endObject();
    }
    writer.endArray().key(u"steps").beginArray();
    for (const RollingStep &step : action.steps()) {
        writer.beginObject().member(u"ip", QStringView(step.target.ip));
        writer.member(u"instance", QStringView(step.target.service.instance));
        writer.member(u"state", QStringView(stepWord(step.stage))).member(u"took", step.took);
        writer.member(u"detail", QStringView(step.sentence)).endObject();
    }
    call.out().printJson(writer.endArray().endObject().takeBytes());
}

/// What stands on the screen while it goes on: all steps, written over, on a terminal; each step
/// that ends as a line of its own elsewhere.
class RollingDisplay
{
public:
    RollingDisplay(VerbCall &call, const FleetState &state)
        : m_call(call)
        , m_state(state)
    {
    }

    void show(const RollingAction &action)
    {
        const Terminal colours(stderr);
        QStringList lines;
        for (qsizetype i = 0; i < action.steps().size(); ++i) {
            const RollingStep &step = action.steps()[i];
            lines << stepLine(step, m_state, colours);
            const bool isEnd = step.stage == RollingStep::Stage::Done
                || step.stage == RollingStep::Stage::Failed;
            if (!isEnd || m_told.contains(i) || m_progress.isShown() || m_call.wantsJson())
                continue;
            m_told.insert(i);
            m_call.out().printLine(stepLine(step, m_state, m_call.out()));
            m_call.out().flush();
        }
        m_progress.show(lines);
    }

    /// Leaves the last picture.
    void finish(const RollingAction &action)
    {
        const bool wasShown = m_progress.isShown();
        m_progress.clear();
        if (!wasShown || m_call.wantsJson())
            return;
        for (const RollingStep &step : action.steps())
            m_call.out().printLine(stepLine(step, m_state, m_call.out()));
    }

private:
    VerbCall &m_call;
    const FleetState &m_state;
    ProgressLines m_progress;
    QSet<qsizetype> m_told;
};

ExitCode carryOut(VerbCall &call, FleetWatcher &watcher, const SigningKey &key,
                  const RollingAction &action, const Impact &impact)
{
    CommandSender sender(watcher.connection());
    sender.follow(watcher);
    RollingRunner runner(watcher, sender, key, action, call.value(u"reason"_s));
    RollingDisplay display(call, watcher.state());
    QEventLoop loop;
    const Interruption interruption;
    QObject::connect(&runner, &RollingRunner::changed, &loop,
                     [&] { display.show(runner.action()); });
    QObject::connect(&runner, &RollingRunner::finished, &loop, &QEventLoop::quit,
                     Qt::QueuedConnection);
    QObject::connect(&interruption, &Interruption::asked, &loop, [&] {
        if (runner.action().isCancelled())
            return loop.quit();
        call.warn(CliText::tr("stopping after what is under way; Ctrl+C again leaves at once"));
        runner.cancel();
    });
    QMetaObject::invokeMethod(&runner, &RollingRunner::start, Qt::QueuedConnection);
    loop.exec();
    const RollingAction &end = runner.action();
    display.finish(end);
    if (call.wantsJson())
        printJson(call, end, impact);
    if (end.isSuccessful())
        return ExitCode::Done;
    if (!end.stopReason().isEmpty())
        return call.fail(CliText::tr("stopped: %1").arg(end.stopReason()), ExitCode::Internal);
    return call.fail(end.isOver() ? CliText::tr("stopped, as you asked")
                                  : CliText::tr("left; what is under way goes on without me"),
                     ExitCode::Internal);
}

/// Why it would not even begin; nothing when it would. Programs are told the whole plan with it.
std::optional<RedisFailure> refusalOf(VerbCall &call, const FleetState &state, RollingAction action,
                                      const Impact &impact)
{
    const bool isEmpty = action.targets().isEmpty();
    if (!isEmpty)
        action.advance(state, call.now());
    if (!isEmpty && action.stopReason().isEmpty())
        return std::nullopt;
    if (call.wantsJson())
        printJson(call, action, impact);
    if (isEmpty) {
        return RedisFailure{ExitCode::BadInput,
                            CliText::tr("there is no instance of %1 to act on").arg(call.word(1))};
    }
    return RedisFailure{
        ExitCode::Refused,
        CliText::tr("nothing was done: %1; --force does it all the same").arg(action.stopReason())};
}

ExitCode runRolling(VerbCall &call)
{
    const auto options = readOptions(call);
    if (!options)
        return ExitCode::Usage;
    if (!isValidName(call.word(2)))
        return call.fail(CliText::tr("'%1' is no name of an action").arg(oneLine(call.word(2), 80)),
                         ExitCode::Usage);
    const auto watcher = call.redis().watcher();
    if (!watcher)
        return call.fail(watcher.failure());
    const FleetState &state = (*watcher)->state();
    ExitCode code = ExitCode::BadInput;
    const PaasTree *tree = findTree(call, state, code);
    if (!tree)
        return code;
    const RollingAction action(state, *tree, call.word(1), call.word(2), *options,
                               &steadyMilliseconds, call.now());
    const Impact impact = likelyImpact(state, action, *options, call.now());
    if (!call.wantsJson())
        printPlan(call, state, action, impact);
    if (const auto refused = refusalOf(call, state, action, impact))
        return call.fail(*refused);
    if (call.isSet(u"dry-run"_s)) {
        if (call.wantsJson())
            printJson(call, action, impact);
        return ExitCode::Done;
    }
    const auto key = needSigningKey(call);
    if (!key)
        return call.fail(key.failure());
    const bool mustAsk = isEndingAction({call.word(1), u"default"_s}, call.word(2))
        || (options->isForced && impact.takesDown());
    if (mustAsk && !isInteractive() && !call.isSet(u"yes"_s))
        return call.fail(CliText::tr("nothing was done: this must be confirmed, on a terminal or "
                                     "with --yes"),
                         ExitCode::Refused);
    if (!confirmYes(call, CliText::tr("Go on? [y/N] ")))
        return call.fail(CliText::tr("nothing was done"), ExitCode::Refused);
    return carryOut(call, **watcher, **key, action, impact);
}

} // namespace

Verb rolling()
{
    Verb verb{u"rolling"_s, u"PAAS ROLE ACTION"_s,
              CliText::tr("The service tree, one of its roles, and what to do."),
              CliText::tr("Does something to all instances of a role, one after another.")};
    verb.details = CliText::tr(
        "Shows first which roles lose redundancy or go down, and what depends on them. Instances\n"
        "that died come first; servers that are not alive, and what is in maintenance, are left\n"
        "out. Each instance must be done, alive again and stay so before the next one; the first\n"
        "failure or silence ends it. No role is left with less than it needs without --force.\n"
        "Ctrl+C stops after what is under way.\n\n"
        "Exit codes: 0 all done, 70 stopped on the way, 77 refused, 65 no such tree or role.\n\n"
        "Examples:\n"
        "  treewarden rolling dev nginx restart --dry-run\n"
        "  treewarden rolling dev nginx restart --batch 2 --reason \"new certificate\"");
    verb.options
        = {keyOption(),
           {u"batch"_s, CliText::tr("So many instances at once (1)."), u"N"_s},
           {u"settle"_s, CliText::tr("An instance must stay alive so long (3)."), u"SECONDS"_s},
           {u"reason"_s, CliText::tr("Why; it is kept with the outcomes."), u"TEXT"_s},
           {u"force"_s, CliText::tr("Also the last living instance, and what is in maintenance.")},
           {u"dry-run"_s, CliText::tr("Show what would happen, and leave.")},
           yesOption()};
    verb.fewestWords = verb.mostWords = 3;
    verb.run = runRolling;
    return verb;
}

} // namespace Treewarden::Verbs
