// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/historyfeed.h"
#include "console/models/historylink.h"
#include "console/models/markfeed.h"
#include "console/models/watchersource.h"
#include "shared/history/chunkcodec.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "shared/protocol/updatemessage.h"
#include "tests/support/demohistory.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString ip = u"10.0.0.7"_s;
constexpr qint64 minute = 60'000, hour = 60 * minute, day = 24 * hour;

WorkloadSample sampleAt(qint64 time, double user)
{
    WorkloadSample sample;
    sample.timestamp = time;
    sample.info.cpu.user = user;
    return sample;
}

void enrol(RedisServer &redis)
{
    redis.call({"SET", Keys::serverAlive(ip), "1"});
    redis.call({"HSET", Keys::serversAlive, ip.toUtf8(), "1"});
    redis.call({"HSET", Keys::serverConfig(ip), "version", "1"});
    redis.call({"HSET", Keys::serverInfo(ip), "hostname", "web-01", "lease", "15000"});
}

} // namespace

/// The load of a server over any time, out of a real Redis.
class TestHistoryFeed : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    struct Site
    {
        explicit Site(RedisServer &redis)
            : link(source)
            , feed(source, link)
            , marks(source, link)
        {
            source.watch(redis.url());
        }

        bool follow()
        {
            if (!QTest::qWaitFor([this] { return source.state().servers.contains(ip); }, patience))
                return false;
            feed.follow(ip);
            marks.follow(ip);
            return true;
        }

        /// What is shown tells about this whole time.
        bool shows(qint64 from, qint64 to)
        {
            feed.show(from, to);
            return QTest::qWaitFor(
                [&] {
                    const WorkloadTracks &tracks = feed.tracks();
                    return !feed.isLoading() && tracks.from <= from && tracks.from > 0
                        && tracks.to >= to;
                },
                patience);
        }

        WatcherSource source;
        HistoryLink link;
        HistoryFeed feed;
        MarkFeed marks;
    };

    static Track shown(const Site &site, qint64 from, qint64 to,
                       const QByteArray &metric = "cpu.user")
    {
        const Track track = site.feed.tracks().track(metric);
        const auto [first, end] = trackPart(track, from, to);
        return track.mid(first, end - first);
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
        Site site(redis);
        QVERIFY(site.follow());
        site.feed.show(now - 300'000, now);
        QTRY_COMPARE_WITH_TIMEOUT(site.feed.tracks().track("cpu.user").size(), 300, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!site.feed.isLoading(), patience);
        QVERIFY(site.feed.trouble().isEmpty());

        WorkloadMessage message;
        message.ip = ip;
        message.timestamp = now + 1000;
        Workload info;
        info.cpu.user = 77;
        message.info = info;
        redis.call({"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))});
        QTRY_COMPARE_WITH_TIMEOUT(site.feed.lastTime(), now + 1000, patience);
        QCOMPARE(site.feed.tracks().track("cpu.user").last().average, 77.0);
    }

    void everyRangeSaysWhatWasMeasured_data()
    {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<qint64>("back");
        QTest::newRow("five minutes") << 5 * minute << 0ll;
        QTest::newRow("an hour") << hour << 0ll;
        QTest::newRow("an hour, two hours ago") << hour << 2 * hour;
        QTest::newRow("six hours") << 6 * hour << 0ll;
        QTest::newRow("a day") << day << 0ll;
        QTest::newRow("an hour of yesterday") << hour << day;
        QTest::newRow("a week") << 7 * day << 0ll;
        QTest::newRow("five minutes a week ago") << 5 * minute << 7 * day;
        QTest::newRow("thirty days") << 30 * day << 0ll;
        QTest::newRow("fifty days") << 50 * day << 0ll;
    }

    void everyRangeSaysWhatWasMeasured()
    {
        QFETCH(qint64, length);
        QFETCH(qint64, back);
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const DemoHistory history = shortHistory(now);
        history.fill(redis, ip);
        Site site(redis);
        QVERIFY(site.follow());
        const qint64 to = now - back, from = to - length;
        QVERIFY(site.shows(from, to));
        const WorkloadTracks &tracks = site.feed.tracks();
        const Track track = shown(site, from, to);
        QVERIFY(track.size() <= HistoryFeed::mostPoints + 1);
        QVERIFY2(track.size() >= length / tracks.step - 2,
                 qPrintable(QString::number(track.size())));
        for (qsizetype i = 0; i < track.size(); ++i) {
            if (i > 0)
                QVERIFY2(track[i].time - track[i - 1].time <= tracks.longestStep(),
                         qPrintable(u"a gap at %1"_s.arg(i)));
            const TrackPoint &point = track[i];
            QVERIFY(point.least <= point.average && point.average <= point.most);
            if (tracks.step > 1000 && tracks.step <= 10 * minute) {
                // The middle of the step says about what its average is.
                const double middle = *history.at(point.time).cpu.user;
                QVERIFY2(std::abs(point.average - middle) < 12,
                         qPrintable(u"%1 %2 %3"_s.arg(i).arg(point.average).arg(middle)));
            }
        }
    }

    void aGapStaysAGap()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        DemoHistory history = shortHistory(now);
        const qint64 silent = now - 40 * minute, again = now - 30 * minute;
        history.isSilent = [=](qint64 time) { return time >= silent && time < again; };
        history.fill(redis, ip);
        Site site(redis);
        QVERIFY(site.follow());
        QVERIFY(site.shows(now - hour, now));
        const qint64 longest = site.feed.tracks().longestStep();
        QVERIFY(shown(site, silent + 10'000, again - 10'000).isEmpty());
        const Track track = shown(site, now - hour, now);
        int gaps = 0;
        for (qsizetype i = 1; i < track.size(); ++i)
            gaps += track[i].time - track[i - 1].time > longest;
        QCOMPARE(gaps, 1);
        QVERIFY(!pointAt(track, now - 35 * minute, longest));
    }

    void aSlowServersSamplesAreNoGaps()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        DemoHistory history = shortHistory(now);
        history.interval = 10'000;
        history.fill(redis, ip);
        Site site(redis);
        QVERIFY(site.follow());
        QVERIFY(site.shows(now - 5 * minute, now));
        const Track track = shown(site, now - 5 * minute, now);
        QVERIFY(track.size() >= 29);
        QVERIFY(site.feed.tracks().longestStep() > 10'000);
    }

    void chunksThatAreNoneAreSkipped()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        DemoHistory history = shortHistory(now);
        history.fill(redis, ip);
        for (const HistoryTier tier : historyTiers) {
            const QByteArray key = Keys::serverHistory(ip, tierName(tier));
            for (const QByteArray &index : {QByteArray("3"), QByteArray("-3")})
                redis.call({"LSET", key, index, QByteArray(1000, '\x01')});
            redis.call({"LSET", key, "5", QByteArray(2'000'000, 'x')});
            redis.call({"LSET", key, "6", QByteArray()});
        }
        Site site(redis);
        QVERIFY(site.follow());
        QVERIFY(site.shows(now - hour, now));
        const Track hourly = shown(site, now - hour, now);
        QVERIFY(hourly.size() > 300 && hourly.size() < 361);
        QVERIFY(site.shows(now - 50 * day, now));
        QVERIFY(shown(site, now - 50 * day, now).size() > 300);
    }

    void aChunkOfAnotherTimeHarmsNobody()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        DemoHistory history = shortHistory(now);
        history.fill(redis, ip);
        // The clock was set: a chunk of next year, and one of 1970, amid the others.
        for (const qint64 end : {now + 365 * day, qint64(2 * hour)}) {
            DemoHistory other = shortHistory(end);
            other.seconds = 120;
            for (const QByteArray &chunk : other.chunks(HistoryTier::Samples))
                redis.call({"RPUSH", Keys::serverHistory(ip, u"1s"_s), chunk});
        }
        Site site(redis);
        QVERIFY(site.follow());
        QVERIFY(site.shows(now - hour, now));
        QVERIFY(shown(site, now - hour, now).size() > 340);
    }

    void saysWhyThereIsNoHistory()
    {
        RedisServer redis;
        enrol(redis);
        redis.call({"SET", Keys::serverWorkload(ip), "not a list"});
        Site site(redis);
        QVERIFY(site.follow());
        QTRY_VERIFY_WITH_TIMEOUT(site.feed.trouble().contains(u"WRONGTYPE"_s), patience);
        QVERIFY(site.feed.tracks().track("cpu.user").isEmpty());
        QVERIFY(site.source.isLive());
    }

    void readsAgainWhatItMissedWhileRedisWasAway()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        redis.call({"RPUSH", Keys::serverWorkload(ip), toJson(sampleAt(now - 9000, 1))});
        Site site(redis);
        QVERIFY(site.follow());
        site.feed.show(now - 300'000, now);
        QTRY_COMPARE_WITH_TIMEOUT(site.feed.tracks().track("cpu.user").size(), 1, patience);
        redis.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!site.source.isLive(), patience);
        redis.start();
        redis.call({"RPUSH", Keys::serverWorkload(ip), toJson(sampleAt(now - 8000, 2)),
                    toJson(sampleAt(now - 7000, 3))});
        QTRY_COMPARE_WITH_TIMEOUT(site.feed.tracks().track("cpu.user").size(), 3, patience);
    }

    void survivesRedisGoingWhileItReads()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        shortHistory(now).fill(redis, ip);
        Site site(redis);
        QVERIFY(site.follow());
        site.feed.show(now - 50 * day, now);
        redis.kill();
        QTRY_VERIFY_WITH_TIMEOUT(!site.source.isLive(), patience);
        redis.start();
        enrol(redis);
        shortHistory(now).fill(redis, ip);
        QVERIFY(site.shows(now - 50 * day, now));
        QTRY_VERIFY_WITH_TIMEOUT(shown(site, now - 50 * day, now).size() > 300, patience);
    }

    void theNewestChunksJoinWhileOneLooks()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        HistoryLink *link = nullptr;
        DemoHistory history = shortHistory(now - hour);
        history.fill(redis, ip);
        Site site(redis);
        link = &site.link;
        HistoryLoader loader(*link);
        QVERIFY(site.follow());
        loader.setServer(ip);
        loader.want(HistoryTier::Samples, now - 2 * hour, now);
        QTRY_VERIFY_WITH_TIMEOUT(
            !loader.isLoading() && loader.lists().reaches(HistoryTier::Samples, now - 2 * hour),
            patience);
        const auto before = loader.lists().newest(HistoryTier::Samples);
        const qsizetype count = loader.lists().size(HistoryTier::Samples);
        DemoHistory later = shortHistory(now - hour + 180'000);
        later.seconds = 179;
        const QList<QByteArray> chunks = later.chunks(HistoryTier::Samples);
        for (const QByteArray &chunk : chunks)
            redis.call({"RPUSH", Keys::serverHistory(ip, u"1s"_s), chunk});
        loader.refresh(false);
        QTRY_COMPARE_WITH_TIMEOUT(loader.lists().size(HistoryTier::Samples), count + chunks.size(),
                                  patience);
        QVERIFY(*loader.lists().newest(HistoryTier::Samples) > *before);
        // More than a look at the end shows: it starts anew, and nothing is twice.
        for (int i = 0; i < 20; ++i)
            redis.call({"RPUSH", Keys::serverHistory(ip, u"1s"_s), chunks.first()});
        loader.refresh(false);
        QTRY_VERIFY_WITH_TIMEOUT(!loader.isLoading()
                                     && loader.lists().reaches(HistoryTier::Samples, now - 2 * hour)
                                     && loader.lists().size(HistoryTier::Samples) > count,
                                 patience);
    }

    void anotherServerForgetsTheFirst()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        shortHistory(now).fill(redis, ip);
        Site site(redis);
        QVERIFY(site.follow());
        QVERIFY(site.shows(now - hour, now));
        site.feed.follow(u"10.0.0.8"_s);
        QVERIFY(site.feed.tracks().tracks.isEmpty());
        site.feed.show(now - hour, now);
        QTRY_VERIFY_WITH_TIMEOUT(!site.feed.isLoading(), patience);
        QVERIFY(site.feed.metrics().isEmpty());
        site.feed.follow({});
        QVERIFY(!site.feed.isLoading());
    }

    void marksComeFromTheWholeStream()
    {
        RedisServer redis;
        enrol(redis);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const auto add = [&](qint64 time, const QByteArray &type, const QString &where,
                             const QByteArray &json) {
            redis.call(QByteArrayList{"XADD", Keys::events, QByteArray::number(time) + "-*", "type",
                                      type, "ip", where.toUtf8(), "json", json});
        };
        add(now - 20 * day, "service", ip,
            R"({"role":"mysql","instance":"3306","alive":0,"timestamp":)"
                + QByteArray::number(now - 20 * day) + '}');
        for (int i = 0; i < 2500; ++i)
            add(now - 10 * day + i * 1000, "alive", u"10.0.0.9"_s, R"({"alive":1,"timestamp":1})");
        add(now - day, "config", ip, R"({"version":3})");
        add(now - hour, "command", ip, R"({"state":"running","action":"restart"})");
        add(now - hour, "command", ip, R"({"state":"done","action":"restart"})");
        add(now - minute, "service", ip, "broken");
        Site site(redis);
        QVERIFY(site.follow());
        site.marks.show(now - 2 * hour);
        QTRY_COMPARE_WITH_TIMEOUT(site.marks.marks().size(), 2, patience);
        site.marks.show(now - 30 * day);
        QTRY_COMPARE_WITH_TIMEOUT(site.marks.marks().size(), 3, patience);
        QTRY_COMPARE_WITH_TIMEOUT(site.marks.begin(), 0, patience);
        const QList<ChartMark> marks = site.marks.marks();
        QCOMPARE(marks[0].health, Health::Died);
        QVERIFY(marks[0].text.contains(u"web-01"_s));
        QCOMPARE(marks[1].kind, ChartMark::Kind::Config);
        QCOMPARE(marks[2].kind, ChartMark::Kind::Command);
    }
};

QTEST_GUILESS_MAIN(TestHistoryFeed)
#include "tst_historyfeed.moc"
