// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/executoroptions.h"

#include "shared/config/policy.h"
#include "shared/core/machineid.h"
#include "shared/core/programoptions.h"
#include "shared/core/textformat.h"
#include "shared/protocol/executorframe.h"
#include "shared/trust/trustedkeys.h"

#include <QDir>

#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

QString executorStateDirectory(const Settings &settings)
{
    if (const QString named = settings.value(u"executor/state_dir"_s); !named.isEmpty())
        return named;
    if (const QString given = qEnvironmentVariable("STATE_DIRECTORY"); !given.isEmpty())
        return given.section(u':', 0, 0);
    if (::geteuid() == 0)
        return u"/var/lib/treewarden-executor"_s;
    return qEnvironmentVariable("XDG_STATE_HOME", QDir::homePath() + u"/.local/state"_s)
        + u"/treewarden-executor"_s;
}

std::optional<WordsRun> parseWordsRun(const QString &word)
{
    if (word == u"auto"_s)
        return WordsRun::Automatic;
    if (word == u"systemd"_s)
        return WordsRun::AsUnits;
    if (word == u"children"_s)
        return WordsRun::AsChildren;
    return std::nullopt;
}

} // namespace

std::optional<ExitCode> ExecutorOptions::read(const QStringList &arguments)
{
    const QString program = executorProgram.toString();
    ProgramOptions options(program,
                           u"Carries out signed commands on this server. It has no network."_s,
                           u"executor"_s);
    options.parser().addOptions({
        {u"prepare"_s, u"Make an empty journal for a first start, and leave."_s},
        {u"check"_s, u"Validate policy, trusted keys and the configuration kept, and leave."_s},
    });
    if (const auto code = options.read(arguments))
        return code;
    const bool isPrepare = options.parser().isSet(u"prepare"_s),
               isCheck = options.parser().isSet(u"check"_s);
    const QStringList others = options.parser().positionalArguments();
    if (!others.isEmpty() || (isPrepare && isCheck)) {
        const QString what = others.isEmpty()
            ? u"--prepare and --check exclude each other: give one of them"_s
            : u"unexpected argument '%1'; try --help"_s.arg(oneLine(others.first(), 80));
        return fail(program, Error{what}, ExitCode::Usage);
    }
    mode = isPrepare ? Mode::Prepare : isCheck ? Mode::Check : Mode::Serve;
    const Settings &settings = options.settings();
    socketPath = settings.value(u"executor/socket"_s, defaultExecutorSocket.toString());
    stateDirectory = executorStateDirectory(settings);
    agentUser = settings.value(u"executor/agent_user"_s, u"treewarden"_s);
    keysPath = settings.value(u"security/trusted_keys"_s, defaultTrustedKeysPath.toString());
    policyPath = settings.value(u"security/policy"_s, defaultPolicyPath.toString());
    const QString units = settings.value(u"executor/units"_s, u"auto"_s);
    const auto words = parseWordsRun(units);
    if (!words) {
        return fail(program,
                    Error{u"'%1' ([executor] units) must be auto, systemd or children"_s.arg(
                        oneLine(units, 40))},
                    ExitCode::BadConfiguration);
    }
    runner.words = *words;
    const QString file = settings.value(u"executor/machine_id_file"_s);
    machineId = readMachineId(file.isEmpty() ? machineIdFiles() : QStringList{file});
    if (machineId.isEmpty() && mode != Mode::Prepare) {
        return fail(program,
                    Error{u"this machine has no id in %1: name the file with one in [executor] "
                          u"machine_id_file (in a container: machine-id in the agent's state "
                          u"folder)"_s.arg(file.isEmpty() ? machineIdFiles().first() : file)},
                    ExitCode::BadConfiguration);
    }
    return std::nullopt;
}

} // namespace Treewarden
