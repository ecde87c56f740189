// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/alerts/alertmessage.h"

#include <QTest>

#include <rapidcheck.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// When alerts begin and end, on a clock of the test's own.
class TestAlertJudge : public QObject
{
    Q_OBJECT

    static constexpr qint64 epoch = 1'700'000'000'000;

    static AlertRule rule(std::chrono::seconds lasting = 60s, std::optional<double> until = {})
    {
        return {u"cpu"_s, u"cpu"_s, {}, true, 90, until, lasting, AlertRule::Severity::Warning, {}};
    }

    static Workload busy(double percent)
    {
        Workload load;
        load.cpu.busy = percent;
        return load;
    }

    static AlertMoment at(qint64 seconds) { return {seconds * 1000, epoch + seconds * 1000}; }

    /// "raised", "over" …, or nothing, of a sample at that second.
    static QString said(AlertJudge &judge, qint64 second, const Workload &load)
    {
        return words(judge.judge(load, at(second)));
    }

    static QString words(const QList<AlertVerdict> &verdicts)
    {
        static const QStringList ends{u"over"_s,        u"died"_s,   u"removed"_s,
                                      u"maintenance"_s, u"silent"_s, u"rule"_s};
        QStringList said;
        for (const AlertVerdict &verdict : verdicts)
            said << (verdict.end ? ends[int(*verdict.end)] : u"raised"_s);
        return said.join(u' ');
    }

    /// Raised at second 0.
    static AlertJudge raised(const AlertRule &rule)
    {
        AlertJudge judge;
        AlertRule atOnce = rule;
        atOnce.lasting = 0s;
        judge.setRules({atOnce}, 1000);
        judge.judge(busy(99), at(0));
        judge.setRules({rule}, 1000);
        return judge;
    }

private Q_SLOTS:

