// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisurl.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestRedisUrl : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void readsEveryForm_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("display");
        QTest::addColumn<QString>("login");
        QTest::newRow("plain") << u"redis://10.0.0.1"_s << u"redis://10.0.0.1:6379/0"_s << u":"_s;
        QTest::newRow("all") << u"redis://ann:s%40cret@db.example:7000/3"_s
                             << u"redis://ann@db.example:7000/3"_s << u"ann:s@cret"_s;
        QTest::newRow("password only")
            << u"redis://:secret@host/"_s << u"redis://host:6379/0"_s << u":secret"_s;
        QTest::newRow("IPv6") << u"redis://[2001:db8::1]:7000"_s
                              << u"redis://[2001:db8::1]:7000/0"_s << u":"_s;
        QTest::newRow("TLS") << u"rediss://host/1"_s << u"rediss://host:6379/1"_s << u":"_s;
        QTest::newRow("Sentinels")
            << u"sentinel://ann:s%40cret@a:1,b,[2001:db8::1]:3/tw?db=2"_s
            << u"sentinel://ann@a:1,b:26379,[2001:db8::1]:3/tw?db=2"_s << u"ann:s@cret"_s;
        QTest::newRow("Sentinels with TLS")
            << u"sentinels://a/t.w-1_x"_s << u"sentinels://a:26379/t.w-1_x"_s << u":"_s;
        QTest::newRow("socket") << u"unix:///run/redis/redis.sock"_s
                                << u"unix:///run/redis/redis.sock"_s << u":"_s;
        QTest::newRow("socket with database")
            << u"unix:///run/r.sock?db=2"_s << u"unix:///run/r.sock?db=2"_s << u":"_s;
        QTest::newRow("socket with login")
            << u"unix://ann:secret@/run/r.sock"_s << u"unix://ann@/run/r.sock"_s << u"ann:secret"_s;
    }

    void readsEveryForm()
    {
        QFETCH(QString, text);
        QFETCH(QString, login);
        const Result<RedisUrl> url = RedisUrl::parse(text);
        QVERIFY2(url.isOk(), url ? "" : qPrintable(url.error().text));
        QTEST(url->displayText(), "display");
        QCOMPARE(u"%1:%2"_s.arg(url->user, url->password), login);
    }

    void refusesWithoutTellingThePassword_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("no scheme") << u"host:6379"_s;
        QTest::newRow("other scheme") << u"http://ann:hunter2@host"_s;
        QTest::newRow("no host") << u"redis://"_s;
        QTest::newRow("bad port") << u"redis://:hunter2@host:99999"_s;
        QTest::newRow("port 0") << u"redis://:hunter2@host:0"_s;
        QTest::newRow("bad database") << u"redis://:hunter2@host/one"_s;
        QTest::newRow("negative database") << u"redis://:hunter2@host/-1"_s;
        QTest::newRow("large database") << u"redis://:hunter2@host/65536"_s;
        QTest::newRow("raw characters in the password") << u"redis://:hunter2/#@host"_s;
        QTest::newRow("broken escape") << u"redis://:hunter2%zz@host"_s;
        QTest::newRow("two slashes") << u"unix://run/redis.sock"_s;
        QTest::newRow("no path") << u"unix://"_s;
        QTest::newRow("long path") << u"unix:///"_s + QString(120, u'x');
        QTest::newRow("unknown option") << u"redis://:hunter2@host/0?timeout=3"_s;
        QTest::newRow("database twice") << u"unix:///run/r.sock?db=1&db=2"_s;
        QTest::newRow("control characters") << u"redis://:hunter2@ho\nst"_s;
        QTest::newRow("password before a scheme") << u"ann:hunter2@host"_s;
        QTest::newRow("no master") << u"sentinel://:hunter2@a:1,b:2/"_s;
        QTest::newRow("no path of a master") << u"sentinel://:hunter2@a:1,b:2"_s;
        QTest::newRow("odd master") << u"sentinel://:hunter2@a:1/my master"_s;
        QTest::newRow("no Sentinel") << u"sentinel://:hunter2@/tw"_s;
        QTest::newRow("a comma too many") << u"sentinel://:hunter2@a:1,/tw"_s;
        QTest::newRow("bad port of a Sentinel") << u"sentinel://:hunter2@a:1,b:99999/tw"_s;
        QTest::newRow("bad database of a master") << u"sentinels://:hunter2@a/tw?db=x"_s;
        QTest::newRow("a letter too many") << u"rediss:/:hunter2@host"_s;
    }

    void refusesWithoutTellingThePassword()
    {
        QFETCH(QString, text);
        const Result<RedisUrl> url = RedisUrl::parse(text);
        QVERIFY(!url.isOk());
        QVERIFY(url.error().text.size() > 20);
        QVERIFY2(!url.error().text.contains(u"hunter2"_s), qPrintable(url.error().text));
        QVERIFY(!url.error().text.contains(u'\n'));
    }

    void laysTheSettingsOverTheUrl()
    {
        Settings settings;
        settings.redisUrl = u"rediss://host"_s;
        settings.redisPassword = u"from the file"_s;
        settings.caFile = u"/etc/ca.pem"_s;
        Result<RedisUrl> url = RedisUrl::fromSettings(settings);
        QVERIFY(url.isOk());
        QCOMPARE(url->password, u"from the file"_s);
        QCOMPARE(url->caFile, u"/etc/ca.pem"_s);
        settings.redisUrl = u"redis://:own@host"_s;
        url = RedisUrl::fromSettings(settings);
        QCOMPARE(url->password, u"own"_s);
    }
};

QTEST_GUILESS_MAIN(TestRedisUrl)
#include "tst_redisurl.moc"
