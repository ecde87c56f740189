// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/rollingaction.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

using Stage = RollingStep::Stage;

/// Rolling actions on a clock that the test moves.
class TestRollingAction : public QObject
{
    Q_OBJECT
    static constexpr qint64 m_now = 1'700'000'000'000;
    FleetState m_state;
    PaasTree m_tree;
    qint64 m_time = 1'000;

    static ActionTarget target(int number)
    {
        return {u"10.0.0.%1"_s.arg(number), {u"web"_s, u"default"_s}};
    }

    void setAlive(int number, std::optional<bool> isAlive)
    {
        FleetServer &server = m_state.servers[target(number).ip];
        server.services[target(number).service] = {target(number).service, {}, {}};
        server.services[target(number).service].state.alive = isAlive;
    }

    /// Servers 1 to `count` with one web each.
    void makeFleet(int count, int least = 1)
    {
        m_state = {};
        m_tree = {u"dev"_s, {}, 1, {PaasRole{u"web"_s, {}, {}, {}, least, {}}}};
        for (int i = 1; i <= count; ++i) {
            FleetServer &server = m_state.servers[target(i).ip];
            server.ip = target(i).ip;
            server.alive = true;
            server.wasSeen = true;
            setAlive(i, true);
            m_tree.roles[0].instances << PaasInstance{target(i).ip, u"default"_s};
        }
        m_state.trees.insert(m_tree.id, m_tree);
    }

    RollingAction action(const RollingOptions &options = {}, const QString &what = u"restart"_s)
    {
        return RollingAction(
            m_state, m_tree, u"web"_s, what, options, [this] { return m_time; }, m_now);
    }

    QList<ActionTarget> advance(RollingAction &action) { return action.advance(m_state, m_now); }

    static SentCommand ended(CommandState state, bool isVerifiable = true)
    {
        SentCommand command;
        command.stage = SentCommand::Stage::Ended;
        command.isVerifiable = isVerifiable;
        command.state = CommandMessage{};
        command.state->state = state;
        command.state->detail = u"told so"_s;
        return command;
    }

    static SentCommand verified(CommandState state = CommandState::Verified)
    {
        SentCommand command = ended(CommandState::Done);
        command.verification = CommandMessage{};
        command.verification->state = state;
        return command;
    }

    static Stage stage(const RollingAction &action, int number)
    {
        for (const RollingStep &step : action.steps()) {
            if (step.target == target(number))
                return step.stage;
        }
        return Stage::Skipped;
    }

private Q_SLOTS:

