// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const QString ip = u"127.0.0.1"_s;

QJsonObject service(const QString &instance, int alive)
{
    return {{u"role"_s, u"dummy"_s}, {u"instance"_s, instance}, {u"alive"_s, alive}};
}

} // namespace

class TestAgentLife : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void init()
    {
        m_redis.call({"FLUSHALL"});
        m_listener = std::make_unique<Listener>(m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady(), patience);
        m_agent = std::make_unique<AgentProcess>(m_redis.urlText());
    }

    void cleanup()
    {
        m_agent.reset();
        m_victims = std::make_unique<Victims>();
    }

    void writesAndPublishesWhatTheContractSays()
    {
        startWith({m_victims->start(u"a"_s), m_victims->fullName(u"b"_s)});
        QCOMPARE(text({"HGET", "servers:alive", "127.0.0.1"}), "1");
        QCOMPARE(text({"GET", "server:alive:127.0.0.1"}), "1");
        QVERIFY(m_redis.call({"PTTL", "server:alive:127.0.0.1"}).integer > 0);
        QVERIFY(!text({"HGET", "servers:since", "127.0.0.1"}).isEmpty());
        QCOMPARE(m_listener->aliveSignals(), QList<QByteArray>{"1"});
        QCOMPARE(countEvents(m_redis, u"alive"_s, {{u"alive"_s, 1}}), 1);
        for (const char *fact : {"hostname", "machine_id", "os", "kernel", "architecture",
                                 "cpu_count", "memory_total", "boot_time", "addresses",
                                 "agent_version", "session", "started", "updated", "lease", "told"})
            QVERIFY2(m_redis.call({"HEXISTS", "server:info:127.0.0.1", fact}).integer == 1, fact);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"b"_s, 0)), 1, patience);
        QCOMPARE(text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1");
        QCOMPARE(text({"GET", "service:127.0.0.1:dummy:b:alive"}), "0");
        QVERIFY(!stored(u"b"_s).value(u"reason").toString().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"workload"_s) >= 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"services"_s) >= 2, patience);
        QVERIFY(m_listener->count(u"alive"_s, {{u"alive"_s, 1}}) >= 2);
        const QByteArray sample = text({"LINDEX", "server:workload:127.0.0.1", "-1"});
        QVERIFY2(sample.startsWith("{\"timestamp\":") && sample.contains("\"info\":{"), sample);
    }

    void tellsADeathAndTheReturnOnce()
    {
        startWith({m_victims->start(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 0)), 1, patience);
        const QJsonObject death = m_listener->last(u"service"_s, service(u"a"_s, 0));
        QCOMPARE(death.value(u"session").toString().toUtf8(),
                 text({"HGET", "server:info:127.0.0.1", "session"}));
        QVERIFY(death.value(u"n").toInteger() > 1);
        QCOMPARE(text({"GET", "service:127.0.0.1:dummy:a:alive"}), "0");
        QCOMPARE(text({"HGET", "server:info:127.0.0.1", "told"}),
                 death.value(u"session").toString().toUtf8() + ':'
                     + QByteArray::number(death.value(u"n").toInteger()));
        m_victims->start(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 2, patience);
        QCOMPARE(countEvents(m_redis, u"service"_s, service(u"a"_s, 0)), 1);
        QCOMPARE(countEvents(m_redis, u"service"_s, service(u"a"_s, 1)), 2);
    }

    void anotherReasonIsNoSecondDeath()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"pid"_s);
        enrol(m_redis, {});
        m_redis.call(
            {"HSET", "server:config:127.0.0.1", "services",
             u"{\"dummy\":{\"a\":{\"alive\":{\"probe\":\"process\",\"pidfile\":\"%1\"}}}}"_s
                 .arg(path)
                 .toUtf8()});
        m_agent->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 0)), 1, patience);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("999999999\n");
        file.close();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_listener->count(u"service-reason"_s, {{u"code"_s, u"pidfile.gone"_s}}), 1, patience);
        QCOMPARE(stored(u"a"_s).value(u"code"), u"pidfile.gone"_s);
        QCOMPARE(m_listener->count(u"service"_s), 1);
        QCOMPARE(countEvents(m_redis, u"service"_s), 1);
    }

    void keepsSinceOverARestartAndTellsWhatChangedMeanwhile()
    {
        const QStringList processes{m_victims->start(u"same"_s), m_victims->start(u"other"_s)};
        startWith(processes);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s), 2, patience);
        const QJsonObject before = stored(u"same"_s);
        stopAgent();
        m_victims->kill(u"other"_s);
        m_listener->clear();
        startWith(processes);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s), 2, patience);
        QCOMPARE(stored(u"same"_s).value(u"since"), before.value(u"since"));
        QVERIFY(stored(u"same"_s).value(u"session") != before.value(u"session"));
        QVERIFY(!m_listener->last(u"service"_s, service(u"same"_s, 1)).contains(u"n"));
        QCOMPARE(countEvents(m_redis, u"service"_s, service(u"same"_s, 1)), 1);
        QCOMPARE(countEvents(m_redis, u"service"_s, service(u"other"_s, 0)), 1);
    }

    void saysGoodbyeWhenTerminated()
    {
        startWith({});
        const QByteArray since = text({"HGET", "servers:since", "127.0.0.1"});
        stopAgent();
        QCOMPARE(text({"GET", "server:alive:127.0.0.1"}), "0");
        QCOMPARE(m_redis.call({"PTTL", "server:alive:127.0.0.1"}).integer, -1);
        QCOMPARE(text({"HGET", "servers:alive", "127.0.0.1"}), "0");
        QVERIFY(text({"HGET", "servers:since", "127.0.0.1"}) != since);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->aliveSignals(), (QList<QByteArray>{"1", "0"}),
                                  patience);
        QCOMPARE(countEvents(m_redis, u"alive"_s, {{u"alive"_s, 0}}), 1);
    }

    void watchesANewConfigurationAfterReloadOrHangup()
    {
        const QString kept = m_victims->start(u"kept"_s), gone = m_victims->start(u"gone"_s),
                      added = m_victims->start(u"added"_s);
        startWith({kept, gone});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s), 2, patience);
        m_redis.call({"HSET", "server:config:127.0.0.1", "version", "2", "services",
                      servicesJson({kept, added})});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"added"_s, 1)), 1,
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_listener->count(u"service-removed"_s, {{u"instance"_s, u"gone"_s}}), 1, patience);
        QCOMPARE(m_redis.call({"EXISTS", "service:127.0.0.1:dummy:gone:alive"}).integer, 0);
        QCOMPARE(m_redis.call({"HKEYS", "services:127.0.0.1"}).elements.size(), 2);
        QCOMPARE(m_listener->count(u"service"_s, service(u"kept"_s, 1)), 1);
        m_redis.call(
            {"HSET", "server:config:127.0.0.1", "version", "3", "services", servicesJson({kept})});
        m_agent->signal(SIGHUP);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_listener->count(u"service-removed"_s, {{u"instance"_s, u"added"_s}}), 1, patience);
    }

    void publishesHowLongOtherHostsTakeToAnswer()
    {
        m_redis.call({"HSET", "server:config:127.0.0.1", "ping", R"(["127.0.0.1"])"});
        startWith({});
        const auto answer = [this](const QString &host) {
            return m_listener->last(u"workload"_s)
                .value(u"info")
                .toObject()
                .value(u"ping")
                .toObject()
                .value(host);
        };
        QTRY_VERIFY_WITH_TIMEOUT(answer(ip).toDouble() > 0, patience);
        m_redis.call({"HSET", "server:config:127.0.0.1", "version", "2", "ping",
                      R"(["127.0.0.1","127.0.0.2"])"});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_VERIFY_WITH_TIMEOUT(answer(u"127.0.0.2"_s).toDouble() > 0, patience);
        QVERIFY(answer(ip).toDouble() > 0);
    }

    void aNewLeaseStandsBeforeItIsUsed()
    {
        startWith({m_victims->start(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        // The sweeper takes an expiry above the stored lease for a lie: read both at one moment.
        const auto isHonest = [this] {
            return m_redis
                       .call({"EVAL",
                              "return redis.call('PTTL', KEYS[1]) <= tonumber(redis.call('HGET', "
                              "KEYS[2], 'lease')) and 1 or 0",
                              "2", "server:alive:127.0.0.1", "server:info:127.0.0.1"})
                       .integer
                == 1;
        };
        for (const QByteArray &lease : QByteArrayList{"60", "5"}) {
            m_redis.call({"HSET", "server:config:127.0.0.1", "intervals",
                          "{\"heartbeat\":0.5,\"lease\":" + lease + "}"});
            m_redis.call({"PUBLISH", "manage:all", "reload"});
            const auto isUsed = [&] {
                return isHonest()
                    && text({"HGET", "server:info:127.0.0.1", "lease"}) == lease + "000"
                    && m_redis.call({"PTTL", "server:alive:127.0.0.1"}).integer > 4000
                    && (lease == "5"
                        || m_redis.call({"PTTL", "server:alive:127.0.0.1"}).integer > 50'000);
            };
            QTRY_VERIFY_WITH_TIMEOUT(isUsed(), patience);
            QVERIFY(isHonest());
        }
    }

    void goesOnWithTheLastGoodConfiguration()
    {
        startWith({m_victims->start(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        m_redis.call(
            {"HSET", "server:config:127.0.0.1", "services", "{\"dummy\":{\"a\":{\"alive\":7}}}"});
        m_redis.call({"PUBLISH", "manage:all", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(m_redis, u"config"_s, {{u"state"_s, u"refused"_s}}),
                                  1, patience);
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 0)), 1, patience);
    }

    void goesOnWhenItsConfigurationVanishes()
    {
        startWith({m_victims->start(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        m_redis.call({"DEL", "server:config:127.0.0.1"});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(m_redis, u"config"_s, {{u"state"_s, u"vanished"_s}}),
                                  1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(text({"HGET", "servers:pending", "127.0.0.1"}).contains("dummy"),
                                 patience);
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 0)), 1, patience);
    }

    void endsWhenItWasRemovedFromTheFleet()
    {
        startWith({m_victims->start(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        const QByteArray machine = text({"HGET", "server:info:127.0.0.1", "machine_id"});
        m_redis.call({"HSET", "servers:removed", "127.0.0.1",
                      "{\"machine_id\":\"" + machine + "\",\"timestamp\":1}"});
        m_redis.call(
            {"DEL", "server:config:127.0.0.1", "server:info:127.0.0.1", "server:alive:127.0.0.1"});
        m_redis.call({"HDEL", "servers:alive", "127.0.0.1"});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->isRunning(), patience);
        QCOMPARE(m_agent->wait(), 68);
        QVERIFY2(m_agent->errors().contains("treewarden enrol 127.0.0.1"), m_agent->errors());
        QList<QByteArray> left = m_redis.call({"KEYS", "*127.0.0.1*"}).toList();
        QVERIFY2(left.isEmpty(), left.join(' '));
        QCOMPARE(m_redis.call({"HEXISTS", "servers:alive", "127.0.0.1"}).integer, 0);
        QCOMPARE(m_redis.call({"HEXISTS", "servers:removed", "127.0.0.1"}).integer, 1);
    }

    void neverAsksToBeEnrolledAfterItsRemoval()
    {
        startWith({m_victims->start(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        // At one moment, as `treewarden remove` does it; what the agent wrote since is its own to
        // delete.
        m_redis.call({"EVAL",
                      "redis.call('HSET', 'servers:removed', ARGV[1], redis.call('HGET', "
                      "'server:info:' .. ARGV[1], 'machine_id')) "
                      "redis.call('DEL', 'server:config:' .. ARGV[1], 'server:info:' .. ARGV[1]) "
                      "return redis.call('PUBLISH', 'manage:' .. ARGV[1], 'reload')",
                      "0", "127.0.0.1"});
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->isRunning(), patience);
        QCOMPARE(m_agent->wait(), 68);
        QCOMPARE(m_redis.call({"EXISTS", "servers:pending"}).integer, 0);
        QCOMPARE(countEvents(m_redis, u"config"_s), 0);
        const QList<QByteArray> left = m_redis.call({"KEYS", "*127.0.0.1*"}).toList();
        QVERIFY2(left.isEmpty(), left.join(' '));
    }

    void aTombstoneOfAnotherMachineDoesNotEndIt()
    {
        startWith({});
        m_redis.call({"HSET", "servers:removed", "127.0.0.1",
                      "{\"machine_id\":\"feedfacefeedface\",\"timestamp\":1}"});
        m_redis.call({"DEL", "server:config:127.0.0.1"});
        m_redis.call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(m_redis.call({"HEXISTS", "servers:pending", "127.0.0.1"}).integer,
                                  1, patience);
        QVERIFY(m_agent->isRunning());
    }

    void aSecondAgentOfTheSameMachineTakesOver()
    {
        startWith({m_victims->start(u"a"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        AgentProcess second(m_redis.urlText());
        second.setStateDirectory(m_agent->stateDirectory());
        second.start();
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->isRunning(), patience);
        QCOMPARE(m_agent->wait(), 78);
        QVERIFY2(m_agent->errors().contains("another agent"), m_agent->errors());
        QCOMPARE(text({"HGET", "servers:alive", "127.0.0.1"}), "1");
        QVERIFY(second.isRunning());
        QCOMPARE(countEvents(m_redis, u"alive"_s, {{u"alive"_s, 0}}), 0);
        second.signal(SIGTERM);
        QCOMPARE(second.wait(), 0);
    }

    void refusesAnAddressThatLivesOnAnotherMachine()
    {
        enrol(m_redis, {});
        m_redis.call({"SET", "server:alive:127.0.0.1", "1", "PX", "60000"});
        m_redis.call({"HSET", "server:info:127.0.0.1", "session",
                      "0b9c5a52-53c4-4f44-9f30-0d0b6f3ad1aa", "machine_id", "feedfacefeedface",
                      "hostname", "elsewhere"});
        m_agent->start();
        QCOMPARE(m_agent->wait(), 78);
        QVERIFY2(m_agent->errors().contains("elsewhere"), m_agent->errors());
        QCOMPARE(m_agent->errors().count('\n'), 1);
        QCOMPARE(text({"HGET", "server:info:127.0.0.1", "hostname"}), "elsewhere");
    }

    void announcesItselfAgainWhenSweptByMistake()
    {
        startWith({});
        m_redis.call({"HSET", "servers:alive", "127.0.0.1", "0"});
        QTRY_COMPARE_WITH_TIMEOUT(text({"HGET", "servers:alive", "127.0.0.1"}), "1", patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->aliveSignals(), (QList<QByteArray>{"1", "1"}),
                                  patience);
        QCOMPARE(countEvents(m_redis, u"alive"_s, {{u"alive"_s, 1}}), 2);
    }

    void writesEverythingAgainAfterAFlush()
    {
        startWith({m_victims->start(u"a"_s), m_victims->fullName(u"b"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s), 2, patience);
        const QJsonObject before = stored(u"a"_s);
        const QByteArray session = text({"HGET", "server:info:127.0.0.1", "session"});
        m_redis.call({"FLUSHALL"});
        QTRY_COMPARE_WITH_TIMEOUT(text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1", patience);
        QTRY_COMPARE_WITH_TIMEOUT(text({"GET", "service:127.0.0.1:dummy:b:alive"}), "0", patience);
        QTRY_COMPARE_WITH_TIMEOUT(text({"HGET", "servers:alive", "127.0.0.1"}), "1", patience);
        QCOMPARE(stored(u"a"_s).value(u"since"), before.value(u"since"));
        QCOMPARE(text({"HGET", "server:info:127.0.0.1", "session"}), session);
        QCOMPARE(countEvents(m_redis, u"service"_s), 0);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(m_redis, u"config"_s, {{u"state"_s, u"vanished"_s}}),
                                  1, patience);
        QVERIFY(m_agent->isRunning());
    }

    void survivesRubbishFromOthers()
    {
        const QString a = m_victims->start(u"a"_s);
        startWith({a});
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 1)), 1, patience);
        const QByteArray rubbish
            = QByteArray::fromHex("00ff1b5b324a0a") + QByteArray(100'000, '\xfe');
        m_redis.call({"PUBLISH", "manage:127.0.0.1", rubbish});
        m_redis.call({"PUBLISH", "manage:all", ""});
        m_redis.call({"PUBLISH", "manage:all", "refresh"});
        m_redis.call({"HSET", "server:info:127.0.0.1", "told", rubbish, "hostname",
                      QByteArray(1 << 20, 'x')});
        m_redis.call({"HSET", "services:127.0.0.1", rubbish, rubbish});
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s, service(u"a"_s, 0)), 1, patience);
        QVERIFY(m_agent->isRunning());
    }

    void goesOnWithoutAStateFolder()
    {
        m_agent->setStateDirectory(u"/proc/nowhere"_s);
        startWith({});
        QVERIFY2(m_agent->errors().contains("cannot write /proc/nowhere/sessions"),
                 m_agent->errors());
    }

private:
    QByteArray text(const QByteArrayList &words) const { return m_redis.text(words); }

    QJsonObject stored(const QString &instance) const
    {
        return QJsonDocument::fromJson(
                   text({"HGET", "services:127.0.0.1", "dummy:" + instance.toUtf8()}))
            .object();
    }

    void startWith(const QStringList &processes)
    {
        enrol(m_redis, processes);
        m_agent->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->aliveSignals().contains("1"), patience);
    }

    void stopAgent()
    {
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
    }

    RedisServer m_redis;
    std::unique_ptr<Victims> m_victims = std::make_unique<Victims>();
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<AgentProcess> m_agent;
};

QTEST_GUILESS_MAIN(TestAgentLife)
#include "tst_agentlife.moc"
