// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/eventexport.h"
#include "console/models/eventlog.h"
#include "console/models/watchersource.h"
#include "shared/core/json.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"
#include "tests/support/redisserver.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000; // 2023-11-15 17:20:41 UTC
const QString web = u"10.207.26.233"_s;

Event death(qint64 when, const QString &role = u"nginx"_s)
{
    return {u"%1-0"_s.arg(when), u"service"_s, web,
            QJsonObject{{u"type"_s, u"service"_s},
                        {u"role"_s, role},
                        {u"instance"_s, u"80"_s},
                        {u"alive"_s, 0},
                        {u"timestamp"_s, when},
                        {u"reason"_s, u"0 found"_s}}};
}

} // namespace

/// The events page's model: against a state set by hand, and against a real stream.
class TestEventLog : public QObject
{
    Q_OBJECT

    using Tester = QAbstractItemModelTester;

    static constexpr auto strict = Tester::FailureReportingMode::QtTest;

    static QStringList sentences(const EventLog &log)
    {
        QStringList all;
        for (int row = 0; row < log.rowCount(); ++row)
            all << (log.record(row) ? log.record(row)->sentence : u"# "_s + day(log, row));
        return all;
    }

    static QString day(const EventLog &log, int row)
    {
        return log.index(row, 0).data(EventLog::DayRole).toString();
    }

    static void fill(const RedisServer &redis, int from, int to)
    {
        for (int i = from; i <= to; ++i) {
            const qint64 when = evening - 3'600'000 + i;
            redis.call({"XADD", "events", QByteArray::number(when) + "-0", "type",
                        i % 100 == 0 ? "config" : "service", "ip", "10.0.0.7", "json",
                        R"({"type":"service","role":"redis","instance":"6379","alive":)"
                            + QByteArray::number(i % 2) + "}"});
        }
    }

private Q_SLOTS:

    void aHeadingStandsAboveEachDay()
    {
        FixedSource source(demoFleet(evening), evening);
        EventLog log(source);
        Tester tester(&log, strict);
        const QStringList all = sentences(log);
        QCOMPARE(log.heldCount(), 13);
        QCOMPARE(all.first(), u"# Today, Wednesday, 15 November 2023"_s);
        QVERIFY(all.contains(u"Server db-02 died; 9 services with it"_s));
        QCOMPARE(all.filter(u"# "_s).size(), 1 + all.filter(u"Yesterday"_s).size());
        QVERIFY(!log.flags(log.index(0, 0)).testFlag(Qt::ItemIsSelectable));
        QVERIFY(log.flags(log.index(1, 0)).testFlag(Qt::ItemIsSelectable));
        QCOMPARE(log.diedCount(), 3);
        QCOMPARE(log.count(EventGroup::Config), 1);
    }

    void whatIsNewComesBelowTheHeadingOfItsDay()
    {
        FixedSource source(demoFleet(evening), evening);
        EventLog log(source);
        Tester tester(&log, strict);
        const qint64 tomorrow = evening + 86'400'000;
        Q_EMIT source.eventsAdded({death(evening), death(tomorrow), death(tomorrow + 1)});
        source.setNow(tomorrow + 2);
        const QStringList all = sentences(log);
        QCOMPARE(
            all.mid(0, 5),
            QStringList({u"# Today, Thursday, 16 November 2023"_s, u"nginx on web-03 died"_s,
                         u"nginx on web-03 died"_s, u"# Yesterday, Wednesday, 15 November 2023"_s,
                         u"nginx on web-03 died"_s}));
        QCOMPARE(log.matchCount(), 16);
    }

    void whatIsNewWaitsUntilSomebodyWantsIt()
    {
        FixedSource source(demoFleet(evening), evening);
        EventLog log(source);
        Tester tester(&log, strict);
        log.setFilter(EventFilter(u"died"_s, evening));
        log.setFollowing(false);
        const int rows = log.rowCount();
        QSignalSpy changed(&log, &EventLog::changed);
        Q_EMIT source.eventsAdded({death(evening)});
        Event config{u"%1-0"_s.arg(evening + 1), u"config"_s, web, {{u"version"_s, 3}}};
        Q_EMIT source.eventsAdded({config});
        QVERIFY(changed.size() > 0);
        QCOMPARE(log.rowCount(), rows);
        QCOMPARE(log.waitingCount(), 1); // the other one does not match
        log.showWaiting();
        QCOMPARE(log.rowCount(), rows + 1);
        QCOMPARE(log.waitingCount(), 0);
        QCOMPARE(log.record(1)->id, u"%1-0"_s.arg(evening));
    }

