// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/json.h"
#include "shared/fleet/sweeper.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestSweeper : public QObject
{
    Q_OBJECT
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<RedisConnection> m_connection;
    std::unique_ptr<Sweeper> m_sweeper;
    std::unique_ptr<RedisSubscriber> m_listener;
    QList<std::pair<QByteArray, QByteArray>> m_heard;

    qint64 redisNow() const
    {
        const auto time = m_redis->call({"TIME"}).toList();
        return time[0].toLongLong() * 1000 + time[1].toLongLong() / 1000;
    }

    void enrol(const QByteArray &ip, const QByteArrayList &lease = {"PX", "600000"})
    {
        m_redis->call({"HSET", Keys::serversAlive, ip, "1"});
        m_redis->call({"HSET", "server:info:" + ip, "lease", "600000"});
        m_redis->call(QByteArrayList{"SET", "server:alive:" + ip, "1"} + lease);
    }

    /// Writes that another process swept a second ago, so that the first sweep here may judge.
    void haveSweptJustNow()
    {
        m_redis->call({"HSET", Keys::sweeper, "last", QByteArray::number(redisNow() - 1000)});
    }

    QByteArray aliveOf(const QByteArray &ip) const
    {
        return m_redis->text({"HGET", Keys::serversAlive, ip});
    }

    qint64 lastSweep() const { return m_redis->text({"HGET", Keys::sweeper, "last"}).toLongLong(); }

    bool waitForSweep(int count = 1)
    {
        for (int i = 0; i < count; ++i) {
            const qint64 before = lastSweep();
            if (!QTest::qWaitFor([&] { return lastSweep() != before; }, patience))
                return false;
        }
        return true;
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_connection = std::make_unique<RedisConnection>(m_redis->url());
        m_connection->open();
        m_sweeper = std::make_unique<Sweeper>(*m_connection);
        m_listener = std::make_unique<RedisSubscriber>(m_redis->url());
        m_heard.clear();
        connect(m_listener.get(), &RedisSubscriber::message, this,
                [this](const QByteArray &channel, const QByteArray &payload) {
                    m_heard.append({channel, payload});
                });
        for (const QByteArray &channel :
             {Channels::updateInfo, Channels::serverAlive(u"10.0.0.1"_s)})
            m_listener->subscribe(channel);
        m_listener->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady() && m_connection->isConnected(), patience);
    }

    void cleanup()
    {
        m_listener.reset();
        m_sweeper.reset();
        m_connection.reset();
        m_redis.reset();
    }

    void tellsADeathOnEveryWay()
    {
        enrol("10.0.0.1");
        enrol("10.0.0.2");
        m_redis->call({"DEL", "server:alive:10.0.0.1"});
        haveSweptJustNow();
        QSignalSpy swept(m_sweeper.get(), &Sweeper::swept);
        m_sweeper->start();
        QTRY_COMPARE_WITH_TIMEOUT(swept.size(), 1, patience);
        QCOMPARE(swept[0][0].toStringList(), QStringList{u"10.0.0.1"_s});
        QVERIFY(!swept[0][1].toBool());
        QCOMPARE(aliveOf("10.0.0.1"), "0");
        QCOMPARE(aliveOf("10.0.0.2"), "1");
        QCOMPARE(m_redis->text({"GET", "server:alive:10.0.0.1"}), "0");
        const qint64 since = m_redis->text({"HGET", Keys::serversSince, "10.0.0.1"}).toLongLong();
        QVERIFY(qAbs(since - redisNow()) < 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_heard.size() >= 3, patience);
        const QByteArray message = R"({"type":"alive","ip":"10.0.0.1","alive":0,"timestamp":)"
            + QByteArray::number(since) + R"(,"by":"sweeper"})";
        QVERIFY(m_heard.contains(std::pair(Channels::updateInfo, message)));
        QVERIFY(m_heard.contains(std::pair(Channels::serverAlive(u"10.0.0.1"_s), QByteArray("0"))));
        const RedisValue events = m_redis->call({"XRANGE", Keys::events, "-", "+"});
        QCOMPARE(events.elements.size(), 1);
        QCOMPARE(events.elements[0].elements[1].toList(),
                 (QByteArrayList{"type", "alive", "ip", "10.0.0.1", "json", message}));
        QVERIFY(waitForSweep(2));
        QCOMPARE(swept.size(), 1);
    }

    void sweepsEveryLeaseThatIsNone_data()
    {
        QTest::addColumn<QByteArrayList>("lease");
        QTest::newRow("no expiry") << QByteArrayList{};
        QTest::newRow("longer than its lease") << QByteArrayList{"PX", "999999999"};
    }

    void sweepsEveryLeaseThatIsNone()
    {
        QFETCH(QByteArrayList, lease);
        enrol("10.0.0.1", lease);
        haveSweptJustNow();
        m_sweeper->start();
        QTRY_COMPARE_WITH_TIMEOUT(aliveOf("10.0.0.1"), "0", patience);
    }

    void sweepsWhatIsOfAWrongTypeAndLeavesRubbishAlone()
    {
        enrol("10.0.0.1");
        enrol("10.0.0.2");
        m_redis->call({"DEL", "server:alive:10.0.0.1", "server:info:10.0.0.2"});
        m_redis->call({"LPUSH", "server:alive:10.0.0.1", "x"});
        m_redis->call({"SET", "server:info:10.0.0.2", "x"});
        m_redis->call({"HSET", Keys::serversAlive, "\",\"x\":\"", "1"});
        haveSweptJustNow();
        m_sweeper->start();
        QTRY_COMPARE_WITH_TIMEOUT(aliveOf("10.0.0.1"), "0", patience);
        QCOMPARE(aliveOf("10.0.0.2"), "1");
        QCOMPARE(aliveOf("\",\"x\":\""), "1");
    }

    void leavesStoppedServersAlone()
    {
        m_redis->call({"HSET", Keys::serversAlive, "10.0.0.1", "0"});
        haveSweptJustNow();
        m_sweeper->start();
        QVERIFY(waitForSweep(2));
        QCOMPARE(m_redis->call({"XLEN", Keys::events}).integer, 0);
    }

    void judgesNothingWhenItComesLate_data()
    {
        QTest::addColumn<qint64>("gap");
        QTest::newRow("a pause") << qint64(3000);
        QTest::newRow("a clock that went backwards") << qint64(-600'000);
    }

    void judgesNothingWhenItComesLate()
    {
        QFETCH(qint64, gap);
        enrol("10.0.0.1", {"PX", "1"});
        m_redis->call({"HSET", "server:info:10.0.0.1", "lease", "600"});
        m_redis->call(
            {"HSET", Keys::sweeper, "last", QByteArray::number(redisNow() - gap), "hold", "0"});
        m_sweeper->start();
        QVERIFY(waitForSweep());
        QCOMPARE(aliveOf("10.0.0.1"), "1");
        const qint64 hold = m_redis->text({"HGET", Keys::sweeper, "hold"}).toLongLong();
        QVERIFY(hold >= lastSweep() + 2000);
        QVERIFY(hold <= lastSweep() + 600 + 200 + 2000);
        QTRY_COMPARE_WITH_TIMEOUT(aliveOf("10.0.0.1"), "0", patience);
        QVERIFY(lastSweep() >= hold);
    }

    void saysWhenMostOfTheFleetGoesAtOnce_data()
    {
        QTest::addColumn<int>("alive");
        QTest::addColumn<int>("dead");
        QTest::addColumn<bool>("isMass");
        QTest::newRow("4 of 5") << 1 << 4 << true;
        QTest::newRow("3 of 3") << 0 << 3 << false;
        QTest::newRow("4 of 8") << 4 << 4 << false;
    }

    void saysWhenMostOfTheFleetGoesAtOnce()
    {
        QFETCH(int, alive);
        QFETCH(int, dead);
        QFETCH(bool, isMass);
        for (int i = 1; i <= alive + dead; ++i)
            enrol("10.0.1." + QByteArray::number(i),
                  i <= dead ? QByteArrayList{} : QByteArrayList{"PX", "600000"});
        haveSweptJustNow();
        QSignalSpy swept(m_sweeper.get(), &Sweeper::swept);
        m_sweeper->start();
        QTRY_COMPARE_WITH_TIMEOUT(swept.size(), 1, patience);
        QCOMPARE(swept[0][1].toBool(), isMass);
        QTRY_VERIFY_WITH_TIMEOUT(m_heard.size() >= dead, patience);
        QCOMPARE(m_heard.first().second.contains("\"mass\":true"), isMass);
    }

    void tellsOnceThatItCannotSweep()
    {
        m_redis->call({"HSET", Keys::sweeper, "last", "0"});
        QSignalSpy failed(m_sweeper.get(), &Sweeper::failed);
        m_redis->call({"ACL", "SETUSER", "default", "-evalsha", "-eval"});
        m_sweeper->start();
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QVERIFY(failed[0][0].toString().contains(u"NOPERM"));
        m_redis->call({"ACL", "SETUSER", "default", "+evalsha", "+eval"});
        QVERIFY(waitForSweep(2));
        QCOMPARE(failed.size(), 1);
        m_sweeper->stop();
    }

    void goesOnAfterRedisWasRestarted()
    {
        m_sweeper->start();
        QVERIFY(waitForSweep());
        m_redis->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!m_connection->isConnected(), patience);
        m_redis->start(); // it knows neither the script nor the last sweep
        QTRY_VERIFY_WITH_TIMEOUT(lastSweep() > 0, patience);
    }
};

QTEST_GUILESS_MAIN(TestSweeper)
#include "tst_sweeper.moc"
