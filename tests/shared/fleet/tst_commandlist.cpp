// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/commandlist.h"
#include "shared/fleet/fleetwatcher.h"
#include "shared/protocol/channels.h"
#include "shared/protocol/keys.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What readers remember of commands.
class TestCommandList : public QObject
{
    Q_OBJECT
    RedisServer m_redis;

    static CommandMessage command(int number, CommandState state, qint64 timestamp = 1)
    {
        CommandMessage message{u"10.0.0.7"_s, u"id-%1"_s.arg(number)};
        message.service = {u"nginx"_s, u"default"_s};
        message.action = u"restart"_s;
        message.state = state;
        message.timestamp = timestamp;
        return message;
    }

    void store(const CommandMessage &message) const
    {
        m_redis.call({"XADD", Keys::commands, "*", "ip", "10.0.0.7", "id", message.id.toUtf8(),
                      "state", "x", "json", toJson(UpdateMessage(message))});
    }

    void publish(const CommandMessage &message) const
    {
        m_redis.call({"PUBLISH", Channels::updateInfo, toJson(UpdateMessage(message))});
    }

private Q_SLOTS:

    void init() { m_redis.call({"FLUSHALL"}); }

    void goesOnlyOn()
    {
        QList<CommandMessage> list;
        CommandMessage accepted = command(1, CommandState::Accepted);
        accepted.by = u"chen@desk"_s;
        accepted.reason = u"because"_s;
        QVERIFY(noteCommand(list, accepted));
        QVERIFY(noteCommand(list, command(1, CommandState::Running)));
        QVERIFY(!noteCommand(list, command(1, CommandState::Accepted)));
        CommandMessage done = command(1, CommandState::Done);
        done.exit = 0;
        QVERIFY(noteCommand(list, done));
        QVERIFY(!noteCommand(list, command(1, CommandState::Failed)));
        QVERIFY(noteCommand(list, command(1, CommandState::Verified)));
        QVERIFY(!noteCommand(list, command(1, CommandState::Unverified)));
        QCOMPARE(list.size(), 1);
        QCOMPARE(list[0].by, u"chen@desk"_s);
        QCOMPARE(list[0].reason, u"because"_s);
        QCOMPARE(list[0].exit, std::optional(0));
        // Another server's command is another one, whatever its id.
        CommandMessage foreign = command(1, CommandState::Running);
        foreign.ip = u"10.0.0.8"_s;
        QVERIFY(noteCommand(list, foreign));
        QCOMPARE(list.size(), 2);
    }

    void keepsTheNewestAndWhatRuns()
    {
        QList<CommandMessage> list;
        noteCommand(list, command(0, CommandState::Running));
        for (int i = 1; i < 3 * maximumCommands; ++i)
            noteCommand(list, command(i, CommandState::Done));
        QCOMPARE(list.size(), maximumCommands);
        QCOMPARE(list.first().id, u"id-%1"_s.arg(3 * maximumCommands - 1));
        QCOMPARE(list.last().id, u"id-0"_s);
        for (int i = 1; i < 3 * maximumCommands; ++i)
            noteCommand(list, command(10'000 + i, CommandState::Running));
        QCOMPARE(list.size(), maximumCommands);
    }

    void forgetsWhatRanTooLongAgo()
    {
        const QList list{command(1, CommandState::Running, 1),
                         command(2, CommandState::Running, 2 * longestRunShown),
                         command(3, CommandState::Done, 1)};
        const auto recent = recentCommands(list, 2 * longestRunShown + 5);
        QCOMPARE(recent.size(), 2);
        QCOMPARE(recent[0].id, u"id-2"_s);
    }

    void tellsWhatTheWatcherReadAndHears()
    {
        store(command(1, CommandState::Failed));
        m_redis.call({"XADD", Keys::commands, "*", "json", "{broken"});
        m_redis.call({"XADD", Keys::commands, "*", "json", R"({"type":"info","ip":"10.0.0.7"})"});
        store(command(2, CommandState::Done));
        FleetWatcher watcher(m_redis.url());
        watcher.followCommands();
        QSignalSpy spy(&watcher, &FleetWatcher::commandChanged);
        watcher.start();
        QTRY_COMPARE(watcher.state().commands.size(), 2);
        QCOMPARE(watcher.state().commands[0].id, u"id-2"_s);
        QTRY_VERIFY(watcher.isLive());
        spy.clear();
        publish(command(3, CommandState::Running));
        publish(command(3, CommandState::Running));
        publish(command(2, CommandState::Failed));
        publish(command(3, CommandState::Done));
        QTRY_COMPARE(spy.size(), 2);
        QCOMPARE(spy[1][0].value<CommandMessage>().state, CommandState::Done);
        QCOMPARE(watcher.state().commands.size(), 3);
    }

    void knowsTheFleetWithoutTheOutcomes()
    {
        m_redis.call({"SET", Keys::commands, "not a stream"});
        FleetWatcher watcher(m_redis.url());
        watcher.followCommands();
        watcher.start();
        QTRY_VERIFY(watcher.isLive());
        QVERIFY(watcher.state().commands.isEmpty());
    }

    void keepsWhatRunsThroughAGap()
    {
        RedisServer redis;
        FleetWatcher watcher(redis.url());
        watcher.followCommands();
        watcher.start();
        QTRY_VERIFY(watcher.isLive());
        redis.call({"PUBLISH", Channels::updateInfo,
                    toJson(UpdateMessage(
                        command(4, CommandState::Running, QDateTime::currentMSecsSinceEpoch())))});
        QTRY_COMPARE(watcher.state().commands.size(), 1);
        redis.stop();
        QTRY_VERIFY(!watcher.isLive());
        redis.start();
        QTRY_VERIFY(watcher.isLive());
        QCOMPARE(watcher.state().commands.value(0).state, CommandState::Running);
    }
};

QTEST_GUILESS_MAIN(TestCommandList)
#include "tst_commandlist.moc"
