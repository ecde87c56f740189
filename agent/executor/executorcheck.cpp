// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/executorcheck.h"

#include "agent/executor/configstore.h"
#include "shared/core/textformat.h"

#include <cstdio>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

void printLine(const QString &line)
{
    std::fputs(qUtf8Printable(oneLine(line, 4000) + u'\n'), stdout);
}

QString policyLine(const Policy &policy)
{
    const auto list = [](const QStringList &names, const QString &none) {
        return names.isEmpty() ? none : names.join(u", "_s);
    };
    return u"%1 at once, %2 a minute, %3 a minute and service; shell %4; actions: %5; roles: %6; "
           u"protected: %7"_s.arg(policy.maxAtOnce)
               .arg(policy.perMinute)
               .arg(policy.perServicePerMinute)
               .arg(policy.allowsShell ? u"allowed"_s : u"denied"_s, list(policy.actions, u"all"_s),
                    list(policy.roles, u"all"_s), list(policy.protectedServices, u"none"_s));
}

} // namespace

ExitCode checkExecutor(const ExecutorOptions &options)
{
    const auto policy = Policy::read(options.policyPath);
    const auto keys = TrustedKeys::read(options.keysPath);
    printLine(policy ? u"policy %1: %2"_s.arg(options.policyPath, policyLine(*policy))
                     : u"policy: "_s + policy.error().text);
    printLine(!keys ? u"trusted keys: "_s + keys.error().text
                    : u"trusted keys %1: %2%3"_s.arg(options.keysPath)
                          .arg(keys->size())
                          .arg(keys->isEmpty() ? u", so every command is refused"_s : QString()));
    bool isFine = policy && keys;
    LocalRules rules(options.keysPath, options.policyPath);
    ConfigStore configs(options.stateDirectory, options.machineId, rules);
    for (const QString &complaint : configs.load()) {
        printLine(u"configuration: "_s + complaint);
        isFine = false;
    }
    for (const QString &ip : configs.addresses()) {
        const auto config = configs.verified(ip);
        printLine(config ? u"configuration of %1: version %2, signed by %3%4"_s.arg(ip)
                               .arg((*config)->version)
                               .arg(configs.signerOf(ip).name,
                                    ip == configs.currentIp() ? QString() : u" (an old one)"_s)
                         : u"configuration: "_s + config.error().text);
        isFine = isFine && config;
    }
    return isFine ? ExitCode::Done : ExitCode::BadConfiguration;
}

} // namespace Treewarden
