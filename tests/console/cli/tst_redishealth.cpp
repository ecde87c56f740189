// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/redishealth.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestRedisHealth : public QObject
{
    Q_OBJECT

    static RedisFacts goodFacts()
    {
        RedisFacts facts;
        facts.info = parseRedisInfo(
            "# "
            "Server\r\nredis_version:7.0.15\r\nrole:master\r\naof_enabled:1\r\nmaxmemory:"
            "1000000000\r\n"
            "maxmemory_policy:noeviction\r\nused_memory:1000000\r\nconnected_clients:10\r\n"
            "maxclients:10000\r\nrdb_last_bgsave_status:ok\r\naof_last_write_status:ok\r\n");
        facts.saveRule = "3600 1 300 100";
        facts.user = "admin";
        facts.latency = 0.2;
        facts.servers = 2;
        facts.recorded = {{}, {}};
        return facts;
    }

    static QStringList warnings(const RedisFacts &facts)
    {
        QStringList checks;
        for (const RedisFinding &finding : judgeRedis(facts)) {
            if (!finding.cure.isEmpty())
                checks << finding.check;
        }
        return checks;
    }

private Q_SLOTS:

    void findsNothingWrongWithAGoodOne()
    {
        QCOMPARE(warnings(goodFacts()), QStringList());
        QCOMPARE(judgeRedis(goodFacts()).size(), 11);
    }

    void warnsOf_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("check");
        QTest::newRow("an old version")
            << QByteArray("redis_version") << QByteArray("6.0.16") << u"version"_s;
        QTest::newRow("a replica") << QByteArray("role") << QByteArray("slave") << u"role"_s;
        QTest::newRow("a failed save")
            << QByteArray("rdb_last_bgsave_status") << QByteArray("err") << u"last-save"_s;
        QTest::newRow("eviction") << QByteArray("maxmemory_policy") << QByteArray("allkeys-lru")
                                  << u"maxmemory-policy"_s;
        QTest::newRow("little memory")
            << QByteArray("used_memory") << QByteArray("900000000") << u"memory"_s;
        QTest::newRow("many clients")
            << QByteArray("connected_clients") << QByteArray("9000") << u"clients"_s;
    }

    void warnsOf()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(QString, check);
        RedisFacts facts = goodFacts();
        facts.info[field] = value;
        QCOMPARE(warnings(facts), QStringList(check));
    }

    void warnsOfWhatIsMeasured()
    {
        RedisFacts facts = goodFacts();
        facts.info["aof_enabled"] = "0";
        QCOMPARE(warnings(facts), QStringList());
        facts.saveRule = "";
        facts.latency = 50;
        facts.skew = -3000;
        facts.isOpenToAll = true;
        QCOMPARE(warnings(facts),
                 (QStringList{u"latency"_s, u"persistence"_s, u"user"_s, u"clock"_s}));
        facts = goodFacts();
        facts.info["maxmemory"] = "5000000";
        QCOMPARE(warnings(facts), QStringList(u"history"_s));
        facts.info["maxmemory"] = "0";
        QCOMPARE(warnings(facts), QStringList());
        facts.info["total_system_memory"] = "5000000";
        QCOMPARE(warnings(facts), QStringList(u"history"_s));
    }

    void doesNotGuessWhatRedisKeepsToItself()
    {
        RedisFacts facts;
        facts.latency = 0.1;
        for (const RedisFinding &finding : judgeRedis(facts))
            QVERIFY2(finding.cure.isEmpty(), qPrintable(finding.check));
    }

    void projectsWhatTheHistoryWasMeasuredToTake()
    {
        // docs/benchmarks.md: 1.7 MB for a day of samples and 1.2 MB for two weeks of minutes.
        Intervals day;
        day.keep = {{u"1s"_s, 86400}, {u"1m"_s, 0}, {u"1h"_s, 0}};
        QCOMPARE(projectedHistory(day), 1'701'000);
        Intervals minutes = day;
        minutes.keep[u"1s"_s] = 0;
        minutes.keep[u"1m"_s] = 1209600;
        QCOMPARE(projectedHistory(minutes), 1'190'700);
        QCOMPARE(sampleBytes(5), 17.5 / 3);
        QCOMPARE(sampleBytes(30), 25.75);
        // The contract's 5 MB a server with the defaults and what an agent records.
        const qint64 usual = projectedHistory(Intervals(), 30);
        QVERIFY2(usual > 4'500'000 && usual < 6'000'000, QByteArray::number(usual));
        day.workload = std::chrono::seconds(10);
        QCOMPARE(projectedHistory(day), 170'100);
    }

    void countsTheNumbersThatChange()
    {
        Workload workload;
        QCOMPARE(changingNumbers(workload), 0);
        workload.cpu.busy = 1;
        workload.cpu.cores = 4;
        workload.memory.total = 16;
        workload.processes.total = 200;
        workload.uptime = 7;
        workload.filesystems[u"/"_s].total = 100;
        workload.filesystems[u"/"_s].used = 50;
        QCOMPARE(changingNumbers(workload), 3);
    }

    void saysWhatTheProjectionAssumes()
    {
        RedisFacts facts = goodFacts();
        facts.recorded[0].numbers = 25;
        QVERIFY(
            judgeRedis(facts).constLast().assumption.contains(u"assumes 20 changing numbers "_s));
        facts.recorded.clear();
        QVERIFY(judgeRedis(facts).constLast().assumption.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRedisHealth)
#include "tst_redishealth.moc"
