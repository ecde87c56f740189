// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/commandsender.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/trust/signedcommand.h"
#include "tests/support/faultproxy.h"
#include "tests/support/redisserver.h"
#include "tests/support/scriptedagent.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

using Stage = SentCommand::Stage;

/// Commands against a real Redis and an agent that answers as the test says.
class TestCommandSender : public QObject
{
    Q_OBJECT
    RedisServer m_redis;
    const QString m_ip = u"10.0.0.7"_s;
    const CommandOrder m_restart{m_ip, {u"nginx"_s, u"default"_s}, u"restart"_s, u"because"_s};

    static SigningKey someKey()
    {
        const auto key = SigningKey::generate(u"tester"_s);
        if (!key)
            qFatal("%s", qPrintable(key.error().text));
        return *key;
    }

    const SigningKey m_key = someKey();

    /// A sender with all it needs; its clock goes on by itself and further when moved.
    struct Desk
    {
        explicit Desk(const RedisUrl &url)
            : watcher(url)
            , sender(watcher.connection(),
                     Clock{systemNow(), [this] { return steadyMilliseconds() + moved; }})
        {
            sender.follow(watcher);
            watcher.start();
        }

        qint64 moved = 0;
        FleetWatcher watcher;
        CommandSender sender;
    };

private Q_SLOTS:

    void init() { m_redis.call({"FLUSHALL"}); }

