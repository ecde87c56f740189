// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/fleetdesk.h"
#include "console/models/watchersource.h"
#include "shared/trust/signingkey.h"
#include "tests/support/redisserver.h"
#include "tests/support/scriptedagent.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

using Stage = CommandProgress::Stage;

/// The console's desk against a real Redis and agents that answer as the test says.
class TestFleetDesk : public QObject
{
    Q_OBJECT
    RedisServer m_redis;
    const QString m_ip = u"10.0.0.7"_s;
    const ServiceId m_nginx{u"nginx"_s, u"default"_s};

    static SigningKey someKey()
    {
        const auto key = SigningKey::generate(u"tester"_s);
        if (!key)
            qFatal("%s", qPrintable(key.error().text));
        return *key;
    }

    const SigningKey m_key = someKey();

    struct Desk
    {
        explicit Desk(const RedisUrl &url)
        {
            connect(&desk, &ActionDesk::progressed, &desk,
                    [this](const CommandProgress &progress) { told << progress; });
            source.watch(url);
        }

        CommandProgress last() const { return told.isEmpty() ? CommandProgress() : told.last(); }

        WatcherSource source;
        FleetDesk desk{source};
        QList<CommandProgress> told;
    };

    void addTree()
    {
        m_redis.call({"SADD", "paas:list", "dev"});
        m_redis.call({"SET", "paas:dev",
                      R"({"id":"dev","title":"Dev","version":1,"roles":[
                          {"role":"nginx","instances":[{"ip":"10.0.0.7","instance":"default"},
                                                       {"ip":"10.0.0.8","instance":"default"}]},
                          {"role":"varnish","needs":["nginx"],
                           "instances":[{"ip":"10.0.0.9","instance":"default"}]}]})"});
    }

    static QList<CommandMessage> success(const CommandRequest &request)
    {
        return {ScriptedAgent::message(request, CommandState::Accepted),
                ScriptedAgent::message(request, CommandState::Running),
                ScriptedAgent::message(request, CommandState::Done),
                ScriptedAgent::message(request, CommandState::Verified)};
    }

