// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"

#include <QTest>

#include <csignal>
#include <sched.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// The agent in a network of the test's own, whose addresses come and go. Where the system allows no
// such network it only has to live on what there is.
class TestAgentAddress : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000;

    bool m_hasOwnNetwork = false;
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<AgentProcess> m_agent;

    static void ip(const QString &words)
    {
        QProcess program;
        program.start(u"ip"_s, words.split(u' '));
        QVERIFY2(program.waitForFinished(patience) && program.exitCode() == 0, qPrintable(words));
    }

    int count(const QJsonObject &like = {}) const { return m_listener->count(u"address"_s, like); }

private Q_SLOTS:

    void initTestCase()
    {
        m_hasOwnNetwork = unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
        qInfo("a network of the test's own: %s", m_hasOwnNetwork ? "yes" : "no, not allowed here");
        m_redis = std::make_unique<RedisServer>(); // on a Unix socket: in any network
        m_listener = std::make_unique<Listener>(*m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady(), patience);
        QString enrolled = u"127.0.0.1"_s;
        if (m_hasOwnNetwork) {
            ip(u"link set lo up"_s);
            ip(u"address add 10.98.7.7/32 dev lo"_s);
            enrolled = u"10.98.7.7"_s;
        }
        const QByteArray config = "server:config:" + enrolled.toUtf8();
        m_redis->call({"HSET", config, "version", "1", "services", "{}"});
        m_agent
            = std::make_unique<AgentProcess>(m_redis->urlText(), QStringList{u"--ip"_s, enrolled});
        m_agent->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"alive"_s) >= 1, patience);
        QCOMPARE(count(), 0);
    }

    void tellsAnAddressThatCame()
    {
        if (!m_hasOwnNetwork)
            return;
        ip(u"address add 10.98.7.8/32 dev lo"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), 1, patience);
        QVERIFY(!m_listener->last(u"address"_s).contains(u"enrolled"_s));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_redis->text({"HGET", "server:info:10.98.7.7", "addresses"}).contains("10.98.7.8"),
            patience);
        QCOMPARE(countEvents(*m_redis, u"address"_s), 1);
    }

    void saysThatItsOwnAddressLeftAndReportsOn()
    {
        if (!m_hasOwnNetwork)
            return;
        ip(u"address del 10.98.7.7/32 dev lo"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count({{u"enrolled"_s, 0}}), 1, patience);
        QVERIFY(m_listener->last(u"address"_s).value(u"reason").toString().contains(u"10.98.7.7"));
        QVERIFY2(m_agent->errors().contains("the enrolled address 10.98.7.7 left this host"),
                 m_agent->errors());
        const int beats = m_listener->count(u"alive"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"alive"_s) > beats, patience);
        QCOMPARE(m_redis->text({"GET", "server:alive:10.98.7.7"}), "1");
        ip(u"address add 10.98.7.7/32 dev lo"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count({{u"enrolled"_s, 1}}), 1, patience);
        QCOMPARE(countEvents(*m_redis, u"address"_s), 3);
    }

    void saysGoodbye()
    {
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
    }

    void refusesToGuessWhichOfSeveralEnrolledAddressesItIs()
    {
        if (!m_hasOwnNetwork)
            return;
        const RedisServer redis;
        for (const QString &address : {u"10.98.8.1"_s, u"10.98.8.2"_s}) {
            ip(u"address add %1/32 dev lo"_s.arg(address));
            redis.call({"HSET", "server:config:" + address.toUtf8(), "version", "1"});
        }
        AgentProcess agent(redis.urlText(), {});
        agent.start();
        QCOMPARE(agent.wait(), 78);
        QVERIFY2(agent.errors().contains("several addresses of this host are enrolled "
                                         "(10.98.8.1, 10.98.8.2): choose one with --ip"),
                 agent.errors());
        QCOMPARE(agent.errors().count('\n'), 1);
        AgentProcess named(redis.urlText(), {u"--once"_s, u"--ip"_s, u"10.98.8.2"_s});
        named.start();
        QCOMPARE(named.wait(), 0);
    }
};

QTEST_GUILESS_MAIN(TestAgentAddress)
#include "tst_agentaddress.moc"
