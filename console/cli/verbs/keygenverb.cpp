// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/clitext.h"
#include "console/cli/signingkeyfile.h"
#include "console/cli/terminalprompt.h"
#include "console/cli/verb.h"
#include "shared/core/jsonwriter.h"
#include "shared/core/textformat.h"
#include "shared/fleet/savescripts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <strings.h>

namespace Treewarden::Verbs {

using namespace Qt::StringLiterals;

namespace {

/// "chen@desk.example.org" as a name for a key: "chen-desk.example.org".
QString usualKeyName()
{
    QString name = savedBy().left(64);
    for (QChar &c : name) {
        if (!isValidName(QStringView(&c, 1)))
            c = u'-';
    }
    return name;
}

/// The passphrase to encrypt with, empty for none; else `code` says why there is no key.
std::optional<QByteArray> choosePassphrase(const VerbCall &call, ExitCode &code)
{
    if (call.isSet(u"no-passphrase"_s))
        return QByteArray();
    const auto given = passphraseFromFile();
    if (!given) {
        code = call.fail(given.error().text, ExitCode::BadConfiguration);
        return std::nullopt;
    }
    auto first
        = *given ? *given : askOnTerminal(CliText::tr("Passphrase for the new key: "), Echo::Off);
    if (!first && !hasTerminal()) {
        code = call.fail(CliText::tr("there is no terminal to ask for a passphrase on: name a file "
                                     "with it in TREEWARDEN_KEY_PASSPHRASE_FILE, or say "
                                     "--no-passphrase"),
                         ExitCode::Usage);
        return std::nullopt;
    }
    if (!first || first->isEmpty()) {
        code = call.fail(CliText::tr("no passphrase was given, so there is no key; say "
                                     "--no-passphrase to go without one"),
                         ExitCode::Usage);
        return std::nullopt;
    }
    if (*given)
        return first;
    auto second = askOnTerminal(CliText::tr("The same once more: "), Echo::Off);
    const bool isSame = second && *second == *first;
    if (second)
        explicit_bzero(second->data(), size_t(second->size()));
    if (isSame)
        return first;
    code = call.fail(CliText::tr("the passphrases differ, so there is no key: try again"),
                     ExitCode::Usage);
    return std::nullopt;
}

/// Writes a new file that everybody may read.
Result<void> writePublicFile(const QString &path, const QByteArray &line)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || file.write(line) != line.size()
        || !file.flush()) {
        return Error{CliText::tr("cannot write %1: %2").arg(oneLine(path), file.errorString())};
    }
    return {};
}

/// The folder of a key, which others need not see when it is made here.
void makeFolder(const QString &path)
{
    if (path.isEmpty() || QFileInfo::exists(path) || !QDir().mkpath(path))
        return;
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void report(VerbCall &call, const SigningKey &key, const QString &path)
{
    const QString publicPath = path + u".pub"_s;
    if (call.wantsJson()) {
        JsonWriter writer;
        writer.beginObject().member(u"id", QStringView(key.id()));
        writer.member(u"name", QStringView(key.name())).member(u"file", QStringView(path));
        writer.member(u"public", QStringView(publicPath)).endObject();
        return call.out().printJson(writer.takeBytes());
    }
    Terminal &out = call.out();
    out.printLine(CliText::tr("%1 (0600) is the key %2, %3: keep it to yourself, and a copy of it.")
                      .arg(oneLine(path, 200), key.name(), key.id()));
    out.printLine(CliText::tr("Next: append %1 to /etc/treewarden/trusted-keys on each server,")
                      .arg(oneLine(publicPath, 200)));
    out.printLine(CliText::tr("then sign what each server has: treewarden config sign IP --key %1")
                      .arg(oneLine(path, 200)));
}

ExitCode runKeygen(VerbCall &call)
{
    const QString path = call.word(0), publicPath = path + u".pub"_s;
    for (const QString &file : {path, publicPath}) {
        if (QFileInfo(file).exists() || QFileInfo(file).isSymLink())
            return call.fail(
                CliText::tr("%1 exists already: name another file, a key is never overwritten")
                    .arg(oneLine(file, 200)),
                ExitCode::InputOutput);
    }
    const auto key
        = SigningKey::generate(call.isSet(u"name"_s) ? call.value(u"name"_s) : usualKeyName());
    if (!key)
        return call.fail(key.error().text, ExitCode::Usage);
    ExitCode code = ExitCode::Usage;
    auto passphrase = choosePassphrase(call, code);
    if (!passphrase)
        return code;
    makeFolder(QFileInfo(path).path());
    const auto written = key->write(path, *passphrase);
    explicit_bzero(passphrase->data(), size_t(passphrase->size()));
    if (!written)
        return call.fail(written.error().text, ExitCode::InputOutput);
    if (const auto told = writePublicFile(publicPath, key->trustedLine()); !told) {
        QFile::remove(path);
        return call.fail(told.error().text, ExitCode::InputOutput);
    }
    report(call, *key, path);
    return ExitCode::Done;
}

} // namespace

Verb keygen()
{
    Verb verb{u"keygen"_s, u"FILE"_s, CliText::tr("The new file that the key is written to."),
              CliText::tr("Makes a key that signs configurations and commands.")};
    verb.details = CliText::tr(
        "FILE holds the key, which only you may read, encrypted with a passphrase that is asked\n"
        "for; FILE.pub is the line for the servers that are to trust it. A key that may do less:\n"
        "end its line there with actions=restart,reload or roles=nginx,mysql.\n"
        "TREEWARDEN_KEY_PASSPHRASE_FILE names a file with the passphrase, for scripts.\n\n"
        "Examples:\n"
        "  treewarden keygen ~/.config/treewarden/signing-key\n"
        "  treewarden keygen --name deploy --no-passphrase deploy-key");
    verb.options = {
        {u"name"_s, CliText::tr("What people call the key (USER-HOST)."), u"NAME"_s},
        {u"no-passphrase"_s, CliText::tr("Do not encrypt it: who can read the file can use it.")}};
    verb.fewestWords = verb.mostWords = 1;
    verb.run = runKeygen;
    return verb;
}

} // namespace Treewarden::Verbs
