// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/sweepscript.h"
#include "shared/redis/respdecoder.h"
#include "shared/redis/respencoder.h"
#include "tests/integration/agentharness.h"
#include "tests/support/freeport.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <sys/prctl.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// What `treewarden acl` prints, loaded into a real Redis: what must pass passes, what must fail
// fails, and the real programs do their work under these users without a single refusal.
class TestAclRules : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    // The line of the default user only lasts until the printed ones are loaded.
    RedisServer m_redis{{RedisServer::Listen::Tcp, {}, {"user default on nopass ~* &* +@all"}, {}}};
    QTemporaryDir m_folder;
    QHash<QByteArray, QByteArray> m_passwords;

    QString passwordFile() const { return m_folder.filePath(u"passwords"_s); }

    /// The reply to `words`, asked by `user`; to AUTH when that is an error.
    RedisValue ask(const QByteArray &user, const QByteArrayList &words) const
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_redis.port());
        if (!socket.waitForConnected(patience))
            qFatal("Redis does not answer");
        QByteArray bytes;
        appendCommand(bytes, {"AUTH", user, m_passwords.value(user)});
        appendCommand(bytes, words);
        socket.write(bytes);
        RespDecoder decoder;
        RedisValue value;
        bool isLoggedIn = false;
        const QDeadlineTimer deadline(patience);
        while (!deadline.hasExpired()) {
            while (decoder.next(value)) {
                if (isLoggedIn || value.isError())
                    return value;
                isLoggedIn = true;
            }
            if (socket.bytesAvailable() == 0)
                socket.waitForReadyRead(int(deadline.remainingTime()));
            decoder.feed(socket.read(RespDecoder::chunkBytes));
        }
        qFatal("Redis does not answer to %s", words.join(' ').constData());
    }

    RedisValue admin(const QByteArrayList &words) const { return ask("admin", words); }

    QByteArray adminText(const QByteArrayList &words) const { return admin(words).toBytes(); }

    QString urlOf(const QByteArray &user) const
    {
        return u"redis://%1:%2@127.0.0.1:%3"_s.arg(
            QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(user))),
            QString::fromUtf8(m_passwords.value(user)), QString::number(m_redis.port()));
    }

    void prepare(QProcess &process, const QString &url) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TREEWARDEN_REDIS"_s, url);
        environment.insert(u"STATE_DIRECTORY"_s, m_folder.filePath(u"state"_s));
        environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        environment.remove(u"LANGUAGE"_s);
        process.setProcessEnvironment(environment);
        process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    }

    struct Run
    {
        int code = -1;
        QByteArray output, errors;
    };

    Run run(const QString &program, const QString &url, const QStringList &arguments,
            const QByteArray &input = {}) const
    {
        QProcess process;
        prepare(process, url);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit)
            qFatal("%s %s hung or crashed", qPrintable(program), qPrintable(arguments.join(u' ')));
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    Run cli(const QByteArray &user, const QStringList &arguments,
            const QByteArray &input = {}) const
    {
        return run(QStringLiteral(TREEWARDEN), urlOf(user), arguments, input);
    }

    /// Prints the users of these agents and takes note of the passwords.
    QByteArray printUsers(const QStringList &arguments)
    {
        const Run printed
            = run(QStringLiteral(TREEWARDEN), u"redis://127.0.0.1:1"_s,
                  QStringList{u"acl"_s, u"--passwords"_s, passwordFile()} + arguments);
        if (printed.code != 0)
            qFatal("treewarden acl: %s", printed.errors.constData());
        QFile file(passwordFile());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no passwords");
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (const QByteArrayList words = line.split(' '); words.size() == 2)
                m_passwords.insert(words[0], words[1]);
        }
        return printed.output;
    }

    /// What Redis refused since it was last asked, for people.
    QByteArray refusals() const
    {
        QByteArray text;
        for (const RedisValue &entry : admin({"ACL", "LOG"}).elements) {
            const auto fields = entry.toHash();
            text += fields.value("username") + ": " + fields.value("reason") + ' '
                + fields.value("object") + " (" + fields.value("context") + "); ";
        }
        admin({"ACL", "LOG", "RESET"});
        return text;
    }

