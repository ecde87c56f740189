// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/configsaving.h"

#include "console/cli/clitext.h"
#include "console/cli/signingkeyfile.h"
#include "console/cli/signingreview.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

RedisAnswer<SaveResult> answered(const RedisAnswer<RedisValue> &reply, qint64 base)
{
    return reply ? RedisAnswer<SaveResult>(readSaveResult(*reply, base))
                 : RedisAnswer<SaveResult>(reply.failure());
}

} // namespace

QList<QCommandLineOption> signingOptions()
{
    return {keyOption(),
            {u"unsigned"_s,
             CliText::tr("Save without a signature though the one that stands has one; agents that "
                         "trust keys ignore it.")},
            yesOption()};
}

RedisAnswer<std::optional<SigningKey>> keyForSaving(const VerbCall &call,
                                                    const ConfigFields &stored)
{
    if (call.isSet(u"unsigned"_s))
        return std::optional<SigningKey>();
    auto key = openSigningKey(call);
    if (key && !*key && stored.contains("signature")) {
        return RedisFailure{
            ExitCode::Refused,
            CliText::tr("nothing is saved: the configuration that stands is signed (key %1) and "
                        "there is no key to sign this one, so agents that trust keys would ignore "
                        "it: name your key with --key FILE, or say --unsigned")
                .arg(oneLine(QString::fromUtf8(stored.value("signer")), 40))};
    }
    return key;
}

RedisAnswer<SaveResult> saveConfig(RedisSession &redis, const QString &ip,
                                   const ConfigFields &fields, qint64 base, const SigningKey *key,
                                   qint64 now)
{
    const ConfigFields saved = versionedConfig(ip, fields, base + 1, key);
    return answered(redis.request(saveConfigWords(ip, saved, now)), base);
}

RedisAnswer<std::optional<SigningKey>> keyForChange(VerbCall &call, const QString &ip,
                                                    const ConfigFields &stored,
                                                    const ServerConfig &changed)
{
    auto key = keyForSaving(call, stored);
    if (!key || !*key || isSignedWith(**key, ip, stored))
        return key;
    if (const auto refused = reviewBeforeSigning(call, ip, changed))
        return *refused;
    return key;
}

RedisAnswer<SaveResult> savePaas(RedisSession &redis, const QString &id, const QByteArray &json,
                                 qint64 base, bool mustExist, qint64 now)
{
    return answered(redis.request(savePaasWords(id, json, base, mustExist, now)), base);
}

} // namespace Treewarden
