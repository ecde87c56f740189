// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/cronexpression.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

#include <array>
#include <rapidcheck.h>
#include <set>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minuteMs = 60'000;

/// One field made up at random: how it is written and what it means, the latter spelt out number by
/// number.
struct SomeField
{
    std::string text;
    std::set<int> values;
    bool isStarred = false;
};

SomeField someField(int least, int most)
{
    const auto choose = [](int from, int to) { return *rc::gen::inRange(from, to + 1); };
    SomeField field;
    const int parts = choose(0, 2) == 0 ? choose(2, 3) : 1;
    for (int i = 0; i < parts; ++i) {
        const int kind = choose(0, 4), first = choose(least, most), last = choose(first, most),
                  step = choose(1, most);
        std::string text;
        int from = first, to = first, by = 1;
        if (kind == 0) {
            text = "*", from = least, to = most;
        } else if (kind == 1) {
            text = "*/" + std::to_string(step), from = least, to = most, by = step;
        } else if (kind == 2) {
            text = std::to_string(first);
        } else {
            text = std::to_string(first) + "-" + std::to_string(last), to = last;
            if (kind == 4)
                text += "/" + std::to_string(step), by = step;
        }
        for (int value = from; value <= to; value += by)
            field.values.insert(value);
        field.isStarred |= i == 0 && text.front() == '*';
        field.text += (i > 0 ? "," : "") + text;
    }
    return field;
}

/// Walks from minute to minute and looks at the clock on the wall as a watchman would: the slow and
/// plain way to know what is due.
class Watchman
{
public:
    Watchman(std::array<SomeField, 5> fields, QTimeZone zone)
        : m_fields(std::move(fields))
        , m_zone(std::move(zone))
    {
    }

    /// All due times of (from, to].
    QList<qint64> dueTimes(qint64 from, qint64 to) const
    {
        QList<qint64> due;
        QDateTime highest = shownAt(from - 86'400'000);
        for (qint64 time = from - 86'400'000; time < from; time += minuteMs)
            highest = std::max(highest, shownAt(time + minuteMs));
        for (qint64 time = from + minuteMs; time <= to; time += minuteMs) {
            const QDateTime shown = shownAt(time);
            bool isDue = false;
            if (m_fields[1].values.size() == 24) {
                isDue = isMeant(shown);
            } else {
                // Every minute that the clock passes for the first time, also in one leap.
                for (; highest < shown; highest = highest.addSecs(60))
                    isDue |= isMeant(highest.addSecs(60));
            }
            if (isDue)
                due << time;
        }
        return due;
    }

private:
    /// What the clock shows, as if it were UTC.
    QDateTime shownAt(qint64 time) const
    {
        const QDateTime shown = QDateTime::fromMSecsSinceEpoch(time, m_zone);
        return QDateTime(shown.date(), shown.time(), Qt::UTC);
    }

    bool isMeant(const QDateTime &shown) const
    {
        const auto has
            = [this](int field, int value) { return m_fields[field].values.count(value); };
        const bool isDay = has(2, shown.date().day()),
                   isWeekday = has(4, shown.date().dayOfWeek() % 7);
        const bool isAnd = m_fields[2].isStarred || m_fields[4].isStarred;
        return has(0, shown.time().minute()) && has(1, shown.time().hour())
            && has(3, shown.date().month()) && (isAnd ? isDay && isWeekday : isDay || isWeekday);
    }

    std::array<SomeField, 5> m_fields;
    QTimeZone m_zone;
};

qint64 timeOf(const QString &utc)
{
    return QDateTime::fromString(utc + u'Z', Qt::ISODate).toMSecsSinceEpoch();
}

} // namespace

class TestCronExpression : public QObject
{
    Q_OBJECT

