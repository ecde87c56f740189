// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redistext.h"

#include "shared/core/textformat.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

struct Explanation
{
    QByteArrayView start;
    const char *text;
};

constexpr Explanation errorExplanations[]{
    {"WRONGPASS",
     QT_TRANSLATE_NOOP("RedisText",
                       "the user name or password is wrong; correct the URL or password_file")},
    {"ERR invalid password",
     QT_TRANSLATE_NOOP("RedisText", "the password is wrong; correct the URL or password_file")},
    {"NOAUTH",
     QT_TRANSLATE_NOOP("RedisText", "it wants a password; give one in the URL or password_file")},
    {"ERR AUTH <password> called without",
     QT_TRANSLATE_NOOP(
         "RedisText", "it has no password, but one was given; check that this is the right Redis")},
    {"ERR Client sent AUTH",
     QT_TRANSLATE_NOOP(
         "RedisText", "it has no password, but one was given; check that this is the right Redis")},
    {"NOPERM", QT_TRANSLATE_NOOP("RedisText", "this user's rights (ACL) are too narrow")},
    {"DENIED",
     QT_TRANSLATE_NOOP(
         "RedisText",
         "it runs in protected mode; give it a password or let it listen on the loopback only")},
    {"LOADING", QT_TRANSLATE_NOOP("RedisText", "it is still loading its data")},
    {"READONLY",
     QT_TRANSLATE_NOOP("RedisText", "it is a read-only replica; connect to the master")},
    {"MASTERDOWN", QT_TRANSLATE_NOOP("RedisText", "it is a replica that lost its master")},
    {"OOM",
     QT_TRANSLATE_NOOP("RedisText", "it is out of memory; raise its maxmemory or remove data")},
    {"MISCONF",
     QT_TRANSLATE_NOOP("RedisText",
                       "it can't save to its disk and refuses to write; look into its log")},
    {"BUSY ", QT_TRANSLATE_NOOP("RedisText", "it is busy with a script")},
    {"WRONGTYPE", QT_TRANSLATE_NOOP("RedisText", "a key holds another type than it should")},
    {"ERR max number of clients",
     QT_TRANSLATE_NOOP("RedisText", "it has too many clients; raise its maxclients")},
    {"ERR DB index is out of range",
     QT_TRANSLATE_NOOP("RedisText", "it has no database with the number in the URL")},
};

constexpr Explanation peerExplanations[]{
    {"HTTP/",
     QT_TRANSLATE_NOOP("RedisText", "a web server answers there, not Redis; is the port right?")},
    {"<",
     QT_TRANSLATE_NOOP("RedisText", "a web server answers there, not Redis; is the port right?")},
    {"SSH-",
     QT_TRANSLATE_NOOP("RedisText", "an SSH server answers there, not Redis; is the port right?")},
    {"220",
     QT_TRANSLATE_NOOP("RedisText",
                       "a mail or FTP server answers there, not Redis; is the port right?")},
    {"\x15\x03", QT_TRANSLATE_NOOP("RedisText", "this port wants TLS; write rediss:// in the URL")},
};

const Explanation *find(std::span<const Explanation> table, QByteArrayView text)
{
    const auto found = std::ranges::find_if(
        table, [&](const Explanation &each) { return text.startsWith(each.start); });
    return found == table.end() ? nullptr : &*found;
}

/// An unknown command is answered with the first arguments that it got: of AUTH, when it was
/// renamed, the password.
QByteArrayView withoutEcho(QByteArrayView text)
{
    const qsizetype echo = text.indexOf(", with args beginning with");
    return text.first(qMin<qsizetype>(echo < 0 ? text.size() : echo, 600));
}

} // namespace

QString explainRedisError(QByteArrayView text, const QString &secret)
{
    QString own = QString::fromUtf8(withoutEcho(text));
    if (!secret.isEmpty())
        own.replace(secret, u"***"_s);
    own = oneLine(own, 300);
    const Explanation *explanation = find(errorExplanations, text);
    if (!explanation)
        return own;
    return QCoreApplication::translate("RedisText", "%1 (%2)")
        .arg(QCoreApplication::translate("RedisText", explanation->text), own);
}

QString describeForeignPeer(QByteArrayView firstBytes, const QString &decoderError)
{
    if (const Explanation *explanation = find(peerExplanations, firstBytes))
        return QCoreApplication::translate("RedisText", explanation->text);
    if (firstBytes.size() > 5 && firstBytes.at(3) == 0
        && (firstBytes.contains("MariaDB") || firstBytes.contains("mysql")))
        return QCoreApplication::translate(
            "RedisText", "a MySQL or MariaDB server answers there, not Redis; is the port right?");
    return QCoreApplication::translate(
               "RedisText", "it does not speak the Redis protocol (%1); is the port right?")
        .arg(oneLine(decoderError, 200));
}

bool isPassingError(QByteArrayView text)
{
    return text.startsWith("LOADING") || text.startsWith("ERR max number of clients")
        || text.startsWith("BUSY ") || text.startsWith("MASTERDOWN");
}

} // namespace Treewarden
