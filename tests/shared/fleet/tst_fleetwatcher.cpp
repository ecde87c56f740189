// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetwatcher.h"
#include "shared/fleet/maintenancewriter.h"
#include "shared/fleet/reasontext.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"
#include "tests/support/simulatedagents.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;
const ServiceId nginx{u"nginx"_s, u"80"_s};
const ServiceId ssh{u"ssh"_s, u"default"_s};

/// Enrols a server as keys only: nobody beats for it.
void writeServer(RedisServer &redis, const QString &ip, const QByteArray &leaseMs = "600000")
{
    redis.call({"HSET", Keys::serversAlive, ip.toUtf8(), "1"});
    redis.call({"HSET", Keys::serversSince, ip.toUtf8(), "1700000000000"});
    redis.call({"HSET", Keys::serverInfo(ip), "hostname", "web-01", "session", "s1", "told", "s1:5",
                "lease", "600000"});
    redis.call({"HSET", Keys::services(ip), "nginx:80",
                R"({"alive":1,"since":1700000000000,"timestamp":1,"session":"s1"})"});
    redis.call({"RPUSH", Keys::serverWorkload(ip),
                R"({"timestamp":1700000000500,"info":{"cpu":{"busy":12.5}}})"});
    redis.call({"SET", Keys::serverAlive(ip), "1", "PX", leaseMs});
}

void publish(RedisServer &redis, const QByteArray &message)
{
    redis.call({"PUBLISH", Channels::updateInfo, message});
}

QByteArray serviceMessage(int alive, int n, const QByteArray &session = "s1")
{
    return R"({"type":"service","ip":"10.0.0.7","role":"nginx","instance":"80","alive":)"
        + QByteArray::number(alive)
        + R"(,"timestamp":1700000001000,"since":1700000001000,"reason":"","session":")" + session
        + R"(","n":)" + QByteArray::number(n) + "}";
}

} // namespace

class TestFleetWatcher : public QObject
{
    Q_OBJECT
    std::unique_ptr<RedisServer> m_redis;

    std::unique_ptr<FleetWatcher> watch(RedisTimeouts timeouts = {}) const
    {
        auto watcher = std::make_unique<FleetWatcher>(m_redis->url(), timeouts);
        watcher->start();
        return watcher;
    }

    static FleetServer serverOf(const FleetWatcher &watcher, const QString &ip = u"10.0.0.7"_s)
    {
        return watcher.state().servers.value(ip);
    }

    static std::optional<bool> nginxOf(const FleetWatcher &watcher)
    {
        return serverOf(watcher).services.value(nginx).state.alive;
    }

private Q_SLOTS:

    void init() { m_redis = std::make_unique<RedisServer>(); }

    void cleanup() { m_redis.reset(); }

    void takesTheSnapshotOfTheKeys()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        m_redis->call({"HSET", Keys::serversAlive, "10.0.0.8", "0"});
        m_redis->call({"HSET", Keys::serversPending, "10.0.0.9",
                       R"({"hostname":"new-01","machine_id":"abc","services":{}})"});
        m_redis->call({"HSET", Keys::maintenance, "10.0.0.7",
                       R"({"until":99999999999999,"by":"chen","reason":"disk"})"});
        m_redis->call({"SADD", Keys::paasList, "dev"});
        m_redis->call(
            {"SET", Keys::paas(u"dev"_s),
             R"({"id":"dev","title":"Dev","version":3,"roles":[{"role":"nginx","group":"g","title":"Nginx","needs":[],"instances":[{"ip":"10.0.0.7","instance":"80"}]}]})"});
        m_redis->call({"XADD", Keys::events, "*", "type", "alive", "ip", "10.0.0.7", "json",
                       R"({"type":"alive","alive":1})"});
        const auto watcher = watch();
        QVERIFY(!watcher->isLive());
        QVERIFY(!watcher->trouble().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QVERIFY(watcher->hasState());
        QCOMPARE(watcher->staleSince(), 0);
        QVERIFY(watcher->trouble().isEmpty());
        const FleetServer server = serverOf(*watcher);
        QCOMPARE(server.alive, std::optional(true));
        QCOMPARE(server.since, 1'700'000'000'000);
        QCOMPARE(server.displayName(), u"web-01"_s);
        QCOMPARE(server.workload.info.read().cpu.busy, std::optional(12.5));
        QCOMPARE(nginxOf(*watcher), std::optional(true));
        QVERIFY(!serverOf(*watcher, u"10.0.0.8"_s).wasSeen);
        QCOMPARE(watcher->state().pending.first().hostname, u"new-01"_s);
        QCOMPARE(watcher->state().maintenance.value(u"10.0.0.7"_s).by, u"chen"_s);
        QCOMPARE(watcher->state().trees.value(u"dev"_s).roles.size(), 1);
        QCOMPARE(watcher->state().events.size(), 1);
    }