private Q_SLOTS:

    void initTestCase()
    {
        const QByteArray lines
            = printUsers({u"--ip"_s, u"10.0.0.7"_s, u"--ip"_s, u"10.0.0.70"_s, u"--ip"_s,
                          u"2001:DB8::7"_s, u"--ip"_s, u"127.0.0.1"_s});
        QFile file(m_redis.folder() + u"/users.acl"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size());
        file.close();
        QCOMPARE(m_redis.text({"ACL", "LOAD"}), "OK");
    }

    void init()
    {
        admin({"FLUSHALL"});
        admin({"ACL", "LOG", "RESET"});
    }

    void everyPasswordIsItsOwnAndOnlyItsOwnersToRead()
    {
        QCOMPARE(m_passwords.size(), 9);
        const auto values = m_passwords.values();
        QCOMPARE(QSet<QByteArray>(values.begin(), values.end()).size(), 9);
        for (const QByteArray &password : values)
            QVERIFY2(password.size() >= 40, password);
        QCOMPARE(QFileInfo(passwordFile()).permissions()
                     & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup),
                 QFile::Permissions());
    }

    void theDefaultUserIsOff()
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_redis.port());
        QVERIFY(socket.waitForConnected(patience));
        socket.write("PING\r\n");
        QVERIFY(socket.waitForReadyRead(patience));
        QVERIFY(socket.readAll().startsWith("-NOAUTH"));
    }

    void linesMayBeLoadedAgainOneByOne()
    {
        const QByteArrayList lines = printUsers({u"--ip"_s, u"10.0.0.7"_s}).trimmed().split('\n');
        QCOMPARE(lines.last(), "user default off");
        const QByteArray before = adminText({"ACL", "LIST"});
        for (const QByteArray &line : lines)
            QCOMPARE(adminText(QByteArrayList{"ACL", "SETUSER"} + line.split(' ').mid(1)), "OK");
        QCOMPARE(adminText({"ACL", "LIST"}), before);
    }

    void usersMayDoTheirWorkAndNothingElse_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArrayList>("words");
        QTest::addColumn<bool>("isAllowed");
        const auto row = [](const QByteArray &user, const QByteArray &command, bool isAllowed) {
            QTest::addRow("%s %s: %s", isAllowed ? "passes" : "fails", user.constData(),
                          command.constData())
                << user << QByteArrayList(command.split(' ')) << isAllowed;
        };
        const auto pass = [&row](const QByteArray &user, const QByteArrayList &commands) {
            for (const QByteArray &command : commands)
                row(user, command, true);
        };
        const auto fail = [&row](const QByteArray &user, const QByteArrayList &commands) {
            for (const QByteArray &command : commands)
                row(user, command, false);
        };
        const QByteArray agent = "agent-10.0.0.7", six = "agent-2001:db8::7";

        pass(agent,
             {"PING",
              "TIME",
              "SET server:alive:10.0.0.7 1 PX 15000",
              "GET server:alive:10.0.0.7",
              "HSET server:info:10.0.0.7 session s",
              "HMGET server:info:10.0.0.7 session told",
              "DEL server:info:10.0.0.7",
              "WATCH server:info:10.0.0.7",
              "MULTI",
              "PEXPIRE server:alive:10.0.0.7 15000",
              "RPUSH server:workload:10.0.0.7 {}",
              "LTRIM server:workload:10.0.0.7 -300 -1",
              "LRANGE server:workload:10.0.0.7:1s 0 -1",
              "RPUSH server:workload:10.0.0.7:1m x",
              "RPUSH server:workload:10.0.0.7:1h x",
              "HSET services:10.0.0.7 mysql:3306 {}",
              "HGETALL services:10.0.0.7",
              "SET service:10.0.0.7:mysql:3306:alive 1",
              "SET service:10.0.0.7:mysql:3306:workload {}",
              "HGETALL server:config:10.0.0.7",
              "EXISTS server:config:10.0.0.8",
              "HGET servers:alive 10.0.0.7",
              "HSET servers:alive 10.0.0.7 1",
              "HSETNX servers:since 10.0.0.7 1",
              "HSET servers:pending 10.0.0.7 {}",
              "HGET servers:removed 10.0.0.7",
              "HLEN maintenance",
              "GET paas:dev",
              "HGETALL maintenance",
              "HGET maintenance 10.0.0.7",
              "XADD events MAXLEN ~ 100000 * type alive",
              "XADD commands * state done",
              "XRANGE command:10.0.0.7 - +",
              "XREAD COUNT 9 STREAMS command:10.0.0.7 0",
              "PUBLISH update:info {}",
              "PUBLISH update:info:10.0.0.7:alive 1",
              "SUBSCRIBE manage:10.0.0.7 manage:all"});
        fail(agent,
             {"FLUSHALL",
              "FLUSHDB",
              "KEYS *",
              "SCAN 0",
              "RANDOMKEY",
              "EVAL return{} 0",
              "EVALSHA x 0",
              "FUNCTION LIST",
              "SCRIPT FLUSH",
              "CONFIG GET *",
              "CLIENT LIST",
              "CLIENT KILL TYPE normal",
              "ACL LIST",
              "ACL SETUSER agent-10.0.0.7 +@all",
              "MONITOR",
              "SHUTDOWN",
              "REPLICAOF 10.0.0.9 6379",
              "SWAPDB 0 1",
              "INFO",
              "SET server:alive:10.0.0.70 0",
              "GET server:alive:10.0.0.70",
              "HSET server:info:10.0.0.70 session s",
              "HSET services:10.0.0.70 mysql:3306 {}",
              "SET service:10.0.0.70:mysql:3306:alive 0",
              "RPUSH server:workload:10.0.0.70 x",
              "RPUSH server:workload:10.0.0.7:1d x",
              "HGETALL server:config:10.0.0.70",
              "HGET server:config:10.0.0.70 services",
              "XRANGE command:10.0.0.70 - +",
              "HSET server:config:10.0.0.7 version 9",
              "DEL server:config:10.0.0.7",
              "LRANGE server:config:10.0.0.7:history 0 -1",
              "XADD command:10.0.0.7 * payload x",
              "DEL command:10.0.0.7",
              "DEL events",
              "XTRIM events MAXLEN 0",
              "XRANGE events - +",
              "XRANGE commands - +",
              "DEL servers:alive",
              "HGETALL servers:alive",
              "SET servers:alive x",
              "HGETALL servers:pending",
              "HSET servers:removed 10.0.0.70 {}",
              "HSET maintenance 10.0.0.7 {}",
              "HDEL maintenance 10.0.0.7",
              "SET paas:dev {}",
              "HSET sweeper hold 9",
              "PUBLISH manage:all reload",
              "PUBLISH manage:10.0.0.7 reload",
              "PUBLISH update:info:10.0.0.70:alive 0",
              "SUBSCRIBE update:info",
              "SUBSCRIBE manage:10.0.0.70",
              "PSUBSCRIBE *",
              "RENAME server:alive:10.0.0.7 x",
              "COPY server:config:10.0.0.7 server:info:10.0.0.7",
              "MIGRATE 10.0.0.9 6379 server:info:10.0.0.7 0 1000"});
        pass(six,
             {"SET server:alive:2001:db8::7 1", "SET service:2001:db8::7:ssh:22:alive 1",
              "PUBLISH update:info:2001:db8::7:alive 1", "SUBSCRIBE manage:2001:db8::7"});
        fail(six,
             {"SET server:alive:2001:db8::70 1", "SET service:2001:db8::70:ssh:22:alive 1",
              "SET server:alive:2001:db8::7:1 1", "HSET services:2001:db8::7:1 ssh:22 {}",
              "SUBSCRIBE manage:2001:db8::70", "SET server:alive:10.0.0.7 1"});
        fail("agent-10.0.0.70", {"SET server:alive:10.0.0.7 0", "HGETALL server:config:10.0.0.7"});

        pass("enrol",
             {"PING", "TIME", "EXISTS server:config:10.0.0.7", "HGET servers:removed 10.0.0.7",
              "HSET servers:pending 10.0.0.7 {}", "SUBSCRIBE manage:10.0.0.7 manage:all"});
        fail("enrol",
             {"HGETALL server:config:10.0.0.7", "HGETALL servers:pending", "DEL servers:pending",
              "HDEL servers:pending 10.0.0.7", "HGETALL servers:removed",
              "HSET servers:alive 10.0.0.7 1", "SET server:alive:10.0.0.7 1", "XADD events * a b",
              "PUBLISH update:info {}", "PUBLISH manage:all reload", "SUBSCRIBE update:info",
              "EVAL return{} 0", "KEYS *", "FLUSHALL", "CONFIG GET *"});

        pass("console",
             {"HGETALL servers:alive",
              "HGETALL server:config:10.0.0.7",
              "HSET server:config:10.0.0.7 version 2",
              "LRANGE server:config:10.0.0.7:history 0 -1",
              "EVAL return{} 0",
              "EVAL return{redis.call('SET',KEYS[1],1)} 1 paas:dev",
              "EVAL return{redis.call('PUBLISH','manage:10.0.0.7','reload')} 0",
              "SET paas:dev {}",
              "SADD paas:list dev",
              "XADD command:10.0.0.7 * payload x",
              "XRANGE command:10.0.0.7 - +",
              "XREAD STREAMS commands 0",
              "XREVRANGE commands + - COUNT 9",
              "XREVRANGE events + - COUNT 9",
              "XADD events * type config",
              "HSET maintenance 10.0.0.7 {}",
              "HDEL maintenance 10.0.0.7",
              "HSET servers:removed 10.0.0.7 {}",
              "DEL server:info:10.0.0.7",
              "PUBLISH manage:all reload",
              "PUBLISH manage:10.0.0.7 command",
              "PUBLISH update:info {}",
              "SUBSCRIBE update:info",
              "INFO",
              "ACL WHOAMI",
              "MEMORY USAGE servers:alive"});
        fail("console",
             {"FLUSHALL", "KEYS *", "SCAN 0", "CONFIG GET *", "CONFIG SET save x", "CLIENT LIST",
              "CLIENT KILL TYPE normal", "SCRIPT FLUSH", "ACL LIST", "SHUTDOWN",
              "XADD commands * state done", "DEL commands", "HSET sweeper hold 9", "SET other 1",
              "EVAL return{redis.call('FLUSHALL')} 0", "EVAL return{redis.call('SET','other',1)} 0",
              "SUBSCRIBE manage:all", "MONITOR"});

        for (const QByteArray &user : {QByteArray("web"), QByteArray("sweeper")}) {
            pass(user,
                 {"HGETALL servers:alive", "HGETALL servers:pending", "HGETALL maintenance",
                  "SMEMBERS paas:list", "GET paas:dev", "HGETALL server:info:10.0.0.7",
                  "LRANGE server:workload:10.0.0.7:1h 0 -1", "PTTL server:alive:10.0.0.7",
                  "GETRANGE service:10.0.0.7:mysql:3306:workload 0 9", "HGET sweeper last",
                  "XREVRANGE events + - COUNT 9", "MEMORY USAGE servers:alive", "HGETALL alerts",
                  "EXISTS server:config:10.0.0.7", "SUBSCRIBE update:info"});
            fail(user,
                 {"HGETALL server:config:10.0.0.7", "LRANGE server:config:10.0.0.7:history 0 -1",
                  "XRANGE command:10.0.0.7 - +", "XRANGE commands - +", "SET paas:dev {}",
                  "HSET maintenance 10.0.0.7 {}", "HDEL servers:alive 10.0.0.7",
                  "DEL servers:alive", "DEL events", "HSET server:info:10.0.0.7 lease 1",
                  "PUBLISH manage:all reload", "SUBSCRIBE manage:all", "KEYS *", "SCAN 0",
                  "FLUSHALL", "CONFIG GET *", "CLIENT KILL TYPE normal", "SCRIPT FLUSH"});
        }
        fail("web",
             {"EVAL return{} 0", "EVALSHA x 0", "SET server:alive:10.0.0.7 0",
              "HSET servers:alive 10.0.0.7 0", "XADD events * a b", "PUBLISH update:info {}",
              "HSET sweeper last 1", "HSET alerts 10.0.0.7/cpu {}",
              "HMGET server:config:10.0.0.7 alerts"});
        pass("sweeper",
             {"EVALSHA x 0", "PUBLISH update:info:10.0.0.7:alive 0", "HSET sweeper last 1",
              "HSTRLEN server:config:10.0.0.7 alerts",
              "HMGET server:config:10.0.0.7 alerts version", "HSET alerts 10.0.0.7/cpu {}",
              "HDEL alerts 10.0.0.7/cpu"});
        fail("sweeper",
             {"DEL alerts", "HSET server:config:10.0.0.7 alerts []",
              "EVAL return{redis.call('DEL','events')} 0",
              "EVAL return{redis.call('HGETALL','server:config:10.0.0.7')} 0",
              "EVAL return{redis.call('PUBLISH','manage:all','reload')} 0"});
    }

    void usersMayDoTheirWorkAndNothingElse()
    {
        QFETCH(QByteArray, user);
        QFETCH(QByteArrayList, words);
        QFETCH(bool, isAllowed);
        const RedisValue reply = ask(user, words);
        QByteArray said = reply.isError() ? reply.text : QByteArray();
        // Redis 7.0 words it differently when a script does what its user may not.
        const bool isRefused
            = said.startsWith("NOPERM") || said.contains("user executing the script can't");
        QVERIFY2(isRefused == !isAllowed, said.isEmpty() ? "it passed" : said.constData());
    }

    void theSweepScriptRunsWholeForTheSweeperOnly()
    {
        admin({"HSET", "servers:alive", "10.0.0.7", "1"});
        admin({"HSET", "server:info:10.0.0.7", "lease", "100"});
        const RedisValue first = ask("sweeper", {"EVAL", sweepScript, "0"});
        QVERIFY2(!first.isError(), first.text);
        QTRY_COMPARE_WITH_TIMEOUT((ask("sweeper", {"EVAL", sweepScript, "0"}),
                                   adminText({"HGET", "servers:alive", "10.0.0.7"})),
                                  QByteArray("0"), patience);
        QVERIFY(refusals().isEmpty());
        QVERIFY(ask("web", {"EVAL", sweepScript, "0"}).isError());
    }

    void aServerEnrolsReportsAndLeavesUnderItsUsers()
    {
        const QString agent = QStringLiteral(TREEWARDEN_AGENT);
        for (const QStringList &arguments :
             {QStringList{}, QStringList{u"--ip"_s, u"127.0.0.1"_s}}) {
            const Run asked = run(agent, urlOf("enrol"), arguments);
            QVERIFY2(asked.code == 68, asked.errors);
            QVERIFY2(!asked.errors.contains("rights"), asked.errors);
        }
        QCOMPARE(adminText({"HEXISTS", "servers:pending", "127.0.0.1"}), "1");
        QCOMPARE(refusals(), "");

        Victims victims;
        const QString first = victims.start(u"first"_s);
        const QByteArray config
            = R"({"intervals":{"heartbeat":1,"lease":6,"services":0.5},"services":)"
            + servicesJson({first}) + '}';
        const Run enrolled
            = cli("console", {u"enrol"_s, u"127.0.0.1"_s, u"--from"_s, u"-"_s}, config);
        QVERIFY2(enrolled.code == 0, enrolled.errors);
        QCOMPARE(refusals(), "");
        const Run tooEarly = run(agent, urlOf("enrol"), {u"--once"_s});
        QVERIFY2(tooEarly.code == 69
                     && tooEarly.errors.contains("treewarden acl --user agent --ip 127.0.0.1"),
                 tooEarly.errors);
        refusals();

        // Without --ip: it looks among all its addresses, of which only one is its user's.
        QProcess process;
        prepare(process, urlOf("agent-127.0.0.1"));
        process.start(agent, {});
        const auto aliveOf = [this](const QByteArray &service) {
            return adminText({"GET", "service:127.0.0.1:dummy:" + service + ":alive"});
        };
        QTRY_COMPARE_WITH_TIMEOUT(adminText({"HGET", "servers:alive", "127.0.0.1"}), "1", patience);
        QTRY_COMPARE_WITH_TIMEOUT(aliveOf("first"), "1", patience);
        victims.kill(u"first"_s);
        QTRY_COMPARE_WITH_TIMEOUT(aliveOf("first"), "0", patience);
        QVERIFY(adminText({"XLEN", "events"}).toInt() >= 3);

        // It follows a new configuration, and goes on when its configuration vanishes.
        const Run set
            = cli("console", {u"config"_s, u"set"_s, u"127.0.0.1"_s, u"-"_s}, config + "\n");
        QVERIFY2(set.code == 0, set.errors);
        QTRY_VERIFY_WITH_TIMEOUT(adminText({"LLEN", "server:workload:127.0.0.1"}).toInt() >= 2,
                                 patience);
        admin({"DEL", "server:config:127.0.0.1"});
        admin({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(adminText({"HEXISTS", "servers:pending", "127.0.0.1"}), "1",
                                  patience);
        process.terminate();
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(adminText({"GET", "server:alive:127.0.0.1"}), "0");
        const QByteArray log = process.readAllStandardError();
        QVERIFY2(!log.contains("rights") && !log.contains("NOPERM"), log);
        QCOMPARE(refusals(), "");
    }

    void aServerThatIsRemovedTakesItsKeysWithIt()
    {
        const Run enrolled = cli("console", {u"enrol"_s, u"127.0.0.1"_s, u"--from"_s, u"-"_s},
                                 R"({"services":{},"intervals":{"heartbeat":1,"lease":6}})");
        QVERIFY2(enrolled.code == 0, enrolled.errors);
        QProcess process;
        prepare(process, urlOf("agent-127.0.0.1"));
        process.start(QStringLiteral(TREEWARDEN_AGENT), {u"--ip"_s, u"127.0.0.1"_s});
        QTRY_COMPARE_WITH_TIMEOUT(adminText({"HGET", "servers:alive", "127.0.0.1"}), "1", patience);
        const Run removed = cli("console", {u"remove"_s, u"127.0.0.1"_s});
        QVERIFY2(removed.code == 0, removed.errors);
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitCode(), 68);
        QCOMPARE(adminText({"EXISTS", "server:info:127.0.0.1", "services:127.0.0.1",
                            "server:workload:127.0.0.1", "server:alive:127.0.0.1"}),
                 "0");
        QCOMPARE(refusals(), "");
    }

    void theVisitorsPageIsServedAndSweepsUnderItsUsers_data()
    {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("sweeper") << QByteArray("sweeper") << QStringList{};
        QTest::newRow("web") << QByteArray("web") << QStringList{u"--no-sweep"_s, u"--no-alerts"_s};
    }

    void theVisitorsPageIsServedAndSweepsUnderItsUsers()
    {
        QFETCH(QByteArray, user);
        QFETCH(QStringList, arguments);
        admin({"HSET", "servers:alive", "10.0.0.7", "1"});
        admin({"HSET", "server:info:10.0.0.7", "lease", "100", "hostname", "db-01"});
        admin({"HSET", "services:10.0.0.7", "ssh:22", R"({"alive":1,"since":1,"timestamp":1})"});
        admin({"HSET", "server:config:10.0.0.7", "version", "2", "alerts",
               R"([{"name":"cpu","metric":"cpu","above":90}])"});
        admin({"HSET", "alerts", "10.0.0.7/cpu", R"({"since":1,"version":2})"});
        const Run tree = cli("console", {u"paas"_s, u"set"_s, u"dev"_s, u"--template"_s});
        QVERIFY2(tree.code == 0, tree.errors);

        const quint16 port = freePort();
        QProcess process;
        prepare(process, urlOf(user));
        process.start(QStringLiteral(TREEWARDEN_WEB),
                      arguments + QStringList{u"--listen"_s, u"127.0.0.1:%1"_s.arg(port)});
        const auto get = [port](const QByteArray &path) {
            QTcpSocket socket;
            socket.connectToHost(u"127.0.0.1"_s, port);
            if (!socket.waitForConnected(patience))
                return QByteArray();
            socket.write("GET " + path
                         + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            QByteArray answer;
            while (socket.waitForReadyRead(patience))
                answer += socket.readAll();
            return answer + socket.readAll();
        };
        QTRY_VERIFY_WITH_TIMEOUT(get("/api/v1/fleet").contains("db-01"), patience);
        QVERIFY(get("/healthz").contains(" 200 "));
        QVERIFY(get("/api/v1/paas/dev").contains(" 200 "));
        QVERIFY(get("/api/v1/servers/10.0.0.7").contains("ssh"));
        QVERIFY(get("/api/v1/servers/10.0.0.7/history?range=1h").contains(" 200 "));
        QVERIFY(get("/metrics").contains("treewarden_"));
        if (user == "sweeper") {
            QTRY_COMPARE_WITH_TIMEOUT(adminText({"HGET", "servers:alive", "10.0.0.7"}), "0",
                                      patience);
            QTRY_COMPARE_WITH_TIMEOUT(adminText({"EXISTS", "alerts"}), "0", patience);
        }
        process.terminate();
        QVERIFY(process.waitForFinished(patience));
        const QByteArray log = process.readAllStandardError();
        QVERIFY2(!log.contains("rights") && !log.contains("cannot"), log);
        QCOMPARE(refusals(), "");
    }

    void theCommandLineWorksUnderItsUsers()
    {
        const auto works = [this](const QByteArray &user, const QByteArray &words,
                                  const QByteArray &input = {}) {
            QStringList arguments;
            for (const QByteArray &word : words.split(' '))
                arguments << QString::fromUtf8(word);
            const Run done = cli(user, arguments, input);
            const QByteArray refused = refusals();
            if (done.code == 0 && refused.isEmpty())
                return true;
            qWarning("%s: %s: %d %s %s", user.constData(), words.constData(), done.code,
                     done.errors.constData(), refused.constData());
            return false;
        };
        QVERIFY(works("console", "enrol 10.0.0.7 --from -", R"({"services":{}})"));
        QVERIFY(works("console", "config set 10.0.0.7 -", R"({"services":{}})"));
        QVERIFY(works("console", "config get 10.0.0.7"));
        QVERIFY(works("console", "paas set dev --template --from-fleet"));
        QVERIFY(works("console", "paas list"));
        QVERIFY(works("console", "paas show dev"));
        admin({"RPUSH", "server:workload:10.0.0.7",
               R"({"timestamp":)" + QByteArray::number(QDateTime::currentMSecsSinceEpoch())
                   + R"(,"info":{"cpu":{"busy":12.5}}})"});
        for (const QByteArray &user : {QByteArray("console"), QByteArray("web")}) {
            for (const char *words : {"servers", "server 10.0.0.7", "tree dev", "events",
                                      "history 10.0.0.7", "pending"})
                QVERIFY(works(user, words));
        }
        for (const char *words : {"maintenance set 10.0.0.7 dev --for 2h --reason move",
                                  "maintenance list", "maintenance end 10.0.0.7 dev"})
            QVERIFY(works("console", words));
        QVERIFY(works("web", "maintenance list"));
        QVERIFY(works("console", "acl --user web --enrolled --user agent"));
        QVERIFY(works("console", "paas remove dev"));
        QVERIFY(works("console", "remove 10.0.0.7"));
    }

    void checkRedisSaysWhoComesInWithoutAPassword()
    {
        const auto userOf = [](const Run &checked) {
            for (const auto &finding : QJsonDocument::fromJson(checked.output).array()) {
                if (finding[u"check"_s] == u"user"_s)
                    return finding.toObject();
            }
            return QJsonObject();
        };
        // CONFIG would tell passwords too, so it is not for the console: that line has no value.
        const Run closed = cli("console", {u"check-redis"_s, u"--json"_s});
        QCOMPARE(userOf(closed)[u"value"_s], u"console"_s);
        QCOMPARE(userOf(closed)[u"status"_s], u"ok"_s);
        const RedisServer open(
            {RedisServer::Listen::Tcp,
             {},
             {"user default on nopass ~* &* +@all", "user admin on >pw ~* &* +@all"},
             {}});
        for (const QString &login : {u""_s, u"admin:pw@"_s}) {
            const Run checked = run(QStringLiteral(TREEWARDEN),
                                    u"redis://"_s + login + u"127.0.0.1:%1"_s.arg(open.port()),
                                    {u"check-redis"_s, u"--json"_s});
            QCOMPARE(userOf(checked)[u"status"_s], u"warning"_s);
            QVERIFY(userOf(checked)[u"cure"_s].toString().contains(u"treewarden acl"));
        }
    }

    void sayWhatTheyNeed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("no such user")
            << QStringList{u"--user"_s, u"root"_s} << QByteArray("console, web");
        QTest::newRow("no ip") << QStringList{u"--user"_s, u"agent"_s} << QByteArray("--enrolled");
        QTest::newRow("a pattern")
            << QStringList{u"--ip"_s, u"10.0.0.*"_s} << QByteArray("no IP address");
        QTest::newRow("ip of a reader")
            << QStringList{u"--user"_s, u"web"_s, u"--ip"_s, u"10.0.0.7"_s}
            << QByteArray("--user agent");
    }

    void sayWhatTheyNeed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, sentence);
        const Run asked = run(QStringLiteral(TREEWARDEN), u"redis://127.0.0.1:1"_s,
                              QStringList{u"acl"_s} + arguments);
        QCOMPARE(asked.code, 64);
        QVERIFY2(asked.errors.contains(sentence) && asked.errors.count('\n') == 1, asked.errors);
        QVERIFY(asked.output.isEmpty());
    }

    void jsonTellsTheSame()
    {
        const Run printed = run(QStringLiteral(TREEWARDEN), u"redis://127.0.0.1:1"_s,
                                {u"acl"_s, u"--json"_s, u"--user"_s, u"web"_s});
        const QJsonObject user = QJsonDocument::fromJson(printed.output).array().at(0).toObject();
        QCOMPARE(user[u"user"_s], u"web"_s);
        QVERIFY(user[u"password"_s].toString().size() >= 40);
        QVERIFY(user[u"rules"_s].toArray().contains(u"(+subscribe &update:info)"_s));
        QVERIFY(printed.errors.contains("--passwords"));
    }

    void aBrokenPasswordFileIsRefused()
    {
        const QString path = m_folder.filePath(u"broken"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("web one two\n") > 0);
        file.close();
        const Run asked = run(QStringLiteral(TREEWARDEN), u"redis://127.0.0.1:1"_s,
                              {u"acl"_s, u"--passwords"_s, path});
        QCOMPARE(asked.code, 74);
        QVERIFY2(asked.errors.contains("line 1"), asked.errors);
        QVERIFY(asked.output.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAclRules)
#include "tst_aclrules.moc"
