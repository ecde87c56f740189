// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/commandline.h"

#include "console/cli/clitext.h"
#include "console/cli/verb.h"
#include "shared/core/nearestname.h"
#include "shared/core/programoptions.h"
#include "shared/core/textformat.h"
#include "shared/core/translation.h"

#include <algorithm>
#include <csignal>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

const QString program = u"treewarden"_s;

/// The first word that is neither an option nor an option's value; -1 when there is none.
qsizetype verbIndex(const QStringList &arguments)
{
    static const QStringList withValue{u"--config"_s, u"--redis"_s, u"--log-level"_s};
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (withValue.contains(arguments[i]))
            ++i;
        else if (!arguments[i].startsWith(u'-'))
            return i;
    }
    return -1;
}

QString overview(const QList<Verb> &verbs)
{
    qsizetype width = 0;
    for (const Verb &verb : verbs)
        width = std::max(width, verb.name.size() + 1 + verb.arguments.size());
    QString text = CliText::tr("Shows and manages a fleet of servers that Treewarden watches.")
        + u"\n\n"_s + CliText::tr("Verbs (treewarden VERB --help tells more):") + u'\n';
    for (const Verb &verb : verbs)
        text += u"  "_s + (verb.name + u' ' + verb.arguments).leftJustified(width + 2)
            + verb.summary + u'\n';
    return text.chopped(1);
}

ExitCode runWithoutVerb(const QStringList &arguments, const QList<Verb> &verbs)
{
    ProgramOptions options(program, overview(verbs), {});
    options.parser().addPositionalArgument(u"VERB"_s, CliText::tr("What to do, and its arguments."),
                                           u"VERB …"_s);
    if (const auto code = options.read(arguments))
        return *code;
    QStringList names;
    for (const Verb &verb : verbs)
        names << verb.name;
    return fail(
        program,
        Error{CliText::tr("say what to do: %1; --help tells more").arg(names.join(u", "_s))},
        ExitCode::Usage);
}

ExitCode refuseVerb(const QString &word, const QList<Verb> &verbs)
{
    QStringList names;
    for (const Verb &verb : verbs)
        names << verb.name;
    return fail(
        program,
        Error{CliText::tr("there is no verb '%1'; did you mean '%2'? treewarden --help lists all")
                  .arg(oneLine(word, 60), nearestName(word, names))},
        ExitCode::Usage);
}

ExitCode runVerb(const Verb &verb, const QStringList &arguments)
{
    ProgramOptions options(program, verb.summary + u"\n\n"_s + verb.details, {});
    const bool hasArguments = !verb.arguments.isEmpty();
    options.parser().addPositionalArgument(hasArguments ? verb.arguments : verb.name,
                                           hasArguments ? verb.argumentsHelp : verb.summary,
                                           (verb.name + u' ' + verb.arguments).trimmed());
    options.parser().addOption({u"json"_s, CliText::tr("Print JSON for programs.")});
    options.parser().addOptions(verb.options);
    if (const auto code = options.read(arguments))
        return *code;

    const QStringList words = options.parser().positionalArguments().mid(1);
    if (words.size() < verb.fewestWords || words.size() > verb.mostWords) {
        return fail(program,
                    Error{CliText::tr("write it as: treewarden %1; treewarden %2 --help tells more")
                              .arg((verb.name + u' ' + verb.arguments).trimmed(), verb.name)},
                    ExitCode::Usage);
    }
    auto url = RedisUrl::fromSettings(options.settings());
    if (!url)
        return fail(program, url.error(), options.codeForWrong(u"redis"_s));

    RedisSession redis(*url, systemNow());
    Terminal terminal;
    VerbCall call(options.parser(), words, redis, terminal, options.settings(), systemNow());
    const ExitCode code = verb.run(call);
    terminal.flush();
    if (const auto printed = terminal.result(); !printed)
        return fail(program, printed.error(), ExitCode::InputOutput);
    return code;
}

} // namespace

ExitCode runCommandLine(const QStringList &arguments)
{
    // A reader who leaves (… | head) is noticed by the failing write and ends the program quietly.
    std::signal(SIGPIPE, SIG_IGN);
    useLanguage();
    const QList<Verb> verbs = allVerbs();
    const qsizetype index = verbIndex(arguments);
    if (index < 0)
        return runWithoutVerb(arguments, verbs);
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb &candidate) {
        return candidate.name == arguments[index];
    });
    if (verb == verbs.end())
        return refuseVerb(arguments[index], verbs);
    return runVerb(*verb, arguments);
}

} // namespace Treewarden
