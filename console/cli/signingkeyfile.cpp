// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/signingkeyfile.h"

#include "console/cli/clitext.h"
#include "console/cli/terminalprompt.h"
#include "console/cli/verb.h"
#include "shared/core/textformat.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

const char *const passphraseVariable = "TREEWARDEN_KEY_PASSPHRASE_FILE";

} // namespace

QCommandLineOption keyOption()
{
    return {u"key"_s,
            CliText::tr("Sign with the key in FILE (else TREEWARDEN_KEY, [security] key of "
                        "console.conf, ~/.config/treewarden/signing-key)."),
            u"FILE"_s};
}

QString signingKeyPath(const VerbCall &call)
{
    if (call.isSet(u"key"_s))
        return call.value(u"key"_s);
    if (const QString named = qEnvironmentVariable("TREEWARDEN_KEY"); !named.isEmpty())
        return named;
    if (const QString named = call.settings().value(u"security/key"_s); !named.isEmpty())
        return named;
    const QString usual = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/treewarden/signing-key"_s;
    return QFileInfo::exists(usual) ? usual : QString();
}

Result<std::optional<QByteArray>> passphraseFromFile()
{
    const QString path = qEnvironmentVariable(passphraseVariable);
    if (path.isEmpty())
        return std::optional<QByteArray>();
    QFile file(path);
    const auto wrong = [&path](const QString &why) {
        return Error{CliText::tr("cannot read the passphrase from %1 (%2): %3")
                         .arg(oneLine(path, 200), QLatin1StringView(passphraseVariable), why)};
    };
    if (!file.open(QIODevice::ReadOnly))
        return wrong(file.errorString());
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    if ((file.permissions() & others) != 0)
        return wrong(CliText::tr("others than its owner may read it: chmod 600 it"));
    QByteArray line = file.readLine(4096);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return std::optional(line);
}

RedisAnswer<std::optional<SigningKey>> openSigningKey(const VerbCall &call)
{
    const QString path = signingKeyPath(call);
    if (path.isEmpty())
        return std::optional<SigningKey>();
    QString trouble;
    const auto ask = [&trouble](const QString &name) -> std::optional<QByteArray> {
        const auto given = passphraseFromFile();
        if (!given)
            trouble = given.error().text;
        if (!given || *given)
            return given ? *given : std::nullopt;
        if (!hasTerminal())
            trouble = CliText::tr("the key %1 needs its passphrase and there is no terminal to ask "
                                  "on: name a file with it in %2")
                          .arg(name, QLatin1StringView(passphraseVariable));
        return askOnTerminal(CliText::tr("Passphrase of the key %1: ").arg(name), Echo::Off);
    };
    const auto key = SigningKey::read(path, ask);
    if (!key)
        return RedisFailure{ExitCode::BadConfiguration,
                            trouble.isEmpty() ? key.error().text : trouble};
    return std::optional(*key);
}

RedisAnswer<std::optional<SigningKey>> needSigningKey(const VerbCall &call)
{
    auto key = openSigningKey(call);
    if (key && !*key) {
        return RedisFailure{
            ExitCode::BadConfiguration,
            CliText::tr("there is no key to sign with: make one with treewarden keygen "
                        "~/.config/treewarden/signing-key, or name yours with --key FILE")};
    }
    return key;
}

} // namespace Treewarden