    void appliesWhatAnAgentTells()
    {
        SimulatedAgent agent(m_redis->url(), u"10.1.0.1"_s, {});
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QSignalSpy added(watcher.get(), &FleetWatcher::serverAdded),
            workloads(watcher.get(), &FleetWatcher::workloadChanged);
        QSignalSpy events(watcher.get(), &FleetWatcher::eventsAdded);
        agent.start();
        QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(workloads.size() > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!events.isEmpty(), patience);
        const auto service
            = [&] { return serverOf(*watcher, u"10.1.0.1"_s).services.value(nginx).state; };
        agent.setService(nginx, false, u"0 processes found, 1 expected"_s);
        QTRY_COMPARE_WITH_TIMEOUT(service().alive, std::optional(false), patience);
        QCOMPARE(service().reason, u"0 processes found, 1 expected"_s);
        agent.removeService(ssh);
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher, u"10.1.0.1"_s).services.size(), 1, patience);
        agent.stop();
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher, u"10.1.0.1"_s).alive, std::optional(false),
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(watcher->state().events.size(), 4, patience);
        QCOMPARE(watcher->state().events.first().type, u"alive"_s);
    }

    void dropsRepeatsAndFollowsTheOrderOfArrival()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        const auto after = [&](const QByteArray &message) {
            const qint64 before = watcher->messageCount();
            publish(*m_redis, message);
            return QTest::qWaitFor([&] { return watcher->messageCount() > before; }, patience)
                ? nginxOf(*watcher)
                : std::nullopt;
        };
        QCOMPARE(after(serviceMessage(0, 5)),
                 std::optional(true)); // the snapshot holds n 5 already
        QCOMPARE(after(serviceMessage(0, 6)), std::optional(false));
        QCOMPARE(after(serviceMessage(1, 6)), std::optional(false));
        QCOMPARE(after(serviceMessage(1, 7)), std::optional(true));
        QCOMPARE(after(serviceMessage(0, 1, "s2")),
                 std::optional(false)); // another session counts anew
    }

    void tellsAServerDeadWithTheSweepersMessage()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QSignalSpy changed(watcher.get(), &FleetWatcher::serverChanged);
        for (int i = 0; i < 3;
             ++i) // three sweepers would never tell it thrice, three repeats change nothing
            publish(
                *m_redis,
                R"({"type":"alive","ip":"10.0.0.7","alive":0,"timestamp":1700000009000,"by":"sweeper"})");
        QTRY_COMPARE_WITH_TIMEOUT(watcher->messageCount(), 3, patience);
        QCOMPARE(serverOf(*watcher).alive, std::optional(false));
        QCOMPARE(serverOf(*watcher).since, 1'700'000'009'000);
        QCOMPARE(serverOf(*watcher).health(), Health::Died);
        QCOMPARE(changed.size(), 1);
    }

    void readsTheKeysWhenAHeartbeatDiffersFromTheState()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        m_redis->call({"HSET", Keys::services(u"10.0.0.7"_s), "nginx:80",
                       R"({"alive":0,"since":7,"reason":"gone","timestamp":8})"});
        publish(*m_redis,
                R"({"type":"services","ip":"10.0.0.7","states":{"nginx:80":0},"timestamp":8})");
        QTRY_COMPARE_WITH_TIMEOUT(nginxOf(*watcher), std::optional(false), patience);
        QCOMPARE(serverOf(*watcher).services.value(nginx).state.reason, u"gone"_s);
    }

    void looksUpServersThatSpeakAndIgnoresStrangers()
    {
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        for (int i = 0; i < 500; ++i)
            publish(*m_redis,
                    R"({"type":"alive","ip":"10.9.)" + QByteArray::number(i / 250) + '.'
                        + QByteArray::number(i % 250) + R"(","alive":1,"timestamp":1})");
        writeServer(*m_redis, u"10.0.0.7"_s);
        publish(*m_redis, R"({"type":"config","ip":"10.0.0.7","version":1})");
        QTRY_VERIFY_WITH_TIMEOUT(watcher->state().servers.contains(u"10.0.0.7"_s), patience);
        QCOMPARE(watcher->state().servers.size(), 1);
        m_redis->call({"HDEL", Keys::serversAlive, "10.0.0.7"});
        QSignalSpy removed(watcher.get(), &FleetWatcher::serverRemoved);
        publish(*m_redis, R"({"type":"config","ip":"10.0.0.7","version":2})");
        QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 1, patience);
    }

    void survivesRubbishOnTheChannelAndInTheKeys()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const QByteArray megabyte(1 << 20, 'x');
        m_redis->call({"HSET", Keys::serverInfo(u"10.0.0.7"_s), "os", megabyte, "junk", megabyte});
        m_redis->call({"HSET", Keys::services(u"10.0.0.7"_s), "no service", "{}", "ssh:default",
                       "\xff\xfe", "nginx:81", megabyte});
        m_redis->call({"HSET", Keys::serversAlive, "no ip", "1", QByteArray("\0\xff", 2), "1",
                       "10.0.0.8", "rubbish"});
        m_redis->call({"SET", Keys::serverInfo(u"10.0.0.8"_s), "of another type"});
        m_redis->call({"HSET", Keys::serversPending, "x", "{", "10.0.0.9", "[]"});
        m_redis->call({"HSET", Keys::maintenance, "10.0.0.7", "{}"});
        m_redis->call({"SADD", Keys::paasList, "../x", "dev", "gone"});
        m_redis->call({"SET", Keys::paas(u"dev"_s), megabyte});
        m_redis->call({"XADD", Keys::events, "*", "nothing", "here"});
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QByteArray binary;
        for (int i = 0; i < 2'000; ++i)
            binary += char(i * 7919 >> 3);
        for (int i = 0; i < 100; ++i)
            publish(*m_redis, binary.mid(i, i * 13));
        publish(*m_redis, QByteArray(2 << 20, '['));
        publish(*m_redis,
                R"({"type":"service","ip":"10.0.0.7","role":"../..","instance":"x","alive":0})");
        publish(*m_redis, R"({"type":"alive","ip":"10.0.0.7","alive":"yes"})");
        publish(*m_redis, serviceMessage(0, 9));
        QTRY_COMPARE_WITH_TIMEOUT(nginxOf(*watcher), std::optional(false), patience);
        QCOMPARE(watcher->messageCount(), 104);
        QVERIFY(watcher->isLive());
        QCOMPARE(watcher->state().servers.size(), 2);
        QVERIFY(serverOf(*watcher).info.os.size() <= 256);
        QCOMPARE(serverOf(*watcher).services.value(ssh).state.alive, std::nullopt);
        QVERIFY(watcher->state().events.isEmpty());
    }

    void leavesAServerOutWhoseKeysBreakTheConnection()
    {
        for (int i = 1; i <= 5; ++i)
            writeServer(*m_redis, u"10.0.0.%1"_s.arg(i));
        // More than any reply may have: 3 x 8 MiB.
        for (int i = 1; i <= 3; ++i)
            m_redis->call({"HSET", Keys::services(u"10.0.0.3"_s), "nginx:" + QByteArray::number(i),
                           QByteArray(8 << 20, 'x')});
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QCOMPARE(watcher->state().servers.size(), 5);
        QCOMPARE(serverOf(*watcher, u"10.0.0.3"_s).health(), Health::Unknown);
        QCOMPARE(serverOf(*watcher, u"10.0.0.4"_s).health(), Health::Alive);
    }

    void leavesOutWhatStrangersBlewUp()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        for (int i = 1; i <= 3; ++i)
            m_redis->call({"HSET", Keys::serversPending, "10.9.9." + QByteArray::number(i),
                           QByteArray(8 << 20, 'x')});
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QCOMPARE(watcher->state().servers.size(), 1);
        QVERIFY(watcher->state().pending.isEmpty());
    }

    void readsTenThousandServers()
    {
        m_redis->call({"EVAL", R"(for i = 0, 9999 do
            local ip = '10.2.' .. math.floor(i / 250) .. '.' .. (i % 250 + 1)
            redis.call('HSET', 'servers:alive', ip, '1')
            redis.call('SET', 'server:alive:' .. ip, '1', 'PX', '600000')
            redis.call('HSET', 'server:info:' .. ip, 'hostname', 'h' .. i, 'session', 's', 'lease', '600000')
            for s = 1, 10 do
                redis.call('HSET', 'services:' .. ip, 'nginx:' .. s, '{"alive":1,"since":1,"timestamp":1}')
            end
        end)",
                       "0"});
        QElapsedTimer timer;
        timer.start();
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), 3 * patience);
        qInfo("10,000 servers with 10 services each read in %lld ms", timer.elapsed());
        QCOMPARE(watcher->state().servers.size(), 10'000);
        QCOMPARE(serverOf(*watcher, u"10.2.39.250"_s).services.size(), 10);
    }

    void becomesLiveAgainAfterRedisWasKilledAndRestarted()
    {
        SimulatedAgent agent(m_redis->url(), u"10.1.0.1"_s, {});
        agent.start();
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->state().servers.contains(u"10.1.0.1"_s), patience);
        m_redis->kill();
        QTRY_VERIFY_WITH_TIMEOUT(!watcher->isLive(), patience);
        QVERIFY(watcher->hasState());
        QVERIFY(watcher->staleSince() > 0);
        QVERIFY(!watcher->trouble().isEmpty());
        QVERIFY(watcher->state().servers.contains(u"10.1.0.1"_s)); // stale is grey, not gone
        QSignalSpy reset(watcher.get(), &FleetWatcher::reset);
        m_redis->start();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QCOMPARE(reset.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher, u"10.1.0.1"_s).alive, std::optional(true),
                                  patience);
    }

    void noticesThatRedisHangs()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        m_redis->pause();
        QTRY_VERIFY_WITH_TIMEOUT(!watcher->isLive(), patience);
        QVERIFY(watcher->staleSince()
                <= before + 1000); // since the last sign of life, not since it was noticed
        m_redis->resume();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
    }

    void readsAgainAfterEachGap()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QSignalSpy reset(watcher.get(), &FleetWatcher::reset);
        m_redis->call({"HSET", Keys::services(u"10.0.0.7"_s), "nginx:80",
                       R"({"alive":0,"since":7,"reason":"gone","timestamp":8})"});
        m_redis->call({"CLIENT", "KILL", "TYPE", "pubsub"});
        QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, patience);
        QCOMPARE(nginxOf(*watcher), std::optional(false));
        m_redis->call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
        QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 2, patience);
    }

    void forgetsWhatWasFlushedAndKeepsWhatComesBack()
    {
        writeServer(*m_redis, u"10.0.0.7"_s, "1000");
        SimulatedAgent agent(m_redis->url(), u"10.1.0.1"_s, {});
        agent.start();
        const auto watcher = watch();
        QTRY_COMPARE_WITH_TIMEOUT(watcher->state().servers.size(), 2, patience);
        m_redis->call({"FLUSHALL"});
        QTRY_VERIFY_WITH_TIMEOUT(!watcher->state().servers.contains(u"10.0.0.7"_s), patience);
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher, u"10.1.0.1"_s).alive, std::optional(true),
                                  patience);
        QVERIFY(watcher->isLive());
    }

    void knowsNothingOfAServerWithoutLeaseWhileNobodySweeps()
    {
        writeServer(*m_redis, u"10.0.0.7"_s, "700");
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher).alive, std::nullopt, patience);
        QCOMPARE(serverOf(*watcher).health(), Health::Unknown);
        QCOMPARE(serverOf(*watcher).since, 1'700'000'000'500); // its last sample
        m_redis->call({"SET", Keys::serverAlive(u"10.0.0.7"_s), "1", "PX", "600000"});
        publish(*m_redis, R"({"type":"alive","ip":"10.0.0.7","alive":1,"timestamp":1})");
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher).alive, std::optional(true), patience);
    }

    void trustsTheSweeperWhileItSweeps()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        m_redis->call({"DEL", Keys::serverAlive(u"10.0.0.7"_s)});
        m_redis->call({"HSET", Keys::sweeper, "last", "99999999999999"});
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QCOMPARE(serverOf(*watcher).alive, std::optional(true));
    }

    void tellsWhatLiesBesideTheServers()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        QSignalSpy pending(watcher.get(), &FleetWatcher::pendingChanged),
            trees(watcher.get(), &FleetWatcher::treesChanged);
        QSignalSpy maintenance(watcher.get(), &FleetWatcher::maintenanceChanged);
        m_redis->call({"HSET", Keys::serversPending, "10.0.0.9", R"({"hostname":"new-01"})"});
        const QByteArray until = QByteArray::number(QDateTime::currentMSecsSinceEpoch() + 1500);
        m_redis->call({"HSET", Keys::maintenance, "10.0.0.7", R"({"until":)" + until + "}"});
        m_redis->call({"SADD", Keys::paasList, "dev"});
        m_redis->call(
            {"SET", Keys::paas(u"dev"_s), R"({"id":"dev","title":"Dev","version":3,"roles":[]})"});
        publish(*m_redis, R"({"type":"config","paas":"dev","version":3})");
        QTRY_COMPARE_WITH_TIMEOUT(pending.size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(trees.size(), 1, patience);
        QCOMPARE(watcher->state().trees.value(u"dev"_s).version, 3);
        QTRY_COMPARE_WITH_TIMEOUT(maintenance.size(), 2,
                                  patience); // it begins, and it ends by itself
    }

    void followsAMaintenanceAtOnce()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const QList<MaintenanceTarget> targets{{u"10.0.0.7"_s, nginx, {}, {}},
                                               {{}, {}, u"dev"_s, u"mysql"_s}};
        const auto isThere = [&](bool isWanted) {
            return watcher->state().maintenance.contains(u"10.0.0.7/nginx/80"_s) == isWanted
                && watcher->state().maintenance.contains(u"paas/dev/mysql"_s) == isWanted;
        };
        // Without the wake-up it would be seen after 10 s.
        constexpr int atOnce = 5'000;
        const RedisValue set = m_redis->call(
            startMaintenanceCommand(targets, {now + 600'000, u"chen"_s, u"move"_s}, now));
        QCOMPARE(changedMaintenance(set),
                 (QStringList{u"10.0.0.7/nginx/80"_s, u"paas/dev/mysql"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(isThere(true), atOnce);
        QCOMPARE(watcher->state().maintenance[u"paas/dev/mysql"_s],
                 (Maintenance{now + 600'000, u"chen"_s, u"move"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(watcher->state().events.size(), 2, atOnce);
        const QString text = eventText(watcher->state().events.first(), watcher->state());
        QVERIFY2(text.startsWith(u"mysql of PaaS dev is in maintenance until "), qPrintable(text));

        m_redis->call(endMaintenanceCommand(targets, u"chen"_s, {}, now));
        QTRY_VERIFY_WITH_TIMEOUT(isThere(false), atOnce);
        QTRY_COMPARE_WITH_TIMEOUT(watcher->state().events.size(), 4, atOnce);
        QCOMPARE(eventText(watcher->state().events.at(1), watcher->state()),
                 u"The maintenance of nginx on web-01 has ended"_s);
        QCOMPARE(changedMaintenance(m_redis->call(endMaintenanceCommand(targets, {}, {}, now))),
                 QStringList());
    }

    void losesNoTransitionThatComesDuringTheSnapshot()
    {
        std::vector<std::unique_ptr<SimulatedAgent>> agents;
        for (int i = 1; i <= 20; ++i) {
            agents.push_back(std::make_unique<SimulatedAgent>(m_redis->url(), u"10.1.0.%1"_s.arg(i),
                                                              SimulatedAgent::Beat{60s, 180s}));
            agents.back()->start();
        }
        QTRY_VERIFY_WITH_TIMEOUT(std::all_of(agents.begin(), agents.end(),
                                             [](const auto &a) { return a->isAnnounced(); }),
                                 patience);
        bool isAlive = true;
        QTimer flapping; // no heartbeat comes that would heal a lost message
        connect(&flapping, &QTimer::timeout, this, [&] {
            isAlive = !isAlive;
            for (const auto &agent : agents)
                agent->setService(nginx, isAlive);
        });
        flapping.start(2);
        std::vector<std::unique_ptr<FleetWatcher>> watchers;
        for (int i = 0; i < 10; ++i) {
            watchers.push_back(watch());
            QTRY_VERIFY_WITH_TIMEOUT(watchers.back()->isLive(), patience);
        }
        flapping.stop();
        for (const auto &agent : agents)
            agent->setService(nginx, false, u"the last word"_s);
        for (const auto &watcher : watchers) {
            for (const auto &agent : agents)
                QTRY_COMPARE_WITH_TIMEOUT(
                    serverOf(*watcher, agent->ip()).services.value(nginx).state.reason,
                    u"the last word"_s, patience);
        }
    }

    void saysWhyItCannotRead()
    {
        m_redis->call({"ACL", "SETUSER", "default", "-hgetall"});
        const auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->trouble().contains(u"NOPERM"), patience);
        QVERIFY(!watcher->isLive());
        m_redis->call({"ACL", "SETUSER", "default", "+hgetall"});
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
    }

    void endsQuietly()
    {
        SimulatedAgent agent(m_redis->url(), u"10.1.0.1"_s, {});
        agent.start();
        auto watcher = watch();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        watcher->stop();
        QVERIFY(!watcher->isLive());
        watcher->start();
        QTRY_VERIFY_WITH_TIMEOUT(watcher->isLive(), patience);
        watcher.reset();
    }
};

QTEST_GUILESS_MAIN(TestFleetWatcher)
#include "tst_fleetwatcher.moc"
