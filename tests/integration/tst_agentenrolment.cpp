// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QByteArray config = "server:config:127.0.0.1";

QJsonObject pendingOf(const RedisServer &redis, const QByteArray &ip)
{
    return QJsonDocument::fromJson(redis.text({"HGET", "servers:pending", ip})).object();
}

} // namespace

class TestAgentEnrolment : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void init() { m_redis.call({"FLUSHALL"}); }

    void asksToBeEnrolledAndLeavesWith68()
    {
        AgentProcess agent(m_redis.urlText());
        agent.start();
        QCOMPARE(agent.wait(), 68);
        QCOMPARE(agent.errors(),
                 "treewarden-agent: this server is not enrolled as 127.0.0.1; enrol it with: "
                 "treewarden enrol 127.0.0.1\n");
        const QJsonObject pending = pendingOf(m_redis, "127.0.0.1");
        QVERIFY(!pending.value(u"hostname").toString().isEmpty());
        QVERIFY(!pending.value(u"machine_id").toString().isEmpty());
        QVERIFY(pending.value(u"services").toObject().contains(u"redis"));
        QVERIFY(m_redis.call({"HGETALL", "server:info:127.0.0.1"}).elements.isEmpty());
    }

    void asksUnderAnAddressOfItsOwn()
    {
        AgentProcess agent(m_redis.urlText(), {});
        agent.start();
        QCOMPARE(agent.wait(), 68);
        QCOMPARE(m_redis.call({"HLEN", "servers:pending"}).integer, 1);
    }

    void findsItselfByItsAddress()
    {
        enrol(m_redis, {});
        AgentProcess agent(m_redis.urlText(), {u"--check"_s});
        agent.start();
        QCOMPARE(agent.wait(), 0);
        QVERIFY(agent.output().startsWith("127.0.0.1:"));
    }

    void waitsForItsEnrolmentWhenAsked()
    {
        AgentProcess agent(m_redis.urlText(), {u"--ip"_s, u"127.0.0.1"_s, u"--enrol"_s});
        agent.start();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_redis.call({"PUBSUB", "NUMSUB", "manage:127.0.0.1"}).elements.value(1).integer, 1,
            20000);
        QVERIFY(!pendingOf(m_redis, "127.0.0.1").isEmpty());
        enrol(m_redis, {});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"HGET", "servers:alive", "127.0.0.1"}), "1", 20000);
        agent.signal(SIGTERM);
        QCOMPARE(agent.wait(), 0);
    }

    void asksAgainAfterItsRemovalAndSaysThatItWasRemoved()
    {
        AgentProcess first(m_redis.urlText());
        first.start();
        QCOMPARE(first.wait(), 68);
        const QJsonObject asked = pendingOf(m_redis, "127.0.0.1");
        QVERIFY(!asked.contains(u"removed"));
        m_redis.call({"DEL", "servers:pending"});
        const QByteArray machine = asked.value(u"machine_id").toString().toUtf8();
        m_redis.call({"HSET", "servers:removed", "127.0.0.1",
                      "{\"machine_id\":\"" + machine + "\",\"timestamp\":1700000000000}"});
        AgentProcess second(m_redis.urlText());
        second.setStateDirectory(first.stateDirectory());
        second.start();
        QCOMPARE(second.wait(), 68);
        QVERIFY2(second.errors().contains("was removed from the fleet as 127.0.0.1"),
                 second.errors());
        QCOMPARE(pendingOf(m_redis, "127.0.0.1").value(u"removed").toInteger(), 1700000000000);
        // Another machine's removal is none of its affair.
        m_redis.call({"HSET", "servers:removed", "127.0.0.1", "{\"machine_id\":\"another\"}"});
        AgentProcess third(m_redis.urlText());
        third.start();
        QCOMPARE(third.wait(), 68);
        QVERIFY(!pendingOf(m_redis, "127.0.0.1").contains(u"removed"));
    }

    void asksAgainWhenRedisForgotThatItWaits()
    {
        AgentProcess agent(m_redis.urlText(), {u"--ip"_s, u"127.0.0.1"_s, u"--enrol"_s});
        agent.start();
        QTRY_VERIFY_WITH_TIMEOUT(!pendingOf(m_redis, "127.0.0.1").isEmpty(), 20000);
        m_redis.call({"FLUSHALL"});
        m_redis.call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        QTRY_VERIFY_WITH_TIMEOUT(!pendingOf(m_redis, "127.0.0.1").isEmpty(), 20000);
    }

    void refusesAConfigurationForAnotherMachine()
    {
        enrol(m_redis, {});
        m_redis.call({"HSET", config, "machine_id", "feedfacefeedfacefeedfacefeedface"});
        for (const QString &mode : {u"--check"_s, u"--once"_s, u"--enrol"_s, QString()}) {
            AgentProcess agent(m_redis.urlText(),
                               QStringList{u"--ip"_s, u"127.0.0.1"_s}
                                   << (mode.isEmpty() ? QStringList() : QStringList{mode}));
            agent.start();
            QCOMPARE(agent.wait(), 78);
            QVERIFY2(agent.errors().contains("is for the machine feedfacefeedfacefeedfacefeedface, "
                                             "and this one is "),
                     agent.errors());
            QCOMPARE(agent.errors().count('\n'), 1);
        }
        QCOMPARE(m_redis.text({"HGET", "servers:alive", "127.0.0.1"}), "0");
        QCOMPARE(m_redis.call({"EXISTS", "server:info:127.0.0.1"}).integer, 0);
    }

    void goesOnWhenANewConfigurationIsForAnotherMachine()
    {
        enrol(m_redis, {});
        AgentProcess agent(m_redis.urlText());
        agent.start();
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.text({"HGET", "servers:alive", "127.0.0.1"}), "1", 20000);
        m_redis.call({"HSET", config, "machine_id", "another", "version", "2"});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(m_redis, u"config"_s, {{u"state"_s, u"refused"_s}}),
                                  1, 20000);
        QVERIFY(agent.isRunning());
        m_redis.call({"HSET", config, "machine_id",
                      m_redis.text({"HGET", "server:info:127.0.0.1", "machine_id"})});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_VERIFY_WITH_TIMEOUT(agent.errors().contains("version 2"), 20000);
    }

    void refusesWrongOptions_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no ip") << QStringList{u"--ip"_s, u"10.0.0"_s}
                               << QByteArray("'10.0.0' (--ip) is no IP address");
        QTest::newRow("no such option") << QStringList{u"--onec"_s} << QByteArray("onec");
        QTest::newRow("two modes") << QStringList{u"--once"_s, u"--check"_s}
                                   << QByteArray("--once and --check exclude each other");
        QTest::newRow("an argument")
            << QStringList{u"start"_s} << QByteArray("unexpected argument 'start'");
    }

    void refusesWrongOptions()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        AgentProcess agent(m_redis.urlText(), arguments);
        agent.start();
        QCOMPARE(agent.wait(), 64);
        QVERIFY2(agent.errors().contains(says), agent.errors());
        QCOMPARE(agent.errors().count('\n'), 1);
    }

    void oneShotsLeaveWith69WithoutRedis_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("once") << u"--once"_s;
        QTest::newRow("check") << u"--check"_s;
    }

    void oneShotsLeaveWith69WithoutRedis()
    {
        QFETCH(QString, mode);
        AgentProcess agent(u"unix:///nonexistent/redis.sock"_s, {mode});
        agent.start();
        QCOMPARE(agent.wait(), 69);
        QCOMPARE(agent.errors().count('\n'), 1);
        QVERIFY2(agent.errors().contains("/nonexistent/redis.sock"), agent.errors());
    }

    void keepsTryingAsAServiceAndSaysSoOnce()
    {
        AgentProcess agent(u"unix:///nonexistent/redis.sock"_s);
        agent.start();
        QTRY_VERIFY_WITH_TIMEOUT(agent.errors().contains("trying again"), 20000);
        QTest::qWait(1000); // several attempts
        QCOMPARE(agent.errors().count('\n'), 1);
        agent.signal(SIGTERM);
        QCOMPARE(agent.wait(), 0);
    }

    void refusesAWrongConfigurationWithEveryError()
    {
        m_redis.call({"HSET", config, "services",
                      R"({"redis":{"6379":{"alive":{"probe":"redsi"}},"b d":{"alive":5}}})"});
        for (const QString &mode : {u"--check"_s, QString()}) {
            AgentProcess agent(m_redis.urlText(),
                               QStringList{u"--ip"_s, u"127.0.0.1"_s}
                                   << (mode.isEmpty() ? QStringList() : QStringList{mode}));
            agent.start();
            QCOMPARE(agent.wait(), 78);
            QVERIFY2(agent.errors().contains("redsi") && agent.errors().contains("b d"),
                     agent.errors());
        }
        QCOMPARE(m_redis.text({"HGET", "servers:alive", "127.0.0.1"}), QByteArray());
    }

    void refusesAConfigurationOfTenMegabytes()
    {
        m_redis.call({"HSET", config, "services", QByteArray(10 << 20, 'x')});
        AgentProcess agent(m_redis.urlText());
        agent.start();
        QCOMPARE(agent.wait(), 78);
        QCOMPARE(agent.errors().count('\n'), 1);
        QVERIFY2(agent.errors().size() < 1000, "the sentence carries the configuration");
    }

    void refusesAConfigurationThatIsNoHash()
    {
        m_redis.call({"SET", config, "x"});
        AgentProcess agent(m_redis.urlText());
        agent.start();
        QCOMPARE(agent.wait(), 78);
        QVERIFY2(agent.errors().contains("is no hash"), agent.errors());
    }

    void checkPrintsWhatWouldBeWatched()
    {
        enrol(m_redis, {u"twvictim"_s});
        m_redis.call({"HSET", "server:config:127.0.0.1", "ping", R"(["127.0.0.1"])"});
        AgentProcess agent(m_redis.urlText(), {u"--check"_s, u"--ip"_s, u"127.0.0.1"_s});
        agent.start();
        QCOMPARE(agent.wait(), 0);
        const QByteArray output = agent.output();
        QVERIFY2(output.contains("\n  dummy:twvictim  alive     a process "), output);
        QVERIFY2(output.contains("\nping, every 10 s\n") && output.contains("\n  127.0.0.1\n"),
                 output);
        QVERIFY2(output.contains("\nnothing is kept from the user ")
                     || output.contains("\nwhat the user "),
                 output);
        QCOMPARE(m_redis.call({"DBSIZE"}).integer, 2);
    }

    void discoverPrintsServicesAndNeedsNoRedis()
    {
        AgentProcess agent(u"unix:///nonexistent/redis.sock"_s, {u"--discover"_s});
        agent.start();
        QCOMPARE(agent.wait(), 0);
        QVERIFY(QJsonDocument::fromJson(agent.output()).object().contains(u"redis"));
    }

    void onceReportsARoundButNoLife()
    {
        Victims victims;
        const QString living = victims.start(u"living"_s), dead = victims.fullName(u"dead"_s);
        enrol(m_redis, {living, dead});
        m_redis.call({"HSET", "server:config:127.0.0.1", "ping", R"(["127.0.0.1"])"});
        AgentProcess agent(m_redis.urlText(), {u"--once"_s, u"--ip"_s, u"127.0.0.1"_s});
        agent.start();
        QCOMPARE(agent.wait(), 0);
        QCOMPARE(m_redis.text({"GET", "service:127.0.0.1:dummy:living:alive"}), "1");
        QCOMPARE(m_redis.text({"GET", "service:127.0.0.1:dummy:dead:alive"}), "0");
        QCOMPARE(m_redis.call({"LLEN", "server:workload:127.0.0.1"}).integer, 1);
        QVERIFY(m_redis.text({"LINDEX", "server:workload:127.0.0.1", "-1"}).contains("\"busy\""));
        QVERIFY(m_redis.text({"LINDEX", "server:workload:127.0.0.1", "-1"})
                    .contains("\"ping\":{\"127.0.0.1\":"));
        QVERIFY(!m_redis.text({"LINDEX", "server:workload:127.0.0.1", "-1"}).contains("null"));
        QVERIFY(!m_redis.text({"HGET", "server:info:127.0.0.1", "hostname"}).isEmpty());
        for (const char *field : {"session", "started", "told"})
            QVERIFY(m_redis.call({"HGET", "server:info:127.0.0.1", field}).isNil());
        QCOMPARE(m_redis.text({"HGET", "servers:alive", "127.0.0.1"}), "0");
        QCOMPARE(m_redis.call({"EXISTS", "server:alive:127.0.0.1", "events"}).integer, 0);
    }

private:
    RedisServer m_redis;
};

QTEST_GUILESS_MAIN(TestAgentEnrolment)
#include "tst_agentenrolment.moc"
