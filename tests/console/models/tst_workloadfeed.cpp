// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/watchersource.h"
#include "console/models/workloadfeed.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/updatemessage.h"
#include "tests/support/redisserver.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString ip = u"10.0.0.7"_s;

WorkloadSample sampleAt(qint64 time, double user)
{
    WorkloadSample sample;
    sample.timestamp = time;
    sample.info.cpu.user = user;
    return sample;
}

} // namespace

/// The load of a server, out of a real Redis.
class TestWorkloadFeed : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    static void enrol(RedisServer &redis)
    {
        redis.call({"SET", Keys::serverAlive(ip), "1"});
        redis.call({"HSET", Keys::serversAlive, ip.toUtf8(), "1"});
        redis.call({"HSET", Keys::serverConfig(ip), "version", "1"});
        redis.call({"HSET", Keys::serverInfo(ip), "hostname", "web-01", "lease", "15000"});
    }

private Q_SLOTS:

    void readsWhatRedisHoldsThenFollows()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        redis.call({"RPUSH", Keys::serverWorkload(ip), "this is no sample", "{}"});
        for (int i = 0; i < 350; ++i)
            redis.call({"RPUSH", Keys::serverWorkload(ip),
                        toJson(sampleAt(now - (350 - i) * 1000, i % 100))});
        WatcherSource source;
        WorkloadFeed feed(source);
        source.watch(redis.url());
        QTRY_VERIFY_WITH_TIMEOUT(source.hasState() && source.state().servers.contains(ip),
                                 patience);
        feed.follow(ip);
        QTRY_COMPARE_WITH_TIMEOUT(feed.series().size(), 300, patience);
        QVERIFY(!feed.isLoading());
        QVERIFY(feed.trouble().isEmpty());

        WorkloadMessage message;
        message.ip = ip;
        message.timestamp = now + 1000;
        message.info.cpu.user = 77;
        redis.call({"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))});
        QTRY_COMPARE_WITH_TIMEOUT(feed.series().lastTime(), now + 1000, patience);
        QCOMPARE(feed.series().valueAt(Metric::CpuUser, now + 1000), std::optional(77.0));
    }

    void saysWhyThereIsNoHistory()
    {
        RedisServer redis;
        enrol(redis);
        redis.call({"SET", Keys::serverWorkload(ip), "not a list"});
        WatcherSource source;
        WorkloadFeed feed(source);
        source.watch(redis.url());
        QTRY_VERIFY_WITH_TIMEOUT(source.hasState(), patience);
        feed.follow(ip);
        QTRY_VERIFY_WITH_TIMEOUT(feed.trouble().contains(u"WRONGTYPE"_s), patience);
        QVERIFY(feed.series().isEmpty());
    }

    void readsAgainWhatItMissedWhileRedisWasAway()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        redis.call({"RPUSH", Keys::serverWorkload(ip), toJson(sampleAt(now - 9000, 1))});
        WatcherSource source;
        WorkloadFeed feed(source);
        source.watch(redis.url());
        QTRY_VERIFY_WITH_TIMEOUT(source.hasState(), patience);
        feed.follow(ip);
        QTRY_COMPARE_WITH_TIMEOUT(feed.series().size(), 1, patience);
        redis.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!source.isLive(), patience);
        redis.start();
        redis.call({"RPUSH", Keys::serverWorkload(ip), toJson(sampleAt(now - 8000, 2)),
                    toJson(sampleAt(now - 7000, 3))});
        QTRY_COMPARE_WITH_TIMEOUT(feed.series().size(), 3, patience);
    }
};

QTEST_GUILESS_MAIN(TestWorkloadFeed)
#include "tst_workloadfeed.moc"
