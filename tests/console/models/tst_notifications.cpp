// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/notificationplanner.h"
#include "tests/support/demofleet.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000; // 2023-11-15 17:20:41 UTC, a Wednesday

QDateTime at(const char *text, const QTimeZone &zone = QTimeZone::utc())
{
    QDateTime time = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate);
    time.setTimeZone(zone);
    return time;
}

} // namespace

class TestNotifications : public QObject
{
    Q_OBJECT
    qint64 m_now = evening;
    FleetState m_state;
    std::unique_ptr<NotificationPlanner> m_planner;
    QStringList m_ips;

    SiteSight sight(bool isInFront = false, bool isLive = true)
    {
        return {u"shanghai"_s, u"Shanghai"_s, &m_state, fleetProblems(m_state, m_now), isLive, isInFront};
    }

    void die(const QString &ip)
    {
        m_state.servers[ip].alive = false;
        m_state.servers[ip].since = m_now;
    }

    void serviceDies(const QString &ip, qsizetype index = 0)
    {
        FleetService &service = *std::next(m_state.servers[ip].services.begin(), index);
        service.state.alive = false;
        service.state.since = m_now;
    }

    QList<ProblemNotice> after(qint64 milliseconds)
    {
        m_now += milliseconds;
        return m_planner->take();
    }

private Q_SLOTS:

    void init()
    {
        m_now = evening;
        m_state = calmFleet(evening);
        m_ips = m_state.servers.keys();
        m_ips.sort();
        m_planner
            = std::make_unique<NotificationPlanner>([this] { return m_now; }, QTimeZone::utc());
        m_planner->look(sight());
    }

    void whatIsWrongAtTheStartIsNoNews()
    {
        m_state = demoFleet(evening);
        NotificationPlanner planner([this] { return m_now; }, QTimeZone::utc());
        planner.look(sight());
        QVERIFY(!planner.due());
        m_now += 10'000;
        QVERIFY(planner.take().isEmpty());
    }