    /// The examples of docs/protocol.md.
    void writesMessagesAsTheProtocolHasThem()
    {
        const QString session = u"0190163d-8694-739b-aea5-966c26f8ad91"_s;
        QCOMPARE(
            alertMessage(u"10.0.0.7"_s, {rule(300s), {}, 97.2, epoch}, 3, session, epoch + 300'000),
            R"({"type":"alert","ip":"10.0.0.7","state":"raised","code":"alert.raised","name":"cpu","severity":"warning","metric":"cpu","above":90,"for":300,"value":97.2,"since":1700000000000,"timestamp":1700000300000,"version":3,"session":"0190163d-8694-739b-aea5-966c26f8ad91"})");
        QCOMPARE(
            alertMessage(u"10.0.0.7"_s, {rule(300s), AlertEnd::Over, 41.5, epoch}, 3, session,
                         epoch + 900'000),
            R"({"type":"alert","ip":"10.0.0.7","state":"ended","code":"alert.over","name":"cpu","severity":"warning","metric":"cpu","above":90,"for":300,"value":41.5,"since":1700000000000,"timestamp":1700000900000,"version":3,"session":"0190163d-8694-739b-aea5-966c26f8ad91"})");
    }

    void readsWhatStandsInTheHashFromAnybody()
    {
        QVERIFY(!readRaisedAlert("10.0.0.7", "{}"));
        QVERIFY(!readRaisedAlert("10.0.0.07/cpu", "{}"));
        QVERIFY(!readRaisedAlert("10.0.0.7/a b", "{}"));
        QVERIFY(readRaisedAlert("10.0.0.7/cpu", QByteArray(99'999, '[')));
        const auto alert = readRaisedAlert(
            "2001:db8::7/cpu",
            R"({"since":7,"version":2,"metric":"disk","filesystem":"/","below":5})");
        QVERIFY(alert);
        QCOMPARE(alert->ip, u"2001:db8::7"_s);
        QCOMPARE(alert->since, 7);
        const AlertRule read = ruleOf(*alert);
        QVERIFY(!read.isAbove && read.threshold == 5 && read.place == u"/");
    }

    void beginsAfterSoLongWithoutAnException()
    {
        AlertJudge judge;
        judge.setRules({rule()}, 1000);
        for (int second = 0; second < 60; second += 10)
            QCOMPARE(said(judge, second, busy(91)), QString());
        const auto verdicts = judge.judge(busy(95), at(60));
        QCOMPARE(words(verdicts), u"raised"_s);
        QCOMPARE(verdicts.first().since, epoch);
        QCOMPARE(verdicts.first().value, std::optional(95.0));
        QCOMPARE(said(judge, 61, busy(99)), QString()); // once
    }

    void oneSampleBelowBeginsAnew()
    {
        AlertJudge judge;
        judge.setRules({rule()}, 1000);
        for (int second = 0; second < 50; second += 10)
            said(judge, second, busy(91));
        said(judge, 50, busy(90)); // not above
        for (int second = 60; second < 120; second += 10)
            QCOMPARE(said(judge, second, busy(91)), QString());
        QCOMPARE(said(judge, 120, busy(91)), u"raised"_s);
    }

    void aGapIsNoTimeInWhichItWasSo()
    {
        AlertJudge judge;
        judge.setRules({rule()}, 1000);
        said(judge, 0, busy(91));
        QCOMPARE(said(judge, 3600, busy(91)), QString());
        Workload nothing;
        QCOMPARE(said(judge, 3601, nothing), QString());
        said(judge, 3630, busy(91));
        QCOMPARE(said(judge, 3660, busy(91)), u"raised"_s);
    }

    void aLongIntervalIsNoGap()
    {
        AlertJudge judge;
        judge.setRules({rule()}, 300'000);
        said(judge, 0, busy(91));
        QCOMPARE(said(judge, 300, busy(91)), u"raised"_s);
    }

    void oneSampleIsEnoughForZeroSeconds()
    {
        AlertJudge judge;
        judge.setRules({rule(0s)}, 1000);
        QCOMPARE(said(judge, 0, busy(91)), u"raised"_s);
        QCOMPARE(said(judge, 1, busy(90)), u"over"_s);
    }

    void endsOnlyBeyondTheOtherThreshold()
    {
        AlertJudge judge = raised(rule(0s, 80));
        QCOMPARE(said(judge, 1, busy(85)), QString());
        QCOMPARE(said(judge, 2, busy(80)), u"over"_s);
        QCOMPARE(said(judge, 3, busy(85)), QString()); // and begins above the first one only
        QCOMPARE(said(judge, 4, busy(91)), u"raised"_s);
    }

    void endsAfterAsLongAsItTookToBegin()
    {
        AlertJudge judge = raised(rule());
        for (int second = 10; second < 70; second += 10)
            QCOMPARE(said(judge, second, busy(10)), QString());
        QCOMPARE(said(judge, 70, busy(10)), u"over"_s);
    }

    void watchesLowerBoundsToo()
    {
        AlertRule lower = rule(0s, 20);
        lower.isAbove = false;
        lower.threshold = 10;
        AlertJudge judge;
        judge.setRules({lower}, 1000);
        QCOMPARE(said(judge, 0, busy(10)), QString());
        QCOMPARE(said(judge, 1, busy(9)), u"raised"_s);
        QCOMPARE(said(judge, 2, busy(19)), QString());
        QCOMPARE(said(judge, 3, busy(20)), u"over"_s);
    }

    void endsWhatNothingIsToldOfAnyMore()
    {
        AlertJudge judge = raised(rule());
        QVERIFY(judge.endSilent(at(60)).isEmpty());
        QCOMPARE(words(judge.endSilent(at(61))), u"silent"_s);
        QVERIFY(judge.endSilent(at(99)).isEmpty());
    }

    void endsWithItsServerOrItsRule()
    {
        AlertJudge judge = raised(rule());
        QCOMPARE(words(judge.endAll(AlertEnd::Died)), u"died"_s);
        QVERIFY(judge.endAll(AlertEnd::Died).isEmpty());
        judge = raised(rule());
        AlertRule other = rule();
        other.name = u"other"_s;
        QCOMPARE(words(judge.setRules({other}, 1000)), u"rule"_s);
        judge = raised(rule());
        AlertRule louder = rule();
        louder.severity = AlertRule::Severity::Critical;
        QVERIFY(judge.setRules({louder}, 1000).isEmpty());
        QVERIFY(judge.isRaised(u"cpu"_s));
    }

    void goesOnWithWhatWasRaisedBefore()
    {
        AlertJudge judge;
        judge.setRules({rule(0s)}, 1000);
        judge.adopt(u"cpu"_s, 7, at(0));
        judge.adopt(u"nonsense"_s, 7, at(0));
        QCOMPARE(said(judge, 1, busy(99)), QString());
        const auto verdicts = judge.judge(busy(1), at(2));
        QCOMPARE(words(verdicts), u"over"_s);
        QCOMPARE(verdicts.first().since, 7);
        judge.adopt(u"cpu"_s, 7, at(3));
        judge.dismiss(u"cpu"_s);
        QCOMPARE(said(judge, 4, busy(99)), u"raised"_s);
    }

    void saysAgainWhatCouldNotBeTold()
    {
        AlertJudge judge;
        judge.setRules({rule()}, 1000);
        QList<AlertVerdict> verdicts;
        for (int second = 0; second <= 60; second += 20)
            verdicts = judge.judge(busy(99), at(second));
        judge.takeBack(verdicts.first());
        QCOMPARE(said(judge, 61, busy(99)), u"raised"_s);
        judge.takeBack(verdicts.first());
        QCOMPARE(said(judge, 62, busy(9)), QString());
        QCOMPARE(said(judge, 63, busy(99)), QString());
    }

    /// Whatever comes: it begins and ends in turns, and each time all samples of the span before
    /// said so.
    void neverTellsWhatWasNotSo()
    {
        const bool holds = rc::check([] {
            const int lasting = *rc::gen::inRange(0, 40);
            const auto values
                = *rc::gen::container<std::vector<int>>(rc::gen::element(70, 80, 85, 90, 91, 99));
            AlertJudge judge;
            judge.setRules({rule(std::chrono::seconds(lasting), 80)}, 1000);
            bool isRaised = false;
            for (int second = 0; second < int(values.size()); ++second) {
                const QString word = said(judge, second, busy(values[std::size_t(second)]));
                int met = 0, over = 0; // how many of the last samples say so
                while (met <= second && values[std::size_t(second - met)] > 90)
                    ++met;
                while (over <= second && values[std::size_t(second - over)] <= 80)
                    ++over;
                if (word == u"raised") {
                    RC_ASSERT(!isRaised);
                    RC_ASSERT(met > lasting);
                } else if (word == u"over") {
                    RC_ASSERT(isRaised);
                    RC_ASSERT(over > lasting);
                } else {
                    RC_ASSERT(word.isEmpty());
                    RC_ASSERT((isRaised ? over <= lasting : met <= lasting));
                }
                isRaised = word.isEmpty() ? isRaised : word == u"raised";
            }
        });
        QVERIFY(holds);
    }
};

QTEST_GUILESS_MAIN(TestAlertJudge)
#include "tst_alertjudge.moc"
