// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertkeeper.h"
#include "shared/core/json.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Alerts of a fleet in a real Redis; the clock that spans are measured with is the test's.
class TestAlertKeeper : public QObject
{
    Q_OBJECT

    static constexpr int patience = 20'000;
    static inline const QByteArray ip = "10.0.0.7";

    /// One program that judges.
    struct Judging
    {
        explicit Judging(const RedisServer &redis, const qint64 &clock)
            : watcher(redis.url())
            , keeper(watcher, systemNow(), [&clock] { return clock; })
            , failures(&keeper, &AlertKeeper::failed)
        {
            keeper.start();
            watcher.start();
        }

        bool isLive()
        {
            return QTest::qWaitFor([this] { return watcher.isLive(); }, patience);
        }

        FleetWatcher watcher;
        AlertKeeper keeper;
        QSignalSpy failures;
    };

    std::unique_ptr<RedisServer> m_redis;
    qint64 m_clock = 1'000'000;
    int m_version = 0;

    void enrol(const QByteArray &rules)
    {
        m_redis->call({"HSET", Keys::serversAlive, ip, "1"});
        m_redis->call({"SET", "server:alive:" + ip, "1", "PX", "600000"});
        m_redis->call({"HSET", "server:info:" + ip, "lease", "600000", "hostname", "db-01"});
        configure(rules);
    }

    void configure(const QByteArray &rules)
    {
        const QByteArray version = QByteArray::number(++m_version);
        m_redis->call({"HSET", "server:config:" + ip, "alerts", rules, "version", version});
        m_redis->call({"PUBLISH", Channels::updateInfo,
                       R"({"type":"config","ip":"10.0.0.7","version":)" + version + "}"});
    }

    void publish(double busy)
    {
        m_redis->call({"PUBLISH", Channels::updateInfo,
                       R"({"type":"workload","ip":"10.0.0.7","info":{"cpu":{"busy":)"
                           + QByteArray::number(busy) + R"(}},"timestamp":1700000000000})"});
    }

    void tellAlive(bool isAlive)
    {
        const QByteArray alive = isAlive ? "1" : "0";
        m_redis->call({"HSET", Keys::serversAlive, ip, alive});
        m_redis->call({"PUBLISH", Channels::updateInfo,
                       R"({"type":"alive","ip":"10.0.0.7","alive":)" + alive
                           + R"(,"timestamp":1700000000000,"by":"sweeper"})"});
    }

    /// Publishes again and again, a second later each time, until `words` are what was told.
    bool tells(double busy, const QStringList &words)
    {
        return QTest::qWaitFor(
            [&] {
                m_clock += 1000;
                publish(busy);
                return told() == words;
            },
            patience);
    }

    /// "raised", "over" … of all events so far.
    QStringList told() const
    {
        QStringList words;
        for (const RedisValue &entry : m_redis->call({"XRANGE", Keys::events, "-", "+"}).elements) {
            const auto fields = entry.elements.value(1).toHash();
            if (fields.value("type") != "alert")
                continue;
            const auto json = parseJsonObject(fields.value("json"), u"the event"_s);
            words << (json ? json->value(u"code").toString().section(u'.', 1) : u"broken"_s);
        }
        return words;
    }

    QJsonObject lastEvent() const
    {
        const auto newest = m_redis->call({"XREVRANGE", Keys::events, "+", "-", "COUNT", "1"});
        const auto fields = newest.elements.value(0).elements.value(1).toHash();
        return parseJsonObject(fields.value("json"), u"the event"_s).isOk()
            ? *parseJsonObject(fields.value("json"), u"the event"_s)
            : QJsonObject();
    }

    bool isRaised() const { return m_redis->text({"HEXISTS", Keys::alerts, ip + "/cpu"}) == "1"; }

