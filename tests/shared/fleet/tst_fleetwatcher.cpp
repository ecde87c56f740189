// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetwatcher.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"
#include "tests/support/simulatedagents.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const ServiceId nginx { u"nginx"_s, u"80"_s };
const ServiceId ssh { u"ssh"_s, u"default"_s };

/// Enrols a server as keys only: nobody beats for it.
void writeServer(RedisServer &redis, const QString &ip, const QByteArray &leaseMs = "600000")
{
    redis.call({ "HSET", Keys::serversAlive, ip.toUtf8(), "1" });
    redis.call({ "HSET", Keys::serversSince, ip.toUtf8(), "1700000000000" });
    redis.call({ "HSET", Keys::serverInfo(ip), "hostname", "web-01", "session", "s1", "told", "s1:5", "lease", "600000" });
    redis.call({ "HSET", Keys::services(ip), "nginx:80", R"({"alive":1,"since":1700000000000,"timestamp":1,"session":"s1"})" });
    redis.call({ "RPUSH", Keys::serverWorkload(ip), R"({"timestamp":1700000000500,"info":{"cpu":{"busy":12.5}}})" });
    redis.call({ "SET", Keys::serverAlive(ip), "1", "PX", leaseMs });
}

void publish(RedisServer &redis, const QByteArray &message)
{
    redis.call({ "PUBLISH", Channels::updateInfo, message });
}

QByteArray serviceMessage(int alive, int n, const QByteArray &session = "s1")
{
    return R"({"type":"service","ip":"10.0.0.7","role":"nginx","instance":"80","alive":)" + QByteArray::number(alive)
        + R"(,"timestamp":1700000001000,"since":1700000001000,"reason":"","session":")" + session + R"(","n":)" + QByteArray::number(n)
        + "}";
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
    static FleetServer serverOf(const FleetWatcher &watcher, const QString &ip = u"10.0.0.7"_s) { return watcher.state().servers.value(ip); }
    static std::optional<bool> nginxOf(const FleetWatcher &watcher) { return serverOf(watcher).services.value(nginx).state.alive; }

private Q_SLOTS:
    void init() { m_redis = std::make_unique<RedisServer>(); }
    void cleanup() { m_redis.reset(); }

    void takesTheSnapshotOfTheKeys()
    {
        writeServer(*m_redis, u"10.0.0.7"_s);
        m_redis->call({ "HSET", Keys::serversAlive, "10.0.0.8", "0" });
        m_redis->call({ "HSET", Keys::serversPending, "10.0.0.9", R"({"hostname":"new-01","machine_id":"abc","services":{}})" });
        m_redis->call({ "HSET", Keys::maintenance, "10.0.0.7", R"({"until":99999999999999,"by":"chen","reason":"disk"})" });
        m_redis->call({ "SADD", Keys::paasList, "dev" });
        m_redis->call({ "SET", Keys::paas(u"dev"_s), R"({"id":"dev","title":"Dev","version":3,"roles":[{"role":"nginx","group":"g","title":"Nginx","needs":[],"instances":[{"ip":"10.0.0.7","instance":"80"}]}]})" });
        m_redis->call({ "XADD", Keys::events, "*", "type", "alive", "ip", "10.0.0.7", "json", R"({"type":"alive","alive":1})" });
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
        QCOMPARE(server.workload.info.cpu.busy, std::optional(12.5));
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
        QSignalSpy added(watcher.get(), &FleetWatcher::serverAdded), workloads(watcher.get(), &FleetWatcher::workloadChanged);
        QSignalSpy events(watcher.get(), &FleetWatcher::eventsAdded);
        agent.start();
        QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(workloads.size() > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!events.isEmpty(), patience);
        const auto service = [&] { return serverOf(*watcher, u"10.1.0.1"_s).services.value(nginx).state; };
        agent.setService(nginx, false, u"0 processes found, 1 expected"_s);
        QTRY_COMPARE_WITH_TIMEOUT(service().alive, std::optional(false), patience);
        QCOMPARE(service().reason, u"0 processes found, 1 expected"_s);
        agent.removeService(ssh);
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher, u"10.1.0.1"_s).services.size(), 1, patience);
        agent.stop();
        QTRY_COMPARE_WITH_TIMEOUT(serverOf(*watcher, u"10.1.0.1"_s).alive, std::optional(false), patience);
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
            return QTest::qWaitFor([&] { return watcher->messageCount() > before; }, patience) ? nginxOf(*watcher) : std::nullopt;
        };
        QCOMPARE(after(serviceMessage(0, 5)), std::optional(true)); // the snapshot holds n 5 already
        QCOMPARE(after(serviceMessage(0, 6)), std::optional(false));
        QCOMPARE(after(serviceMessage(1, 6)), std::optional(false));
        QCOMPARE(after(serviceMessage(1, 7)), std::optional(true));
        QCOMPARE(after(serviceMessage(0, 1, "s2")), std::optional(false)); // another session counts anew
    }
};

QTEST_GUILESS_MAIN(TestFleetWatcher)
#include "tst_fleetwatcher.moc"
