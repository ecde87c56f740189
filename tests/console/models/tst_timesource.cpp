// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetmodel.h"
#include "console/models/serverevents.h"
#include "console/models/timesource.h"
#include "console/models/watchersource.h"
#include "shared/fleet/savescripts.h"
#include "shared/protocol/keys.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"
#include "tests/support/redisserver.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000, minute = 60'000, hour = 60 * minute;
const QString webThree = u"10.207.26.233"_s, databaseTwo = u"10.207.26.251"_s;
const ServiceId nginx{u"nginx"_s, u"80"_s};

/// `count` events of one service a second apart, the last `ago` ms before Redis' now: it dies and
/// lives by turns.
const QByteArray fillScript = R"lua(
local time = redis.call('TIME')
local last = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[2]
for i = 1, tonumber(ARGV[1]) do
    local at = string.format('%.0f', last - (ARGV[1] - i) * 1000)
    redis.call('XADD', 'events', at .. '-0', 'type', 'service', 'ip', '10.0.0.7', 'json',
        '{"type":"service","ip":"10.0.0.7","role":"nginx","instance":"80","alive":' .. i % 2
        .. ',"timestamp":' .. at .. ',"since":' .. at .. ',"reason":"no process"}')
end
return string.format('%.0f', last)
)lua";

} // namespace

/// The source that travels in time, over a fleet that a test sets and over a real Redis.
class TestTimeSource : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    static qint64 fill(const RedisServer &redis, int count, qint64 ago)
    {
        return redis
            .text({"EVAL", fillScript, "0", QByteArray::number(count), QByteArray::number(ago)})
            .toLongLong();
    }

    static void enrol(const RedisServer &redis, qint64 since)
    {
        redis.call({"SET", Keys::serverAlive(u"10.0.0.7"_s), "1", "PX", "600000"});
        redis.call({"HSET", Keys::serversAlive, "10.0.0.7", "1"});
        redis.call({"HSET", Keys::serverConfig(u"10.0.0.7"_s), "version", "1"});
        redis.call(
            {"HSET", Keys::serverInfo(u"10.0.0.7"_s), "hostname", "web-07", "lease", "600000"});
        redis.call({"HSET", Keys::services(u"10.0.0.7"_s), "nginx:80",
                    "{\"alive\":0,\"since\":" + QByteArray::number(since) + "}"});
    }

    static std::optional<bool> nginxOf(const FleetSource &source)
    {
        return source.state().servers[u"10.0.0.7"_s].services[nginx].state.alive;
    }