    static inline const QByteArray atOnce = R"([{"name":"cpu","metric":"cpu","above":90,"for":0}])";
    static inline const QByteArray later
        = R"([{"name":"cpu","metric":"cpu","above":90,"until":80,"for":30,"severity":"critical","text":"look"}])";

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_version = 0;
    }

    void tellsOnceWhenItBeginsAndWhenItEnds()
    {
        enrol(later);
        Judging judging(*m_redis, m_clock);
        QVERIFY(judging.isLive());
        QVERIFY(tells(95.5, {u"raised"_s}));
        const QJsonObject raised = lastEvent();
        QCOMPARE(raised.value(u"state").toString(), u"raised"_s);
        QCOMPARE(raised.value(u"name").toString(), u"cpu"_s);
        QCOMPARE(raised.value(u"severity").toString(), u"critical"_s);
        QCOMPARE(raised.value(u"above").toDouble(), 90);
        QCOMPARE(raised.value(u"value").toDouble(), 95.5);
        QCOMPARE(raised.value(u"text").toString(), u"look"_s);
        QVERIFY(isRaised());
        QVERIFY(tells(40, {u"raised"_s, u"over"_s}));
        QVERIFY(!isRaised());
        QCOMPARE(lastEvent().value(u"since"), raised.value(u"since"));
        QCOMPARE(judging.failures.size(), 0);
    }

    void severalProgramsTellItOnce()
    {
        enrol(atOnce);
        std::list<Judging> judging;
        for (int i = 0; i < 3; ++i)
            judging.emplace_back(*m_redis, m_clock);
        for (Judging &one : judging)
            QVERIFY(one.isLive());
        QStringList words;
        for (int round = 0; round < 3; ++round) {
            words << u"raised"_s;
            QVERIFY(tells(99, words));
            words << u"over"_s;
            QVERIFY(tells(9, words));
        }
    }

    void aRestartTellsNothingAgain()
    {
        enrol(atOnce);
        {
            Judging judging(*m_redis, m_clock);
            QVERIFY(judging.isLive());
            QVERIFY(tells(99, {u"raised"_s}));
        }
        Judging again(*m_redis, m_clock);
        QVERIFY(again.isLive());
        QVERIFY(tells(9, {u"raised"_s, u"over"_s}));
    }

    void followsTheConfiguration()
    {
        enrol("[]");
        Judging judging(*m_redis, m_clock);
        QVERIFY(judging.isLive());
        configure(atOnce);
        QVERIFY(tells(99, {u"raised"_s}));
        configure("[]");
        QVERIFY(tells(99, {u"raised"_s, u"rule"_s}));
        QVERIFY(!isRaised());
    }

    void endsWithItsServer()
    {
        enrol(atOnce);
        Judging judging(*m_redis, m_clock);
        QVERIFY(judging.isLive());
        QVERIFY(tells(99, {u"raised"_s}));
        tellAlive(false);
        QTRY_COMPARE_WITH_TIMEOUT(told(), QStringList({u"raised"_s, u"died"_s}), patience);
        QVERIFY(!isRaised());
        publish(99); // of a dead one
        tellAlive(true);
        QVERIFY(tells(99, {u"raised"_s, u"died"_s, u"raised"_s}));
    }

    void endsWhatWasRaisedOfAServerThatIsGone()
    {
        enrol("[]");
        m_redis->call({"HSET", Keys::alerts, "10.0.0.8/cpu", R"({"since":7,"version":1})"});
        m_redis->call({"HSET", Keys::alerts, "nonsense", "x"});
        m_redis->call({"HSET", "server:config:10.0.0.9", "alerts", atOnce}); // of no server
        Judging judging(*m_redis, m_clock);
        m_redis->call(
            {"PUBLISH", Channels::updateInfo, R"({"type":"config","ip":"10.0.0.9","version":1})"});
        QTRY_COMPARE_WITH_TIMEOUT(told(), QStringList{u"removed"_s}, patience);
        QCOMPARE(m_redis->text({"HEXISTS", Keys::alerts, "10.0.0.8/cpu"}), "0");
    }

    void maintenanceEndsItAndKeepsItAway()
    {
        enrol(atOnce);
        Judging judging(*m_redis, m_clock);
        QVERIFY(judging.isLive());
        QVERIFY(tells(99, {u"raised"_s}));
        const QByteArray until = QByteArray::number(systemNow()() + 600'000);
        m_redis->call({"HSET", Keys::maintenance, ip,
                       R"({"until":)" + until + R"(,"by":"chen","reason":"disk"})"});
        m_redis->call({"PUBLISH", Channels::updateInfo, R"({"type":"event","ip":"10.0.0.7"})"});
        QTRY_COMPARE_WITH_TIMEOUT(told(), QStringList({u"raised"_s, u"maintenance"_s}), patience);
        publish(99);
        m_redis->call({"HDEL", Keys::maintenance, ip});
        m_redis->call({"PUBLISH", Channels::updateInfo, R"({"type":"event","ip":"10.0.0.7"})"});
        QVERIFY(tells(99, {u"raised"_s, u"maintenance"_s, u"raised"_s}));
    }

    void endsWhatNothingIsToldOfAnyMore()
    {
        enrol(atOnce);
        Judging judging(*m_redis, m_clock);
        QVERIFY(judging.isLive());
        QVERIFY(tells(99, {u"raised"_s}));
        const QStringList words{u"raised"_s, u"silent"_s};
        const auto isSilent = [&] {
            m_clock += 10'000; // what was published before may still come
            return told() == words;
        };
        QVERIFY(QTest::qWaitFor(isSilent, patience));
    }

    void brokenRulesAreJudgedByNobody()
    {
        enrol(R"([{"name":"cpu","metric":"cpu","above":90,"for":0},{"name":"x"}])");
        Judging judging(*m_redis, m_clock);
        QVERIFY(judging.isLive());
        publish(99);
        configure(QByteArray(100'000, ' ') + atOnce);
        publish(99);
        configure(atOnce);
        QVERIFY(tells(99, {u"raised"_s}));
    }
};

QTEST_GUILESS_MAIN(TestAlertKeeper)
#include "tst_alertkeeper.moc"
