// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/config/serverconfig.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestSchedule : public QObject
{
    Q_OBJECT

    static ParsedConfig parse(const QByteArray &schedule)
    {
        ParsedConfig parsed = parseServerConfig(
            u"10.0.0.7"_s,
            {{"services",
              R"({"ssh":{"_":{"protected":true},"22":{"alive":{"probe":"ssh"}}},
                  "redis":{"6379":{"alive":{"probe":"auto"},"protected":true}},
                  "nginx":{"80":{"alive":{"probe":"tcp","port":80}}}})"},
             {"controlled",
              R"({"nginx":{"default":{"restart":"/etc/init.d/nginx restart","reload":"nginx -s reload"},
                           "80":{"rotate":{"argv":["/usr/sbin/logrotate"]}}},
                  "ssh":{"default":{"restart":{"unit":"ssh.service"},"reload":{"unit":"ssh.service"}}},
                  "redis":{"6379":{"restart":{"unit":"redis.service"}}}})"},
             {"schedule", schedule}});
        // That ssh is protected is told of its actions, too.
        parsed.issues.removeIf(
            [](const ConfigIssue &issue) { return issue.path.startsWith(u"controlled."_s); });
        return parsed;
    }

    /// An entry with `more` members, a JSON list with it.
    static QByteArray entry(const QByteArray &more, const QByteArray &cron = "@daily")
    {
        QByteArray json
            = R"([{"id":"nightly","cron":"CRON","role":"nginx","instance":"80","action":"restart"MORE}])";
        return json.replace("CRON", cron).replace("MORE", more);
    }

    static QString lines(const ParsedConfig &parsed)
    {
        QStringList lines;
        for (const ConfigIssue &issue : parsed.issues)
            lines << (issue.severity == ConfigIssue::Severity::Error ? u"E "_s : u"W "_s)
                    + issue.line();
        return lines.join(u'\n');
    }