    void aDeathIsToldOnce()
    {
        die(m_ips[3]);
        m_planner->look(sight());
        QCOMPARE(m_planner->due(), std::optional<qint64>(evening + NotificationPlanner::burst));
        QVERIFY(after(NotificationPlanner::burst - 1).isEmpty());
        const QList<ProblemNotice> notices = after(1);
        QCOMPARE(notices.size(), 1);
        QVERIFY2(notices[0].title.startsWith(u"Shanghai: Server "_s), qPrintable(notices[0].title));
        QCOMPARE(notices[0].ip, m_ips[3]);
        QCOMPARE(notices[0].worst, Health::Died);
        m_planner->look(sight());
        QVERIFY(!m_planner->due());
        QVERIFY(after(60'000).isEmpty());
    }

    void aBurstIsOneMessage()
    {
        for (int i = 0; i < 12; ++i) {
            die(m_ips[i]);
            m_planner->look(sight());
            m_now += 100;
        }
        const QList<ProblemNotice> notices = after(NotificationPlanner::burst);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices[0].title, u"12 problems at Shanghai"_s);
        QCOMPARE(notices[0].text.count(u'\n'), 3);
        QVERIFY2(notices[0].text.endsWith(u"and 9 more"_s), qPrintable(notices[0].text));
        QVERIFY(notices[0].ip.isEmpty());
    }

    void aDeadServerHidesItsServices()
    {
        serviceDies(m_ips[5]);
        m_planner->look(sight());
        m_now += 500;
        die(m_ips[5]);
        m_planner->look(sight());
        const QList<ProblemNotice> notices = after(NotificationPlanner::burst);
        QCOMPARE(notices.size(), 1);
        QVERIFY2(notices[0].title.contains(u"Server"_s), qPrintable(notices[0].title));
    }

    void whatIsOverSoonIsNotTold()
    {
        die(m_ips[3]);
        m_planner->look(sight());
        m_now += 1000;
        m_state.servers[m_ips[3]].alive = true;
        m_planner->look(sight());
        QVERIFY(!m_planner->due());
        QVERIFY(after(10'000).isEmpty());
    }

    void whatFlapsIsToldOnceInFiveMinutes()
    {
        for (int i = 0; i < 4; ++i) {
            die(m_ips[3]);
            m_planner->look(sight());
            QCOMPARE(after(NotificationPlanner::burst).size(), i == 0 ? 1 : 0);
            m_state.servers[m_ips[3]].alive = true;
            m_planner->look(sight());
            m_now += 20'000;
        }
        m_now += NotificationPlanner::pause;
        die(m_ips[3]);
        m_planner->look(sight());
        QCOMPARE(after(NotificationPlanner::burst).size(), 1);
    }

    void whatIsInFrontIsNotTold()
    {
        die(m_ips[3]);
        m_planner->look(sight(true));
        QVERIFY(!m_planner->due());
        die(m_ips[4]);
        m_planner->look(sight(false));
        m_planner->look(sight(true)); // the person looks before it is said
        QVERIFY(after(NotificationPlanner::burst).isEmpty());
        m_planner->look(sight(false));
        QVERIFY(after(60'000).isEmpty()); // and has seen it
    }

    void whatHappenedWhileRedisWasAwayIsTold()
    {
        m_planner->look(sight(false, false));
        die(m_ips[3]);
        m_planner->look(sight(false, false)); // not live: nothing is believed
        QVERIFY(after(10'000).isEmpty());
        m_planner->look(sight());
        QCOMPARE(after(NotificationPlanner::burst).size(), 1);
    }

    void aRedisThatStaysAwayIsToldOnce()
    {
        SiteSight away = sight(false, false);
        away.trouble = u"Redis does not answer."_s;
        m_planner->look(away);
        QCOMPARE(m_planner->due(), std::optional<qint64>(m_now + NotificationPlanner::silence));
        QVERIFY(after(NotificationPlanner::silence - 1).isEmpty());
        m_planner->look(away);
        const QList<ProblemNotice> notices = after(1);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices[0].title, u"Shanghai: no live data"_s);
        QCOMPARE(notices[0].text, u"Redis does not answer."_s);
        m_planner->look(away);
        QVERIFY(after(600'000).isEmpty());
        m_planner->look(sight());
        m_planner->look(away);
        m_now += 1000;
        m_planner->look(sight()); // back in time
        QVERIFY(after(60'000).isEmpty());
    }

    void eachSiteHasItsOwnMessage()
    {
        SiteSight oslo = sight();
        oslo.id = u"os"_s, oslo.name = u"Oslo"_s;
        m_planner->look(oslo);
        die(m_ips[3]);
        m_planner->look(sight());
        oslo.problems = fleetProblems(m_state, m_now);
        m_planner->look(oslo);
        const QList<ProblemNotice> notices = after(NotificationPlanner::burst);
        QCOMPARE(notices.size(), 2);
        m_planner->forget(u"os"_s);
        QVERIFY(!m_planner->due());
    }

    void quietForAnHourIsQuietForAnHour()
    {
        m_planner->setQuietUntil(m_now + 3'600'000);
        QVERIFY(m_planner->isQuiet());
        die(m_ips[3]);
        m_planner->look(sight());
        QVERIFY(after(NotificationPlanner::burst).isEmpty());
        m_now = evening + 3'600'000;
        QVERIFY(!m_planner->isQuiet());
        QCOMPARE(m_planner->quietUntil(), 0);
        m_planner->look(sight());
        QVERIFY(after(10'000).isEmpty()); // it is no news any more
        die(m_ips[4]);
        m_planner->look(sight());
        QCOMPARE(after(NotificationPlanner::burst).size(), 1);
    }

    void quietHoursAreKept()
    {
        QuietHours hours;
        hours.isOn = true;
        hours.from = QTime(17, 0), hours.to = QTime(18, 0);
        m_planner->setQuietHours(hours);
        die(m_ips[3]);
        m_planner->look(sight());
        QVERIFY(after(NotificationPlanner::burst).isEmpty());
        m_now = at("2023-11-15T18:00:00").toMSecsSinceEpoch();
        die(m_ips[4]);
        m_planner->look(sight());
        QCOMPARE(after(NotificationPlanner::burst).size(), 1);
    }

    void aClockThatIsSetBackHoldsNothingBack()
    {
        die(m_ips[3]);
        m_planner->look(sight());
        m_now -= 3'600'000;
        QCOMPARE(m_planner->take().size(), 1);
    }

    void quietHoursOverMidnightBelongToTheirFirstDay_data()
    {
        QTest::addColumn<QString>("time");
        QTest::addColumn<bool>("isQuiet");
        // Quiet from Friday and Saturday, 22:00 to 07:00.
        QTest::newRow("Friday before") << u"2023-11-17T21:59:59"_s << false;
        QTest::newRow("Friday evening") << u"2023-11-17T22:00:00"_s << true;
        QTest::newRow("Saturday morning") << u"2023-11-18T06:59:59"_s << true;
        QTest::newRow("Saturday at seven") << u"2023-11-18T07:00:00"_s << false;
        QTest::newRow("Saturday night") << u"2023-11-18T23:00:00"_s << true;
        QTest::newRow("Sunday morning") << u"2023-11-19T03:00:00"_s << true;
        QTest::newRow("Sunday night") << u"2023-11-19T23:00:00"_s << false;
        QTest::newRow("Monday morning") << u"2023-11-20T03:00:00"_s << false;
        QTest::newRow("Friday morning") << u"2023-11-17T03:00:00"_s << false;
    }

    void quietHoursOverMidnightBelongToTheirFirstDay()
    {
        QFETCH(QString, time);
        QuietHours hours;
        hours.isOn = true;
        hours.days = (1 << 4) | (1 << 5);
        QTEST(hours.contains(at(time.toLatin1())), "isQuiet");
        hours.isOn = false;
        QVERIFY(!hours.contains(at(time.toLatin1())));
    }

    /// In Berlin 02:00 to 03:00 is missing on 2024-03-31 and there twice on 2024-10-27.
    void quietHoursFollowTheWallClock_data()
    {
        QTest::addColumn<QString>("utc");
        QTest::addColumn<bool>("isQuiet");
        QTest::newRow("spring, 01:59") << u"2024-03-31T00:59:00Z"_s << true;
        QTest::newRow("spring, 03:00, where 02:30 never came")
            << u"2024-03-31T01:00:00Z"_s << false;
        QTest::newRow("autumn, first 02:15") << u"2024-10-27T00:15:00Z"_s << true;
        QTest::newRow("autumn, first 02:45") << u"2024-10-27T00:45:00Z"_s << false;
        QTest::newRow("autumn, second 02:15") << u"2024-10-27T01:15:00Z"_s << true;
        QTest::newRow("autumn, second 02:30") << u"2024-10-27T01:30:00Z"_s << false;
    }

    void quietHoursFollowTheWallClock()
    {
        QFETCH(QString, utc);
        const QTimeZone berlin("Europe/Berlin");
        QVERIFY(berlin.isValid());
        m_now = QDateTime::fromString(utc, Qt::ISODate).toMSecsSinceEpoch();
        NotificationPlanner planner([this] { return m_now; }, berlin);
        QuietHours hours;
        hours.isOn = true;
        hours.from = QTime(22, 0), hours.to = QTime(2, 30);
        planner.setQuietHours(hours);
        QTEST(planner.isQuiet(), "isQuiet");
    }

    void quietHoursAreWrittenAndRead()
    {
        QuietHours hours;
        hours.isOn = true;
        hours.from = QTime(21, 30), hours.to = QTime(6, 5);
        hours.days = 0b001'1111;
        QCOMPARE(hours.toText(), u"on 21:30 06:05 12345"_s);
        QCOMPARE(QuietHours::parse(hours.toText()), hours);
        for (const char *rubbish : {"", "on", "on 25:00 07:00 1", "on a b c", "on 22:00 07:00 1 x"})
            QVERIFY(!QuietHours::parse(QString::fromLatin1(rubbish)).isOn);
    }

    void hostileNamesStayOnTheirLine()
    {
        m_state.servers[m_ips[3]].info.hostname = u"<b>&x</b>\n\u202e"_s + QString(9000, u'W');
        die(m_ips[3]);
        m_planner->look(sight());
        const QList<ProblemNotice> notices = after(NotificationPlanner::burst);
        QCOMPARE(notices.size(), 1);
        QVERIFY(!notices[0].title.contains(u'\n'));
        QVERIFY2(notices[0].title.size() < 1000, qPrintable(notices[0].title));
    }
};

QTEST_GUILESS_MAIN(TestNotifications)
#include "tst_notifications.moc"