    void takesOneAtATimeAndLetsItSettle()
    {
        makeFleet(3);
        RollingAction rolling = action();
        QCOMPARE(advance(rolling), QList{target(1)});
        QCOMPARE(advance(rolling), QList<ActionTarget>());
        rolling.take(target(1), ended(CommandState::Done));
        setAlive(1, false);
        m_time += 5'000;
        QCOMPARE(advance(rolling), QList<ActionTarget>());
        QCOMPARE(stage(rolling, 1), Stage::Returning);
        setAlive(1, true);
        rolling.take(target(1), verified());
        QCOMPARE(advance(rolling), QList<ActionTarget>());
        QCOMPARE(stage(rolling, 1), Stage::Settling);
        m_time += 2'999;
        QCOMPARE(advance(rolling), QList<ActionTarget>());
        m_time += 1;
        QCOMPARE(advance(rolling), QList{target(2)});
        QCOMPARE(stage(rolling, 1), Stage::Done);
        for (int i = 2; i <= 3; ++i) {
            rolling.take(target(i), verified());
            advance(rolling);
            m_time += 3'000;
            QCOMPARE(advance(rolling), i == 2 ? QList{target(3)} : QList<ActionTarget>());
        }
        QVERIFY(rolling.isOver() && rolling.isSuccessful());
        QCOMPARE(rolling.steps().first().took, 8'000);
    }

    void stopsAtTheFirstFailure_data()
    {
        QTest::addColumn<SentCommand>("outcome");
        SentCommand silent;
        silent.stage = SentCommand::Stage::NoAnswer;
        silent.sentence = u"told so"_s;
        SentCommand refused = silent;
        refused.stage = SentCommand::Stage::Refused;
        QTest::newRow("failed") << ended(CommandState::Failed);
        QTest::newRow("unknown") << ended(CommandState::Unknown);
        QTest::newRow("expired") << ended(CommandState::Expired);
        QTest::newRow("refused there") << ended(CommandState::Refused);
        QTest::newRow("not verified") << verified(CommandState::Unverified);
        QTest::newRow("no answer") << silent;
        QTest::newRow("never sent") << refused;
    }

    void stopsAtTheFirstFailure()
    {
        makeFleet(3);
        RollingAction rolling = action();
        advance(rolling);
        QFETCH(SentCommand, outcome);
        rolling.take(target(1), outcome);
        m_time += 100'000;
        QCOMPARE(advance(rolling), QList<ActionTarget>());
        QVERIFY(rolling.isOver() && !rolling.isSuccessful());
        QCOMPARE(stage(rolling, 1), Stage::Failed);
        QCOMPARE(stage(rolling, 2), Stage::Waiting);
        QVERIFY2(rolling.stopReason().startsWith(u"10.0.0.1 web:default: "_s),
                 qPrintable(rolling.stopReason()));
    }

    void stopsWhenAnInstanceDoesNotComeBack()
    {
        makeFleet(2);
        RollingAction rolling = action();
        advance(rolling);
        rolling.take(target(1), ended(CommandState::Done, false));
        setAlive(1, false);
        m_time += 89'999;
        advance(rolling);
        QCOMPARE(stage(rolling, 1), Stage::Returning);
        m_time += 1;
        advance(rolling);
        QCOMPARE(stage(rolling, 1), Stage::Failed);
    }

    void stopsWhenAnInstanceDiesAgain()
    {
        makeFleet(2);
        RollingAction rolling = action();
        advance(rolling);
        rolling.take(target(1), verified());
        advance(rolling);
        setAlive(1, false);
        m_time += 1'000;
        advance(rolling);
        QCOMPARE(stage(rolling, 1), Stage::Failed);
    }

    void takesADeathThatIsNoticedLateForTheRestart()
    {
        makeFleet(2);
        RollingAction rolling = action();
        advance(rolling);
        rolling.take(target(1), ended(CommandState::Done, false));
        advance(rolling);
        QCOMPARE(stage(rolling, 1), Stage::Settling);
        setAlive(1, false);
        advance(rolling);
        QCOMPARE(stage(rolling, 1), Stage::Returning);
        setAlive(1, true);
        advance(rolling);
        m_time += 3'000;
        QCOMPARE(advance(rolling), QList{target(2)});
    }

    void neverTakesTheLastOne()
    {
        makeFleet(1);
        RollingAction alone = action();
        QCOMPARE(advance(alone), QList<ActionTarget>());
        QVERIFY(alone.isOver() && !alone.isSuccessful());
        QVERIFY2(alone.stopReason().contains(u"last living instance of dev/web"_s),
                 qPrintable(alone.stopReason()));
        RollingOptions forced;
        forced.isForced = true;
        RollingAction anyway = action(forced);
        QCOMPARE(advance(anyway), QList{target(1)});
        makeFleet(2, 2);
        RollingAction both = action();
        QCOMPARE(advance(both), QList<ActionTarget>());
        QVERIFY(both.stopReason().contains(u"of the 2 that it needs"_s));
        // What takes nothing away may be done to the last one.
        makeFleet(1);
        RollingAction reload = action({}, u"reload"_s);
        QCOMPARE(advance(reload), QList{target(1)});
    }

    void makesTheBatchSmallerWhereItMust()
    {
        makeFleet(3);
        RollingOptions options;
        options.batch = 5;
        RollingAction rolling = action(options);
        QCOMPARE(advance(rolling), QList({target(1), target(2)}));
        rolling.take(target(1), verified());
        advance(rolling);
        m_time += 3'000;
        QCOMPARE(advance(rolling), QList{target(3)});
        makeFleet(5, 3);
        RollingAction needy = action(options);
        QCOMPARE(advance(needy).size(), 2);
    }

    void stopsWhenAnotherOneDiesMeanwhile()
    {
        makeFleet(3);
        RollingAction rolling = action();
        QCOMPARE(advance(rolling), QList{target(1)});
        setAlive(2, false);
        rolling.take(target(1), verified());
        advance(rolling);
        m_time += 3'000;
        // The second died, so restarting it takes nothing away; then the third would be the last
        // but for the first.
        QCOMPARE(advance(rolling), QList{target(2)});
        setAlive(1, false);
        setAlive(2, true);
        rolling.take(target(2), verified());
        advance(rolling);
        m_time += 3'000;
        QCOMPARE(advance(rolling), QList{target(3)});
    }

    void beginsWithThoseThatDied()
    {
        makeFleet(3);
        setAlive(3, false);
        RollingAction rolling = action();
        QCOMPARE(rolling.steps().first().target, target(3));
        QCOMPARE(advance(rolling), QList{target(3)});
    }

    void skipsWhatItCannotReachOrShouldNotTouch()
    {
        makeFleet(6);
        m_state.servers[target(1).ip].alive = false;
        m_state.servers.remove(target(2).ip);
        setAlive(3, std::nullopt);
        m_state.maintenance.insert(target(4).ip, {m_now + 1'000, {}, {}});
        RollingAction rolling = action();
        QCOMPARE(rolling.targets(), QList({target(5), target(6)}));
        for (int i = 1; i <= 4; ++i)
            QCOMPARE(stage(rolling, i), Stage::Skipped);
        RollingOptions forced;
        forced.isForced = true;
        QCOMPARE(action(forced).targets().size(), 4);
        QCOMPARE(action({}, u"start"_s).targets().size(), 0);
    }

    void endsAfterWhatIsUnderWayWhenCancelled()
    {
        makeFleet(3);
        RollingAction rolling = action();
        advance(rolling);
        rolling.cancel();
        QVERIFY(!rolling.isOver());
        rolling.take(target(1), verified());
        advance(rolling);
        m_time += 3'000;
        QCOMPARE(advance(rolling), QList<ActionTarget>());
        QVERIFY(rolling.isOver() && !rolling.isSuccessful());
        QCOMPARE(stage(rolling, 1), Stage::Done);
        QCOMPARE(stage(rolling, 2), Stage::Waiting);
    }

    void stopsInstancesWithoutWaitingForThemToLive()
    {
        makeFleet(3);
        RollingAction rolling = action({}, u"stop"_s);
        QCOMPARE(advance(rolling), QList{target(1)});
        setAlive(1, false);
        rolling.take(target(1), ended(CommandState::Done, false));
        QCOMPARE(advance(rolling), QList{target(2)});
        setAlive(2, false);
        rolling.take(target(2), ended(CommandState::Done, false));
        QCOMPARE(advance(rolling), QList<ActionTarget>());
        QVERIFY(rolling.stopReason().contains(u"last living"_s));
    }
};

QTEST_GUILESS_MAIN(TestRollingAction)
#include "tst_rollingaction.moc"
