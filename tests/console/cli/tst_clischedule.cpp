// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/updatemessage.h"
#include "tests/console/cli/program.h"
#include "tests/support/redisserver.h"

#include <QDateTime>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What a server runs by itself: listed, added, removed, switched off and on.
class TestCliSchedule : public QObject
{
    Q_OBJECT
    RedisServer m_redis;

    ProgramRun run(const QStringList &words, const QStringList &options = {}) const
    {
        return runProgram(m_redis.urlText(), QStringList{u"schedule"_s} + words + options);
    }

    ProgramRun add(const QString &id, const QString &cron, const QString &action,
                   const QStringList &options = {}) const
    {
        return run({u"add"_s, u"10.0.0.7"_s, id, cron, u"nginx"_s, u"80"_s, action}, options);
    }

    QJsonArray listed() const { return run({u"list"_s, u"10.0.0.7"_s}, {u"--json"_s}).array(); }

    QByteArray version() const
    {
        return m_redis.text({"HGET", "server:config:10.0.0.7", "version"});
    }

    QJsonArray stored() const
    {
        return QJsonDocument::fromJson(m_redis.text({"HGET", "server:config:10.0.0.7", "schedule"}))
            .array();
    }

    /// Tells that a command of the server is in that state.
    void tell(const QString &id, CommandState state, const QString &schedule, qint64 timestamp,
              const QString &ip = u"10.0.0.7"_s, const QString &detail = {}) const
    {
        CommandMessage message;
        message.ip = ip;
        message.id = id;
        message.service = {u"nginx"_s, u"80"_s};
        message.action = u"restart"_s;
        message.state = state;
        message.exit = state == CommandState::Failed ? std::optional(1) : std::nullopt;
        message.detail = detail;
        message.timestamp = timestamp;
        message.by = schedule.isEmpty() ? u"chen@desk"_s : u"schedule"_s;
        message.schedule = schedule;
        m_redis.call({"XADD", "commands", "*", "ip", ip.toUtf8(), "id", id.toUtf8(), "state",
                      commandStateWord(state).toUtf8(), "json", toJson(UpdateMessage(message))});
    }

private Q_SLOTS:

    void init()
    {
        m_redis.call({"FLUSHALL"});
        m_redis.call({"HSET", "servers:alive", "10.0.0.7", "1"});
        m_redis.call({"HSET", "server:config:10.0.0.7", "version", "4", "machine_id", "m1", "note",
                      "kept", "services", R"({"nginx":{"80":{"alive":{"probe":"tcp","port":80}}}})",
                      "controlled",
                      R"({"nginx":{"default":{"restart":{"unit":"nginx.service"},)"
                      R"("reload":{"unit":"nginx.service"}}}})"});
    }

