// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"
#include "tests/support/faultproxy.h"

#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

QJsonObject service(const QString &instance, int alive)
{
    return {{u"role"_s, u"dummy"_s}, {u"instance"_s, instance}, {u"alive"_s, alive}};
}

} // namespace

class TestAgentFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_victims = std::make_unique<Victims>();
        m_listener = std::make_unique<Listener>(*m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady(), patience);
        enrol(*m_redis, {m_victims->start(u"a"_s), m_victims->start(u"b"_s)});
        m_agent = std::make_unique<AgentProcess>(m_redis->urlText());
        m_agent->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s), 2, patience);
        m_listener->clear();
    }

    void cleanup()
    {
        m_agent.reset();
        m_listener.reset();
        m_victims.reset();
        m_redis.reset();
    }

    void tellsWhatHappenedWhileRedisWasRestartedOnceAndInOrder()
    {
        m_redis->stop();
        m_victims->kill(u"a"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("is away"), patience);
        QTest::qWait(1200); // a round sees it gone
        m_victims->start(u"a"_s);
        m_victims->kill(u"b"_s);
        QTest::qWait(1200);
        m_redis->start();
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"b"_s, 0)), 1,
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1,
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 1)), 2,
                                  patience);
        QCOMPARE(m_redis->text({"GET", "service:127.0.0.1:dummy:a:alive"}), "1");
        QCOMPARE(m_redis->text({"GET", "service:127.0.0.1:dummy:b:alive"}), "0");
        QCOMPARE(countEvents(*m_redis, u"alive"_s, {{u"alive"_s, 0}}), 0);
        QCOMPARE(m_agent->errors().count("is away"), 1);
    }

    void tellsOnceAfterItsConnectionWasKilled()
    {
        for (int i = 0; i < 5; ++i) {
            m_redis->call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            m_victims->kill(u"a"_s);
            m_redis->call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)),
                                      i + 1, patience);
            m_victims->start(u"a"_s);
            QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 1)),
                                      i + 2, patience);
        }
        QCOMPARE(countEvents(*m_redis, u"service"_s, service(u"b"_s, 0)), 0);
        QCOMPARE(countEvents(*m_redis, u"alive"_s, {{u"alive"_s, 0}}), 0);
    }

    void tellsOnceWhatARedisThatHungTookLate()
    {
        m_redis->pause();
        m_victims->kill(u"a"_s); // the MULTI waits in the hung server's socket
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("is away"), patience);
        m_redis->resume();
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("is back"), patience);
        m_victims->kill(u"b"_s);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"b"_s, 0)), 1,
                                  patience);
        QCOMPARE(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1);
        QCOMPARE(m_redis->text({"GET", "service:127.0.0.1:dummy:a:alive"}), "0");
        QVERIFY(m_agent->isRunning());
    }

    void tellsATransitionOnceWhereverItsConnectionIsCut_data()
    {
        QTest::addColumn<int>("answeredBytes");
        QTest::addColumn<bool>("isReset");
        // The answers to what follows a death have some 300 bytes: each row cuts them elsewhere.
        for (int bytes = 5; bytes < 500; bytes += 60)
            QTest::addRow("after %d bytes", bytes) << bytes << false;
        QTest::addRow("reset at once") << 1 << true;
        QTest::addRow("reset in the middle") << 150 << true;
    }

    void tellsATransitionOnceWhereverItsConnectionIsCut()
    {
        QFETCH(int, answeredBytes);
        QFETCH(bool, isReset);
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
        FaultProxy proxy(m_redis->socketPath());
        proxy.setReset(isReset);
        m_agent = std::make_unique<AgentProcess>(proxy.url().displayText());
        m_agent->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_listener->count(u"service"_s), 2, patience);
        const int before = proxy.connections();
        proxy.setCutAfter(answeredBytes);
        m_victims->kill(u"a"_s);
        QTRY_VERIFY_WITH_TIMEOUT(proxy.connections() > before + 1, patience);
        proxy.setCutAfter(-1);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1,
                                  patience);
        m_victims->start(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 1)), 2,
                                  patience);
        QCOMPARE(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1);
        QCOMPARE(countEvents(*m_redis, u"service"_s, service(u"b"_s, 0)), 0);
        QCOMPARE(countEvents(*m_redis, u"alive"_s, {{u"alive"_s, 1}}), 2); // the two starts
    }

    void rewritesWhatARestoreLost()
    {
        m_redis->call({"SAVE"});
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1,
                                  patience);
        m_redis->kill(); // what came after SAVE is lost
        m_redis->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_redis->text({"GET", "service:127.0.0.1:dummy:a:alive"}), "0",
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1,
                                  patience);
    }

    void keepsTransitionsWhileRedisRefusesWrites()
    {
        m_redis->call({"CONFIG", "SET", "maxmemory", "1"});
        m_victims->kill(u"a"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("Redis refuses this server's reports"),
                                 patience);
        m_redis->call({"CONFIG", "SET", "maxmemory", "0"});
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1,
                                  patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("takes this server's reports again"),
                                 patience);
        QCOMPARE(m_agent->errors().count("Redis refuses"), 1);
    }

    void leavesQuicklyWhenRedisIsAway()
    {
        m_redis->kill();
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("is away"), patience);
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
    }

    void leavesWhenRedisHangs()
    {
        m_redis->pause();
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
        m_redis->resume();
    }

    void announcesItselfAfterAPauseOfItsOwn()
    {
        m_agent->signal(SIGSTOP);
        m_redis->call({"HSET", "servers:alive", "127.0.0.1", "0"});
        m_redis->call({"DEL", "server:alive:127.0.0.1"});
        m_agent->signal(SIGCONT);
        QTRY_COMPARE_WITH_TIMEOUT(m_redis->text({"HGET", "servers:alive", "127.0.0.1"}), "1",
                                  patience);
        QCOMPARE(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 0);
    }

    void comesBackIntoAnIndexThatLostIt()
    {
        m_redis->call({"HDEL", "servers:alive", "127.0.0.1"});
        QTRY_COMPARE_WITH_TIMEOUT(m_redis->text({"HGET", "servers:alive", "127.0.0.1"}), "1",
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"alive"_s, {{u"alive"_s, 1}}), 2,
                                  patience);
        QCOMPARE(countEvents(*m_redis, u"service"_s), 2);
    }

    void saysOnceWhichKeyIsOfAWrongType_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("the index") << QByteArray("servers:alive");
        QTest::newRow("the facts") << QByteArray("server:info:127.0.0.1");
        QTest::newRow("the tombstones") << QByteArray("servers:removed");
    }

    void saysOnceWhichKeyIsOfAWrongType()
    {
        QFETCH(QByteArray, key);
        const QByteArray sentence = key + " in Redis is no hash";
        m_redis->call({"SET", key, "rubbish"});
        // What looks at the tombstones is a new connection only.
        m_redis->call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains(sentence), patience);
        QVERIFY2(m_agent->errors().contains("(DEL " + key + ")"), m_agent->errors());
        QTest::qWait(2500); // several heartbeats and rounds try again
        QCOMPARE(m_agent->errors().count(sentence), 1);
        m_redis->call({"DEL", key});
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("takes this server's reports again"),
                                 patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_redis->text({"HGET", "servers:alive", "127.0.0.1"}), "1",
                                  patience);
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1,
                                  patience);
    }

    void saysOnceThatItsClockIsWrong()
    {
        m_agent.reset();
        qputenv("LD_PRELOAD", LIBFAKETIME);
        qputenv("FAKETIME", "+1d");
        qputenv("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        m_agent = std::make_unique<AgentProcess>(m_redis->urlText());
        m_agent->start();
        for (const char *name : {"LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC"})
            qunsetenv(name);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"clock"_s), 1, patience);
        for (int i = 0; i < 2; ++i) { // each new connection looks again
            m_redis->call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            m_listener->clear();
            QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"services"_s) > 0, patience);
        }
        QCOMPARE(countEvents(*m_redis, u"clock"_s), 1);
        QVERIFY2(m_agent->errors().contains("clock and Redis' differ by 86"), m_agent->errors());
        QCOMPARE(m_redis->text({"HGET", "servers:alive", "127.0.0.1"}), "1");
        m_victims->kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(countEvents(*m_redis, u"service"_s, service(u"a"_s, 0)), 1,
                                  patience);
    }

private:
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<Victims> m_victims;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<AgentProcess> m_agent;
};

QTEST_GUILESS_MAIN(TestAgentFaults)
#include "tst_agentfaults.moc"