private Q_SLOTS:

    void init() { m_redis.call({"FLUSHALL"}); }

    void anOrderIsFollowedToTheServicesOwnWord()
    {
        ScriptedAgent agent(m_redis, m_ip);
        agent.answer = success;
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.source.isLive() && agent.isReady());
        const QString id = desk.desk.send({m_ip, m_nginx, u"restart"_s, u"because"_s}, m_key);
        QTRY_VERIFY(desk.last().state == CommandState::Verified && desk.last().isOver());
        QCOMPARE(desk.last().id, id);
        QCOMPARE(agent.asked(), QStringList{u"nginx:default restart"_s});
        bool wasAwaited = false;
        for (const CommandProgress &progress : desk.told)
            wasAwaited |= progress.state == CommandState::Done && progress.isAwaited;
        QVERIFY(wasAwaited);
    }

    void theLogKnowsItAfterwards()
    {
        ScriptedAgent agent(m_redis, m_ip);
        agent.answer = success;
        Desk desk(m_redis.url());
        ActionCentre centre(desk.source, desk.desk);
        QTRY_VERIFY(desk.source.isLive() && agent.isReady());
        desk.desk.send({m_ip, m_nginx, u"restart"_s, u"because"_s}, m_key);
        QTRY_VERIFY(centre.log().rowCount() == 1
                    && centre.log().record(0).newest.state == CommandState::Verified);
        Desk later(m_redis.url());
        ActionCentre other(later.source, later.desk);
        QTRY_COMPARE(other.log().rowCount(), 1);
        QVERIFY(other.configs().of(m_ip) == nullptr);
        QTRY_VERIFY(other.configs().of(m_ip));
        QVERIFY(other.configs().of(m_ip)->controls(m_nginx, u"restart"_s));
    }

    void whatIsRefusedBeforeSendingSaysSo()
    {
        const ScriptedAgent agent(m_redis, m_ip);
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.source.isLive());
        desk.desk.send({m_ip, m_nginx, u"dance"_s, {}}, m_key);
        QTRY_COMPARE(desk.last().stage, Stage::NotSent);
        QVERIFY(desk.last().detail.contains(u"knows no action"_s));
    }

    void aServerThatDoesNotTrustTheKeyIsTold()
    {
        ScriptedAgent agent(m_redis, m_ip);
        agent.answer = [](const CommandRequest &request) {
            CommandMessage refused = ScriptedAgent::message(request, CommandState::Refused,
                                                            u"this key is not trusted"_s);
            refused.key.clear();
            return QList{refused};
        };
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.source.isLive() && agent.isReady());
        desk.desk.send({m_ip, m_nginx, u"restart"_s, {}}, m_key);
        QTRY_VERIFY(desk.last().state == CommandState::Refused);
        QVERIFY(!desk.last().isKeyKnown);
    }

    void theImpactNamesWhatGoesDownAndWhatNeedsIt()
    {
        const ScriptedAgent seven(m_redis, m_ip), eight(m_redis, u"10.0.0.8"_s);
        addTree();
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.source.isLive() && !desk.source.state().trees.isEmpty());
        ActionImpact impact = desk.desk.impactOf({{m_ip, m_nginx, u"stop"_s, {}}}, 0);
        QCOMPARE(impact.lines.size(), 1);
        QCOMPARE(impact.lines[0].before, Health::Alive);
        QCOMPARE(impact.lines[0].after, Health::Degraded);
        QCOMPARE(impact.untouched, 1);
        const QList<CommandOrder> both{{m_ip, m_nginx, u"stop"_s, {}},
                                       {u"10.0.0.8"_s, m_nginx, u"stop"_s, {}}};
        QCOMPARE(desk.desk.impactOf(both, 1).lines.size(), 1); // the other goes on
        impact = desk.desk.impactOf(both, 0);
        QCOMPARE(impact.lines.size(), 2);
        QCOMPARE(impact.lines[0].after, Health::Died);
        QCOMPARE(impact.lines[1].role, u"varnish"_s);
        QVERIFY(!impact.sentence.isEmpty());
    }

    void aRoleIsRolledOneAfterAnother()
    {
        ScriptedAgent seven(m_redis, m_ip), eight(m_redis, u"10.0.0.8"_s);
        seven.answer = eight.answer = success;
        addTree();
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.source.isLive() && !desk.source.state().trees.isEmpty() && seven.isReady()
                    && eight.isReady());
        RollingPlan plan = desk.desk.plan(u"dev"_s, u"nginx"_s, u"restart"_s);
        QCOMPARE(plan.instances.size(), 2);
        plan.settling = std::chrono::seconds(0);
        QVERIFY(desk.desk.roll(plan, m_key));
        QVERIFY(!desk.desk.roll(plan, m_key)); // one at a time
        QTRY_VERIFY_WITH_TIMEOUT(!desk.desk.rolling().isRunning, 20'000);
        QVERIFY2(desk.desk.rolling().doneCount() == 2, qPrintable(desk.desk.rolling().outcome));
        QVERIFY(desk.desk.rolling().outcome.startsWith(u"2 of 2"_s));
    }

    void anotherRedisEndsTheFollowing()
    {
        ScriptedAgent seven(m_redis, m_ip), eight(m_redis, u"10.0.0.8"_s);
        addTree();
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.source.isLive() && !desk.source.state().trees.isEmpty());
        QVERIFY(desk.desk.roll(desk.desk.plan(u"dev"_s, u"nginx"_s, u"restart"_s), m_key));
        QVERIFY(desk.desk.rolling().isRunning);
        RedisServer other;
        desk.source.watch(other.url());
        QVERIFY(!desk.desk.rolling().isRunning);
        QVERIFY(!desk.desk.rolling().outcome.isEmpty());
        QTRY_VERIFY(desk.source.isLive());
    }

    void maintenanceIsWrittenAndEnded()
    {
        const ScriptedAgent agent(m_redis, m_ip);
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.source.isLive());
        const QString key = m_ip + u"/nginx/default"_s;
        const qint64 until = desk.source.now() + 600'000;
        desk.desk.startMaintenance({key}, {until, u"chen"_s, u"disk exchange"_s});
        QTRY_COMPARE(desk.source.state().maintenance.value(key).reason, u"disk exchange"_s);
        desk.desk.endMaintenance({key}, u"chen"_s);
        QTRY_VERIFY(!desk.source.state().maintenance.contains(key));
    }
};

QTEST_MAIN(TestFleetDesk)
#include "tst_fleetdesk.moc"
