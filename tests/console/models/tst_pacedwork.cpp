// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pacedwork.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Treewarden;
using namespace std::chrono_literals;

/// Work that follows from thousands of changes a second.
class TestPacedWork : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void isDoneOnceForAllThatAsked()
    {
        int done = 0;
        PacedWork work(5ms, [&done] { ++done; });
        for (int i = 0; i < 1000; ++i)
            work.ask();
        QCOMPARE(done, 0);
        QTRY_COMPARE(done, 1);
        work.ask();
        QTRY_COMPARE(done, 2);
    }

    void waitsWhileItIsHeld()
    {
        int done = 0;
        PacedWork work(0ms, [&done] { ++done; });
        work.setHeld(true);
        work.setHeld(false);
        QCOMPARE(done, 0); // nobody asked
        work.setHeld(true);
        work.ask();
        QCoreApplication::processEvents();
        QCOMPARE(done, 0);
        work.setHeld(false);
        QCOMPARE(done, 1);
        work.setHeld(false);
        QCOMPARE(done, 1);
    }

    void isHeldEvenWhenItWasAskedForBefore()
    {
        int done = 0, other = 0;
        PacedWork work(1ms, [&done] { ++done; });
        work.ask();
        work.setHeld(true);
        QTimer::singleShot(30ms, this, [&other] { ++other; });
        QTRY_COMPARE(other, 1);
        QCOMPARE(done, 0);
        work.setHeld(false);
        QCOMPARE(done, 1);
    }

    void isDoneAtOnceWhereNoPauseIsNeeded()
    {
        int done = 0;
        PacedWork work(1h, [&done] { ++done; });
        work.doIn(0ms);
        QCOMPARE(done, 1);
        work.doIn(5ms);
        QCOMPARE(done, 1);
        QTRY_COMPARE(done, 2);
        work.setHeld(true);
        work.doIn(0ms);
        QCOMPARE(done, 2);
        work.setHeld(false);
        QCOMPARE(done, 3);
        work.ask();
        work.doIn(5ms); // sooner than the usual pause
        QTRY_COMPARE(done, 4);
    }

    void aLargeFleetIsLookedAtInTurns()
    {
        QCOMPARE(pauseUntil(3, 30), 0ms);
        QVERIFY(pauseUntil(0, 10'000) > 0ms); // the event loop goes on first
        QVERIFY(pauseUntil(1, 10'000) > pauseUntil(0, 10'000));
    }

    void whatTakesLongIsDoneSeldom()
    {
        int done = 0;
        PacedWork work(1ms, [&done] {
            ++done;
            QElapsedTimer busy;
            busy.start();
            while (busy.elapsed() < 5) { } // is the work
        });
        QElapsedTimer clock;
        clock.start();
        while (done < 3) {
            work.ask();
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        // Two pauses of a hundred times 5 ms, by a timer that is not exact.
        QVERIFY2(clock.elapsed() >= 900, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestPacedWork)
#include "tst_pacedwork.moc"
