// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/aclpasswords.h"

#include "console/cli/clitext.h"
#include "shared/core/textformat.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSaveFile>

#include <algorithm>
#include <array>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostPasswordBytes = 4 << 20;

/// What an ACL file takes as one word.
bool isPrintableWord(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= 512
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

QByteArray randomPassword()
{
    std::array<quint32, 8> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), qsizetype(bits.size())); // getrandom(2)
    return QByteArray::fromRawData(reinterpret_cast<const char *>(bits.data()), sizeof bits)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

Result<AclPasswords> AclPasswords::read(const QString &path)
{
    AclPasswords passwords;
    QFile file(path);
    const QString shown = oneLine(path, 200);
    if (!QFileInfo::exists(path))
        return passwords;
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        return Error{CliText::tr("cannot read the passwords in %1: %2; name a file for --passwords")
                         .arg(shown,
                              file.error() == QFileDevice::NoError ? CliText::tr("it is no file")
                                                                   : file.errorString())};
    }
    const QList<QByteArray> lines = file.read(mostPasswordBytes).split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QList<QByteArray> words = lines[i].simplified().split(' ');
        if (words.size() == 1 && words.first().isEmpty())
            continue;
        if (words.size() != 2 || !isPrintableWord(words[0]) || !isPrintableWord(words[1])) {
            return Error{
                CliText::tr("%1, line %2: a line is the name of a user, a space and its password; "
                            "mend it, or name another file for --passwords")
                    .arg(shown)
                    .arg(i + 1)};
        }
        passwords.m_passwords.insert(words[0], words[1]);
    }
    return passwords;
}

QByteArray AclPasswords::passwordOf(const QByteArray &user)
{
    QByteArray &password = m_passwords[user];
    if (password.isEmpty())
        password = randomPassword();
    return password;
}

Result<void> AclPasswords::write(const QString &path) const
{
    QSaveFile file(path);
    bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    for (auto it = m_passwords.begin(); isWritten && it != m_passwords.end(); ++it)
        isWritten = file.write(it.key() + ' ' + it.value() + '\n') >= 0;
    if (!isWritten || !file.commit()) {
        return Error{CliText::tr("cannot write the passwords to %1: %2")
                         .arg(oneLine(path, 200), file.errorString())};
    }
    return {};
}

QByteArray aclPasswordRule(const QByteArray &password, bool isHashed)
{
    if (!isHashed)
        return '>' + password;
    return '#' + QCryptographicHash::hash(password, QCryptographicHash::Sha256).toHex();
}

} // namespace Treewarden
