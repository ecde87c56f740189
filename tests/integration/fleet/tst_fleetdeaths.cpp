// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/json.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/fleet/sweeper.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/redisserver.h"
#include "tests/support/simulatedagents.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 40'000, fleetSize = 100;

} // namespace

/// Counts the deaths that a listener hears, by ip.
class DeathCounter : public QObject
{
public:
    explicit DeathCounter(const RedisUrl &url)
        : m_subscriber(url)
    {
        m_subscriber.subscribe(Channels::updateInfo);
        connect(&m_subscriber, &RedisSubscriber::message, this,
                [this](const QByteArray &, const QByteArray &payload) {
                    const auto object = parseJsonObject(payload, u"a message"_s);
                    if (object && object->value(u"type").toString() == u"alive"
                        && object->value(u"alive").toInt(1) == 0)
                        ++m_deaths[object->value(u"ip").toString()];
                });
        m_subscriber.open();
    }

    bool isReady() const { return m_subscriber.isReady(); }

    qsizetype servers() const { return m_deaths.size(); }

    int most() const
    {
        int most = 0;
        for (const int count : m_deaths)
            most = std::max(most, count);
        return most;
    }

private:
    RedisSubscriber m_subscriber;
    QHash<QString, int> m_deaths;
};

struct OneSweeper
{
    explicit OneSweeper(const RedisUrl &url)
        : connection(url)
        , sweeper(connection)
    {
        connection.open();
        sweeper.start();
    }

    RedisConnection connection;
    Sweeper sweeper;
};

class TestFleetDeaths : public QObject
{
    Q_OBJECT
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<SimulatedFleet> m_fleet;
    std::unique_ptr<DeathCounter> m_counter;
    std::unique_ptr<FleetWatcher> m_watcher;
    std::vector<std::unique_ptr<OneSweeper>> m_sweepers;

    /// A fleet that beats, sweepers that may judge, and a reader that sees everybody alive.
    void startAll(int sweepers)
    {
        m_fleet->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_fleet->isAnnounced() && m_counter->isReady(), patience);
        haveSweptJustNow();
        for (int i = 0; i < sweepers; ++i)
            m_sweepers.push_back(std::make_unique<OneSweeper>(m_redis->url()));
        m_watcher->start();
        QTRY_COMPARE_WITH_TIMEOUT(countAlive(), fleetSize, patience);
        QCOMPARE(m_counter->servers(), 0);
    }

    /// As if another process had swept up to now: no hold at the start, or each test would wait for
    /// its end.
    void haveSweptJustNow()
    {
        const auto time = m_redis->call({"TIME"}).toList();
        const qint64 now = time[0].toLongLong() * 1000 + time[1].toLongLong() / 1000;
        m_redis->call({"HSET", Keys::sweeper, "last", QByteArray::number(now - 800), "hold",
                       QByteArray::number(now - 1)});
    }

    /// A sweep has come after the hold.
    bool isJudging() const
    {
        const auto clock = m_redis->call({"HMGET", Keys::sweeper, "last", "hold"}).toList();
        return clock[0].toLongLong() > 0 && clock[1].toLongLong() > 0
            && clock[0].toLongLong() > clock[1].toLongLong();
    }

    int countAlive() const
    {
        const auto &servers = m_watcher->state().servers;
        return int(std::count_if(servers.begin(), servers.end(), [](const FleetServer &s) {
            return s.alive == std::optional(true);
        }));
    }

    int countBeats() const
    {
        int least = std::numeric_limits<int>::max();
        for (int i = 0; i < m_fleet->count(); ++i)
            least = std::min(least, m_fleet->agent(i).beats());
        return least;
    }

    /// Deaths in the stream that everybody reads later.
    int deathEvents() const
    {
        int deaths = 0;
        for (const RedisValue &entry : m_redis->call({"XRANGE", Keys::events, "-", "+"}).elements)
            deaths += entry.elements[1].toList().join(' ').contains("\"alive\":0");
        return deaths;
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_fleet = std::make_unique<SimulatedFleet>(m_redis->url(), fleetSize,
                                                   SimulatedAgent::Beat{400ms, 1200ms});
        m_counter = std::make_unique<DeathCounter>(m_redis->url());
        m_watcher = std::make_unique<FleetWatcher>(m_redis->url());
    }

    void cleanup()
    {
        m_sweepers.clear();
        m_watcher.reset();
        m_counter.reset();
        m_fleet.reset();
        m_redis.reset();
    }

    void aHundredDeathsAreToldOnceEach_data()
    {
        QTest::addColumn<int>("sweepers");
        QTest::newRow("1 sweeper") << 1;
        QTest::newRow("2 sweepers") << 2;
        QTest::newRow("8 sweepers") << 8;
    }

    void aHundredDeathsAreToldOnceEach()
    {
        QFETCH(int, sweepers);
        startAll(sweepers);
        m_fleet->killAll();
        QTRY_COMPARE_WITH_TIMEOUT(m_counter->servers(), fleetSize, patience);
        QTRY_COMPARE_WITH_TIMEOUT(countAlive(), 0, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_watcher->state().events.size(), 2 * fleetSize, patience);
        const QByteArray last = m_redis->text({"HGET", Keys::sweeper, "last"});
        QTRY_VERIFY_WITH_TIMEOUT(m_redis->text({"HGET", Keys::sweeper, "last"}).toLongLong()
                                     > last.toLongLong() + 2000,
                                 patience);
        QCOMPARE(m_counter->most(), 1);
        QCOMPARE(deathEvents(), fleetSize);
        for (const FleetServer &server : m_watcher->state().servers)
            QCOMPARE(server.health(), Health::Died);
    }

    void nobodyDiesWhileRedisHangs()
    {
        startAll(2);
        m_redis->pause();
        QTest::qWait(5'000); // what is tested is a pause of this length
        QTRY_VERIFY_WITH_TIMEOUT(!m_watcher->isLive(), patience);
        m_redis->resume();
        const int beats = countBeats();
        QTRY_VERIFY_WITH_TIMEOUT(m_watcher->isLive() && countBeats() > beats + 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(isJudging(), patience);
        QCOMPARE(m_counter->servers(), 0);
        QCOMPARE(deathEvents(), 0);
        QCOMPARE(m_fleet->resurrections(), 0);
        QCOMPARE(countAlive(), fleetSize);
    }

    void nobodyDiesWhenRedisIsRestarted_data()
    {
        QTest::addColumn<bool>("isOrderly");
        QTest::newRow("stopped, with its data") << true;
        QTest::newRow("killed, without") << false;
    }

    void nobodyDiesWhenRedisIsRestarted()
    {
        QFETCH(bool, isOrderly);
        startAll(2);
        isOrderly ? m_redis->stop() : m_redis->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!m_watcher->isLive(), patience);
        QTest::qWait(2'500); // longer than the leases
        m_redis->start();
        const int beats = countBeats();
        QTRY_VERIFY_WITH_TIMEOUT(m_watcher->isLive() && countBeats() > beats + 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(isJudging(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(countAlive(), fleetSize, patience);
        QCOMPARE(m_counter->servers(), 0);
        QCOMPARE(deathEvents(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFleetDeaths)
#include "tst_fleetdeaths.moc"