private Q_SLOTS:

    void liveItHandsOn()
    {
        FixedSource live(demoFleet(evening), evening);
        TimeSource source(live);
        QSignalSpy workload(&source, &FleetSource::workloadChanged);
        QSignalSpy server(&source, &FleetSource::serverChanged);
        live.setCpu(webThree, 50);
        live.setAlive(webThree, false);
        QCOMPARE(workload.size(), 1);
        QCOMPARE(server.size(), 1);
        QVERIFY(!source.isPast() && source.isLive());
        QCOMPARE(&source.state(), &live.state());
        QCOMPARE(source.now(), evening);
        QCOMPARE(source.moment(), 0);
        live.goStale(evening - 5000, u"away"_s, 100);
        QVERIFY(!source.isLive());
        QCOMPARE(source.trouble(), u"away"_s);
    }

    void aMomentIsShownToEverybody()
    {
        FixedSource live(demoFleet(evening), evening);
        TimeSource source(live);
        FleetModel fleet(source);
        const QAbstractItemModelTester tester(&fleet);
        ServerEvents events(source);
        events.showAll();
        QCOMPARE(fleet.row(fleet.rowOf(databaseTwo)).health, Health::Died);
        const int now = events.rowCount();

        source.goTo(evening - 10 * minute);
        QVERIFY(source.isPast());
        QCOMPARE(source.moment(), evening - 10 * minute);
        QCOMPARE(source.now(), evening - 10 * minute);
        QCOMPARE(source.state().servers[databaseTwo].alive, std::optional(true));
        QVERIFY(fleet.row(fleet.rowOf(databaseTwo)).health != Health::Died);
        QCOMPARE(events.rowCount(), now - 1);
        QCOMPARE(source.state().servers[webThree].services[nginx].state.alive,
                 std::optional(false));

        source.goTo(evening - 30 * minute);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), evening - 30 * minute, patience);
        QCOMPARE(source.state().servers[webThree].services[nginx].state.alive, std::optional(true));
        source.goLive();
        QVERIFY(!source.isPast());
        QCOMPARE(fleet.row(fleet.rowOf(databaseTwo)).health, Health::Died);
        QCOMPARE(events.rowCount(), now);
    }

    /// A leap changes thousands: they are told bit by bit, and in the end every row is right.
    void aLeapIsToldBitByBit()
    {
        FleetState state = hugeFleet(1'500, evening);
        QList<FleetServer> servers = state.servers.values();
        for (int i = 0; i < servers.size(); ++i) {
            state.servers[servers[i].ip].since = evening - 3 * hour;
            const qint64 when = evening - hour - i * 100;
            Event event{u"%1-0"_s.arg(when), u"alive"_s, servers[i].ip, {}};
            event.json = {{u"ip"_s, servers[i].ip}, {u"alive"_s, i % 2}, {u"timestamp"_s, when}};
            state.events << event;
        }
        FixedSource live(state, evening);
        TimeSource source(live);
        FleetModel fleet(source);
        const QAbstractItemModelTester tester(&fleet);
        source.goTo(evening - hour + minute);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), evening - hour + minute, patience);
        QSignalSpy reset(&source, &FleetSource::reset);
        QSignalSpy changed(&source, &FleetSource::serverChanged);
        source.goTo(evening - 2 * hour); // that is the first event
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1'499, patience);
        QCOMPARE(reset.size(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(
            fleet.row(fleet.rowOf(servers[0].ip)).health,
            serverHealth(source.state(), source.state().servers[servers[0].ip], evening), patience);
        source.goTo(evening - hour + minute);
        source.goLive();
        QVERIFY(!source.isPast());
    }

    void theLoadOfNowIsNotThatOfThen()
    {
        FixedSource live(demoFleet(evening), evening);
        TimeSource source(live);
        source.goTo(evening - 10 * minute);
        for (const FleetServer &server : source.state().servers)
            QCOMPARE(server.workload.timestamp, 0);
        QVERIFY(live.state().servers[webThree].workload.timestamp > 0);
    }

    void theLiveSourceGoesOnUnderneath()
    {
        FixedSource live(calmFleet(evening), evening);
        TimeSource source(live);
        source.goTo(evening - 10 * minute);
        QCOMPARE(source.problemsNow(), 0);
        QSignalSpy changed(&source, &FleetSource::serverChanged);
        QSignalSpy problems(&source, &TimeSource::problemsNowChanged);
        live.setAlive(webThree, false);
        QTRY_COMPARE_WITH_TIMEOUT(source.problemsNow(), 1, patience);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(source.state().servers[webThree].alive, std::optional(true));
        source.goLive();
        QCOMPARE(source.state().servers[webThree].alive, std::optional(false));
    }

    void stepsLeadFromEventToEvent()
    {
        FixedSource live(demoFleet(evening), evening);
        TimeSource source(live);
        source.stepEvent(false);
        QCOMPARE(source.wantedMoment(), evening - 6 * minute);
        source.stepEvent(false);
        QCOMPARE(source.wantedMoment(), evening - 22 * minute);
        source.stepEvent(true);
        QCOMPARE(source.wantedMoment(), evening - 6 * minute);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), evening - 6 * minute, patience);
        source.stepEvent(true);
        QVERIFY(!source.isPast()); // after the last comes now
        for (int i = 0; i < 100; ++i)
            source.stepEvent(false);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), evening - 848 * minute, patience);
        QVERIFY(source.gaps().begin > 0);
    }

    void thePastGoesOnUntilItIsNow()
    {
        FixedSource live(demoFleet(evening), evening);
        TimeSource source(live);
        source.goTo(evening - 2 * minute);
        source.play(600);
        QVERIFY(source.isPlaying());
        QTRY_VERIFY_WITH_TIMEOUT(source.moment() > evening - 2 * minute || !source.isPast(),
                                 patience);
        QTRY_VERIFY_WITH_TIMEOUT(!source.isPast(), patience);
        QVERIFY(!source.isPlaying());
    }

    void anotherFleetHasAnotherPast()
    {
        FixedSource live(demoFleet(evening), evening);
        TimeSource source(live);
        source.goTo(evening - 10 * minute);
        live.setAddress(u"redis://10.0.0.2/0"_s);
        live.replace(emptyFleet());
        QVERIFY(!source.isPast());
        QVERIFY(source.events().archive().isEmpty());
        source.goTo(evening - 10 * minute);
        QVERIFY(!source.isPast()); // nothing tells of it
    }

    void eventsAreReadAsFarBackAsIsLooked()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 3'000, 10'000);
        enrol(redis, last);
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_VERIFY_WITH_TIMEOUT(source.hasState(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 500, patience);
        QVERIFY(!source.events().isComplete());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().begin(), last - 2'999'000, patience);

        source.goTo(last - 999'500); // between the 2,000th and the 2,001st
        QVERIFY(source.isReading());
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), last - 999'500, patience);
        QCOMPARE(nginxOf(source), std::optional(false));
        QVERIFY(source.events().archive().size() < 3'000);
        source.goTo(last - 998'500);
        QTRY_COMPARE_WITH_TIMEOUT(nginxOf(source), std::optional(true), patience);
        QCOMPARE(source.gaps(), PastGaps());

        source.goTo(1); // before everything
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), last - 2'999'000, patience);
        QCOMPARE(source.events().archive().size(), 3'000);
        QVERIFY(source.events().isComplete());
    }

    void whatHappensNowIsReadToo()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 10, 60'000);
        enrol(redis, last);
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 10, patience);
        source.goTo(last - 500);
        QVERIFY(source.isPast());
        redis.call({"XADD", "events", "*", "type", "alive", "ip", "10.0.0.7", "json",
                    R"({"type":"alive","ip":"10.0.0.7","alive":0})"});
        redis.call({"PUBLISH", "update:info", R"({"type":"event","ip":"10.0.0.7"})"});
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 11, patience);
        QCOMPARE(source.state().servers[u"10.0.0.7"_s].alive, std::optional(true));
    }

    void withoutRedisWhatWasReadIsShown()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 2'000, 10'000);
        enrol(redis, last);
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 500, patience);
        source.goTo(last - 100'500);
        QVERIFY(source.isPast());
        redis.kill();
        QTRY_VERIFY_WITH_TIMEOUT(!live.isLive(), patience);
        QVERIFY(source.isLive()); // of that moment it is as true as before
        QTRY_VERIFY_WITH_TIMEOUT(knowledgeLine(source.gaps()).contains(u"was read before"_s),
                                 patience);
        source.goTo(last - 200'500);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), last - 200'500, patience);
        QCOMPARE(source.state().servers[u"10.0.0.7"_s].services[nginx].state.since, last - 201'000);
        source.goTo(last - 1'500'000); // that was never read: the earliest that was
        QTRY_VERIFY_WITH_TIMEOUT(!source.isReading(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), source.events().archive().firstTime(), patience);
        source.goLive();
        QVERIFY(!source.isLive());
    }

    void aStreamThatBeganAnewIsReadAnew()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 100, 100'000);
        enrol(redis, last);
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 100, patience);
        source.goTo(last - 50'500);
        QVERIFY(source.isPast());
        redis.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!live.isLive(), patience);
        redis.start();
        redis.call({"DEL", "events"});
        fill(redis, 20, 1'000);
        live.retryNow();
        QTRY_VERIFY_WITH_TIMEOUT(live.isLive(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 20, patience);
        // The moment is before all that is remembered now: its begin is shown.
        QTRY_VERIFY_WITH_TIMEOUT(
            !source.isPast() || source.moment() >= source.events().archive().firstTime(), patience);
    }

    void aStreamThatIsNoneIsSaid()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 1'000, 10'000);
        enrol(redis, last);
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 500, patience);
        redis.call({"DEL", "events"});
        redis.call({"SET", "events", "no stream"});
        source.goTo(last - 800'500);
        QTRY_VERIFY_WITH_TIMEOUT(!source.events().trouble().isEmpty(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), source.events().archive().firstTime(), patience);
        QVERIFY(!source.isReading());
        QVERIFY(source.gaps().trouble.contains(u"WRONGTYPE"_s));
    }

    void whatNobodyCanReadIsLeftOut()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 5, 60'000);
        enrol(redis, last);
        redis.call({"XADD", "events", "*", "json", "{}"});
        redis.call({"XADD", "events", "*", "type", "alive", "ip", "10.0.0.7", "json", "[broken"});
        redis.call({"XADD", "events", "*", "type", QByteArray(5000, 'x'), "json", "{}"});
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 6, patience);
        QVERIFY(source.events().isComplete());
    }

    void treesOfThenAreReadFromTheirHistory()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 100, 10'000);
        enrol(redis, last);
        const auto tree = [](int version) {
            return QString::fromLatin1(
                       R"({"id":"dev","version":%1,"roles":[{"role":"nginx","instances":[{"ip":"10.0.0.7","instance":"80"}]}]})")
                .arg(version)
                .toUtf8();
        };
        redis.call({"SADD", "paas:list", "dev"});
        redis.call({"SET", "paas:dev", tree(2)});
        for (const int version : {1, 2}) {
            redis.call({"RPUSH", "paas:dev:history",
                        "{\"version\":" + QByteArray::number(version) + ",\"timestamp\":"
                            + QByteArray::number(last - (version == 1 ? 50'000 : 5'000))
                            + ",\"by\":\"chen\",\"tree\":" + tree(version) + "}"});
        }
        redis.call({"XADD", "events", QByteArray::number(last + 1), "type", "config", "json",
                    R"({"type":"config","paas":"dev","version":2,"state":"saved"})"});
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 101, patience);
        QCOMPARE(source.state().trees[u"dev"_s].version, 2);
        source.goTo(last - 20'500);
        QTRY_COMPARE_WITH_TIMEOUT(source.state().trees[u"dev"_s].version, 1, patience);
        source.goTo(last - 80'500);
        QTRY_VERIFY_WITH_TIMEOUT(!source.state().trees.contains(u"dev"_s), patience);
        source.goLive();
        QCOMPARE(source.state().trees[u"dev"_s].version, 2);
    }

    /// Also when an empty tree was made under the same name since.
    void aTreeThatWasRemovedIsShownAsItWas()
    {
        RedisServer redis;
        const qint64 last = fill(redis, 100, 10'000);
        enrol(redis, last);
        const auto words = [&](const RedisConnection::Words &command) {
            redis.call(QByteArrayList(command.begin(), command.end()));
        };
        const QByteArray tree
            = R"({"id":"old","version":1,"roles":[{"role":"nginx","instances":[{"ip":"10.0.0.7","instance":"80"}]}]})";
        words(savePaasWords(u"old"_s, tree, 0, false, last - 50'000));
        words(removePaasWords(u"old"_s, 1, last - 20'000));
        words(savePaasWords(u"old"_s, R"({"id":"old","version":1,"roles":[]})", 0, false,
                            last - 5'000));
        WatcherSource live;
        TimeSource source(live);
        live.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(source.events().archive().size(), 103, patience);
        QVERIFY(source.state().trees[u"old"_s].roles.isEmpty());
        source.goTo(last - 30'500);
        QTRY_COMPARE_WITH_TIMEOUT(source.state().trees.value(u"old"_s).roles.size(), 1, patience);
        source.goTo(last - 10'500);
        QTRY_VERIFY_WITH_TIMEOUT(!source.state().trees.contains(u"old"_s), patience);
        source.goTo(last - 80'500);
        QTRY_COMPARE_WITH_TIMEOUT(source.moment(), last - 80'500, patience);
        QVERIFY(!source.state().trees.contains(u"old"_s));
        QCOMPARE(source.gaps(), PastGaps());
        redis.call({"DEL", "paas:old:removed", "paas:old:history"});
        source.goLive();
        source.goTo(last - 30'500);
        QTRY_COMPARE_WITH_TIMEOUT(source.gaps().vagueTrees + source.gaps().lostTrees,
                                  QStringList{u"old"_s}, patience);
    }
};

QTEST_MAIN(TestTimeSource)
#include "tst_timesource.moc"
