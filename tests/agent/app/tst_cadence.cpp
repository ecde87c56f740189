// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/cadence.h"

#include <QTest>

using namespace Treewarden;
using namespace std::chrono_literals;

class TestCadence : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void doesNotDrift()
    {
        Cadence cadence;
        cadence.start(1s, 100);
        for (int i = 0; i < 100; ++i) {
            // Each round comes 7 ms late; the next is due on time all the same.
            QVERIFY(cadence.take(100 + i * 1000 + 7));
            QCOMPARE(cadence.next(), 100 + (i + 1) * 1000);
        }
        QCOMPARE(cadence.skipped(), 0);
    }

    void isNotDueEarly()
    {
        Cadence cadence;
        cadence.start(1s, 0);
        QVERIFY(cadence.take(0));
        QVERIFY(!cadence.take(500));
        QVERIFY(cadence.take(999)); // a timer's rounding
    }

    void skipsAndCountsWhatItMissed()
    {
        Cadence cadence;
        cadence.start(1s, 0);
        QVERIFY(cadence.take(0));
        QVERIFY(cadence.take(4500));
        QCOMPARE(cadence.skipped(), 3);
        QCOMPARE(cadence.next(), 5000);
        QVERIFY(!cadence.take(4600));
    }

    void isNotDueTwiceWithinAMillisecond()
    {
        Cadence cadence;
        cadence.start(100ms, 0);
        QVERIFY(cadence.take(99)); // so late that the next is due
        QVERIFY(!cadence.take(99));
        QVERIFY(!cadence.take(100));
        QCOMPARE(cadence.skipped(), 1);
        QCOMPARE(cadence.next(), 200);
    }

    void takesAShorterIntervalAtOnce()
    {
        Cadence cadence;
        cadence.start(300s, 0);
        QVERIFY(cadence.take(0));
        cadence.setInterval(1s, 500);
        QCOMPARE(cadence.next(), 1500);
    }
};

QTEST_GUILESS_MAIN(TestCadence)
#include "tst_cadence.moc"
