// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/keys.h"
#include "tests/support/simulatedsession.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Hours of an agent's life, passed within seconds on clocks that the test moves.
class TestSimulatedTime : public QObject
{
    Q_OBJECT

    static inline const QByteArray services
        = R"({"dummy":{"first":{"alive":{"probe":"process","name":"systemd"}}}})";
    static inline const ProbeContext savedTree{QStringLiteral(SOURCE_ROOT "/tests/fixtures/proc"),
                                               QStringLiteral(SOURCE_ROOT "/tests/fixtures/sys")};

    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<SimulatedSession> m_agent;

    /// The samples that the raw list holds now, oldest first.
    QList<QJsonObject> samples() const
    {
        QList<QJsonObject> found;
        const QList<QByteArray> list
            = m_redis->call({"LRANGE", Keys::serverWorkload(u"10.0.0.7"_s), "0", "-1"}).toList();
        for (const QByteArray &json : list)
            found << QJsonDocument::fromJson(json).object();
        return found;
    }

    QList<qint64> sampleTimes() const
    {
        QList<qint64> times;
        for (const QJsonObject &sample : samples())
            times << sample.value(u"timestamp").toInteger();
        return times;
    }

    /// How many events of that type the stream has.
    int eventCount(const QByteArray &type) const
    {
        int count = 0;
        const RedisValue events = m_redis->call({"XRANGE", Keys::events, "-", "+"});
        for (const RedisValue &event : events.elements)
            count += event.elements.at(1).toList().value(1) == type;
        return count;
    }

    QJsonObject serviceState() const
    {
        return QJsonDocument::fromJson(
                   m_redis->text({"HGET", Keys::services(u"10.0.0.7"_s), "dummy:first"}))
            .object();
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_agent = std::make_unique<SimulatedSession>(*m_redis, services, savedTree);
    }

    void cleanup()
    {
        m_agent.reset();
        m_redis.reset();
    }

    void twoHoursHaveOneSampleASecondInPhase()
    {
        QRandomGenerator random(1);
        QList<qint64> times;
        const qint64 start = m_agent->wall();
        const int seconds = 7200, step = 240;
        for (int passed = 0; passed < seconds; passed += step) {
            // Every round begins up to 40 ms late: that must not add up.
            m_agent->pass(std::chrono::seconds(step), [&] { return random.bounded(40); });
            for (const qint64 time : sampleTimes()) {
                if (times.isEmpty() || time > times.last())
                    times << time;
            }
        }
        QVERIFY(qAbs(times.size() - seconds) <= 1);
        for (qsizetype i = 0; i < times.size(); ++i) {
            const qint64 due = times.first() / 1000 * 1000 + i * 1000;
            QVERIFY2(
                times[i] >= due && times[i] - due < 40,
                qPrintable(u"sample %1 came %2 ms after it was due"_s.arg(i).arg(times[i] - due)));
        }
        QVERIFY(times.first() - start < 1000);
        QCOMPARE(m_agent->session().skippedRounds(), 0);
        QCOMPARE(eventCount("alive"), 1);
        const QJsonObject agent
            = samples().last().value(u"info").toObject().value(u"agent").toObject();
        QCOMPARE(agent.value(u"skipped"), QJsonValue(0));
        QVERIFY(agent.value(u"round").toDouble() > 0 && agent.value(u"rss").toDouble() > 0);
    }

    void aStandStillIsMadeUpForByOneRound()
    {
        m_agent->pass(10s);
        const qsizetype before = sampleTimes().size();
        m_agent->standStill(1h);
        QCOMPARE(sampleTimes().size(), before + 1);
        QVERIFY(m_agent->session().skippedRounds() > 0);
        const qint64 phase = m_agent->session().nextDue() % 1000;
        m_agent->pass(10s);
        QCOMPARE(sampleTimes().size(), before + 11);
        QCOMPARE(m_agent->session().nextDue() % 1000, phase);
    }

    void aSlowRoundSkipsAndNeverQueues()
    {
        m_agent->pass(5s);
        const qsizetype before = sampleTimes().size();
        const qint64 skipped = m_agent->session().skippedRounds();
        // Every round takes 2.5 of its own intervals.
        for (int i = 0; i < 4; ++i)
            m_agent->standStill(2500ms);
        QCOMPARE(sampleTimes().size(), before + 4);
        // 10 s have 10 rounds of two kinds: 4 of each were made.
        QCOMPARE(m_agent->session().skippedRounds() - skipped, 2 * 6);
    }

    void aWallClockThatIsSetHarmsNothing_data()
    {
        QTest::addColumn<qint64>("hours");
        QTest::newRow("a day forward") << qint64(24);
        QTest::newRow("a day back") << qint64(-24);
    }

    void aWallClockThatIsSetHarmsNothing()
    {
        QFETCH(qint64, hours);
        m_agent->pass(20s);
        const QJsonObject before = serviceState();
        const qsizetype count = sampleTimes().size();
        m_agent->setWallClock(std::chrono::hours(hours));
        m_agent->pass(20s);
        const QList<qint64> times = sampleTimes();
        QCOMPARE(times.size(), count + 20); // one a second, whatever the clock says
        QCOMPARE(times.last(), m_agent->wall());
        for (qsizetype i = count + 1; i < times.size(); ++i)
            QCOMPARE(times[i] - times[i - 1], 1000);
        QCOMPARE(m_agent->session().skippedRounds(), 0);
        QCOMPARE(eventCount("alive"), 1);
        QCOMPARE(m_redis->text({"GET", Keys::serverAlive(u"10.0.0.7"_s)}), QByteArray("1"));
        QCOMPARE(m_redis->text({"HGET", Keys::serversAlive, "10.0.0.7"}), QByteArray("1"));
        // Nothing changed with the service: since when it lives stays as it was.
        QCOMPARE(serviceState().value(u"since"), before.value(u"since"));
        QCOMPARE(serviceState().value(u"alive"), before.value(u"alive"));
    }
};

QTEST_GUILESS_MAIN(TestSimulatedTime)
#include "tst_simulatedtime.moc"
