// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/cli/program.h"
#include "tests/support/redisserver.h"

#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The program as people and scripts use it: usage, exit codes, enrolling, showing.
class TestCommandLine : public QObject
{
    Q_OBJECT
    RedisServer m_redis;
    QTemporaryDir m_folder;

    ProgramRun run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runProgram(m_redis.urlText(), arguments, input);
    }

    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    void ask(const QByteArray &ip, const QByteArray &services) const
    {
        m_redis.call(
            {"HSET", "servers:pending", ip,
             R"({"hostname":"db-01","machine_id":"m1","os":"Debian 12","timestamp":1700000000000,"services":)"
                 + services + "}"});
    }

private Q_SLOTS:

    void init() { m_redis.call({"FLUSHALL"}); }

    void tellsWhatIsWrongWithTheWords_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("part");
        const auto row
            = [](const char *name, const QStringList &arguments, int code, const char *part) {
                  QTest::newRow(name) << arguments << code << QByteArray(part);
              };
        row("no verb", {}, 64, "say what to do: servers, server");
        row("an unknown verb", {u"sevrers"_s}, 64, "did you mean 'servers'?");
        row("a verb of later", {u"analyse"_s, u"x"_s}, 64, "there is no verb 'analyse'");
        row("an unknown option", {u"servers"_s, u"--jsn"_s}, 64, "Unknown option 'jsn'");
        row("an option of another verb", {u"servers"_s, u"--follow"_s}, 64,
            "Unknown option 'follow'");
        row("too few words", {u"server"_s}, 64, "treewarden server IP");
        row("too many words", {u"servers"_s, u"x"_s}, 64, "treewarden servers");
        row("no address", {u"server"_s, u"10.0.0.300"_s}, 64, "'10.0.0.300' is no IP address");
        row("hostile address", {u"enrol"_s, u"\x1b[31m\n"_s}, 64, "is no IP address");
        row("a password in the URL", {u"servers"_s, u"--redis"_s, u"redis://:secret@127.0.0.1"_s},
            64, "can be read by everybody");
        row("a URL that is none", {u"servers"_s, u"--redis"_s, u"http://x"_s}, 64,
            "must start with redis://");
        row("settings that are missing", {u"--config"_s, u"/no/such/file"_s, u"servers"_s}, 78,
            "/no/such/file");
        row("a server that is none of ours", {u"server"_s, u"10.0.0.7"_s}, 68, "not enrolled");
        row("remove a stranger", {u"remove"_s, u"10.0.0.7"_s}, 68, "not enrolled");
        row("enrol who did not ask", {u"enrol"_s, u"10.0.0.7"_s}, 65, "has not asked");
        row("no file", {u"enrol"_s, u"10.0.0.7"_s, u"--from"_s, u"/no/such"_s}, 74,
            "cannot read /no/such");
        row("a folder", {u"enrol"_s, u"10.0.0.7"_s, u"--from"_s, u"/tmp"_s}, 74, "it is a folder");
        row("a tree that is not there", {u"tree"_s, u"dev"_s}, 65, "there is no tree 'dev'");
        row("a wrong count", {u"events"_s, u"--last"_s, u"many"_s}, 64, "--last takes a number");
    }

    void tellsWhatIsWrongWithTheWords()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, part);
        const ProgramRun result = run(arguments);
        QTEST(result.code, "code");
        QVERIFY2(result.sentence().contains(part), result.errors);
        QVERIFY2(result.sentence().startsWith("treewarden: "), result.errors);
        QVERIFY2(!result.sentence().contains('\n') && !result.errors.contains('\x1b'),
                 result.errors);
        QCOMPARE(result.output, QByteArray());
        QVERIFY(!result.errors.contains("secret"));
    }

    void helpsWithEveryVerb()
    {
        const ProgramRun overview = run({u"--help"_s});
        QCOMPARE(overview.code, 0);
        for (const QString &verb :
             {u"servers"_s, u"server"_s, u"tree"_s, u"events"_s, u"pending"_s, u"enrol"_s,
              u"remove"_s, u"config"_s, u"paas"_s, u"check-redis"_s}) {
            QVERIFY2(overview.output.contains("\n  " + verb.toUtf8()), overview.output);
            const ProgramRun help = run({verb, u"--help"_s});
            QCOMPARE(help.code, 0);
            QVERIFY2(help.output.contains("Example") && help.output.contains("--json"),
                     help.output);
        }
        QVERIFY(run({u"--version"_s}).output.startsWith("treewarden "));
    }

    void saysThatRedisIsAway()
    {
        for (const QString &url : {u"unix:///no/such.sock"_s, u"redis://127.0.0.1:1"_s}) {
            for (const QStringList &arguments : {QStringList{u"servers"_s},
                                                 {u"pending"_s},
                                                 {u"tree"_s},
                                                 {u"events"_s, u"--follow"_s},
                                                 {u"check-redis"_s},
                                                 {u"config"_s, u"get"_s, u"10.0.0.7"_s}}) {
                const ProgramRun result = runProgram(url, arguments);
                QCOMPARE(result.code, 69);
                QVERIFY2(result.sentence().contains(url.toUtf8())
                             && !result.sentence().contains('\n'),
                         result.errors);
            }
        }
    }

    void saysThatItMayNot()
    {
        RedisServer::Options options;
        options.acl = {"user default on nopass ~* &* +@all",
                       "user view on >pw resetchannels &update:info %R~* -@all +@read +@connection",
                       "user clerk on >pw ~* &* +@all -rpush"};
        const RedisServer redis(options);
        const QString url = u"unix://view:pw@"_s + redis.socketPath();
        redis.call({"HSET", "servers:pending", "10.0.0.7", R"({"services":{}})"});
        const ProgramRun result = runProgram(url, {u"enrol"_s, u"10.0.0.7"_s});
        QCOMPARE(result.code, 77);
        QVERIFY2(result.sentence().startsWith("treewarden: ") && !result.sentence().contains('\n'),
                 result.errors);
        QCOMPARE(redis.call({"EXISTS", "server:config:10.0.0.7"}).integer, 0);
        // Within a script too.
        const QString clerk = u"unix://clerk:pw@"_s + redis.socketPath();
        QCOMPARE(runProgram(clerk, {u"paas"_s, u"set"_s, u"dev"_s, u"--template"_s}).code, 77);
    }

    void listsWhoAsks()
    {
        QVERIFY(run({u"pending"_s}).output.startsWith("No server asks"));
        ask("10.0.0.9", R"({"ssh":{"_":{"protected":true},"22":{"alive":{"probe":"auto"}}}})");
        ask("10.0.0.10", "{}");
        m_redis.call({"HSET", "servers:pending", "10.0.0.11", "broken"});
        m_redis.call({"HSET", "servers:pending", "nonsense", "{}"});
        const ProgramRun text = run({u"pending"_s});
        const auto lines = text.output.split('\n');
        QVERIFY2(lines.value(0).startsWith("IP "), text.output);
        QVERIFY2(lines.value(1).startsWith("10.0.0.9 ") && lines.value(1).endsWith("ssh:22"),
                 text.output);
        QVERIFY2(lines.value(2).startsWith("10.0.0.10 ") && lines.value(2).endsWith("–"),
                 text.output);
        QCOMPARE(text.errors.count('\n'), 2);
        QVERIFY2(lines.value(0).contains("REMOVED") && !text.output.contains("3 h 20 min"),
                 text.output);
        const qint64 removed = QDateTime::currentMSecsSinceEpoch() - 12'000'000;
        m_redis.call({"HSET", "servers:pending", "10.0.0.12",
                      "{\"services\":{},\"removed\":" + QByteArray::number(removed) + "}"});
        QVERIFY(run({u"pending"_s}).output.contains("3 h 20 min"));
        m_redis.call({"HDEL", "servers:pending", "10.0.0.12"});
        const QJsonArray json = run({u"pending"_s, u"--json"_s}).array();
        QCOMPARE(json.size(), 2);
        QCOMPARE(json[0][u"ip"_s], u"10.0.0.9"_s);
        QCOMPARE(json[0][u"machine_id"_s], u"m1"_s);
    }

    void enrolsWhoAskedInOneStep()
    {
        ask("10.0.0.7", R"({"mysql":{"3306":{"alive":{"probe":"process","name":"mariadbd"}}}})");
        m_redis.call({"HSET", "servers:removed", "10.0.0.7", "{}"});
        const ProgramRun result = run({u"enrol"_s, u"10.0.0.7"_s, u"--json"_s});
        QVERIFY2(result.code == 0, result.errors);
        QCOMPARE(result.object()[u"services"_s].toArray(), QJsonArray{u"mysql:3306"_s});
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "version"}), "1");
        QCOMPARE(m_redis.text({"HGET", "server:config:10.0.0.7", "machine_id"}), "m1");
        QVERIFY(m_redis.text({"HGET", "server:config:10.0.0.7", "services"}).contains("mariadbd"));
        QCOMPARE(m_redis.text({"HGET", "servers:alive", "10.0.0.7"}), "0");
        QCOMPARE(m_redis.text({"HLEN", "servers:pending"}), "0");
        QCOMPARE(m_redis.text({"HLEN", "servers:removed"}), "0");
        QCOMPARE(m_redis.text({"LLEN", "server:config:10.0.0.7:history"}), "1");
        const ProgramRun again = run({u"enrol"_s, u"10.0.0.7"_s});
        QCOMPARE(again.code, 77);
        QVERIFY2(again.sentence().contains("enrolled already"), again.errors);
    }

    void keepsTheIndexOfAServerThatIsAliveAlready()
    {
        ask("10.0.0.7", "{}");
        m_redis.call({"HSET", "servers:alive", "10.0.0.7", "1"});
        QCOMPARE(run({u"enrol"_s, u"10.0.0.7"_s}).code, 0);
        QCOMPARE(m_redis.text({"HGET", "servers:alive", "10.0.0.7"}), "1");
    }

    void enrolsFromAFile()
    {
        const QString example = QStringLiteral(FIXTURES "/config/original-example.json");
        QCOMPARE(run({u"enrol"_s, u"::ffff:10.0.0.7"_s, u"--from"_s, example}).code, 0);
        QVERIFY(
            m_redis.text({"HGET", "server:config:10.0.0.7", "services"}).contains("mysqld_safe"));
        QVERIFY(m_redis.text({"HGET", "server:config:10.0.0.7", "controlled"})
                    .contains("mysql_service"));
        const ProgramRun piped
            = run({u"enrol"_s, u"2001:DB8::7"_s, u"--from"_s, u"-"_s}, R"({"services":{}})");
        QVERIFY2(piped.code == 0, piped.errors);
        QCOMPARE(m_redis.text({"HEXISTS", "servers:alive", "2001:db8::7"}), "1");
    }

    void refusesFilesThatAreNoConfiguration_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("binary") << QByteArray("{\0}", 3) << QByteArray("is binary");
        QTest::newRow("10 MB") << QByteArray(10 << 20, ' ') << QByteArray("more than the 4 MiB");
        QTest::newRow("no JSON") << QByteArray("services = ssh") << QByteArray("not valid JSON");
        QTest::newRow("a bomb") << QByteArray(100'000, '[') << QByteArray("nested deeper");
        QTest::newRow("a list") << QByteArray("[]") << QByteArray("not a JSON object");
        QTest::newRow("wrong") << QByteArray(R"({"services":{"a b":1}})")
                               << QByteArray("services.a b: is no name");
        QTest::newRow("twice") << QByteArray(R"({"services":{},"services":{}})")
                               << QByteArray("services: stands twice");
        QTest::newRow("for another machine")
            << QByteArray(R"({"services":{},"machine_id":"m2"})") << QByteArray("another machine");
    }

    void refusesFilesThatAreNoConfiguration()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, part);
        ask("10.0.0.7", "{}");
        const ProgramRun result
            = run({u"enrol"_s, u"10.0.0.7"_s, u"--from"_s, write(u"config.json"_s, bytes)});
        QCOMPARE(result.code, 65);
        QVERIFY2(result.errors.contains(part), result.errors);
        QCOMPARE(m_redis.text({"EXISTS", "server:config:10.0.0.7"}), "0");
        QCOMPARE(m_redis.text({"HLEN", "servers:pending"}), "1");
    }

    void removesEveryKeyAndLeavesATombstone()
    {
        ask("10.0.0.7", R"({"mysql":{"3306":{"alive":{"probe":"process","name":"mariadbd"}}}})");
        ask("10.0.0.70", "{}");
        QCOMPARE(run({u"enrol"_s, u"10.0.0.7"_s}).code, 0);
        QCOMPARE(run({u"enrol"_s, u"10.0.0.70"_s}).code, 0);
        m_redis.call({"SET", "server:alive:10.0.0.7", "1"});
        m_redis.call({"HSET", "server:info:10.0.0.7", "hostname", "db-01"});
        m_redis.call({"HSET", "servers:since", "10.0.0.7", "1"});
        m_redis.call({"RPUSH", "server:workload:10.0.0.7", "{}"});
        m_redis.call({"RPUSH", "server:workload:10.0.0.7:1m", "x"});
        m_redis.call({"HSET", "services:10.0.0.7", "redis:6379", "{}"});
        m_redis.call({"SET", "service:10.0.0.7:redis:6379:alive", "1"});
        m_redis.call({"SET", "service:10.0.0.7:mysql:3306:workload", "{}"});
        m_redis.call({"HSET", "maintenance", "10.0.0.7/redis/6379", "{}", "10.0.0.70", "{}"});
        const ProgramRun result = run({u"remove"_s, u"10.0.0.7"_s});
        QVERIFY2(result.code == 0, result.errors);
        for (const QByteArray &key : m_redis.call({"KEYS", "*"}).toList())
            QVERIFY2(!key.contains("10.0.0.7") || key.contains("10.0.0.70"), key);
        for (const char *hash : {"servers:alive", "servers:since", "servers:pending"})
            QCOMPARE(m_redis.text({"HEXISTS", hash, "10.0.0.7"}), "0");
        QCOMPARE(m_redis.call({"HKEYS", "maintenance"}).toList(), QList<QByteArray>{"10.0.0.70"});
        QVERIFY(m_redis.text({"HGET", "servers:removed", "10.0.0.7"}).contains("\"m1\""));
        QCOMPARE(m_redis.text({"EXISTS", "server:config:10.0.0.70"}), "1");
    }

    void showsServersWorstFirst()
    {
        for (const QByteArray &ip : {QByteArray("10.0.0.7"), QByteArray("10.0.0.8")}) {
            ask(ip, R"({"redis":{"6379":{"alive":{"probe":"auto"}}}})");
            QCOMPARE(run({u"enrol"_s, QString::fromLatin1(ip)}).code, 0);
            m_redis.call({"HSET", "server:info:" + ip, "hostname", "数据库-" + ip.right(1),
                          "session", "s", "lease", "15000"});
            m_redis.call(
                {"HSET", "services:" + ip, "redis:6379",
                 R"({"alive":1,"since":1700000000000,"timestamp":1700000000000,"session":"s"})"});
        }
        m_redis.call({"HSET", "servers:alive", "10.0.0.7", "1"});
        m_redis.call({"SET", "server:alive:10.0.0.7", "1", "PX", "600000"});
        m_redis.call(
            {"RPUSH", "server:workload:10.0.0.7",
             R"({"timestamp":1700000000000,"info":{"cpu":{"busy":12.5},"memory":{"total":1000,"used":250}}})"});
        const QJsonArray servers = run({u"servers"_s, u"--json"_s}).array();
        QCOMPARE(servers.size(), 2);
        QCOMPARE(servers[0][u"ip"_s], u"10.0.0.8"_s);
        QCOMPARE(servers[0][u"alive"_s], 0);
        QVERIFY(servers[0][u"services"_s][0][u"alive"_s].isNull());
        QCOMPARE(servers[1][u"ip"_s], u"10.0.0.7"_s);
        QCOMPARE(servers[1][u"alive"_s], 1);
        QCOMPARE(servers[1][u"hostname"_s], u"数据库-7"_s);
        QCOMPARE(servers[1][u"workload"_s][u"cpu"_s][u"busy"_s], 12.5);
        QCOMPARE(servers[1][u"services"_s][0][u"alive"_s], 1);
        const auto lines = run({u"servers"_s}).output.split('\n');
        QVERIFY(lines.value(1).startsWith("10.0.0.8  数据库-8  ■ died"));
        QVERIFY(lines.value(2).startsWith("10.0.0.7  数据库-7  ● alive"));
        QVERIFY(lines.value(2).contains("12.5") && lines.value(2).contains("25.0")
                && lines.value(2).contains("1/1"));
        QVERIFY(!lines.value(2).contains('\x1b'));
        const ProgramRun one = run({u"server"_s, u"10.0.0.7"_s});
        QVERIFY2(one.output.startsWith("数据库-7 (10.0.0.7)  ● alive"), one.output);
        QVERIFY2(one.output.contains("redis:6379  ● alive"), one.output);
        QCOMPARE(run({u"server"_s, u"10.0.0.7"_s, u"--json"_s}).object()[u"ip"_s], u"10.0.0.7"_s);
    }

    void showsWhatAServerTellsOfItself()
    {
        ask("10.0.0.7", R"({"redis":{"6379":{"alive":{"probe":"auto"}}}})");
        QCOMPARE(run({u"enrol"_s, u"10.0.0.7"_s}).code, 0);
        m_redis.call({"HSET", "server:info:10.0.0.7", "session", "s", "lease", "15000", "hardware",
                      "Dell Inc. PowerEdge R640", "updates", "12", "updates_security", "5",
                      "reboot_required", "1"});
        m_redis.call({"HSET", "services:10.0.0.7", "redis:6379",
                      R"({"alive":1,"since":1700000000000,"timestamp":1700000000000})"});
        m_redis.call(
            {"SET", "service:10.0.0.7:redis:6379:workload",
             R"({"timestamp":1700000000000,"info":{"clients":4,"memory":{"used":1.5},"mode":"\u001bx","list":[1]}})"});
        m_redis.call({"HSET", "servers:alive", "10.0.0.7", "1"});
        m_redis.call({"SET", "server:alive:10.0.0.7", "1", "PX", "600000"});
        m_redis.call(
            {"RPUSH", "server:workload:10.0.0.7",
             R"({"timestamp":1700000000000,"info":{"agent":{"cpu":0.08,"rss":14680064,"round":1.42,"skipped":0,"probes":{"a":1}}}})"});
        const ProgramRun one = run({u"server"_s, u"10.0.0.7"_s});
        for (const char *part : {"Dell Inc. PowerEdge R640",
                                 "12 packages wait, 5 of them for security; a restart is due",
                                 "0.08 % of a core, 14 MiB, 1.4 ms a round, 0 rounds skipped",
                                 "redis:6379  clients 4, memory.used 1.50, mode \\u{1b}x"})
            QVERIFY2(one.output.contains(part), one.output + " lacks " + part);
        const QJsonObject json = run({u"server"_s, u"10.0.0.7"_s, u"--json"_s}).object();
        QCOMPARE(json[u"services"_s][0][u"workload"_s][u"clients"_s], 4);
        QCOMPARE(json[u"workload"_s][u"agent"_s][u"rss"_s], 14680064);
        // Whoever knows what is not mended knows where to attack.
        QVERIFY(!json[u"info"_s].toObject().contains(u"updates"_s));
        QVERIFY(!json[u"info"_s].toObject().contains(u"updates_security"_s));
        // A workload that is no such thing harms nothing.
        m_redis.call({"SET", "service:10.0.0.7:redis:6379:workload", QByteArray(1 << 20, '{')});
        QCOMPARE(run({u"server"_s, u"10.0.0.7"_s}).code, 0);
    }

    void checksRedis()
    {
        const ProgramRun text = run({u"check-redis"_s});
        QVERIFY2(text.code == 0 && text.output.contains("● ok") && text.output.contains("Latency"),
                 text.output);
        QMap<QString, QJsonObject> findings;
        for (const auto &finding : run({u"check-redis"_s, u"--json"_s}).array())
            findings.insert(finding.toObject()[u"check"_s].toString(), finding.toObject());
        for (const QString &check :
             {u"latency"_s, u"version"_s, u"role"_s, u"persistence"_s, u"maxmemory-policy"_s,
              u"memory"_s, u"clients"_s, u"user"_s, u"servers"_s, u"clock"_s, u"history"_s})
            QVERIFY2(findings.contains(check), qPrintable(check));
        QCOMPARE(findings[u"user"_s][u"value"_s], u"default"_s);
        QVERIFY(!findings[u"history"_s].contains(u"assumption"_s)); // there is nobody
        m_redis.call({"HSET", "servers:alive", "10.0.0.7", "1"});
        m_redis.call({"RPUSH", "server:workload:10.0.0.7",
                      R"({"timestamp":1,"info":{"cpu":{"busy":1.5,"cores":4},"load":[1,2,3]}})"});
        const QByteArray assumed = run({u"check-redis"_s}).output;
        QVERIFY2(assumed.contains("assumes 4 changing numbers"), assumed);
        m_redis.call({"CONFIG", "SET", "save", ""});
        m_redis.call({"CONFIG", "SET", "maxmemory", "100mb", "maxmemory-policy", "allkeys-lru"});
        const QByteArray bad = run({u"check-redis"_s, u"--json"_s}).output;
        m_redis.call({"CONFIG", "SET", "maxmemory", "0", "maxmemory-policy", "noeviction"});
        QVERIFY2(bad.contains("CONFIG SET appendonly yes")
                     && bad.contains("CONFIG SET maxmemory-policy noeviction"),
                 bad);
    }

    void speaksTheLanguageOfTheSystem()
    {
        QProcess process;
        prepareProgram(process, m_redis.urlText());
        QProcessEnvironment environment = process.processEnvironment();
        environment.insert(u"LC_ALL"_s, u"zh_CN.UTF-8"_s);
        process.setProcessEnvironment(environment);
        process.setArguments({u"servers"_s});
        process.start();
        QVERIFY(process.waitForFinished(30'000));
        const QByteArray said = process.readAllStandardOutput();
        QVERIFY2(said.contains("没有登记任何服务器"), said);
    }

    void tellsWhenItsOutputIsLost()
    {
        QProcess process;
        prepareProgram(process, m_redis.urlText());
        process.setArguments({u"servers"_s});
        process.setStandardOutputFile(u"/dev/full"_s);
        process.start();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 74);
        QVERIFY(process.readAllStandardError().contains("cannot write to standard output"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
