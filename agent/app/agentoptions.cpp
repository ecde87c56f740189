// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/agentoptions.h"

#include "shared/config/policy.h"
#include "shared/core/ipaddress.h"
#include "shared/core/programoptions.h"
#include "shared/core/textformat.h"
#include "shared/protocol/executorframe.h"
#include "shared/trust/trustedkeys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"ip"_s,
         u"Report as the server ADDR (default: the one of this host's addresses that is enrolled)."_s,
         u"ADDR"_s},
        {u"once"_s, u"Do one full round of checks, report it, and leave."_s},
        {u"check"_s,
         u"Validate this server's configuration, print what would be watched, and leave."_s},
        {u"enrol"_s, u"Wait for the enrolment of this server instead of leaving with 68."_s},
        {u"discover"_s, u"Print the services that run here as JSON, and leave."_s},
        {u"proc-root"_s, u"Read the kernel's process files from DIR (default: /proc)."_s, u"DIR"_s},
    });
}

} // namespace

std::optional<ExitCode> AgentOptions::read(const QStringList &arguments)
{
    const QString program = agentProgram.toString();
    ProgramOptions options(
        program, u"Probes this server and the services on it, and reports to Redis."_s, u"agent"_s);
    QCommandLineParser &parser = options.parser();
    addOptions(parser);
    if (const auto code = options.read(arguments))
        return code;

    const QList<std::pair<QString, Mode>> modes{
        {u"once"_s, Mode::Once}, {u"check"_s, Mode::Check}, {u"discover"_s, Mode::Discover}};
    QStringList chosen;
    for (const auto &[name, value] : modes) {
        if (parser.isSet(name)) {
            mode = value;
            chosen << u"--"_s + name;
        }
    }
    if (parser.isSet(u"enrol"_s))
        chosen << u"--enrol"_s;
    if (chosen.size() > 1)
        return fail(
            program,
            Error{u"%1 exclude each other: give one of them"_s.arg(chosen.join(u" and "_s))},
            ExitCode::Usage);
    if (!parser.positionalArguments().isEmpty()) {
        return fail(program,
                    Error{u"unexpected argument '%1'; try --help"_s.arg(
                        oneLine(parser.positionalArguments().first(), 80))},
                    ExitCode::Usage);
    }
    waitsForEnrolment = parser.isSet(u"enrol"_s);
    if (parser.isSet(u"proc-root"_s))
        context.procRoot = parser.value(u"proc-root"_s);
    stateDirectory = Treewarden::stateDirectory(options.settings());
    if (mode == Mode::Discover)
        return std::nullopt;

    const bool isIpGiven = parser.isSet(u"ip"_s);
    if (const QString text
        = isIpGiven ? parser.value(u"ip"_s) : options.settings().value(u"agent/ip"_s);
        isIpGiven || !text.isEmpty()) {
        ip = canonicalIp(text.trimmed());
        if (!ip) {
            return fail(
                program,
                Error{
                    u"'%1' (%2) is no IP address: write one such as 10.0.0.7 or 2001:db8::7"_s.arg(
                        oneLine(text, 80), isIpGiven ? u"--ip"_s : u"[agent] ip"_s)},
                isIpGiven ? ExitCode::Usage : ExitCode::BadConfiguration);
        }
    }
    auto url = RedisUrl::fromSettings(options.settings());
    if (!url)
        return fail(program, url.error(), options.codeForWrong(u"redis"_s));
    redis = std::move(*url);
    const Settings &settings = options.settings();
    executorSocket = settings.value(u"executor/socket"_s, defaultExecutorSocket.toString());
    trustedKeysFile = settings.value(u"security/trusted_keys"_s, defaultTrustedKeysPath.toString());
    policyFile = settings.value(u"security/policy"_s, defaultPolicyPath.toString());
    return std::nullopt;
}

} // namespace Treewarden