    /// The next `count` due times as "MM-dd hh:mm" of the zone's clock with its offset in hours.
    static QString dues(const QString &text, const QString &zoneName, const QString &after,
                        int count = 1)
    {
        const auto expression = CronExpression::parse(text);
        if (!expression)
            return expression.error().text;
        const QTimeZone zone(zoneName.toLatin1());
        QStringList shown;
        qint64 time = timeOf(after);
        for (int i = 0; i < count; ++i) {
            const auto next = expression->next(time, zone);
            if (!next)
                return (shown << u"never"_s).join(u", "_s);
            time = *next;
            const QDateTime local = QDateTime::fromMSecsSinceEpoch(time, zone);
            shown << local.toString(u"yyyy-MM-dd HH:mm"_s)
                    + u"%1"_s.arg(local.offsetFromUtc() / 3600.0, 0, 'g', 4);
        }
        return shown.join(u", "_s);
    }

    static void row(const char *name, const char *cron, const char *after, const char *due)
    {
        QTest::newRow(name) << QString::fromUtf8(cron) << u"UTC"_s << QString::fromUtf8(after)
                            << QString::fromUtf8(due);
    }

private Q_SLOTS:

    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS", "seed=1 max_success=200");
    }

    void knowsWhatIsDueNext_data()
    {
        QTest::addColumn<QString>("cron");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("due");
        row("every minute", "* * * * *", "2024-05-01T10:00:00", "2024-05-01 10:010");
        row("strictly after", "0 10 * * *", "2024-05-01T10:00:00", "2024-05-02 10:000");
        row("a second before", "0 10 * * *", "2024-05-01T09:59:59", "2024-05-01 10:000");
        row("a step", "*/15 * * * *", "2024-05-01T10:46:00", "2024-05-01 11:000");
        row("a range with a step", "10-50/20 8 * * *", "2024-05-01T08:10:00", "2024-05-01 08:300");
        row("a list", "5,35 8,20 * * *", "2024-05-01T08:35:00", "2024-05-01 20:050");
        row("leading zeros", "05 03 * * *", "2024-05-01T08:35:00", "2024-05-02 03:050");
        row("months by name", "0 0 1 Jan,JUL *", "2024-05-01T00:00:00", "2024-07-01 00:000");
        row("weekdays by name", "30 3 * * mon-fri", "2024-05-03T04:00:00", "2024-05-06 03:300");
        row("until Sunday", "0 0 * * sat-sun", "2024-05-04T00:00:00", "2024-05-05 00:000");
        row("7 is Sunday", "0 0 * * 7", "2024-05-01T00:00:00", "2024-05-05 00:000");
        row("0 is Sunday", "0 0 * * 0", "2024-05-01T00:00:00", "2024-05-05 00:000");
        row("a range to 7", "0 0 * * 6-7", "2024-05-04T00:00:00", "2024-05-05 00:000");
        row("either day", "0 0 13 * fri", "2024-05-03T00:00:00", "2024-05-10 00:000");
        row("or the other", "0 0 13 * fri", "2024-05-10T00:00:00", "2024-05-13 00:000");
        row("both after a star", "0 0 */2 * mon", "2024-05-01T00:00:00", "2024-05-13 00:000");
        row("29 February", "0 0 29 2 *", "2096-03-01T00:00:00", "2104-02-29 00:000");
        row("29 February on Sunday", "0 0 29 2 */7", "2088-03-01T00:00:00", "2128-02-29 00:000");
        row("every minute of it", "* * 29 2 */7", "2088-03-01T00:00:00", "2128-02-29 00:000");
        row("30 February", "0 0 30 2 *", "2024-05-01T00:00:00", "never");
        row("30 February or Monday", "0 0 30 2 1", "2024-05-01T00:00:00", "2025-02-03 00:000");
        row("31 April", "* * 31 4,6,9,11 *", "2024-05-01T00:00:00", "never");
        row("hourly", "@hourly", "2024-05-01T10:00:00", "2024-05-01 11:000");
        row("daily", "@daily", "2024-05-01T10:00:00", "2024-05-02 00:000");
        row("midnight", "@midnight", "2024-05-01T10:00:00", "2024-05-02 00:000");
        row("weekly", "@weekly", "2024-05-01T10:00:00", "2024-05-05 00:000");
        row("monthly", "@Monthly", "2024-05-01T10:00:00", "2024-06-01 00:000");
        row("yearly", "@yearly", "2024-05-01T10:00:00", "2025-01-01 00:000");
        row("far past", "@yearly", "1969-01-01T00:00:00", "1971-01-01 00:000");
        row("far future", "@yearly", "9500-01-01T00:00:00", "never");
    }

    void knowsWhatIsDueNext()
    {
        QFETCH(QString, cron);
        QFETCH(QString, zone);
        QFETCH(QString, after);
        QTEST(dues(cron, zone, after), "due");
    }

    void runsOnceThroughEveryChangeOfTheClock_data()
    {
        QTest::addColumn<QString>("cron");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("due");
        const auto row = [](const char *name, const char *cron, const char *zone, const char *after,
                            int count, const char *due) {
            QTest::newRow(name) << QString::fromUtf8(cron) << QString::fromUtf8(zone)
                                << QString::fromUtf8(after) << count << QString::fromUtf8(due);
        };
        const char *berlin = "Europe/Berlin", *newYork = "America/New_York",
                   *lordHowe = "Australia/Lord_Howe";
        row("the gap in Berlin", "30 2 * * *", berlin, "2024-03-30T00:00:00", 3,
            "2024-03-30 02:301, 2024-03-31 03:002, 2024-04-01 02:302");
        row("many times in the gap", "*/15 2 * * *", berlin, "2024-03-31T00:00:00", 2,
            "2024-03-31 03:002, 2024-04-01 02:002");
        row("the gap and its end", "0 2,3 * * *", berlin, "2024-03-31T00:00:00", 2,
            "2024-03-31 03:002, 2024-04-01 02:002");
        row("every second hour over the gap", "0 */2 * * *", berlin, "2024-03-30T23:00:00", 2,
            "2024-03-31 03:002, 2024-03-31 04:002");
        row("quarters over the gap", "*/15 * * * *", berlin, "2024-03-31T00:30:00", 3,
            "2024-03-31 01:451, 2024-03-31 03:002, 2024-03-31 03:152");
        row("hourly over the gap", "@hourly", berlin, "2024-03-30T23:30:00", 3,
            "2024-03-31 01:001, 2024-03-31 03:002, 2024-03-31 04:002");
        row("the hour twice in Berlin", "30 2 * * *", berlin, "2024-10-26T12:00:00", 2,
            "2024-10-27 02:302, 2024-10-28 02:301");
        row("asked within the second hour", "45 2 * * *", berlin, "2024-10-27T01:10:00", 1,
            "2024-10-28 02:451");
        row("quarters of the hour twice", "*/30 * * * *", berlin, "2024-10-26T23:40:00", 5,
            "2024-10-27 02:002, 2024-10-27 02:302, 2024-10-27 02:001, 2024-10-27 02:301, "
            "2024-10-27 03:001");
        row("the gap in New York", "0 2 * * *", newYork, "2024-03-10T06:00:00", 2,
            "2024-03-10 03:00-4, 2024-03-11 02:00-4");
        row("the hour twice in New York", "59 1 * * *", newYork, "2024-11-03T04:00:00", 2,
            "2024-11-03 01:59-4, 2024-11-04 01:59-5");
        row("hourly in New York", "@hourly", newYork, "2024-11-03T04:30:00", 3,
            "2024-11-03 01:00-4, 2024-11-03 01:00-5, 2024-11-03 02:00-5");
        row("half an hour less", "15 2 * * *", lordHowe, "2024-10-05T12:00:00", 2,
            "2024-10-06 02:3011, 2024-10-07 02:1511");
        row("right after half an hour less", "30 2 * * *", lordHowe, "2024-10-05T12:00:00", 1,
            "2024-10-06 02:3011");
        row("half an hour twice", "45 1 * * *", lordHowe, "2024-04-06T12:00:00", 2,
            "2024-04-07 01:4511, 2024-04-08 01:4510.5");
        row("quarters over half an hour", "*/15 * * * *", lordHowe, "2024-10-05T15:10:00", 3,
            "2024-10-06 01:4510.5, 2024-10-06 02:3011, 2024-10-06 02:4511");
        row("no changes in Shanghai", "30 2 * * *", "Asia/Shanghai", "2024-03-30T00:00:00", 3,
            "2024-03-31 02:308, 2024-04-01 02:308, 2024-04-02 02:308");
        row("a gap at midnight", "@daily", "Asia/Beirut", "2024-03-30T12:00:00", 2,
            "2024-03-31 01:003, 2024-04-01 00:003");
        row("a day left out", "0 12 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00", 1,
            "2011-12-31 00:0014");
        row("midnight twice", "0 0 * * *", "America/Havana", "2024-11-02T12:00:00", 2,
            "2024-11-03 00:00-4, 2024-11-04 00:00-5");
        row("a day shown again", "*/30 * 6 11 *", "America/St_Johns", "2010-11-07T02:20:00", 3,
            "2010-11-06 23:30-3.5, 2011-11-06 00:00-2.5, 2011-11-06 00:30-2.5");
        row("beyond the tables", "30 2 * * *", berlin, "2061-03-26T12:00:00", 1,
            "2061-03-27 03:002");
    }

    void runsOnceThroughEveryChangeOfTheClock()
    {
        QFETCH(QString, cron);
        QFETCH(QString, zone);
        QFETCH(QString, after);
        QFETCH(int, count);
        QTEST(dues(cron, zone, after, count), "due");
    }

    void refusesWithTheFieldAndTheCure_data()
    {
        QTest::addColumn<QString>("cron");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *cron, const char *part) {
            QTest::newRow(cron) << QString::fromUtf8(cron) << QString::fromUtf8(part);
        };
        row("", "'' has 0 fields where five are needed");
        row("* * * *", "has 4 fields");
        row("0 0 3 * * *", "has 6 fields");
        row("60 * * * *", "minute '60': 60 is out of range; write 0 to 59");
        row("* 24 * * *", "hour '24': 24 is out of range; write 0 to 23");
        row("* * 0 * *", "day of month '0': 0 is out of range; write 1 to 31");
        row("* * * 13 *", "month '13': 13 is out of range; write 1 to 12");
        row("* * * * 8", "day of week '8': 8 is out of range; write 0 to 7");
        row("* * * janu *", "month 'janu': 'janu' is not understood");
        row("mon * * * *", "minute 'mon': 'mon' is not understood");
        row("-5 * * * *", "minute '-5': '' is not understood");
        row("+5 * * * *", "'+5' is not understood");
        row("5,, * * * *", "'' is not understood");
        row("1-2-3 * * * *", "'2-3' is not understood");
        row("*/0 * * * *", "the step after / must be a number from 1 to 60");
        row("*/90 * * * *", "the step after / must be a number from 1 to 60");
        row("*/5/5 * * * *", "the step after / must be a number");
        row("* 5/2 * * *", "hour '5/2': a step needs a range; write 5-23/2");
        row("* 22-2 * * *", "begins after its end; write it as two, such as 22-23,0-2");
        row("* * L * *", "'L' is not understood");
        row("* * ? * *", "'?' is not understood");
        row("99999999999999999999 * * * *", "out of range");
        row("\u0663 * * * *", "is not understood");
        row("@reboot", "@reboot is no time; let the system start the service");
        row("@dayly", "there is no '@dayly'; did you mean @daily?");
        row("@", "there is no '@'");
    }

    void refusesWithTheFieldAndTheCure()
    {
        QFETCH(QString, cron);
        QFETCH(QString, part);
        const auto expression = CronExpression::parse(cron);
        QVERIFY(!expression);
        QVERIFY2(expression.error().text.contains(part), qPrintable(expression.error().text));
        QVERIFY(!expression.error().text.contains(u'\n'));
    }

    void refusesWhatIsTooLong()
    {
        QVERIFY(!CronExpression::parse(QString(300, u'*')));
        QVERIFY(!CronExpression::parse(u"1,"_s.repeated(150) + u"1 * * * *"_s));
    }

    void tellsWhatIsNeverDue()
    {
        for (const auto &cron : {u"0 0 30 2 *"_s, u"0 0 31 2,4,6,9,11 *"_s, u"0 0 30 feb */2"_s})
            QVERIFY(CronExpression::parse(cron)->isNeverDue());
        for (const auto &cron : {u"0 0 29 2 *"_s, u"0 0 30 2 mon"_s, u"0 0 31 4,5 *"_s})
            QVERIFY(!CronExpression::parse(cron)->isNeverDue());
        QVERIFY(CronExpression().isNeverDue());
        QVERIFY(!CronExpression().next(timeOf(u"2024-05-01T00:00:00"_s), QTimeZone::utc()));
    }

    void agreesWithAWatchmanWhoLooksEveryMinute()
    {
        // Days around changes of the clocks, and some without.
        const QList<std::pair<QByteArray, QString>> places{
            {"Europe/Berlin", u"2024-03-30T00:00:00"_s},
            {"Europe/Berlin", u"2024-10-26T00:00:00"_s},
            {"America/New_York", u"2024-03-09T00:00:00"_s},
            {"America/New_York", u"2024-11-02T00:00:00"_s},
            {"Australia/Lord_Howe", u"2024-10-05T00:00:00"_s},
            {"Australia/Lord_Howe", u"2024-04-06T00:00:00"_s},
            {"Asia/Shanghai", u"2024-02-27T00:00:00"_s},
            {"Asia/Beirut", u"2024-03-29T00:00:00"_s},
            {"America/Havana", u"2024-11-02T00:00:00"_s},
            {"America/St_Johns", u"2010-11-06T00:00:00"_s},
            {"Pacific/Apia", u"2011-12-28T00:00:00"_s},
            {"Africa/Casablanca", u"2024-04-13T00:00:00"_s},
            {"UTC", u"2023-12-30T00:00:00"_s},
        };
        QVERIFY(rc::check("the same times are due", [&places] {
            const auto &[name, start] = places[*rc::gen::inRange(0, int(places.size()))];
            std::array<SomeField, 5> fields{someField(0, 59), someField(0, 23), someField(1, 31),
                                            someField(1, 12), someField(0, 6)};
            if (*rc::gen::inRange(0, 3) == 0)
                fields[1] = {"*", {}, true};
            for (int hour = 0; fields[1].text == "*" && hour < 24; ++hour)
                fields[1].values.insert(hour);
            // Most months are not looked at.
            if (*rc::gen::inRange(0, 4) != 0)
                fields[3] = {"*", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, true};
            std::string text;
            for (const SomeField &field : fields)
                text += (text.empty() ? "" : " ") + field.text;
            RC_LOG() << text << " in " << name.constData() << " from " << qPrintable(start);
            const auto expression = CronExpression::parse(QString::fromStdString(text));
            RC_ASSERT(expression.isOk());
            const QTimeZone zone(name);
            const qint64 from = timeOf(start) + *rc::gen::inRange(0, 1440) * minuteMs,
                         to = from + qint64{3} * 86'400'000;
            QList<qint64> due;
            for (auto next = expression->next(from, zone); next && *next <= to;
                 next = expression->next(*next, zone))
                due << *next;
            RC_ASSERT(due == Watchman(fields, zone).dueTimes(from, to));
        }));
    }
};

QTEST_GUILESS_MAIN(TestCronExpression)
#include "tst_cronexpression.moc"
