// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/bus/systemdcalls.h"
#include "agent/executor/actionrunner.h"
#include "agent/executor/keeper.h"
#include "tests/support/mockedsystemd.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000; // ms

ActionRequest unitRequest(const QString &verb, std::chrono::milliseconds timeout = 60s)
{
    return {u"some-id"_s, {}, u"nginx.service"_s, verb, timeout};
}

ActionRequest wordsRequest(const QStringList &argv, std::chrono::milliseconds timeout = 60s)
{
    return {u"some-id"_s, argv, {}, {}, timeout};
}

} // namespace

/// Units, and words as units, on a bus with a systemd that does as it is told.
class TestUnitRunner : public QObject
{
    Q_OBJECT

    std::unique_ptr<MockedSystemd> m_systemd;
    std::unique_ptr<ActionRunner> m_runner;

    ActionOutcome outcomeOf(const ActionRequest &request)
    {
        std::optional<ActionOutcome> outcome;
        m_runner->run(request, [&outcome](const ActionOutcome &told) {
            if (outcome)
                qFatal("two outcomes");
            outcome = told;
        });
        if (outcome || !QTest::qWaitFor([&outcome] { return outcome.has_value(); }, patience))
            qFatal("it answered at once, or not at all");
        return *outcome;
    }

    QJsonArray calls()
    {
        QJsonArray list;
        for (const QByteArray &line : m_systemd->tell("calls").split('\n')) {
            if (!line.isEmpty())
                list << QJsonDocument::fromJson(line).array();
        }
        return list;
    }

private Q_SLOTS:

    void init()
    {
        m_systemd = std::make_unique<MockedSystemd>();
        m_runner = makeActionRunner({WordsRun::AsUnits, m_systemd->address(), 200ms});
    }

    void cleanup()
    {
        m_runner.reset();
        m_systemd.reset();
    }