    void anEventToldTwiceIsOneRow()
    {
        FixedSource source(demoFleet(evening), evening);
        EventLog log(source);
        const int rows = log.rowCount();
        Q_EMIT source.eventsAdded({death(evening)});
        Q_EMIT source.eventsAdded({death(evening)});
        QCOMPARE(log.rowCount(), rows + 1);
    }

    void aStreamThatBeginsAnewTakesThePlaceOfTheOldOne()
    {
        FixedSource source(demoFleet(evening), evening);
        EventLog log(source);
        Tester tester(&log, strict);
        source.edit().events = {death(1000)};
        Q_EMIT source.eventsAdded({death(1000)});
        QCOMPARE(log.heldCount(), 1);
        QCOMPARE(log.rowCount(), 2);
    }

    void neverMoreThanTheMostAreHeld()
    {
        FixedSource source({}, evening);
        EventLog log(source);
        Tester tester(&log, Tester::FailureReportingMode::Fatal);
        QList<Event> many;
        for (int i = 0; i < 200; ++i)
            many << death(0);
        qint64 when = evening - 90'000'000;
        for (int round = 0; round < 106; ++round) {
            if (round == 103)
                log.setFollowing(false);
            for (Event &event : many)
                event = death(when += 4000);
            Q_EMIT source.eventsAdded(many);
        }
        QVERIFY(log.heldCount() <= EventLog::mostEvents + 500);
        QVERIFY(log.heldCount() >= EventLog::mostEvents);
        QCOMPARE(log.waitingCount(), 600);
        QCOMPARE(log.matchCount() + log.waitingCount(), log.heldCount());
        log.showWaiting();
        QCOMPARE(log.matchCount(), log.heldCount());
    }

