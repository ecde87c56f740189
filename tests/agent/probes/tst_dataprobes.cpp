// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/memcachedstats.h"
#include "tests/support/askedprobe.h"
#include "tests/support/testdaemon.h"

#include <QTcpSocket>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The probes of what keeps data, against the real daemons.
class TestDataProbes : public QObject
{
    Q_OBJECT

    static QByteArray said(QTcpSocket &socket, const QByteArray &request, const QByteArray &end)
    {
        QByteArray answer;
        socket.write(request);
        if (!QTest::qWaitFor([&] { return (answer += socket.readAll()).endsWith(end); }, 10'000))
            qFatal("no answer to %s", request.constData());
        return answer;
    }

private Q_SLOTS:

    void memcachedLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::memcached();
        AskedProbe asked(u"memcached"_s, {{u"port"_s, daemon->port()}}, u"memcached"_s);
        checkLifeOf(*daemon, asked);
    }

    void readsTheNumbersOfMemcached()
    {
        const auto daemon = TestDaemon::memcached();
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, daemon->port());
        QVERIFY(client.waitForConnected(10'000));
        said(client, "set a 0 0 5\r\nhello\r\n", "STORED\r\n");
        said(client, "get a\r\n", "END\r\n");
        said(client, "get b\r\n", "END\r\n");
        AskedProbe asked(u"memcached"_s, {{u"port"_s, daemon->port()}}, u"memcached"_s, true);
        const QJsonObject info = asked.ask().info;
        QCOMPARE(info.value(u"curr_items"_s).toInt(), 1);
        QCOMPARE(info.value(u"limit_maxbytes"_s).toInt(), 16 << 20);
        QCOMPARE(info.value(u"hit_ratio"_s).toDouble(), 50.0);
        QVERIFY(info.value(u"version"_s).toString().startsWith(u"1."_s));
        QVERIFY(!info.contains(u"gets_per_second"_s)); // nothing to compare with yet
        bool hasRate = false;
        QTRY_VERIFY_WITH_TIMEOUT(
            (hasRate = hasRate || asked.ask().info.contains(u"gets_per_second"_s)), 10'000);
    }

    void saysThatMemcachedHasTooManyConnections()
    {
        const auto daemon = TestDaemon::memcached({u"-c"_s, u"64"_s, u"-t"_s, u"1"_s});
        AskedProbe holding(u"memcached"_s, {{u"port"_s, daemon->port()}}, u"memcached"_s, true);
        QCOMPARE(holding.ask().code, QString());
        std::vector<std::unique_ptr<QTcpSocket>> crowd;
        for (int i = 0; i < 80; ++i) {
            crowd.push_back(std::make_unique<QTcpSocket>());
            crowd.back()->connectToHost(QHostAddress::LocalHost, daemon->port());
            QVERIFY(crowd.back()->waitForConnected(10'000));
        }
        const CheckResult full = AskedProbe(u"memcached"_s, {{u"port"_s, daemon->port()}}).ask();
        QCOMPARE(full.alive, std::optional(false));
        QCOMPARE(full.code, u"memcached.full"_s);
        const CheckResult held = holding.ask();
        QCOMPARE(held.alive, std::optional(true));
        QCOMPARE(held.code, u"memcached.full"_s);
        QVERIFY(held.info.value(u"note"_s).toString().contains(u"too many connections"_s));
        crowd.clear();
        QTRY_COMPARE_WITH_TIMEOUT(holding.ask().code, QString(), 10'000);
    }

    void parsesMemcachedAnswers()
    {
        using Kind = MemcachedAnswer::Kind;
        QVERIFY(!parseMemcachedAnswer(""));
        QVERIFY(!parseMemcachedAnswer("VERSION 1.6"));
        QCOMPARE(parseMemcachedAnswer("VERSION 1.6.18\r\n")->text, "1.6.18");
        QVERIFY(!parseMemcachedAnswer("STAT pid 1\r\nSTAT uptime 2\r\nEN"));
        const auto stats = parseMemcachedAnswer("STAT uptime 2\r\nSTAT x 0.5\r\nEND\r\n");
        QCOMPARE(stats->kind, Kind::Stats);
        QCOMPARE(stats->counters, (QHash<QByteArray, quint64>{{"uptime", 2}}));
        QCOMPARE(parseMemcachedAnswer("STAT a 1\r\nrubbish\r\n")->kind, Kind::Rubbish);
        QCOMPARE(parseMemcachedAnswer("SERVER_ERROR out of memory\r\n")->kind, Kind::Refusal);
        QCOMPARE(parseMemcachedAnswer(QByteArray(5000, 'x'))->kind, Kind::Rubbish);
    }

    void believesNoLiars_data()
    {
        QTest::addColumn<QString>("probe");
        for (const QString &probe : {u"memcached"_s})
            QTest::newRow(qPrintable(probe)) << probe;
    }

    void believesNoLiars()
    {
        QFETCH(QString, probe);
        checkDisbeliefOf(probe);
    }
};

QTEST_GUILESS_MAIN(TestDataProbes)
#include "tst_dataprobes.moc"
