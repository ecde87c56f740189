// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/changeconfig.h"

#include "console/cli/clitext.h"
#include "console/cli/configsaving.h"
#include "console/cli/verb.h"
#include "shared/config/serverconfig.h"
#include "shared/protocol/keys.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

RedisAnswer<QHash<QByteArray, QByteArray>> readStoredConfig(VerbCall &call, const QString &ip)
{
    const auto reply = call.redis().request({"HGETALL", Keys::serverConfig(ip)});
    if (!reply)
        return reply.failure();
    if (reply->elements.isEmpty()) {
        return RedisFailure{
            ExitCode::NotEnrolled,
            CliText::tr(
                "%1 is not enrolled: treewarden servers lists all, treewarden enrol %1 adds it")
                .arg(ip)};
    }
    return reply->toHash();
}

RedisAnswer<qint64> changeConfig(VerbCall &call, const QString &ip, const QString &field,
                                 const ConfigEdit &edit)
{
    const auto stored = readStoredConfig(call, ip);
    if (!stored)
        return stored.failure();
    auto fields = *stored;
    if (const auto edited = edit(fields); !edited)
        return RedisFailure{ExitCode::BadInput, edited.error().text};
    const auto parsed = parseServerConfig(ip, fields);
    for (const ConfigIssue &issue : parsed.issues) {
        if (issue.severity == ConfigIssue::Severity::Error || issue.path.startsWith(field))
            call.warn(issue.line());
    }
    if (!parsed.config)
        return RedisFailure{ExitCode::BadInput,
                            CliText::tr("nothing is saved: the configuration has errors")};
    const auto key = keyForChange(call, ip, *stored, *parsed.config);
    if (!key)
        return key.failure();
    const qint64 base = stored->value("version").toLongLong();
    const auto saved
        = saveConfig(call.redis(), ip, fields, base, *key ? &**key : nullptr, call.now());
    if (!saved)
        return saved.failure();
    if (saved->kind == SaveResult::Kind::Missing)
        return RedisFailure{ExitCode::NotEnrolled,
                            CliText::tr("%1 was removed meanwhile: nothing is saved").arg(ip)};
    if (saved->kind == SaveResult::Kind::Conflict)
        return RedisFailure{ExitCode::Refused,
                            conflictSentence(*saved, base, call.now()) + u' '
                                + CliText::tr("Nothing is saved; try again.")};
    return saved->version;
}

} // namespace Treewarden
