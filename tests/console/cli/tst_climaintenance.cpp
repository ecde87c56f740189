// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/maintenancewords.h"
#include "shared/redis/redissubscriber.h"
#include "tests/console/cli/program.h"
#include "tests/support/redisserver.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What is down on purpose: said, listed, ended; all in one step and told to everybody.
class TestCliMaintenance : public QObject
{
    Q_OBJECT
    RedisServer m_redis;

    ProgramRun run(const QStringList &words, const QStringList &options = {}) const
    {
        return runProgram(m_redis.urlText(), QStringList{u"maintenance"_s} + words + options);
    }

    ProgramRun set(const QStringList &words, const QString &span = u"2h"_s) const
    {
        return run(QStringList{u"set"_s} + words,
                   {u"--for"_s, span, u"--reason"_s, u"disk swap"_s});
    }

    QJsonArray listed() const { return run({u"list"_s}, {u"--json"_s}).array(); }

    QJsonObject entry(const QByteArray &field) const
    {
        return QJsonDocument::fromJson(m_redis.text({"HGET", "maintenance", field})).object();
    }

    /// The newest event's fields, its JSON last.
    QList<QByteArray> newestEvent() const
    {
        return m_redis.call({"XREVRANGE", "events", "+", "-", "COUNT", "1"})
            .elements.value(0)
            .elements.value(1)
            .toList();
    }

    static QStringList keysOf(const QStringList &words)
    {
        const auto targets = parseMaintenanceWords(words);
        if (!targets)
            return {u"error"_s};
        QStringList keys;
        for (const MaintenanceTarget &target : *targets)
            keys << target.key();
        return keys;
    }

private Q_SLOTS:

    void init()
    {
        m_redis.call({"FLUSHALL"});
        m_redis.call({"HSET", "servers:alive", "10.0.0.7", "1", "2001:db8::7", "1"});
        m_redis.call({"HSET", "server:info:10.0.0.7", "hostname", "db-01"});
        m_redis.call({"HSET", "services:10.0.0.7", "mysql:3306", R"({"alive":0,"since":1})",
                      "ssh:22", R"({"alive":1,"since":1})"});
        m_redis.call({"SADD", "paas:list", "dev"});
        m_redis.call({"SET", "paas:dev",
                      R"({"id":"dev","title":"Dev","version":1,"roles":[{"role":"mysql",)"
                      R"("instances":[{"ip":"10.0.0.7","instance":"3306"}]}]})"});
    }