private Q_SLOTS:

    void readsWhatEntriesSay()
    {
        const auto parsed = parse(R"([
            {"id":"nightly","cron":"30 3 * * mon-fri","role":"nginx","instance":"80","action":"restart",
             "timezone":"Europe/Berlin","enabled":false,"not_while":["maintenance","rotate"],"missed":"run"},
            {"id":"rotate","cron":"@hourly","role":"nginx","instance":"80","action":"rotate"}])");
        QVERIFY2(parsed.config && parsed.issues.isEmpty(), qPrintable(lines(parsed)));
        QCOMPARE(parsed.config->schedule.size(), 2);
        const ScheduleEntry first = parsed.config->schedule[0], second = parsed.config->schedule[1];
        QCOMPARE(first.id, u"nightly"_s);
        QCOMPARE(first.cron, u"30 3 * * mon-fri"_s);
        QCOMPARE(first.service.text(), u"nginx:80"_s);
        QCOMPARE(first.action, u"restart"_s);
        QCOMPARE(first.zone.id(), "Europe/Berlin");
        QVERIFY(!first.isEnabled && first.notInMaintenance);
        QCOMPARE(first.notWhile, QStringList{u"rotate"_s});
        QCOMPARE(first.missed, ScheduleEntry::Missed::Run);
        QVERIFY(!first.next(1'700'000'000'000));
        QVERIFY(second.isEnabled && !second.notInMaintenance && second.notWhile.isEmpty());
        QCOMPARE(second.missed, ScheduleEntry::Missed::Skip);
        QCOMPARE(second.zone, QTimeZone::utc());
        QCOMPARE(*second.next(1'700'000'000'000), 1'700'002'800'000);
    }

    void hasNoEntriesWithoutTheField()
    {
        const auto parsed = parseServerConfig(u"10.0.0.7"_s, {});
        QVERIFY(parsed.config && parsed.config->schedule.isEmpty());
    }

    void tellsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("schedule");
        QTest::addColumn<QString>("begin");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *name, const QByteArray &schedule, const char *begin,
                            const char *part) {
            QTest::newRow(name) << schedule << QString::fromUtf8(begin) << QString::fromUtf8(part);
        };
        row("an object", "{}", "E schedule: ", "must be a list of entries");
        row("a number in the list", "[7]", "E schedule.0: ", "must be an object");
        row("no id", R"([{"cron":"@daily","role":"nginx","instance":"80","action":"restart"}])",
            "E schedule.0.id: ", "missing; write \"id\":\"NAME\"");
        row("a bad id",
            R"([{"id":"a b","cron":"@daily","role":"nginx","instance":"80","action":"restart"}])",
            "E schedule.0.id: ", "must be a name");
        row("the reserved id",
            R"([{"id":"maintenance","cron":"@daily","role":"nginx","instance":"80","action":"restart"}])",
            "E schedule.0.id: ", "choose another name");
        row("an id twice",
            R"([{"id":"a","cron":"@daily","role":"nginx","instance":"80","action":"restart"},
                               {"id":"a","cron":"@daily","role":"nginx","instance":"80","action":"reload"}])",
            "E schedule.1.id: ", "'a' is the id of entry 0, too");
        row("all instances",
            R"([{"id":"a","cron":"@daily","role":"nginx","instance":"_","action":"restart"}])",
            "E schedule.0.instance: ", "must be a name");
        row("no role", R"([{"id":"a","cron":"@daily","instance":"80","action":"restart"}])",
            "E schedule.0.role: ", "missing");
        row("no action", R"([{"id":"a","cron":"@daily","role":"nginx","instance":"80"}])",
            "E schedule.0.action: ", "missing");
        row("an unknown action",
            R"([{"id":"a","cron":"@daily","role":"nginx","instance":"80","action":"restrat"}])",
            "E schedule.0.action: ", "no action 'restrat' for nginx:80; did you mean 'restart'?");
        row("an action of another instance",
            R"([{"id":"a","cron":"@daily","role":"nginx","instance":"81","action":"rotate"}])",
            "E schedule.0.action: ", "no action 'rotate' for nginx:81");
        row("an uncontrolled role",
            R"([{"id":"a","cron":"@daily","role":"mysql","instance":"3306","action":"restart"}])",
            "E schedule.0.action: ", "and no other; add it there");
        row("a bad cron", entry("", "61 * * * *"), "E schedule.0.cron: ", "minute '61'");
        row("no cron", R"([{"id":"a","role":"nginx","instance":"80","action":"restart"}])",
            "E schedule.0.cron: ", "must be a text such as");
        row("never due", entry("", "0 0 30 2 *"), "W schedule.0.cron: ", "is never due");
        row("a zone that is none", entry(R"(,"timezone":"Europe/Atlantis")"),
            "E schedule.0.timezone: ", "'Europe/Atlantis' is no time zone");
        row("a path as zone", entry(R"(,"timezone":"../../../etc/passwd")"),
            "E schedule.0.timezone: ", "is no time zone");
        row("a rule as zone", entry(R"(,"timezone":"CET-1CEST,M3.5.0,M10.5.0/3")"),
            "E schedule.0.timezone: ", "is no time zone");
        row("an offset as zone", entry(R"(,"timezone":"UTC+3")"),
            "E schedule.0.timezone: ", "is no time zone");
        row("a number as zone", entry(R"(,"timezone":3)"),
            "E schedule.0.timezone: ", "is no time zone");
        row("enabled as a text", entry(R"(,"enabled":"yes")"),
            "E schedule.0.enabled: ", "must be true or false");
        row("missed otherwise", entry(R"(,"missed":"later")"),
            "E schedule.0.missed: ", "must be \"skip\"");
        row("conditions as a text", entry(R"(,"not_while":"maintenance")"),
            "E schedule.0.not_while: ", "must be a list");
        row("an unknown condition", entry(R"(,"not_while":["maintenence"])"),
            "E schedule.0.not_while.0: ", "did you mean 'maintenance'?");
        row("itself as a condition", entry(R"(,"not_while":["nightly"])"),
            "W schedule.0.not_while.0: ", "needless");
        row("an unknown field", entry(R"(,"time_zone":"UTC")"),
            "W schedule.0.time_zone: ", "did you mean 'timezone'?");
        row("a field twice", entry(R"(,"action":"reload")"), "E schedule.action: ", "stands twice");
        row("a protected role",
            R"([{"id":"a","cron":"@daily","role":"ssh","instance":"22","action":"restart"}])",
            "W schedule.0.action: ", "never runs, for ssh:22 is protected");
        row("a protected instance",
            R"([{"id":"a","cron":"@daily","role":"redis","instance":"6379","action":"restart"}])",
            "W schedule.0.action: ", "never runs, for redis:6379 is protected");
    }

    void tellsWhatIsWrong()
    {
        QFETCH(QByteArray, schedule);
        QFETCH(QString, begin);
        QFETCH(QString, part);
        const auto parsed = parse(schedule);
        QCOMPARE(parsed.issues.size(), 1);
        QVERIFY2(lines(parsed).startsWith(begin), qPrintable(lines(parsed)));
        QVERIFY2(lines(parsed).contains(part), qPrintable(lines(parsed)));
        QCOMPARE(parsed.config.has_value(), begin.startsWith(u'W'));
    }

    void letsProtectedServicesReload()
    {
        const auto parsed = parse(
            R"([{"id":"a","cron":"@daily","role":"ssh","instance":"22","action":"reload"}])");
        QVERIFY2(parsed.issues.isEmpty(), qPrintable(lines(parsed)));
    }

    void takesNoMoreThan256Entries()
    {
        const auto many = [](int count) {
            QByteArrayList entries;
            for (int i = 0; i < count; ++i)
                entries
                    << QByteArray(
                           R"({"id":"ID","cron":"@daily","role":"nginx","instance":"80","action":"reload"})")
                           .replace("ID", QByteArray::number(i));
            return '[' + entries.join(',') + ']';
        };
        QCOMPARE(parse(many(256)).config->schedule.size(), 256);
        QVERIFY(lines(parse(many(257))).contains(u"has 257 entries, more than the 256"_s));
    }

    /// Thousands of names that are nearly right: looking for the nearest must not take long.
    void isNotKeptBusyByMistakes()
    {
        QByteArrayList actions, entries;
        for (int i = 0; i < 20'000; ++i)
            actions << "\"a" + QByteArray::number(i).rightJustified(50, '0') + "\":\"x\"";
        const QByteArray conditions = QByteArrayList(32, '"' + QByteArray(60, 'x') + '"').join(',');
        for (int i = 0; i < 256; ++i)
            entries
                << QByteArray(
                       R"({"id":"ID","cron":"@daily","role":"web","instance":"80","action":"1","not_while":[NAMES]})")
                       .replace("ID", QByteArray::number(i).rightJustified(60, 'i'))
                       .replace("NAMES", conditions);
        QElapsedTimer timer;
        timer.start();
        const auto parsed
            = parseServerConfig(u"10.0.0.7"_s,
                                {{"controlled", "{\"web\":{\"80\":{" + actions.join(',') + "}}}"},
                                 {"schedule", '[' + entries.join(',') + ']'}});
        QVERIFY(!parsed.config);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
