// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisurl.h"

#include "shared/core/textformat.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int largestDatabase = 65535;

struct UrlText
{
    Q_DECLARE_TR_FUNCTIONS(RedisUrl)
};

/// The text without what stands between "://" and the last "@" before the path: it may hold a
/// password.
QString withoutLogin(const QString &text)
{
    const qsizetype start = text.indexOf(u"://"_s);
    const qsizetype at = text.lastIndexOf(u'@');
    if (at < 0)
        return oneLine(text, 200);
    return oneLine((start < 0 || start > at ? QString() : text.left(start + 3)) + text.mid(at + 1),
                   200);
}

Error wrongUrl(const QString &text, const QString &reason)
{
    return {UrlText::tr("the Redis URL %1 is wrong: %2").arg(withoutLogin(text), reason)};
}

/// The number of a database as it stands in a path or a query.
std::optional<int> databaseNumber(const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 0 || number > largestDatabase || text != QString::number(number))
        return std::nullopt;
    return number;
}

std::optional<RedisUrl::Transport> transportOf(const QString &scheme)
{
    if (scheme == u"redis" || scheme == u"sentinel")
        return RedisUrl::Transport::Tcp;
    if (scheme == u"rediss" || scheme == u"sentinels")
        return RedisUrl::Transport::Tls;
    if (scheme == u"unix")
        return RedisUrl::Transport::Unix;
    return std::nullopt;
}

/// A list of hosts is no URL: it is taken apart here, and each is read as if it were alone.
struct SentinelParts
{
    QStringList urls; ///< one a Sentinel, each with the login
    QString master, query;
};

std::optional<SentinelParts> splitSentinels(const QString &text)
{
    const qsizetype start = text.indexOf(u"://"_s) + 3, slash = text.indexOf(u'/', start);
    if (!text.startsWith(u"sentinel"_s) || slash < 0)
        return std::nullopt;
    const QString authority = text.mid(start, slash - start);
    const qsizetype hosts = authority.lastIndexOf(u'@') + 1;
    SentinelParts parts;
    parts.master = text.mid(slash + 1).section(u'?', 0, 0);
    parts.query = text.mid(slash + 1).section(u'?', 1);
    const QStringList names = authority.mid(hosts).split(u',');
    for (const QString &name : names)
        parts.urls << text.left(start) + authority.left(hosts) + name;
    return parts;
}

bool isMasterName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 64
        && std::all_of(name.begin(), name.end(), [](QChar c) {
               return c.unicode() < 128 && (c.isLetterOrNumber() || u"_.-"_s.contains(c));
           });
}

} // namespace

Result<RedisUrl> RedisUrl::parseSentinels(const QString &text)
{
    const auto parts = splitSentinels(text);
    if (!parts || !isMasterName(parts->master))
        return wrongUrl(
            text, UrlText::tr("it is written sentinel://host:port,host:port/name-of-the-master"));
    RedisUrl url;
    for (const QString &one : parts->urls) {
        QString alone = one;
        alone.replace(0, one.indexOf(u"://"_s),
                      one.startsWith(u"sentinels"_s) ? u"rediss"_s : u"redis"_s);
        const bool hasPort = QUrl(alone, QUrl::StrictMode).port() > 0;
        const Result<RedisUrl> parsed
            = parse(parts->query.isEmpty() ? alone : alone + u'?' + parts->query);
        if (!parsed)
            return parsed.error();
        if (url.sentinels.isEmpty())
            url = *parsed;
        url.sentinels << Sentinel{parsed->host, hasPort ? parsed->port : Sentinel().port};
    }
    url.port = url.sentinels.first().port;
    url.master = parts->master;
    return url;
}

Result<RedisUrl> RedisUrl::parse(const QString &text)
{
    if (text.startsWith(u"sentinel://"_s) || text.startsWith(u"sentinels://"_s))
        return parseSentinels(text);
    const QUrl parsed(text, QUrl::StrictMode);
    if (!parsed.isValid() && text.contains(u"://"_s))
        return wrongUrl(text,
                        UrlText::tr("check host and port, and write characters such as @ : / # % "
                                    "of a password as %40 %3A %2F %23 %25"));
    const std::optional<Transport> transport = transportOf(parsed.scheme());
    if (!transport)
        return wrongUrl(
            text, UrlText::tr("it must start with redis://, rediss://, unix:// or sentinel://"));

    RedisUrl url;
    url.transport = *transport;
    url.user = parsed.userName(QUrl::FullyDecoded);
    url.password = parsed.password(QUrl::FullyDecoded);

    QString database;
    if (url.transport == Transport::Unix) {
        url.path = parsed.path(QUrl::FullyDecoded);
        if (!url.path.startsWith(u'/') || url.path.size() < 2 || !parsed.host().isEmpty())
            return wrongUrl(
                text,
                UrlText::tr(
                    "a socket is written with three slashes, unix:///run/redis/redis.sock"));
        if (QFile::encodeName(url.path).size() > 107)
            return wrongUrl(text,
                            UrlText::tr("the path of a socket may be at most 107 bytes long"));
    } else {
        url.host = parsed.host(QUrl::FullyDecoded);
        if (url.host.isEmpty())
            return wrongUrl(text, UrlText::tr("it names no host"));
        if (parsed.port(6379) == 0)
            return wrongUrl(text, UrlText::tr("port 0 is none"));
        url.port = quint16(parsed.port(6379));
        database = parsed.path().mid(1);
    }
    const QList<std::pair<QString, QString>> query = QUrlQuery(parsed).queryItems();
    for (const auto &[name, value] : query) {
        if (name != u"db" || !database.isEmpty())
            return wrongUrl(text, UrlText::tr("only ?db=NUMBER may follow, once"));
        database = value;
    }
    if (!database.isEmpty()) {
        const std::optional<int> number = databaseNumber(database);
        if (!number)
            return wrongUrl(text,
                            UrlText::tr("\"%1\" is no number of a database (0 to %2)")
                                .arg(oneLine(database, 40), QString::number(largestDatabase)));
        url.database = *number;
    }
    return url;
}

Result<RedisUrl> RedisUrl::fromSettings(const Settings &settings)
{
    Result<RedisUrl> url = parse(settings.redisUrl);
    if (!url)
        return url;
    if (url->password.isEmpty())
        url->password = settings.redisPassword;
    url->caFile = settings.caFile;
    url->certificateFile = settings.certificateFile;
    url->keyFile = settings.keyFile;
    return url;
}

QString RedisUrl::displayText() const
{
    const QString login = user.isEmpty() ? QString() : oneLine(user, 64) + u'@';
    if (transport == Transport::Unix)
        return u"unix://"_s + login + oneLine(path)
            + (database == 0 ? QString() : u"?db=%1"_s.arg(database));
    if (hasSentinels()) {
        QStringList hosts;
        for (const Sentinel &one : sentinels)
            hosts << oneLine(one.host.contains(u':') ? u'[' + one.host + u']' : one.host, 255)
                    + u':' + QString::number(one.port);
        return (transport == Transport::Tls ? u"sentinels://"_s : u"sentinel://"_s) + login
            + hosts.join(u',') + u'/' + master
            + (database == 0 ? QString() : u"?db=%1"_s.arg(database));
    }
    const QString scheme = transport == Transport::Tls ? u"rediss://"_s : u"redis://"_s;
    const QString shownHost = host.contains(u':') ? u'[' + host + u']' : host;
    return scheme + login + oneLine(shownHost, 255) + u':' + QString::number(port) + u'/'
        + QString::number(database);
}

} // namespace Treewarden
