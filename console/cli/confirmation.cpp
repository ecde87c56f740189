// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/confirmation.h"

#include "console/cli/clitext.h"
#include "console/cli/terminalprompt.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

QCommandLineOption confirmOption()
{
    return {u"confirm"_s,
            CliText::tr("Confirms what ends a service or server, in place of typing its name."),
            u"HOSTNAME"_s};
}

std::optional<RedisFailure> confirmByName(const VerbCall &call, const QString &hostname)
{
    QString typed = call.value(u"confirm"_s);
    if (!call.isSet(u"confirm"_s)) {
        if (!isInteractive())
            return RedisFailure{ExitCode::Refused,
                                CliText::tr("nothing was sent: this must be confirmed, on a "
                                            "terminal or with --confirm %1")
                                    .arg(hostname)};
        const auto answer = askOnTerminal(
            CliText::tr("Type the name of the host (%1) to go on: ").arg(hostname), Echo::On);
        typed = QString::fromUtf8(answer.value_or(QByteArray())).trimmed();
    }
    if (typed == hostname)
        return std::nullopt;
    return RedisFailure{ExitCode::Refused,
                        CliText::tr("nothing was sent: the host is %1, not '%2'")
                            .arg(hostname, oneLine(typed, 80))};
}

bool confirmYes(const VerbCall &call, const QString &question)
{
    if (call.isSet(u"yes"_s) || !isInteractive())
        return true;
    const auto answer = askOnTerminal(question, Echo::On);
    return answer && (*answer == "y" || *answer == "yes");
}

} // namespace Treewarden
