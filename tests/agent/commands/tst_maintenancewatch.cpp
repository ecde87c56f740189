// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/maintenancewatch.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestMaintenanceWatch : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<RedisConnection> m_connection;

private Q_SLOTS:

    void initTestCase()
    {
        m_redis = std::make_unique<RedisServer>();
        m_connection = std::make_unique<RedisConnection>(m_redis->url());
        m_connection->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_connection->isConnected(), 20'000);
    }

    void init() { m_redis->call({"FLUSHALL"}); }

    void findsWhatConcernsThisServer()
    {
        m_redis->call({"SET", "paas:dev",
                       R"({"id":"dev","version":1,"roles":[
                       {"role":"nginx","instances":[{"ip":"10.0.0.7","instance":"default"}]},
                       {"role":"mysql","instances":[{"ip":"10.0.0.8","instance":"3306"},
                                                    {"ip":"10.0.0.7","instance":"3307"}]}]})"});
        m_redis->call({"HSET", "maintenance", "10.0.0.7/ssh/default", R"({"until":500})",
                       "10.0.0.8", R"({"until":900})", "paas/dev", R"({"until":700})",
                       "paas/dev/mysql", R"({"until":800})", "paas/other", R"({"until":1})",
                       "10.0.0.7/a b/x", R"({"until":500})", "10.0.0.7/redis/6379", "no JSON"});
        MaintenanceWatch watch(*m_connection, u"10.0.0.7"_s);
        QSignalSpy changed(&watch, &MaintenanceWatch::changed);
        watch.read();
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 20'000);
        QCOMPARE(watch.scopes(),
                 (MaintenanceWatch::Scopes{
                     {u"ssh:default"_s, 500}, {u"nginx:default"_s, 700}, {u"mysql:3307"_s, 800}}));
        m_redis->call({"DEL", "maintenance"});
        m_redis->call({"HSET", "maintenance", "10.0.0.7", R"({"until":600})"});
        watch.read();
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 20'000);
        QCOMPARE(watch.scopes(), (MaintenanceWatch::Scopes{{QString(), 600}}));
        m_redis->call({"DEL", "maintenance"});
        watch.read();
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 3, 20'000);
        QVERIFY(watch.scopes().isEmpty());
    }

    void goesOnWhateverTheKeyIs()
    {
        m_redis->call({"SET", "maintenance", "no hash"});
        MaintenanceWatch watch(*m_connection, u"10.0.0.7"_s);
        QSignalSpy changed(&watch, &MaintenanceWatch::changed);
        watch.read();
        const auto answered = m_connection->request({"PING"});
        QTRY_VERIFY_WITH_TIMEOUT(answered.isFinished(), 20'000);
        m_redis->call({"DEL", "maintenance"});
        m_redis->call({"HSET", "maintenance", "10.0.0.7", R"({"until":600})"});
        QTRY_COMPARE_WITH_TIMEOUT((watch.read(), changed.size()), 1, 20'000);
    }
};

QTEST_GUILESS_MAIN(TestMaintenanceWatch)
#include "tst_maintenancewatch.moc"
