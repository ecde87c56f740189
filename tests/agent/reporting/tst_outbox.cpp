// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outbox.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

Transition aliveAt(qint64 timestamp)
{
    return {AliveMessage{u"10.0.0.7"_s, true, timestamp, {}}};
}

QList<qint64> numbers(const QList<Transition> &transitions)
{
    QList<qint64> list;
    for (const Transition &transition : transitions)
        list << transition.n();
    return list;
}

} // namespace

class TestOutbox : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void numbersWhatItGetsInOrder()
    {
        Outbox outbox(u"s"_s);
        for (int i = 0; i < 3; ++i)
            outbox.add(aliveAt(i));
        QCOMPARE(numbers(outbox.waiting(10)), (QList<qint64>{1, 2, 3}));
        QCOMPARE(numbers(outbox.waiting(2)), (QList<qint64>{1, 2}));
        QCOMPARE(std::get<AliveMessage>(outbox.waiting(1).first().content).told->session, u"s"_s);
    }

    void forgetsWhatWasToldButKeepsItForAMinute()
    {
        Outbox outbox(u"s"_s);
        for (int i = 0; i < 3; ++i)
            outbox.add(aliveAt(i));
        outbox.acknowledge({u"s"_s, 2}, 0);
        QCOMPARE(numbers(outbox.waiting(10)), (QList<qint64>{3}));
        QVERIFY(outbox.settle({u"s"_s, 1}, 0));
        QCOMPARE(numbers(outbox.waiting(10)), (QList<qint64>{2, 3}));
        QCOMPARE(outbox.lastTold(), (Told{u"s"_s, 1}));
        outbox.acknowledge({u"s"_s, 3}, 1000);
        QVERIFY(!outbox.hasWaiting());
        outbox.tidy(62'000, false);
        QVERIFY(outbox.settle({u"s"_s, 0}, 62'000));
        QVERIFY(!outbox.hasWaiting());
    }

    void neverTakesMoreForToldThanItHas()
    {
        Outbox outbox(u"s"_s);
        outbox.add(aliveAt(0));
        outbox.acknowledge({u"s"_s, 1'000'000}, 0);
        QCOMPARE(outbox.lastOwnTold(), 1);
        outbox.add(aliveAt(1));
        QCOMPARE(numbers(outbox.waiting(10)), (QList<qint64>{2}));
    }

    void dropsTheOldestWhenItIsFullAndCountsIt()
    {
        Outbox outbox(u"s"_s, nullptr, 10'000);
        for (int i = 0; i < 10'003; ++i)
            outbox.add(aliveAt(i));
        QCOMPARE(outbox.takeDropped(), 3);
        QCOMPARE(outbox.takeDropped(), 0);
        QCOMPARE(outbox.waiting(1).first().n(), 4);
        QCOMPARE(outbox.waiting(20'000).size(), 10'000);
    }

    void remembersOutcomesOfCommandsForAsLongAsTheyCouldComeAgain()
    {
        Outbox outbox(u"s"_s);
        outbox.add(commandTransition({u"10.0.0.7"_s,
                                      u"id"_s,
                                      {u"nginx"_s, u"default"_s},
                                      u"restart"_s,
                                      CommandState::Done}));
        outbox.add(aliveAt(1));
        outbox.acknowledge({u"s"_s, 2}, 1000);
        const auto remembered = [&outbox] {
            int count = 0;
            outbox.forEach([&count](const Transition &one) { count += commandOf(one) ? 1 : 0; });
            return count;
        };
        outbox.tidy(400'000, false);
        QCOMPARE(remembered(), 1);
        outbox.tidy(430'000, false);
        QCOMPARE(remembered(), 0);
    }

    void givesUpWhatWasToldBeforeWhatWaits()
    {
        Outbox outbox(u"s"_s, nullptr, 3);
        for (int i = 0; i < 3; ++i)
            outbox.add(aliveAt(i));
        outbox.acknowledge({u"s"_s, 2}, 0);
        outbox.add(aliveAt(3));
        QCOMPARE(numbers(outbox.waiting(10)), (QList<qint64>{3, 4}));
        QCOMPARE(outbox.takeDropped(), 0);
    }
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