    void signsAndFollowsToTheEnd()
    {
        ScriptedAgent agent(m_redis, m_ip);
        agent.answer = [](const CommandRequest &request) {
            return QList{ScriptedAgent::message(request, CommandState::Accepted),
                         ScriptedAgent::message(request, CommandState::Running),
                         ScriptedAgent::message(request, CommandState::Done)};
        };
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.watcher.isLive() && agent.isReady());
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Ended);
        SentCommand command = desk.sender.command(id);
        QVERIFY(command.isDone() && command.isAwaitingVerification());
        QCOMPARE(command.hostname, u"host-10.0.0.7"_s);
        const auto keys = TrustedKeys::parse(m_key.trustedLine(), u"keys"_s);
        const auto verified = verifyCommand(agent.entries().value(0), *keys);
        QVERIFY(verified.isOk());
        QCOMPARE(verified->request.machineId, u"machine-10.0.0.7"_s);
        QCOMPARE(verified->request.reason, u"because"_s);
        QVERIFY(verified->request.by.contains(u'@'));
        QCOMPARE(desk.watcher.state().commands.value(0).state, CommandState::Done);
        agent.tell(ScriptedAgent::message(command.request, CommandState::Verified));
        QTRY_VERIFY(!desk.sender.command(id).isAwaitingVerification());
        QCOMPARE(desk.sender.command(id).verification->took, 1200);
        QCOMPARE(desk.watcher.state().commands.size(), 1);
    }

    void refusesTargetsThatItShouldNotSendTo_data()
    {
        QTest::addColumn<QByteArrayList>("change");
        QTest::addColumn<QString>("action");
        QTest::addColumn<ExitCode>("code");
        QTest::addColumn<QString>("part");
        const QByteArray ip = m_ip.toUtf8();
        QTest::newRow("not enrolled") << QByteArrayList{"DEL", "server:config:" + ip}
                                      << u"restart"_s << ExitCode::NotEnrolled << u"not enrolled"_s;
        QTest::newRow("died") << QByteArrayList{"HSET", "servers:alive", ip, "0"} << u"restart"_s
                              << ExitCode::Unavailable << u"not alive"_s;
        QTest::newRow("another machine")
            << QByteArrayList{"HSET", "server:info:" + ip, "machine_id", "thief"} << u"restart"_s
            << ExitCode::Refused << u"ALARM"_s;
        QTest::newRow("an unknown action")
            << QByteArrayList{"PING"} << u"dance"_s << ExitCode::BadInput
            << u"only: ping, refresh, reload, restart, start, stop"_s;
        QTest::newRow("a key of a wrong type")
            << QByteArrayList{"LPUSH", "server:config:" + ip + "x", "1"} << u"dance"_s
            << ExitCode::BadInput << u"knows no action"_s;
    }

    void refusesTargetsThatItShouldNotSendTo()
    {
        const ScriptedAgent agent(m_redis, m_ip);
        QFETCH(QByteArrayList, change);
        m_redis.call(change);
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.watcher.isLive());
        CommandOrder order = m_restart;
        QFETCH(QString, action);
        order.action = action;
        const QString id = desk.sender.send(order, m_key);
        QTRY_VERIFY(desk.sender.command(id).isOver());
        const SentCommand command = desk.sender.command(id);
        QCOMPARE(command.stage, Stage::Refused);
        QTEST(command.code, "code");
        QFETCH(QString, part);
        QVERIFY2(command.sentence.contains(part), qPrintable(command.sentence));
        QCOMPARE(m_redis.text({"EXISTS", "command:10.0.0.7"}), "0");
    }

    void keepsNothingForLaterWhenRedisIsAway()
    {
        RedisServer redis;
        const ScriptedAgent agent(redis, m_ip);
        Desk desk(redis.url());
        QTRY_VERIFY(desk.watcher.isLive());
        redis.stop();
        QTRY_VERIFY(!desk.watcher.connection().isConnected());
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Refused);
        QCOMPARE(desk.sender.command(id).code, ExitCode::Unavailable);
        redis.start();
        QTRY_VERIFY(desk.watcher.isLive());
        QCOMPARE(redis.text({"EXISTS", "command:10.0.0.7"}), "0");
    }

    void findsACommandWhoseAnswerWasLost()
    {
        const ScriptedAgent agent(m_redis, m_ip);
        FaultProxy proxy(m_redis.socketPath());
        Desk desk(proxy.url());
        QTRY_VERIFY(desk.watcher.isLive());
        bool wasUnsure = false;
        connect(&desk.sender, &CommandSender::changed, this, [&](const QString &id) {
            const Stage stage = desk.sender.command(id).stage;
            if (stage == Stage::Sending)
                proxy.setCutAfter(0);
            if (stage == Stage::Unsure) {
                wasUnsure = true;
                proxy.setCutAfter(-1);
            }
        });
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Waiting);
        QVERIFY(wasUnsure);
        QCOMPARE(m_redis.text({"XLEN", "command:10.0.0.7"}), "1");
    }

    void saysWhenACommandNeverArrived()
    {
        const ScriptedAgent agent(m_redis, m_ip);
        FaultProxy proxy(m_redis.socketPath());
        Desk desk(proxy.url());
        QTRY_VERIFY(desk.watcher.isLive());
        connect(&desk.sender, &CommandSender::changed, this, [&](const QString &id) {
            if (desk.sender.command(id).stage == Stage::Sending)
                proxy.setBlackHole(true);
        });
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Sending);
        proxy.cutAll();
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Unsure);
        proxy.setBlackHole(false);
        proxy.cutAll();
        QTRY_VERIFY(desk.watcher.isLive());
        QCOMPARE(desk.sender.command(id).stage, Stage::Unsure);
        desk.moved = CommandSender::life + CommandSender::silence + 1;
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Refused);
        QVERIFY(desk.sender.command(id).sentence.contains(u"nothing was done"_s));
        QCOMPARE(m_redis.text({"EXISTS", "command:10.0.0.7"}), "0");
    }

    void showsSilenceAndWritesNothing()
    {
        ScriptedAgent agent(m_redis, m_ip);
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.watcher.isLive() && agent.isReady());
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(agent.entries().size(), 1);
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Waiting);
        desk.moved = CommandSender::life + CommandSender::silence + 1;
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::NoAnswer);
        QCOMPARE(m_redis.text({"XLEN", "command:10.0.0.7"}), "1");
        QCOMPARE(m_redis.text({"EXISTS", "commands"}), "0");
        QCOMPARE(m_redis.text({"EXISTS", "events"}), "0");
        // What is told later still counts.
        agent.tell(ScriptedAgent::message(desk.sender.command(id).request, CommandState::Unknown));
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Ended);
    }

    void waitsLongerForWhatHasBegun()
    {
        ScriptedAgent agent(m_redis, m_ip);
        agent.answer = [](const CommandRequest &request) {
            return request.action == u"stop"_s
                ? QList<CommandMessage>()
                : QList{ScriptedAgent::message(request, CommandState::Running)};
        };
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.watcher.isLive() && agent.isReady());
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Underway);
        CommandOrder stop = m_restart;
        stop.action = u"stop"_s;
        const QString silent = desk.sender.send(stop, m_key);
        QTRY_COMPARE(desk.sender.command(silent).stage, Stage::Waiting);
        // The action of the first has 20 s and a grace.
        desk.moved = 70'000;
        QTRY_COMPARE(desk.sender.command(silent).stage, Stage::NoAnswer);
        QCOMPARE(desk.sender.command(id).stage, Stage::Underway);
        desk.moved = 81'000;
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::NoAnswer);
    }

    void readsTheOutcomeThatItWasNotTold()
    {
        ScriptedAgent agent(m_redis, m_ip);
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.watcher.isLive() && agent.isReady());
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(agent.entries().size(), 1);
        agent.tellQuietly(ScriptedAgent::message(desk.sender.command(id).request,
                                                 CommandState::Failed, u"exit 1"_s));
        QTRY_COMPARE(desk.sender.command(id).stage, Stage::Ended);
        QCOMPARE(desk.sender.command(id).state->detail, u"exit 1"_s);
    }

    void takesOneOutcomeAndOnlyOfItsServer()
    {
        ScriptedAgent agent(m_redis, m_ip);
        Desk desk(m_redis.url());
        QTRY_VERIFY(desk.watcher.isLive() && agent.isReady());
        const QString id = desk.sender.send(m_restart, m_key);
        QTRY_COMPARE(agent.entries().size(), 1);
        const CommandRequest request = desk.sender.command(id).request;
        CommandMessage forged = ScriptedAgent::message(request, CommandState::Failed);
        forged.ip = u"10.0.0.8"_s;
        agent.tell(forged);
        agent.tell(ScriptedAgent::message(request, CommandState::Done));
        agent.tell(ScriptedAgent::message(request, CommandState::Failed));
        agent.tell(ScriptedAgent::message(request, CommandState::Running));
        agent.tell(ScriptedAgent::message(request, CommandState::Verified));
        QTRY_VERIFY(desk.sender.command(id).verification);
        QCOMPARE(desk.sender.command(id).state->state, CommandState::Done);
    }
};

QTEST_GUILESS_MAIN(TestCommandSender)
#include "tst_commandsender.moc"
