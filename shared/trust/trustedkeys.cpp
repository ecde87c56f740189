// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/trust/trustedkeys.h"

#include "shared/core/textformat.h"
#include "shared/protocol/serviceid.h"

#include <QFile>

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestFile = 1 << 20, mostKeys = 10'000;

/// "restart,reload" as a list; nothing when a word is no name.
std::optional<QStringList> readNames(const QString &text)
{
    const QStringList names = text.split(u',');
    return std::all_of(names.begin(), names.end(),
                       [](const QString &name) { return isValidName(name); })
        ? std::optional(names)
        : std::nullopt;
}

/// One option of a line; the sentence when it is wrong.
QString readOption(const QString &word, TrustedKey &key)
{
    const QString name = word.section(u'=', 0, 0);
    QStringList *list = name == u"actions"_s ? &key.actions
        : name == u"roles"_s                 ? &key.roles
                                             : nullptr;
    if (!list || !word.contains(u'='))
        return u"knows no option '%1': use actions=A,B or roles=A,B"_s.arg(oneLine(word, 60));
    const auto names = readNames(word.section(u'=', 1));
    if (!names || !list->isEmpty())
        return u"has a wrong %1=: write names with commas between them, once"_s.arg(name);
    *list = *names;
    return {};
}

Result<TrustedKey> readLine(const QString &line)
{
    const QStringList words = line.simplified().split(u' ');
    if (words.size() < 3 || words[0] != u"ed25519"_s || !isValidName(words[2]))
        return Error{u"must be: ed25519 BASE64 NAME [actions=A,B] [roles=A,B]"_s};
    auto key = PublicKey::fromBase64(words[1].toLatin1());
    if (!key)
        return key.error();
    TrustedKey trusted{*key, words[2], {}, {}};
    for (const QString &word : words.mid(3)) {
        if (const QString wrong = readOption(word, trusted); !wrong.isEmpty())
            return Error{wrong};
    }
    return trusted;
}

} // namespace

Result<TrustedKeys> TrustedKeys::parse(const QByteArray &text, const QString &what)
{
    if (const auto ready = prepareCryptography(); !ready)
        return ready.error();
    if (text.size() > longestFile)
        return Error{u"%1 is longer than 1 MiB: that is no file of keys"_s.arg(what)};
    TrustedKeys keys;
    int number = 0;
    for (const QByteArray &bytes : text.split('\n')) {
        ++number;
        const QString line = QString::fromUtf8(bytes).trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const auto key = readLine(line);
        if (!key)
            return Error{u"%1, line %2: %3"_s.arg(what).arg(number).arg(key.error().text)};
        if (keys.m_keys.contains(key->key.id()))
            return Error{u"%1, line %2: this key stands twice: delete one"_s.arg(what).arg(number)};
        keys.m_keys.insert(key->key.id(), *key);
        if (keys.size() > mostKeys)
            return Error{u"%1 has more than %2 keys"_s.arg(what).arg(mostKeys)};
    }
    return keys;
}

Result<TrustedKeys> TrustedKeys::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        if (!file.exists())
            return TrustedKeys();
        return Error{u"cannot read %1: %2"_s.arg(path, file.errorString())};
    }
    struct stat status = {};
    if (fstat(file.handle(), &status) != 0 || !S_ISREG(status.st_mode))
        return Error{u"%1 is no file"_s.arg(path)};
    const bool isForeign = status.st_uid != 0 && status.st_uid != geteuid();
    if (isForeign || (status.st_mode & 022) != 0)
        return Error{u"%1 can be changed by others: chown root it and chmod 644 it"_s.arg(path)};
    return parse(file.read(longestFile + 1), path);
}

const TrustedKey *TrustedKeys::find(const QString &id) const
{
    const auto key = m_keys.constFind(id);
    return key == m_keys.constEnd() ? nullptr : &*key;
}

} // namespace Treewarden
