// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/flapguard.h"

#include <QTest>

using namespace Treewarden;

class TestFlapGuard : public QObject
{
    Q_OBJECT

    FlapGuard m_guard;
    bool m_alive = true;
    qint64 m_now = 0;

    std::optional<int> changeAfter(qint64 ms)
    {
        m_alive = !m_alive;
        return stayFor(ms);
    }

    std::optional<int> stayFor(qint64 ms) { return m_guard.take(m_alive, m_now += ms); }

    // Lets it flap until that is told.
    void flap()
    {
        for (int i = 0; i < FlapGuard::mostChanges; ++i)
            QCOMPARE(changeAfter(100), std::optional(0));
        QCOMPARE(changeAfter(100), std::optional(FlapGuard::mostChanges + 1));
    }

private Q_SLOTS:

    void init()
    {
        m_guard = {};
        m_alive = true;
        m_now = 1'000'000;
        QCOMPARE(stayFor(0), std::optional(0));
    }

    void tellsEachRestartOfANormalDay()
    {
        for (int i = 0; i < 200; ++i)
            QCOMPARE(changeAfter(4'000), std::optional(0)); // 15 a minute
    }

    void theFirstFindingIsNoChange()
    {
        FlapGuard guard;
        QCOMPARE(guard.take(false, 5), std::optional(0));
        QCOMPARE(guard.changedAt(), 0);
    }

    void tellsAFlappingServiceOnce()
    {
        flap();
        for (int i = 0; i < 90; ++i)
            QCOMPARE(changeAfter(100), std::nullopt);
        QVERIFY(m_guard.isFlapping());
    }

    void tellsTheCountAtMostEveryTenSeconds()
    {
        flap();
        int told = 0, last = 0;
        for (int i = 0; i < 600; ++i) { // a minute
            if (const auto count = changeAfter(100)) {
                ++told;
                last = *count;
            }
        }
        QCOMPARE(told, 6);
        QVERIFY2(last >= 590 && last <= 601, qPrintable(QString::number(last)));
        // What it was last is told too, although nothing follows.
        for (int i = 0; i < 20; ++i)
            told += stayFor(1'000) ? 1 : 0;
        QVERIFY(told <= 7);
    }

    void aSteadyServiceFlapsNoMore()
    {
        flap();
        for (int i = 0; i < 29; ++i)
            QVERIFY(stayFor(1'000) != std::optional(0));
        const qint64 changed = m_guard.changedAt();
        QCOMPARE(stayFor(1'000), std::optional(0));
        QCOMPARE(m_guard.changedAt(), changed);
        QVERIFY(!m_guard.isFlapping());
        // And begins to count anew.
        for (int i = 0; i < FlapGuard::mostChanges; ++i)
            QCOMPARE(changeAfter(100), std::optional(0));
    }

    void changesLongAgoDoNotCount()
    {
        for (int i = 0; i < FlapGuard::mostChanges; ++i)
            QCOMPARE(changeAfter(10), std::optional(0));
        QCOMPARE(stayFor(61'000), std::optional(0));
        for (int i = 0; i < FlapGuard::mostChanges; ++i)
            QCOMPARE(changeAfter(10), std::optional(0));
    }

    void unknownIsAStateToo()
    {
        for (int i = 0; i < FlapGuard::mostChanges; ++i)
            QCOMPARE(m_guard.take(i % 2 ? std::optional(true) : std::nullopt, ++m_now),
                     std::optional(0));
        QVERIFY(m_guard.take(false, ++m_now) > 0);
    }
};

QTEST_GUILESS_MAIN(TestFlapGuard)
#include "tst_flapguard.moc"