    void addsAndListsEntries()
    {
        const ProgramRun added = add(u"nightly"_s, u"30 3 * * mon-fri"_s, u"restart"_s,
                                     {u"--timezone"_s, u"Asia/Shanghai"_s, u"--not-while"_s,
                                      u"maintenance"_s, u"--missed"_s, u"run"_s});
        QVERIFY2(added.code == 0, added.errors);
        QCOMPARE(added.output, "'nightly' is scheduled. 10.0.0.7 has version 5 now.\n");
        QCOMPARE(add(u"hourly"_s, u"@hourly"_s, u"reload"_s, {u"--not-while"_s, u"nightly"_s}).code,
                 0);
        QCOMPARE(version(), "6");
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "note"}), "kept");
        QCOMPARE(m_redis.text({"LLEN", "server:config:10.0.0.7:history"}), "2");

        const QJsonArray list = listed();
        QCOMPARE(list.size(), 2);
        const QJsonObject first = list[0].toObject();
        QCOMPARE(first[u"id"_s], u"nightly"_s);
        QCOMPARE(first[u"timezone"_s], u"Asia/Shanghai"_s);
        QCOMPARE(first[u"missed"_s], u"run"_s);
        QCOMPARE(first[u"not_while"_s], QJsonArray{u"maintenance"_s});
        QVERIFY(first[u"last"_s].isNull());
        const QTime next
            = QDateTime::fromMSecsSinceEpoch(first[u"next"_s].toInteger(), Qt::UTC).time();
        QCOMPARE(next, QTime(19, 30));
        QCOMPARE(list[1][u"not_while"_s], QJsonArray{u"nightly"_s});
        const QByteArray table = run({u"list"_s, u"10.0.0.7"_s}).output;
        QVERIFY2(table.startsWith("ID") && table.contains("30 3 * * mon-fri Asia/Shanghai")
                     && table.contains("nginx:80") && table.contains(" in "),
                 table);
    }

    void switchesEntriesOffAndOn()
    {
        QCOMPARE(add(u"a"_s, u"@daily"_s, u"restart"_s).code, 0);
        const ProgramRun off = run({u"disable"_s, u"10.0.0.7"_s, u"a"_s});
        QCOMPARE(off.output, "'a' is disabled. 10.0.0.7 has version 6 now.\n");
        QCOMPARE(listed()[0][u"enabled"_s], false);
        QVERIFY(listed()[0][u"next"_s].isNull());
        const ProgramRun on = run({u"enable"_s, u"10.0.0.7"_s, u"a"_s}, {u"--json"_s});
        QCOMPARE(on.object()[u"version"_s], 7);
        QVERIFY(listed()[0][u"next"_s].isDouble());
    }

    void removesEntries()
    {
        QCOMPARE(add(u"a"_s, u"@daily"_s, u"restart"_s).code, 0);
        QCOMPARE(add(u"b"_s, u"@daily"_s, u"reload"_s).code, 0);
        QCOMPARE(run({u"remove"_s, u"10.0.0.7"_s, u"a"_s}).output,
                 "'a' is scheduled no more. 10.0.0.7 has version 7 now.\n");
        QCOMPARE(stored().size(), 1);
        QCOMPARE(stored()[0][u"id"_s], u"b"_s);
        QCOMPARE(run({u"remove"_s, u"10.0.0.7"_s, u"b"_s}).code, 0);
        QVERIFY(run({u"list"_s, u"10.0.0.7"_s}).output.startsWith("Nothing is scheduled"));
    }

    void tellsTheLastOutcomeOfEach()
    {
        QCOMPARE(add(u"a"_s, u"@daily"_s, u"restart"_s).code, 0);
        QCOMPARE(add(u"b"_s, u"@daily"_s, u"restart"_s).code, 0);
        QCOMPARE(add(u"c"_s, u"@daily"_s, u"restart"_s).code, 0);
        const auto id = [](int n) { return u"5c0c8a1e-6d1f-4b61-8a2e-9a0d3c8a7b%1"_s.arg(n); };
        tell(id(10), CommandState::Done, u"a"_s, 1'700'000'000'000);
        tell(id(11), CommandState::Failed, u"a"_s, 1'700'000'100'000, u"10.0.0.7"_s,
             u"it exited with 1"_s);
        tell(id(11), CommandState::Unverified, u"a"_s, 1'700'000'160'000);
        tell(id(12), CommandState::Done, u"b"_s, 1'700'000'200'000);
        // Other servers, other askers, and what is no message.
        tell(id(13), CommandState::Refused, u"b"_s, 1'700'000'300'000, u"10.0.0.8"_s);
        for (int i = 0; i < 600; ++i)
            tell(id(14), CommandState::Done, {}, 1'700'000'400'000);
        m_redis.call({"XADD", "commands", "*", "ip", "10.0.0.7", "json", "{\"type\":7"});
        m_redis.call({"XADD", "commands", "*", "other", "field"});

        const QJsonArray list = listed();
        QCOMPARE(list[0][u"last"_s][u"state"_s], u"failed"_s);
        QCOMPARE(list[0][u"last"_s][u"exit"_s], 1);
        QCOMPARE(list[0][u"last"_s][u"timestamp"_s].toInteger(), 1'700'000'100'000);
        QCOMPARE(list[1][u"last"_s][u"id"_s], id(12));
        QVERIFY(list[2][u"last"_s].isNull());
        const QByteArray table = run({u"list"_s, u"10.0.0.7"_s}).output;
        QVERIFY2(table.contains("failed ") && table.contains(": it exited with 1"), table);
    }

    void savesNothingWrong_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char *name, const QStringList &words, const QByteArray &part) {
            QTest::newRow(name) << words << part;
        };
        const QString ip = u"10.0.0.7"_s;
        row("a bad cron",
            {u"add"_s, ip, u"b"_s, u"99 * * * *"_s, u"nginx"_s, u"80"_s, u"restart"_s},
            "schedule.1.cron: minute '99'");
        row("an unknown action",
            {u"add"_s, ip, u"b"_s, u"@daily"_s, u"nginx"_s, u"80"_s, u"restrat"_s},
            "did you mean 'restart'?");
        row("a bad zone",
            {u"add"_s, ip, u"b"_s, u"@daily"_s, u"nginx"_s, u"80"_s, u"restart"_s, u"--timezone"_s,
             u"Berlin"_s},
            "schedule.1.timezone: 'Berlin' is no time zone");
        row("an unknown condition",
            {u"add"_s, ip, u"b"_s, u"@daily"_s, u"nginx"_s, u"80"_s, u"restart"_s, u"--not-while"_s,
             u"nightli"_s},
            "did you mean 'nightly'?");
        row("an id that is taken",
            {u"add"_s, ip, u"nightly"_s, u"@daily"_s, u"nginx"_s, u"80"_s, u"restart"_s},
            "there is an entry 'nightly' already");
        row("removing nothing", {u"remove"_s, ip, u"nihgtly"_s}, "did you mean 'nightly'?");
        row("enabling nothing", {u"enable"_s, ip, u"x"_s}, "there is no entry 'x'");
    }

    void savesNothingWrong()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, part);
        QCOMPARE(add(u"nightly"_s, u"@daily"_s, u"restart"_s).code, 0);
        const ProgramRun refused = run(words);
        QCOMPARE(refused.code, 65);
        QVERIFY2(refused.errors.contains(part), refused.errors);
        QCOMPARE(version(), "5");
        QCOMPARE(stored().size(), 1);
    }

    void warnsOfWhatIsNeverDue()
    {
        const ProgramRun added = add(u"a"_s, u"0 0 30 2 *"_s, u"restart"_s);
        QCOMPARE(added.code, 0);
        QVERIFY2(added.errors.contains("is never due"), added.errors);
    }

    void keepsWhatItDoesNotKnow()
    {
        m_redis.call({"HSET", "server:config:10.0.0.7", "schedule",
                      R"([{"id":"old","cron":"@daily","role":"nginx","instance":"80",)"
                      R"("action":"restart","colour":"blue"}])"});
        QCOMPARE(add(u"a"_s, u"@daily"_s, u"restart"_s).code, 0);
        QCOMPARE(stored()[0][u"colour"_s], u"blue"_s);
    }

    void refusesAScheduleThatIsNoList()
    {
        m_redis.call({"HSET", "server:config:10.0.0.7", "schedule", "{}"});
        QCOMPARE(add(u"a"_s, u"@daily"_s, u"restart"_s).code, 65);
        QCOMPARE(run({u"list"_s, u"10.0.0.7"_s}).code, 65);
        QCOMPARE(version(), "4");
    }

    void neverDropsASignatureSilently()
    {
        m_redis.call({"HSET", "server:config:10.0.0.7", "signer", "k", "signature", "s"});
        const ProgramRun refused = add(u"a"_s, u"@daily"_s, u"restart"_s);
        QCOMPARE(refused.code, 77);
        QVERIFY2(refused.errors.contains("--unsigned"), refused.errors);
        QCOMPARE(m_redis.text({"HEXISTS", "server:config:10.0.0.7", "signature"}), "1");
    }

    void isCheckedWithTheConfiguration()
    {
        m_redis.call(
            {"HSET", "server:config:10.0.0.7", "schedule",
             R"([{"id":"a","cron":"@daily","role":"nginx","instance":"80","action":"x"},)"
             R"({"id":"b","cron":"* * *","role":"nginx","instance":"80","action":"reload"}])"});
        const ProgramRun check
            = runProgram(m_redis.urlText(), {u"config"_s, u"check"_s, u"10.0.0.7"_s});
        QCOMPARE(check.code, 65);
        QVERIFY2(check.output.contains("schedule.0.action: ")
                     && check.output.contains("schedule.1.cron: "),
                 check.output);
    }

    void asksForTheRightWords_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::newRow("nothing to do") << QStringList{} << 64;
        QTest::newRow("an unknown word") << QStringList{u"drop"_s, u"10.0.0.7"_s} << 64;
        QTest::newRow("no server") << QStringList{u"list"_s} << 64;
        QTest::newRow("no address") << QStringList{u"list"_s, u"db-01"_s} << 64;
        QTest::newRow("a stranger") << QStringList{u"list"_s, u"10.0.0.8"_s} << 68;
        QTest::newRow("removing from a stranger")
            << QStringList{u"remove"_s, u"10.0.0.8"_s, u"a"_s} << 68;
        QTest::newRow("cron without quotes")
            << QStringList{u"add"_s, u"10.0.0.7"_s, u"a"_s,     u"30"_s, u"3"_s,      u"*"_s,
                           u"*"_s,   u"*"_s,        u"nginx"_s, u"80"_s, u"restart"_s}
            << 64;
        QTest::newRow("an option in the wrong place")
            << QStringList{u"list"_s, u"10.0.0.7"_s, u"--missed"_s, u"run"_s} << 64;
    }

    void asksForTheRightWords()
    {
        QFETCH(QStringList, words);
        const ProgramRun result = run(words);
        QTEST(result.code, "code");
        QVERIFY2(result.sentence().startsWith("treewarden: ") && !result.sentence().contains('\n'),
                 result.errors);
    }
};

QTEST_GUILESS_MAIN(TestCliSchedule)
#include "tst_clischedule.moc"
