// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/weboptions.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

Settings settingsWith(const QString &key, const QString &value)
{
    Settings settings;
    settings.values.insert(key, value);
    return settings;
}

class TestWebOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhereToListen_data();
    void readsWhereToListen();
    void refusesWhatIsNoPlaceToListen_data();
    void refusesWhatIsNoPlaceToListen();
    void readsHostsProxiesAndTitle();
    void namesTheKeyThatIsWrong_data();
    void namesTheKeyThatIsWrong();
    void staysOnTheLoopbackUnlessAProxyIsNamed();
};

void TestWebOptions::readsWhereToListen_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("port");
    QTest::addRow("IPv4") << u"127.0.0.1:8420"_s << u"127.0.0.1"_s << 8420;
    QTest::addRow("IPv6") << u"[::1]:80"_s << u"::1"_s << 80;
    QTest::addRow("localhost") << u"localhost:1"_s << u"127.0.0.1"_s << 1;
    QTest::addRow("free port") << u"0.0.0.0:0"_s << u"0.0.0.0"_s << 0;
}

void TestWebOptions::readsWhereToListen()
{
    QFETCH(QString, text);
    WebOptions options;
    QVERIFY(options.setListen(text));
    QTEST(options.address.toString(), "address");
    QTEST(int(options.port), "port");
}

void TestWebOptions::refusesWhatIsNoPlaceToListen_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "8420", ":8420", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:80x",
          "::1:80", "[::1]", "example.org:80", "127.0.0.1:80\n", "[127.0.0.1:80"})
        QTest::addRow("%s", text) << QString::fromLatin1(text);
}

void TestWebOptions::refusesWhatIsNoPlaceToListen()
{
    QFETCH(QString, text);
    WebOptions options;
    const auto result = options.setListen(text);
    QVERIFY(!result);
    QVERIFY(result.error().text.contains(u"such as 127.0.0.1:8420"_s));
    QVERIFY(!result.error().text.contains(u'\n'));
    QCOMPARE(options.port, quint16{8420});
}

void TestWebOptions::readsHostsProxiesAndTitle()
{
    Settings settings = settingsWith(u"web/hosts"_s, u"Status.example.org, fleet.lan"_s);
    settings.values.insert(u"web/trusted_proxies"_s, u"10.0.0.1, 192.0.2.0/24 2001:db8::/32"_s);
    settings.values.insert(u"web/title"_s, u"  Shanghai\u202e "_s);
    settings.values.insert(u"web/listen"_s, u"[::1]:9000"_s);
    const auto options = WebOptions::fromSettings(settings);
    QVERIFY(options);
    QCOMPARE(options->hosts, (QStringList{u"status.example.org"_s, u"fleet.lan"_s}));
    QVERIFY(options->title.startsWith(u"Shanghai"_s) && !options->title.contains(QChar(0x202e)));
    QCOMPARE(options->port, quint16{9000});
    QVERIFY(options->isTrustedProxy(QHostAddress(u"10.0.0.1"_s)));
    QVERIFY(options->isTrustedProxy(QHostAddress(u"192.0.2.77"_s)));
    QVERIFY(options->isTrustedProxy(QHostAddress(u"::ffff:192.0.2.77"_s)));
    QVERIFY(options->isTrustedProxy(QHostAddress(u"2001:db8::1"_s)));
    QVERIFY(!options->isTrustedProxy(QHostAddress(u"10.0.0.2"_s)));
    QVERIFY(!options->isTrustedProxy(QHostAddress(u"127.0.0.1"_s)));
}

void TestWebOptions::namesTheKeyThatIsWrong_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addRow("listen") << u"listen"_s << u"everywhere"_s;
    QTest::addRow("hosts") << u"hosts"_s << u"ok.example, <script>"_s;
    QTest::addRow("proxies") << u"trusted_proxies"_s << u"10.0.0.0/99"_s;
}

void TestWebOptions::namesTheKeyThatIsWrong()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    const auto options = WebOptions::fromSettings(settingsWith(u"web/"_s + key, value));
    QVERIFY(!options);
    QVERIFY2(options.error().text.startsWith(u"[web] %1: "_s.arg(key)),
             qUtf8Printable(options.error().text));
}

void TestWebOptions::staysOnTheLoopbackUnlessAProxyIsNamed()
{
    WebOptions options;
    QVERIFY(options.check());
    QVERIFY(options.setListen(u"0.0.0.0:8420"_s));
    const auto refused = options.check();
    QVERIFY(!refused);
    QVERIFY(refused.error().text.contains(u"TLS proxy"_s));
    options.trustedProxies = {QHostAddress::parseSubnet(u"10.0.0.1"_s)};
    QVERIFY(options.check());
}

} // namespace

QTEST_GUILESS_MAIN(TestWebOptions)
#include "tst_weboptions.moc"
