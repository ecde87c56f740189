// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pastworkloads.h"
#include "console/models/watchersource.h"
#include "shared/protocol/keys.h"
#include "tests/support/demohistory.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString one = u"10.0.0.7"_s, two = u"10.0.0.8"_s;
constexpr qint64 minute = 60'000, hour = 60 * minute, day = 24 * hour;
constexpr int patience = 30'000;

/// A chunk of samples a second apart in which `cpu.user` is always `user`.
QByteArray chunkOf(qint64 from, double user, const QByteArray &name = "cpu.user")
{
    HistoryChunk chunk;
    chunk.names = {name};
    chunk.units = {MetricUnit::decimals(1)};
    for (int row = 0; row < HistoryChunk::mostRows; ++row) {
        chunk.times.push_back(from + row * 1000);
        chunk.averages.push_back(user);
    }
    return encodeChunk(chunk);
}

} // namespace

/// The load that servers had at a moment, out of a real Redis.
class TestPastWorkloads : public QObject
{
    Q_OBJECT

    /// A Redis with a fleet of two servers, and somebody who travels over it.
    struct Site
    {
        explicit Site(const std::function<void(const RedisServer &, qint64)> &fill)
            : now(systemNow()())
        {
            for (const QString &ip : {one, two}) {
                redis.call({"HSET", Keys::serversAlive, ip.toUtf8(), "1"});
                redis.call({"HSET", Keys::serverConfig(ip), "version", "1"});
            }
            fill(redis, now);
            live.watch(redis.url());
        }

        bool isReady()
        {
            return QTest::qWaitFor([this] { return live.hasState(); }, patience);
        }

        /// What is told of a server at a moment; nothing when nothing comes though all was read.
        std::optional<WorkloadSample> at(const QString &ip, qint64 moment)
        {
            std::optional<WorkloadSample> sample;
            const auto taken
                = QObject::connect(&past, &PastWorkloads::found, &past,
                                   [&](const QString &who, const WorkloadSample &what) {
                                       if (who == ip)
                                           sample = what;
                                   });
            past.want(&who, {ip});
            past.setMoment(moment);
            const auto isOver = [&] { return sample.has_value() || past.isIdle(); };
            const bool isTold = QTest::qWaitFor(isOver, patience);
            QObject::disconnect(taken);
            return isTold ? sample : std::nullopt;
        }

        RedisServer redis;
        qint64 now;
        WatcherSource live;
        PastWorkloads past{live};
        QObject who;
    };

private Q_SLOTS:

