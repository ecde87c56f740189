// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/signingreview.h"

#include "console/cli/clitext.h"
#include "console/cli/terminalprompt.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"
#include "shared/fleet/configversions.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostLines = 200, longestShown = 160;

} // namespace

QCommandLineOption yesOption()
{
    return {u"yes"_s, CliText::tr("Do not ask: the answer is yes.")};
}

std::optional<RedisFailure> reviewBeforeSigning(VerbCall &call, const QString &ip,
                                                const ServerConfig &config)
{
    const QStringList lines = whatSigningAllows(config);
    if (lines.isEmpty() || call.isSet(u"yes"_s))
        return std::nullopt;
    call.warn(CliText::tr("your signature lets this run on %1:").arg(ip));
    for (const QString &line : lines.mid(0, mostLines))
        call.warn(u"  "_s + oneLine(line, longestShown));
    if (lines.size() > mostLines)
        call.warn(CliText::tr("  and %1 more").arg(lines.size() - mostLines));
    if (!isInteractive())
        return RedisFailure{ExitCode::Refused,
                            CliText::tr("nothing was signed: nobody can be asked here; say --yes "
                                        "when you have read the list")};
    const auto answer = askOnTerminal(CliText::tr("Sign it? [y/N] "), Echo::On);
    if (answer && (*answer == "y" || *answer == "yes"))
        return std::nullopt;
    return RedisFailure{ExitCode::Refused, CliText::tr("nothing was signed")};
}

std::optional<RedisFailure> bindToMachine(VerbCall &call, const QString &ip,
                                          QHash<QByteArray, QByteArray> &fields)
{
    const auto reply
        = call.redis().request({"HGET", Keys::serverInfo(ip), QByteArrayLiteral("machine_id")});
    if (!reply)
        return reply.failure();
    const QByteArray told = reply->toBytes().left(64), bound = fields.value("machine_id");
    if (!told.isEmpty() && !bound.isEmpty() && told != bound) {
        return RedisFailure{
            ExitCode::Refused,
            CliText::tr("another machine reports as %1 (machine_id %2) than the enrolled one (%3): "
                        "look who it is; if the server was replaced: treewarden enrol %1 --replace")
                .arg(ip, oneLine(QString::fromUtf8(told), 64),
                     oneLine(QString::fromUtf8(bound), 64))};
    }
    if (bound.isEmpty() && told.isEmpty()) {
        call.warn(CliText::tr("no machine has reported as %1 yet, so its configuration is bound to "
                              "none and runs nothing: sign it again when its agent has started")
                      .arg(ip));
    } else if (bound.isEmpty()) {
        fields.insert("machine_id", told);
    }
    return std::nullopt;
}

} // namespace Treewarden