    void readsWhatPeopleWrite_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("keys");
        const auto row = [](const char *words, const char *keys) {
            QTest::newRow(words) << QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts)
                                 << QString::fromLatin1(keys).split(u' ', Qt::SkipEmptyParts);
        };
        row("10.0.0.7", "10.0.0.7");
        row("10.0.0.7 10.0.0.8", "10.0.0.7 10.0.0.8");
        row("10.0.0.7 mysql:3306", "10.0.0.7/mysql/3306");
        row("10.0.0.7 mysql:3306 ssh:22 10.0.0.8", "10.0.0.7/mysql/3306 10.0.0.7/ssh/22 10.0.0.8");
        row("10.0.0.7/mysql/3306", "10.0.0.7/mysql/3306");
        row("10.0.0.7/mysql:3306", "10.0.0.7/mysql/3306");
        row("2001:DB8::7", "2001:db8::7");
        row("2001:db8::7 mysql:3306", "2001:db8::7/mysql/3306");
        row("2001:db8::7/mysql:3306", "2001:db8::7/mysql/3306");
        row("paas/dev", "paas/dev");
        row("paas/dev/mysql", "paas/dev/mysql");
        row("dev", "paas/dev");
        row("dev/mysql", "paas/dev/mysql");
        row("dev dev paas/dev", "paas/dev");
        row("mysql:3306", "error");
        row("dev mysql:3306", "error");
        row("10.0.0.7 10.0.0.8/ssh/22 mysql:3306", "error");
        row("10.0.0.7/mysql", "error");
        row("10.0.0.7/mysql/3306/x", "error");
        row("paas/dev/mysql/3306", "error");
        row("paas/", "error");
        row("dev/", "error");
        row("a;b", "error");
        row("", "error");
    }

    void readsWhatPeopleWrite()
    {
        QFETCH(QStringList, words);
        QTEST(keysOf(words), "keys");
    }

    void endsWithinThirtyDays()
    {
        const qint64 now = 1'700'000'000'000, hour = 3'600'000, day = 24 * hour;
        QCOMPARE(parseMaintenanceEnd(u"2h"_s, {}, now).value(), now + 2 * hour);
        QCOMPARE(parseMaintenanceEnd(u"30d"_s, {}, now).value(), now + 30 * day);
        QVERIFY(!parseMaintenanceEnd(u"31d"_s, {}, now));
        QVERIFY(!parseMaintenanceEnd(u"2"_s, {}, now));
        QVERIFY(!parseMaintenanceEnd({}, {}, now));
        QVERIFY(!parseMaintenanceEnd(u"2h"_s, u"2023-11-15T00:00Z"_s, now));
        QCOMPARE(parseMaintenanceEnd({}, u"2023-11-15T00:00Z"_s, now).value(), 1'700'006'400'000);
        QCOMPARE(parseMaintenanceEnd({}, u"2023-11-15T08:00+08:00"_s, now).value(),
                 1'700'006'400'000);
        const QDateTime local = QDateTime::fromString(u"2023-11-16T04:00"_s, Qt::ISODate);
        QCOMPARE(parseMaintenanceEnd({}, u"2023-11-16T04:00"_s, now).value(),
                 local.toMSecsSinceEpoch());
        QVERIFY(!parseMaintenanceEnd({}, u"2023-11-14T00:00Z"_s, now)); // past
        QVERIFY(!parseMaintenanceEnd({}, u"2024-11-14T00:00Z"_s, now));
        QVERIFY(!parseMaintenanceEnd({}, u"2023-11-16"_s, now));
        QVERIFY(!parseMaintenanceEnd({}, u"tomorrow"_s, now));
    }

    // Schedules may be told to wait for its end, which the agents' executors see to.
    void tellsTheAgentsThatItConcerns()
    {
        RedisSubscriber subscriber(m_redis.url());
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready),
            messages(&subscriber, &RedisSubscriber::message);
        subscriber.subscribe("manage:10.0.0.7");
        subscriber.subscribe("manage:all");
        subscriber.open();
        QVERIFY(ready.wait());
        QCOMPARE(set({u"10.0.0.7"_s, u"mysql:3306"_s, u"paas/dev/mysql"_s}).code, 0);
        QTRY_COMPARE(messages.size(), 2);
        QCOMPARE(messages.at(0),
                 (QVariantList{QByteArray("manage:10.0.0.7"), QByteArray("reload")}));
        QCOMPARE(messages.at(1), (QVariantList{QByteArray("manage:all"), QByteArray("reload")}));
    }

    void setsTellsAndListsInOneStep()
    {
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        const ProgramRun done
            = set({u"10.0.0.7"_s, u"mysql:3306"_s, u"paas/dev/mysql"_s, u"2001:db8::7"_s});
        QVERIFY2(done.code == 0, done.errors);
        QCOMPARE(done.output.count(" is in maintenance until "), 3);
        QCOMPARE(m_redis.text({"HLEN", "maintenance"}), "3");
        const QJsonObject stored = entry("10.0.0.7/mysql/3306");
        QVERIFY(stored[u"until"_s].toDouble() >= double(before + 7'200'000));
        QCOMPARE(stored[u"reason"_s], u"disk swap"_s);
        QVERIFY(stored[u"by"_s].toString().contains(u'@'));

        QCOMPARE(m_redis.text({"XLEN", "events"}), "3");
        const QList<QByteArray> fields = newestEvent();
        QCOMPARE(fields.mid(0, 4), (QList<QByteArray>{"type", "maintenance", "ip", "2001:db8::7"}));
        const QJsonObject event = QJsonDocument::fromJson(fields.value(5)).object();
        QCOMPARE(event[u"state"_s], u"started"_s);
        QCOMPARE(event[u"until"_s], entry("2001:db8::7")[u"until"_s]);
        const ProgramRun events = runProgram(m_redis.urlText(), {u"events"_s});
        QVERIFY2(events.output.contains("mysql on db-01 is in maintenance until ")
                     && events.output.contains("mysql of PaaS dev is in maintenance until ")
                     && events.output.contains(": disk swap, by "),
                 events.output);

        const QByteArray table = run({u"list"_s}).output;
        QVERIFY2(table.contains("10.0.0.7/mysql/3306") && table.contains("paas/dev/mysql")
                     && table.contains("disk swap") && table.contains("1 h 59 min"),
                 table);
        const QJsonArray list = listed();
        QCOMPARE(list.size(), 3);
        QCOMPARE(list[0][u"key"_s], u"10.0.0.7/mysql/3306"_s);
        QCOMPARE(list[0][u"role"_s], u"mysql"_s);
        QCOMPARE(list[0][u"instance"_s], u"3306"_s);
        QCOMPARE(list[2][u"paas"_s], u"dev"_s);
    }

    void endsItAndForgetsWhatEndedLongAgo()
    {
        m_redis.call({"HSET", "maintenance", "10.0.0.1", R"({"until":1700000000000})", "10.0.0.2",
                      "rubbish", "10.0.0.3", R"({"until":null})"});
        QCOMPARE(set({u"10.0.0.7"_s}).code, 0);
        QCOMPARE(m_redis.text({"HEXISTS", "maintenance", "10.0.0.1"}), "0");
        QCOMPARE(m_redis.text({"HEXISTS", "maintenance", "10.0.0.2"}), "1"); // not ours to judge
        QCOMPARE(listed().size(), 1);

        const ProgramRun ended = run({u"end"_s, u"10.0.0.7"_s, u"dev"_s}, {u"--json"_s});
        QVERIFY2(ended.code == 0 && ended.errors.contains("paas/dev was not in maintenance"),
                 ended.errors);
        QCOMPARE(ended.array().size(), 1);
        QCOMPARE(listed().size(), 0);
        QCOMPARE(m_redis.text({"XLEN", "events"}), "2");
        QVERIFY(newestEvent().value(5).contains("\"state\":\"ended\""));
        QVERIFY(run({u"list"_s}).output.contains("Nothing is in maintenance."));

        const ProgramRun again = run({u"end"_s, u"10.0.0.7"_s});
        QCOMPARE(again.code, 65);
        QVERIFY2(again.sentence().contains("was not in maintenance"), again.errors);
        QCOMPARE(m_redis.text({"XLEN", "events"}), "2");
    }

    void showsTheTrueStateBeside()
    {
        QCOMPARE(set({u"10.0.0.7"_s, u"mysql:3306"_s}).code, 0);
        QCOMPARE(set({u"2001:db8::7"_s}).code, 0);
        m_redis.call({"HSET", "servers:alive", "2001:db8::7", "0"});
        m_redis.call({"HSET", "server:info:2001:db8::7", "hostname", "db-02"});
        m_redis.call({"SET", "server:alive:10.0.0.7", "1", "PX", "600000"});
        const QByteArray servers = runProgram(m_redis.urlText(), {u"servers"_s}).output;
        QVERIFY2(servers.contains("maintenance (died)"), servers);
        const QByteArray server
            = runProgram(m_redis.urlText(), {u"server"_s, u"10.0.0.7"_s}).output;
        QVERIFY2(server.contains("maintenance (degraded)") && server.contains("maintenance (died)"),
                 server);
        const QJsonArray json = runProgram(m_redis.urlText(), {u"servers"_s, u"--json"_s}).array();
        for (const auto &one : json)
            QCOMPARE(one[u"health"_s], u"maintenance"_s);
    }

    void savesNothingThatIsMeantOtherwise_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("said");
        const QStringList span{u"--for"_s, u"2h"_s}, why{u"--reason"_s, u"x"_s};
        const auto row
            = [](const char *name, const QStringList &arguments, int code, const char *said) {
                  QTest::newRow(name) << arguments << code << QByteArray(said);
              };
        row("nobody knows it", QStringList{u"set"_s, u"10.0.0.8"_s} + span + why, 68, "enrolled");
        row("no such tree", QStringList{u"set"_s, u"prod"_s} + span + why, 65, "paas list");
        row("no such role", QStringList{u"set"_s, u"dev/ssh"_s} + span + why, 65, "paas show dev");
        row("a role alone", QStringList{u"set"_s, u"mysql"_s} + span + why, 65, "mysql:3306");
        row("no end", QStringList{u"set"_s, u"dev"_s} + why, 64, "--for 2h");
        row("too long", QStringList{u"set"_s, u"dev"_s, u"--for"_s, u"5w"_s} + why, 64, "30 days");
        row("no reason", QStringList{u"set"_s, u"dev"_s} + span, 64, "--reason");
        row("nothing", QStringList{u"set"_s} + span + why, 64, "10.0.0.7");
        row("nonsense", QStringList{u"set"_s, u"a;b"_s} + span + why, 64, "'a;b'");
        row("unknown", QStringList{u"stop"_s, u"dev"_s}, 64, "list, set, end");
        row("list what", QStringList{u"list"_s, u"dev"_s}, 64, "maintenance list");
        row("end nothing", QStringList{u"end"_s}, 64, "10.0.0.7");
    }

    void savesNothingThatIsMeantOtherwise()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const ProgramRun result = run(arguments);
        QTEST(result.code, "code");
        QVERIFY2(result.sentence().startsWith("treewarden: ") && result.sentence().contains(said)
                     && !result.sentence().contains('\n'),
                 result.errors);
        QCOMPARE(m_redis.text({"EXISTS", "maintenance", "events"}), "0");
    }

    void asksAgainAboutAServiceThatNobodyKnows()
    {
        const ProgramRun done = set({u"10.0.0.7"_s, u"mysql:3307"_s});
        QCOMPARE(done.code, 0);
        QVERIFY2(done.errors.contains("mysql:3307"), done.errors);
    }

    void escapesAReason()
    {
        const ProgramRun done
            = run({u"set"_s, u"10.0.0.7"_s},
                  {u"--for"_s, u"2h"_s, u"--reason"_s, u"a\"b\\c\u001b[31m\nd %1 </script>"_s});
        QCOMPARE(done.code, 0);
        QCOMPARE(entry("10.0.0.7")[u"reason"_s], u"a\"b\\c\u001b[31m\nd %1 </script>"_s);
        const QByteArray table = run({u"list"_s}).output;
        QVERIFY2(!table.contains('\x1b') && table.count('\n') == 2, table);
    }
};

QTEST_GUILESS_MAIN(TestCliMaintenance)
#include "tst_climaintenance.moc"