    void olderOnesAreReadFromTheStream()
    {
        RedisServer redis;
        fill(redis, 1, 1300);
        WatcherSource source([] { return evening; });
        EventLog log(source);
        source.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(log.heldCount(), 200, 20'000);
        QVERIFY(log.canFetchMore({}));
        log.fetchMore({});
        QTRY_COMPARE_WITH_TIMEOUT(log.heldCount(), 700, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!log.isReading(), 20'000);
        log.fetchMore({});
        QTRY_COMPARE_WITH_TIMEOUT(log.heldCount(), 1200, 20'000);
        log.fetchMore({});
        QTRY_VERIFY_WITH_TIMEOUT(log.isComplete(), 20'000);
        QCOMPARE(log.heldCount(), 1300);
        QVERIFY(!log.canFetchMore({}));
        QCOMPARE(log.record(log.rowCount() - 1)->time, evening - 3'600'000 + 1);

        fill(redis, 1301, 1310);
        redis.call({"PUBLISH", "update:info", R"({"type":"event","ip":"10.0.0.7"})"});
        QTRY_COMPARE_WITH_TIMEOUT(log.heldCount(), 1310, 20'000);
        QCOMPARE(log.record(1)->time, evening - 3'600'000 + 1310);
    }

    void aFilterThatLeavesLittleReadsOnByItself()
    {
        RedisServer redis;
        redis.call(
            {"XADD", "events", "1-0", "type", "config", "ip", "10.0.0.7", "json", "[broken"});
        fill(redis, 1, 1300);
        WatcherSource source([] { return evening; });
        EventLog log(source);
        source.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(log.heldCount(), 200, 20'000);
        log.setFilter(EventFilter(u"type:config"_s, evening));
        QTRY_COMPARE_WITH_TIMEOUT(log.matchCount(), 13, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(log.isComplete(), 20'000);
    }

    void aGapIsFilledAndTheRestKept()
    {
        RedisServer redis;
        fill(redis, 1, 600);
        WatcherSource source([] { return evening; });
        EventLog log(source);
        source.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(log.heldCount(), 200, 20'000);
        log.fetchMore({});
        QTRY_VERIFY_WITH_TIMEOUT(log.isComplete(), 20'000);
        redis.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!source.isLive(), 20'000);
        redis.start();
        fill(redis, 601, 650);
        source.retryNow();
        QTRY_COMPARE_WITH_TIMEOUT(log.heldCount(), 650, 30'000);
    }

    void theFilterUnderstandsItsWords_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("isMatch");
        const std::tuple<const char *, const char *, bool> rows[] = {
            {"nothing", "", true},
            {"text of the sentence", "web-03", true},
            {"text of the reason", "4 expected", true},
            {"other text", "lb-01", false},
            {"state", "died", true},
            {"other state", "degraded", false},
            {"type", "type:service", true},
            {"other type", "type:config", false},
            {"begin of the address", "ip:10.207.26.2", true},
            {"middle of the address", "ip:207", false},
            {"role", "role:ngin", true},
            {"name", "name:WEB", true},
            {"state as a field", "state:di", true},
            {"minus", "-died", false},
            {"minus of another", "-type:config", true},
            {"two words", "died nginx", true},
            {"two words, one wrong", "died mysql", false},
            {"since", "since:30min", true},
            {"since later", "since:20min", false},
            {"since a clock", "since:16:58", true},
            {"since a clock later", "since:16:59", false},
            {"since a day", "since:2023-11-15", true},
            {"until", "until:20min", true},
            {"until earlier", "until:23min", false},
            {"not since", "-since:20min", true},
            {"half typed", "since:", true},
            {"a colon in a text", "foo:bar", false},
        };
        for (const auto &[name, filter, isMatch] : rows)
            QTest::newRow(name) << QString::fromLatin1(filter) << isMatch;
    }

    void theFilterUnderstandsItsWords()
    {
        QFETCH(QString, filter);
        QFETCH(bool, isMatch);
        const FleetState state = demoFleet(evening);
        const EventRecord record = eventRecord(state.events.at(1), state);
        QCOMPARE(record.sentence, u"nginx on web-03 died"_s);
        QCOMPARE(EventFilter(filter, evening).matches(record), isMatch);
    }

    void aMessageIsTakenApartSafely()
    {
        const QByteArray json = compactJson({{u"type"_s, u"service"_s},
                                             {u"timestamp"_s, evening},
                                             {u"args"_s, QJsonObject{{u"found"_s, 0}}},
                                             {u"list"_s, QJsonArray{1, 2}},
                                             {u"<b>\u202eevil"_s, QString(20'000, u'x')}});
        const QList<EventMember> members = eventMembers(json);
        QCOMPARE(members.size(), 5);
        QVERIFY(members.contains({u"args"_s, uR"({"found":0})"_s}));
        QVERIFY(members.contains({u"list"_s, u"[1,2]"_s}));
        for (const EventMember &member : members) {
            QVERIFY(member.value.size() <= 301);
            QVERIFY(!member.name.contains(QChar(0x202e)));
        }
    }

    void eventsAreExportedAsCsv()
    {
        FleetState state = demoFleet(evening);
        state.events[1].json.insert(u"reason"_s, u"=cmd(), \"quoted\""_s);
        state.events[1].json.remove(u"code"_s);
        FixedSource source(state, evening);
        EventLog log(source);
        log.setFilter(EventFilter(u"died type:service role:nginx"_s, evening));
        QTemporaryDir folder;
        QVERIFY(exportEvents(log, folder.filePath(u"events.csv"_s)));
        QFile file(folder.filePath(u"events.csv"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArrayList lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 3); // the head, one event, and nothing after the last line's end
        QCOMPARE(lines.at(1),
                 "2023-11-15T16:58:41.000Z,service,nginx on web-03 died,\"'=cmd(), "
                 "\"\"quoted\"\"\",10.207.26.233,web-03,,1700067521000-0\r");
        const auto failed = exportEvents(log, folder.filePath(u"none/events.csv"_s));
        QVERIFY(!failed);
        QVERIFY(failed.error().text.contains(u"none/events.csv"_s));
    }
};

QTEST_MAIN(TestEventLog)
#include "tst_eventlog.moc"
