// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/agentharness.h"

#include <QJsonDocument>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// A process that dies and is started again faster than anybody can read.
class TestAgentFlapping : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    RedisServer m_redis;
    Victims m_victims;

    QJsonObject stored() const
    {
        return QJsonDocument::fromJson(m_redis.text({"HGET", "services:127.0.0.1", "dummy:a"}))
            .object();
    }

private Q_SLOTS:

    void aFlappingServiceSaysSoInsteadOfFlooding()
    {
        Listener listener(m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(listener.isReady(), patience);
        enrol(m_redis, {m_victims.start(u"a"_s)});
        m_redis.call({"HSET", "server:config:127.0.0.1", "intervals",
                      R"({"heartbeat":1,"lease":6,"services":0.1})"});
        AgentProcess agent(m_redis.urlText());
        agent.start();
        const auto told = [&](int alive) {
            return listener.count(u"service"_s, {{u"alive"_s, alive}});
        };
        QTRY_COMPARE_WITH_TIMEOUT(told(1), 1, patience);
        const auto flapping = [&] { return listener.last(u"service"_s).contains(u"flapping"_s); };
        for (int i = 1; i <= 60 && !flapping(); ++i) {
            m_victims.kill(u"a"_s);
            QTRY_VERIFY_WITH_TIMEOUT(told(0) == i || flapping(), patience);
            m_victims.start(u"a"_s);
            QTRY_VERIFY_WITH_TIMEOUT(told(1) == i + 1 || flapping(), patience);
        }
        const QJsonObject message = listener.last(u"service"_s);
        QVERIFY2(message.value(u"flapping").toInt() > 10, QJsonDocument(message).toJson());
        QCOMPARE(message.value(u"code"), u"service.flapping"_s);
        QVERIFY(message.contains(u"n"_s));
        QTRY_COMPARE_WITH_TIMEOUT(stored().value(u"flapping"), message.value(u"flapping"),
                                  patience);
        QCOMPARE(countEvents(m_redis, u"service"_s, {{u"code"_s, u"service.flapping"_s}}), 1);

        // What follows is counted; a new count may be told once in ten seconds, without an event.
        const int messages = listener.count(u"service"_s),
                  events = countEvents(m_redis, u"service"_s);
        for (int i = 0; i < 5; ++i) {
            m_victims.kill(u"a"_s);
            m_victims.start(u"a"_s);
            const int beats = listener.count(u"services"_s);
            QTRY_VERIFY_WITH_TIMEOUT(listener.count(u"services"_s) > beats, patience);
        }
        QVERIFY2(listener.count(u"service"_s) <= messages + 1,
                 QByteArray::number(listener.count(u"service"_s) - messages));
        QCOMPARE(countEvents(m_redis, u"service"_s), events);
    }
};

QTEST_GUILESS_MAIN(TestAgentFlapping)
#include "tst_agentflapping.moc"