    void drivesUnits_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("method");
        QTest::newRow("start") << u"start"_s << u"StartUnit"_s;
        QTest::newRow("stop") << u"stop"_s << u"StopUnit"_s;
        QTest::newRow("restart") << u"restart"_s << u"RestartUnit"_s;
        QTest::newRow("reload") << u"reload"_s << u"ReloadUnit"_s;
    }

    void drivesUnits()
    {
        QFETCH(QString, verb);
        QFETCH(QString, method);
        const ActionOutcome outcome = outcomeOf(unitRequest(verb));
        QVERIFY2(outcome.ok && outcome.isKnown, qPrintable(outcome.detail));
        QCOMPARE(outcome.detail, u"nginx.service: %1 done"_s.arg(verb));
        QCOMPARE(calls(), QJsonArray({QJsonArray{method, u"nginx.service"_s, u"replace"_s}}));
    }

    void noticesAJobThatEndsBeforeItIsAnswered()
    {
        m_systemd->tell("next done early");
        QVERIFY(outcomeOf(unitRequest(u"restart"_s, 20s)).ok);
        m_systemd->tell("next failed early");
        QVERIFY(!outcomeOf(unitRequest(u"restart"_s, 20s)).ok);
    }

    void saysWhyAJobFailed()
    {
        m_systemd->tell("unit nginx.service loaded failed failed exit-code 0");
        m_systemd->tell("next failed");
        const ActionOutcome outcome = outcomeOf(unitRequest(u"restart"_s));
        QVERIFY(!outcome.ok && outcome.isKnown);
        QCOMPARE(
            outcome.detail,
            u"nginx.service: the job to restart it ended with 'failed'; it is failed (failed), "
            "its result is exit-code 5"_s);
        m_systemd->tell("next dependency");
        QVERIFY(outcomeOf(unitRequest(u"start"_s)).detail.contains(u"ended with 'dependency'"_s));
    }

    void believesNobodyButSystemd()
    {
        m_systemd->tell("next failed forged"); // another says that it is done
        QVERIFY(!outcomeOf(unitRequest(u"restart"_s)).ok);
    }

    void saysWhatSystemdRefuses()
    {
        m_systemd->tell("next denied");
        const ActionOutcome denied = outcomeOf(unitRequest(u"restart"_s));
        QVERIFY(!denied.ok && denied.isKnown);
        QCOMPARE(denied.detail,
                 u"nginx.service: cannot restart: systemd denies it to this user (Permission "
                 "denied): run the executor as root, or allow it with polkit"_s);
        m_systemd->tell("next missing");
        QCOMPARE(outcomeOf(unitRequest(u"start"_s)).detail,
                 u"nginx.service: cannot start: systemd refuses: Unit nginx.service not found."_s);
        QVERIFY(outcomeOf(unitRequest(u"explode"_s)).detail.contains(u"not 'explode'"_s));
    }

    void leavesALateJobToSystemd()
    {
        m_systemd->tell("unit nginx.service loaded activating start-pre success 0");
        m_systemd->tell("next never");
        const ActionOutcome late = outcomeOf(unitRequest(u"restart"_s, 300ms));
        QVERIFY(!late.ok && late.isKnown);
        QCOMPARE(late.detail,
                 u"nginx.service: restart did not end within 0.3 s; systemd goes on with it; it is "
                 "activating (start-pre)"_s);
        m_systemd->tell("next silent"); // it may have heard
        const ActionOutcome silent = outcomeOf(unitRequest(u"restart"_s, 300ms));
        QVERIFY(!silent.ok && !silent.isKnown);
        QVERIFY2(silent.detail.contains(u"systemd does not answer"_s), qPrintable(silent.detail));
    }

    void doesNothingWithoutABus()
    {
        m_systemd->stopSystemd();
        const ActionOutcome without = outcomeOf(unitRequest(u"restart"_s));
        QVERIFY(!without.ok && without.isKnown);
        QCOMPARE(without.detail,
                 u"nginx.service: cannot restart: systemd is not on the message bus"_s);
        m_systemd->stopBus();
        const ActionOutcome absent = outcomeOf(unitRequest(u"restart"_s));
        QVERIFY2(absent.isKnown
                     && absent.detail.contains(u"there is no message bus at unix:path="_s),
                 qPrintable(absent.detail));
        QVERIFY(outcomeOf(wordsRequest({u"/bin/true"_s}))
                    .detail.startsWith(u"cannot be started as a unit: there is no message bus"_s));
        m_systemd->startBus();
        m_systemd->startSystemd();
        QVERIFY(outcomeOf(unitRequest(u"restart"_s)).ok);
    }

    void asksNothingOfABusThatHangs()
    {
        QVERIFY(outcomeOf(unitRequest(u"restart"_s)).ok);
        calls();
        m_systemd->signalBus(SIGSTOP);
        const ActionOutcome hung = outcomeOf(unitRequest(u"restart"_s, 300ms));
        m_systemd->signalBus(SIGCONT);
        QVERIFY(!hung.ok && hung.isKnown);
        QCOMPARE(hung.detail, u"nginx.service: cannot restart: the message bus does not answer"_s);
        QVERIFY(outcomeOf(unitRequest(u"stop"_s)).ok); // on a new connection
        QCOMPARE(calls(),
                 QJsonArray({QJsonArray{u"StopUnit"_s, u"nginx.service"_s, u"replace"_s}}));
    }

    void doesNotKnowWhatALostBusDid()
    {
        m_systemd->tell("next never");
        std::optional<ActionOutcome> outcome;
        m_runner->run(unitRequest(u"restart"_s),
                      [&outcome](const ActionOutcome &told) { outcome = told; });
        qsizetype asked = 0;
        QTRY_VERIFY_WITH_TIMEOUT((asked += calls().size()) > 0, patience);
        m_systemd->stopBus();
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), patience);
        QVERIFY(!outcome->ok && !outcome->isKnown);
        QVERIFY2(
            outcome->detail.startsWith(u"nginx.service: nobody knows whether restart worked"_s),
            qPrintable(outcome->detail));
    }

    void runsWordsAsTransientUnits()
    {
        m_systemd->tell("next run");
        const ActionOutcome outcome = outcomeOf(
            wordsRequest({u"/bin/sh"_s, u"-c"_s, u"echo \"$0\" %n; exit 3"_s, u"$HOME"_s}));
        QCOMPARE(outcome.exit, 3);
        QCOMPARE(outcome.output, "$HOME %n\n"); // neither systemd nor anybody replaced a thing
        const QJsonArray call = calls().at(0).toArray();
        QCOMPARE(call.at(0), u"StartTransientUnit"_s);
        QCOMPARE(call.at(1), u"treewarden-some-id.service"_s);
        QCOMPARE(call.at(2), u"fail"_s);
        const QJsonObject properties = call.at(3).toObject();
        QCOMPARE(properties[u"Type"_s], u"exec"_s);
        QCOMPARE(properties[u"KillMode"_s], u"process"_s); // what it left behind lives on
        QCOMPARE(properties[u"CollectMode"_s], u"inactive-or-failed"_s);
        QCOMPARE(properties[u"StandardInput"_s], u"null"_s);
        QCOMPARE(properties[u"TimeoutStopUSec"_s].toInt(), 10'200'000);
        const QJsonArray command = properties[u"ExecStart"_s].toArray().at(0).toArray();
        QCOMPARE(command.at(0).toString(), QCoreApplication::applicationFilePath());
        QCOMPARE(command.at(2), 0); // a failure is one
        QCOMPARE(command.at(1).toArray(),
                 QJsonArray({u"treewarden-keeper"_s, QString::fromLatin1(keeperOption),
                             u"some-id"_s, u"60000"_s, u"200"_s, u"/bin/sh"_s, u"-c"_s,
                             u"echo \"$$0\" %n; exit 3"_s, u"$$HOME"_s}));
        QCOMPARE(call.at(4), QJsonArray());
    }

    void givesATransientUnitItsTimeout()
    {
        m_systemd->tell("next run");
        const ActionOutcome outcome = outcomeOf(
            wordsRequest({u"/bin/sh"_s, u"-c"_s, u"trap '' TERM; sleep 1000"_s}, 300ms));
        QVERIFY(!outcome.ok && outcome.isKnown);
        QCOMPARE(outcome.detail, u"killed after 0.3 s: it did not end"_s);
    }

    void saysWhyNoTransientUnitStarts()
    {
        m_systemd->tell("next failed");
        QCOMPARE(outcomeOf(wordsRequest({u"/bin/true"_s})).detail,
                 u"systemd cannot start it: the job ended with 'failed'"_s);
        m_systemd->tell("next denied");
        const ActionOutcome denied = outcomeOf(wordsRequest({u"/bin/true"_s}));
        QVERIFY(denied.isKnown
                && denied.detail.startsWith(u"cannot be started as a unit: systemd denies it"_s));
        m_systemd->tell("next done"); // but nothing runs: whoever had the pipe is gone
        QVERIFY(!outcomeOf(wordsRequest({u"/bin/true"_s})).isKnown);
    }

    void refusesWhatIsNoRequest()
    {
        for (const ActionRequest &bad :
             {ActionRequest{}, ActionRequest{u"a/../b"_s, {u"/bin/true"_s}, {}, {}, 1s},
              ActionRequest{u"id"_s, {u"true"_s}, {}, {}, 1s},
              ActionRequest{u"id"_s, {u"/bin/true"_s}, {}, {}, 0s},
              ActionRequest{u"id"_s, {u"/bin/true"_s}, u"a.service"_s, u"start"_s, 1s}}) {
            const ActionOutcome outcome = outcomeOf(bad);
            QVERIFY(!outcome.ok && outcome.isKnown);
            QVERIFY2(outcome.detail.contains(u"is no action"_s), qPrintable(outcome.detail));
        }
        QCOMPARE(calls(), QJsonArray());
    }

    void escapesUnitsAsSystemdDoes()
    {
        QCOMPARE(systemdUnitPath(u"1nginx@a-b.service"_s),
                 u"/org/freedesktop/systemd1/unit/_31nginx_40a_2db_2eservice"_s);
    }
};

int main(int argc, char **argv)
{
    if (isKeeperCall(argc, argv))
        return runKeeper(argc, argv);
    QCoreApplication application(argc, argv);
    TestUnitRunner test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_unitrunner.moc"
