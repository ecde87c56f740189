// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/cli/program.h"
#include "tests/support/redisserver.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Configurations and trees: read, checked, saved over the version they came from.
class TestCliSaving : public QObject
{
    Q_OBJECT
    RedisServer m_redis;
    QTemporaryDir m_folder;

    ProgramRun run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runProgram(m_redis.urlText(), arguments, input);
    }

    QString write(const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(u"file.json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    void enrol() const
    {
        const ProgramRun done = run(
            {u"enrol"_s, u"10.0.0.7"_s, u"--from"_s, u"-"_s},
            R"({"services":{"ssh":{"22":{"alive":{"probe":"auto"}}}},"machine_id":"m1","note":"kept"})");
        QVERIFY2(done.code == 0, done.errors);
    }

private Q_SLOTS:

    void init() { m_redis.call({"FLUSHALL"}); }

    void getsWhatItSets()
    {
        enrol();
        const QByteArray got = run({u"config"_s, u"get"_s, u"10.0.0.7"_s}).output;
        QVERIFY2(got.contains("\"note\": \"kept\"") && got.contains("\"version\": 1"), got);
        const ProgramRun set = run({u"config"_s, u"set"_s, u"10.0.0.7"_s, write(got)});
        QVERIFY2(set.code == 0, set.errors);
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "version"}), "2");
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "note"}), "kept");
        QCOMPARE(m_redis.text({"LLEN", "server:config:10.0.0.7:history"}), "2");
        QByteArray again = run({u"config"_s, u"get"_s, u"10.0.0.7"_s}).output;
        QCOMPARE(again.replace("\"version\": 2", "\"version\": 1"), got);
    }

    void replacesTheWholeButTheMachine()
    {
        enrol();
        const QString file = write(R"({"services":{},"ping":["10.0.0.1"],"signature":"old"})");
        QCOMPARE(
            run({u"config"_s, u"set"_s, u"10.0.0.7"_s, file, u"--json"_s}).object()[u"version"_s],
            2);
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "machine_id"}), "m1");
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "services"}), "{}");
        QCOMPARE(m_redis.text({"HEXISTS", "server:config:10.0.0.7", "note"}), "0");
        QCOMPARE(m_redis.text({"HEXISTS", "server:config:10.0.0.7", "signature"}), "0");
        const ProgramRun other = run(
            {u"config"_s, u"set"_s, u"10.0.0.7"_s, write(R"({"services":{},"machine_id":"m2"})")});
        QCOMPARE(other.code, 65);
        QVERIFY2(other.sentence().contains("another machine"), other.errors);
    }

    void refusesWhatWasSavedInBetween()
    {
        enrol();
        const QString file = write(R"({"services":{}})");
        QCOMPARE(run({u"config"_s, u"set"_s, u"10.0.0.7"_s, file, u"--base"_s, u"1"_s}).code, 0);
        const ProgramRun late
            = run({u"config"_s, u"set"_s, u"10.0.0.7"_s, file, u"--base"_s, u"1"_s});
        QCOMPARE(late.code, 77);
        QVERIFY2(late.sentence().contains("version 2 was saved by ")
                     && late.sentence().contains("after the 1"),
                 late.errors);
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "version"}), "2");
        QCOMPARE(run({u"config"_s, u"set"_s, u"10.0.0.7"_s, file}).code, 0);
    }

    void keepsTwentyVersionsOfHistory()
    {
        enrol();
        const QString file = write(R"({"services":{}})");
        for (int i = 0; i < 22; ++i)
            QCOMPARE(run({u"config"_s, u"set"_s, u"10.0.0.7"_s, file}).code, 0);
        QCOMPARE(m_redis.text({"LLEN", "server:config:10.0.0.7:history"}), "20");
        QVERIFY(m_redis.text({"LINDEX", "server:config:10.0.0.7:history", "-1"})
                    .startsWith("{\"version\":23,"));
    }

    void savesNothingWrong()
    {
        enrol();
        const QString file
            = write(R"({"services":{"a b":{},"web":{"x":{"alive":{"cmd":7}}}},"servces":1})");
        const ProgramRun set = run({u"config"_s, u"set"_s, u"10.0.0.7"_s, file});
        QCOMPARE(set.code, 65);
        QVERIFY2(set.errors.contains("services.a b: ")
                     && set.errors.contains("services.web.x.alive.cmd: ")
                     && set.errors.contains("did you mean 'services'?")
                     && set.errors.contains("nothing is saved"),
                 set.errors);
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "version"}), "1");
        const ProgramRun check = run({u"config"_s, u"check"_s, u"10.0.0.7"_s, file, u"--json"_s});
        QCOMPARE(check.code, 65);
        QCOMPARE(check.array().size(), 3);
        QCOMPARE(check.array()[0][u"severity"_s], u"error"_s);
        QCOMPARE(run({u"config"_s, u"check"_s, u"10.0.0.7"_s}).code, 0);
    }

    void asksForTheRightWords_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::newRow("config of a stranger")
            << QStringList{u"config"_s, u"get"_s, u"10.0.0.8"_s} << 68;
        QTest::newRow("config of nobody") << QStringList{u"config"_s, u"get"_s, u"x"_s} << 64;
        QTest::newRow("config without a file")
            << QStringList{u"config"_s, u"set"_s, u"10.0.0.7"_s} << 64;
        QTest::newRow("config unknown") << QStringList{u"config"_s, u"drop"_s, u"10.0.0.7"_s} << 64;
        QTest::newRow("config missing file")
            << QStringList{u"config"_s, u"set"_s, u"10.0.0.7"_s, u"/no/such"_s} << 74;
        QTest::newRow("paas unknown") << QStringList{u"paas"_s, u"drop"_s, u"dev"_s} << 64;
        QTest::newRow("paas without an id") << QStringList{u"paas"_s, u"show"_s} << 64;
        QTest::newRow("paas with a bad id") << QStringList{u"paas"_s, u"show"_s, u"a b"_s} << 64;
        QTest::newRow("paas show nothing") << QStringList{u"paas"_s, u"show"_s, u"dev"_s} << 65;
        QTest::newRow("paas remove nothing") << QStringList{u"paas"_s, u"remove"_s, u"dev"_s} << 65;
        QTest::newRow("paas set nothing") << QStringList{u"paas"_s, u"set"_s, u"dev"_s} << 64;
        QTest::newRow("paas set missing file")
            << QStringList{u"paas"_s, u"set"_s, u"dev"_s, u"/no/such"_s} << 74;
    }

    void asksForTheRightWords()
    {
        QFETCH(QStringList, arguments);
        const ProgramRun result = run(arguments);
        QTEST(result.code, "code");
        QVERIFY2(result.sentence().startsWith("treewarden: ") && !result.sentence().contains('\n'),
                 result.errors);
    }

    void makesATreeOfTheTemplate()
    {
        QCOMPARE(
            run({u"paas"_s, u"set"_s, u"dev"_s, u"--template"_s, u"--title"_s, u"内网 dev"_s}).code,
            0);
        QCOMPARE(m_redis.call({"SMEMBERS", "paas:list"}).toList(), QList<QByteArray>{"dev"});
        const QJsonArray list = run({u"paas"_s, u"list"_s, u"--json"_s}).array();
        QCOMPARE(list[0][u"title"_s], u"内网 dev"_s);
        QCOMPARE(list[0][u"version"_s], 1);
        QCOMPARE(list[0][u"roles"_s], 15);
        QCOMPARE(run({u"paas"_s, u"set"_s, u"dev"_s, u"--template"_s}).code, 77);
        const QByteArray tree = run({u"tree"_s}).output;
        QVERIFY2(tree.startsWith("dev  内网 dev  ◇ unknown")
                     && tree.contains("├─ Cache\n│  ├─ Couchbase"),
                 tree);
        // What the template prints is a file that can be saved.
        const ProgramRun printed = run({u"paas"_s, u"template"_s, u"shop"_s});
        QCOMPARE(run({u"paas"_s, u"set"_s, u"shop"_s, u"-"_s}, printed.output).code, 0);
    }

    void fillsTheTemplateFromTheFleet()
    {
        m_redis.call({"HSET", "servers:alive", "10.0.0.7", "0"});
        m_redis.call({"HSET", "services:10.0.0.7", "redis:6379", "{\"alive\":1,\"since\":5}",
                      "ssh:22", "{\"alive\":1,\"since\":5}"});
        QCOMPARE(run({u"paas"_s, u"set"_s, u"filled"_s, u"--template"_s, u"--from-fleet"_s}).code,
                 0);
        const QJsonArray roles
            = run({u"paas"_s, u"show"_s, u"filled"_s, u"--json"_s}).object()[u"roles"_s].toArray();
        QCOMPARE(roles.size(), 2);
        for (const auto &role : roles)
            QCOMPARE(role[u"instances"_s].toArray().size(), 1);
    }

    void savesTreesOverTheirVersion()
    {
        const QString file = write(
            R"({"id":"dev","version":12,"roles":[{"role":"nginx","needs":["redis"],"colour":"blue",
            "instances":[{"ip":"10.0.0.7","instance":"80"}]},{"role":"redis","instances":[{"ip":"10.0.0.7","instance":"6379"}]}]})");
        const ProgramRun first = run({u"paas"_s, u"set"_s, u"dev"_s, file, u"--json"_s});
        QVERIFY2(first.code == 0, first.errors);
        QCOMPARE(first.object()[u"version"_s], 13);
        QVERIFY2(first.errors.contains("not enrolled") && first.errors.contains("roles.0.colour"),
                 first.errors);
        QVERIFY(m_redis.text({"GET", "paas:dev"}).contains("\"colour\":\"blue\""));
        const ProgramRun late = run({u"paas"_s, u"set"_s, u"dev"_s, file});
        QCOMPARE(late.code, 77);
        QVERIFY2(late.errors.contains("version 13 was saved by"), late.errors);
        const QByteArray shown = run({u"paas"_s, u"show"_s, u"dev"_s, u"--json"_s}).output;
        QCOMPARE(run({u"paas"_s, u"set"_s, u"dev"_s, u"-"_s}, shown).code, 0);
        QVERIFY(run({u"paas"_s, u"show"_s, u"dev"_s}).output.contains("10.0.0.7 6379"));
        const QJsonObject tree = run({u"tree"_s, u"dev"_s, u"--json"_s}).object();
        QCOMPARE(tree[u"version"_s], 14);
        QCOMPARE(tree[u"roles"_s][0][u"instances"_s][0][u"health"_s], u"unknown"_s);
        QCOMPARE(run({u"paas"_s, u"remove"_s, u"dev"_s}).code, 0);
        QCOMPARE(m_redis.call({"KEYS", "paas:*"}).toList(), QList<QByteArray>{"paas:dev:removed"});
    }

    void namesTheCycleOfATree()
    {
        const QString file = write(
            R"({"roles":[{"role":"web","needs":["mysql"]},{"role":"mysql","needs":["web"]}]})");
        const ProgramRun result = run({u"paas"_s, u"set"_s, u"dev"_s, file});
        QCOMPARE(result.code, 65);
        QVERIFY2(result.errors.contains("mysql → web → mysql"), result.errors);
        QCOMPARE(m_redis.text({"EXISTS", "paas:dev"}), "0");
    }
};

QTEST_GUILESS_MAIN(TestCliSaving)
#include "tst_clisaving.moc"