    void theLoadIsThatOfTheMoment_data()
    {
        QTest::addColumn<qint64>("ago");
        QTest::addColumn<qint64>("reach"); // how far the sample may lie before
        QTest::newRow("just now") << qint64{3'000} << qint64{2'000};
        QTest::newRow("half a minute") << qint64{30'000} << qint64{2'000};
        QTest::newRow("some minutes") << 5 * minute << qint64{2'000};
        QTest::newRow("hours") << 2 * hour << qint64{2'000};
        QTest::newRow("beyond the seconds that are kept") << 9 * hour << minute;
        QTest::newRow("a day") << 30 * hour << minute;
        QTest::newRow("beyond the minutes that are kept") << 5 * day << hour;
        QTest::newRow("weeks") << 20 * day << hour;
    }

    void theLoadIsThatOfTheMoment()
    {
        QFETCH(qint64, ago);
        QFETCH(qint64, reach);
        DemoHistory history;
        Site site([&](const RedisServer &redis, qint64 now) {
            history = shortHistory(now);
            history.fill(redis, one);
        });
        QVERIFY(site.isReady());
        const qint64 moment = site.now - ago;
        const auto sample = site.at(one, moment);
        QVERIFY(sample);
        QVERIFY(sample->timestamp <= moment && moment - sample->timestamp < reach);
        QVERIFY(sample->info.cpu.user);
        if (reach < minute) {
            QVERIFY(std::abs(*sample->info.cpu.user - *history.at(sample->timestamp).cpu.user)
                    < 0.06);
        }
        QVERIFY(!site.at(two, moment)); // it has no history
    }

    void aGapStaysAGap()
    {
        Site site([](const RedisServer &redis, qint64 now) {
            DemoHistory history = shortHistory(now);
            history.isSilent = [now](qint64 time) {
                return time > now - 40 * minute && time < now - 20 * minute;
            };
            history.fill(redis, one);
        });
        QVERIFY(site.isReady());
        QVERIFY(!site.at(one, site.now - 30 * minute));
        QVERIFY(site.at(one, site.now - 41 * minute));
        QVERIFY(site.at(one, site.now - 19 * minute));
    }

    void whatIsBrokenIsPassedOver()
    {
        Site site([](const RedisServer &redis, qint64 now) {
            const QByteArray key = Keys::serverHistory(one, u"1s"_s);
            const qint64 begin = now - 10 * minute;
            redis.call({"RPUSH", key, chunkOf(begin, 10), "rubbish", "", QByteArray(300'000, 'x'),
                        chunkOf(begin + minute, 20).chopped(3), chunkOf(begin + 2 * minute, 30)});
            redis.call({"SET", Keys::serverHistory(two, u"1s"_s), "not a list"});
        });
        QVERIFY(site.isReady());
        const qint64 begin = site.now - 10 * minute;
        const auto first = site.at(one, begin + 30'000);
        QVERIFY(first);
        QCOMPARE(first->info.cpu.user.value_or(0), 10.0);
        QVERIFY(!site.at(one, begin + 90'000));
        const auto third = site.at(one, begin + 150'000);
        QVERIFY(third);
        QCOMPARE(third->info.cpu.user.value_or(0), 30.0);
        QVERIFY(!site.at(two, begin + 30'000));
    }

    void hostileValuesDoNoHarm()
    {
        Site site([](const RedisServer &redis, qint64 now) {
            const qint64 begin = now - 10 * minute;
            redis.call({"RPUSH", Keys::serverHistory(one, u"1s"_s),
                        chunkOf(begin, 1e15, "cpu.busy"), chunkOf(begin + minute, 5, "cpu..busy"),
                        chunkOf(begin + 2 * minute, 5, "filesystems." + QByteArray(240, '.')),
                        chunkOf(begin + 3 * minute, 5, "load.x")});
            redis.call({"RPUSH", Keys::serverWorkload(one), R"({"timestamp":1e300,"info":{}})",
                        R"({"timestamp":-1,"info":7})", "[", QByteArray(100'000, '{'),
                        R"({"timestamp":)" + QByteArray::number(now - 20'000)
                            + R"(,"info":{"cpu":{"user":7,"system":"x","busy":1e99}}})",
                        R"({"timestamp":9007199254740991,"info":{"cpu":{"user":99}}})"});
        });
        QVERIFY(site.isReady());
        for (int i = 0; i < 4; ++i) {
            const auto sample = site.at(one, site.now - (10 - i) * minute + 30'000);
            QVERIFY(!sample || sample->info.cpu.busy.value_or(0) <= 100);
        }
        const auto newest = site.at(one, site.now - 19'000);
        QVERIFY(newest);
        QCOMPARE(newest->info.cpu.user.value_or(0), 7.0);
        QVERIFY(!newest->info.cpu.busy && !newest->info.cpu.system);
        QVERIFY(!site.at(one, site.now - 10'000)); // too long after it
    }

    void anotherMomentIsAskedForWhileAnAnswerIsOnItsWay()
    {
        DemoHistory history;
        Site site([&](const RedisServer &redis, qint64 now) {
            history = shortHistory(now);
            history.fill(redis, one);
        });
        QVERIFY(site.isReady());
        const qint64 first = site.now - 2 * hour, second = site.now - 20 * minute;
        QList<qint64> told;
        connect(&site.past, &PastWorkloads::found, this,
                [&](const QString &, const WorkloadSample &sample) { told << sample.timestamp; });
        site.past.want(&site.who, {one});
        site.past.setMoment(first);
        QVERIFY(QTest::qWaitFor([&] { return site.past.isAsking(); }, patience));
        site.past.setMoment(second);
        QVERIFY(QTest::qWaitFor([&] { return !told.isEmpty() && site.past.isIdle(); }, patience));
        for (const qint64 time : std::as_const(told))
            QVERIFY(time <= second && second - time < 2'000);
    }

    /// While the past is played each step is another moment.
    void aMomentThatMovesOnIsFollowed()
    {
        Site site(
            [&](const RedisServer &redis, qint64 now) { shortHistory(now).fill(redis, one); });
        QVERIFY(site.isReady());
        qint64 moment = site.now - 2 * hour, last = 0;
        QSignalSpy found(&site.past, &PastWorkloads::found);
        site.past.want(&site.who, {one});
        QTimer steps;
        connect(&site.past, &PastWorkloads::found, this,
                [&](const QString &, const WorkloadSample &sample) {
                    last = sample.timestamp;
                    QVERIFY(last <= moment && moment - last < 2'000);
                });
        connect(&steps, &QTimer::timeout, this, [&] { site.past.setMoment(moment += 6'000); });
        steps.start(20);
        QTRY_VERIFY_WITH_TIMEOUT(last > site.now - 2 * hour + 20 * minute, patience);
        QVERIFY(found.size() > 50);
    }

    void withoutRedisNothingIsTold()
    {
        Site site(
            [&](const RedisServer &redis, qint64 now) { shortHistory(now).fill(redis, one); });
        QVERIFY(site.isReady());
        QVERIFY(site.at(one, site.now - hour));
        site.redis.kill();
        QTRY_VERIFY_WITH_TIMEOUT(!site.live.isLive(), patience);
        QVERIFY(site.at(one, site.now - hour + 10'000)); // that was read with it
        QVERIFY(!site.at(one, site.now - 2 * hour));
        site.redis.start();
        site.live.retryNow();
        QTRY_VERIFY_WITH_TIMEOUT(site.live.isLive(), patience);
        QVERIFY(site.at(one, site.now - 2 * hour) || site.redis.text({"DBSIZE"}) == "0");
    }

    void whoIsGoneWantsNothing()
    {
        Site site(
            [&](const RedisServer &redis, qint64 now) { shortHistory(now).fill(redis, one); });
        QVERIFY(site.isReady());
        QSignalSpy found(&site.past, &PastWorkloads::found);
        {
            const QObject somebody;
            site.past.want(&somebody, {one});
        }
        site.past.want(&site.who, {two});
        site.past.setMoment(site.now - hour);
        QVERIFY(QTest::qWaitFor([&] { return site.past.isIdle(); }, patience));
        QCOMPARE(found.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPastWorkloads)
#include "tst_pastworkloads.moc"
