// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/commandrequest.h"
#include "tests/console/cli/program.h"
#include "tests/support/redisserver.h"
#include "tests/support/scriptedagent.h"

#include <QEventLoop>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// run, rolling and commands against agents that answer as the test says.
class TestCliCommands : public QObject
{
    Q_OBJECT
    RedisServer m_redis;
    QTemporaryDir m_folder;
    QString m_key;
    const QString m_ip = u"10.0.0.7"_s;
    const QStringList m_restart{u"run"_s, m_ip, u"nginx"_s, u"default"_s, u"restart"_s};

    /// Runs the program while the agents go on answering.
    ProgramRun run(const QStringList &arguments, bool hasKey = true) const
    {
        QProcess process;
        prepareProgram(process, m_redis.urlText(),
                       hasKey ? Variables{{u"TREEWARDEN_KEY"_s, m_key}} : Variables());
        process.setArguments(arguments);
        QEventLoop loop;
        connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
        process.start();
        process.closeWriteChannel();
        loop.exec();
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    static auto answering(CommandState state, bool isVerified = false, const QString &detail = {})
    {
        return [=](const CommandRequest &request) {
            QList told{ScriptedAgent::message(request, CommandState::Running),
                       ScriptedAgent::message(request, state, detail)};
            if (isVerified)
                told << ScriptedAgent::message(request, CommandState::Verified);
            return told;
        };
    }

    std::unique_ptr<ScriptedAgent> agent(const QString &ip) const
    {
        auto made = std::make_unique<ScriptedAgent>(m_redis, ip);
        [&] { QTRY_VERIFY(made->isReady()); }();
        return made;
    }

    void storeTree(const QByteArray &instances) const
    {
        const QByteArray nginx = "{\"role\":\"nginx\",\"instances\":[" + instances + "]}";
        const QByteArray web = "{\"role\":\"web\",\"needs\":[\"nginx\"],\"instances\":[]}";
        m_redis.call({"SADD", "paas:list", "dev"});
        m_redis.call({"SET", "paas:dev",
                      "{\"id\":\"dev\",\"version\":1,\"roles\":[" + nginx + ',' + web + "]}"});
    }

    static QByteArray instance(const QByteArray &ip)
    {
        return "{\"ip\":\"" + ip + "\",\"instance\":\"default\"}";
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_key = m_folder.filePath(u"key"_s);
        QCOMPARE(runProgram(m_redis.urlText(), {u"keygen"_s, m_key, u"--no-passphrase"_s}).code, 0);
    }

    void init() { m_redis.call({"FLUSHALL"}); }

    void leavesWithACodeForEachOutcome_data()
    {
        QTest::addColumn<CommandState>("state");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("done") << CommandState::Done << 0 << QByteArray("done in 1.2 s");
        QTest::newRow("failed") << CommandState::Failed << 70 << QByteArray("failed: told so");
        QTest::newRow("refused") << CommandState::Refused << 77 << QByteArray("refused: told so");
        QTest::newRow("expired") << CommandState::Expired << 69 << QByteArray("expired: told so");
        QTest::newRow("unknown") << CommandState::Unknown << 70 << QByteArray("unknown: told so");
    }

    void leavesWithACodeForEachOutcome()
    {
        QFETCH(CommandState, state);
        const auto server = agent(m_ip);
        server->answer = answering(state, false, u"told so"_s);
        const ProgramRun done = run(m_restart);
        QTEST(done.code, "code");
        QFETCH(QByteArray, part);
        const QByteArray sentence = done.output + done.errors;
        QVERIFY2(sentence.contains("restart of nginx on host-10.0.0.7: ")
                     && sentence.contains(part),
                 sentence);
        const ProgramRun json = run(m_restart + QStringList{u"--json"_s});
        QTEST(json.code, "code");
        QCOMPARE(json.object()[u"state"_s], commandStateWord(state));
        QCOMPARE(json.object()[u"detail"_s], u"told so"_s);
        QCOMPARE(json.object()[u"id"_s].toString().size(), 36);
    }

    void waitsUntilTheServiceIsAliveAgain()
    {
        const auto server = agent(m_ip);
        server->answer = answering(CommandState::Done, true);
        const QStringList waiting
            = m_restart + QStringList{u"--wait"_s, u"--reason"_s, u"new key"_s};
        const ProgramRun done = run(waiting);
        QVERIFY2(done.code == 0 && done.output.contains("alive again after 1.2 s"),
                 done.output + done.errors);
        QVERIFY(server->entries()[0].payload.contains(R"("reason":"new key")"));
        server->answer = [](const CommandRequest &request) {
            return QList{ScriptedAgent::message(request, CommandState::Done),
                         ScriptedAgent::message(request, CommandState::Unverified, u"no port"_s)};
        };
        const ProgramRun dead = run(waiting);
        QCOMPARE(dead.code, 70);
        QVERIFY2(dead.sentence().contains("no port"), dead.errors);
        // Without its own check a service can't be waited for.
        server->answer = answering(CommandState::Done);
        const QStringList reload{u"run"_s,     m_ip,        u"nginx"_s,
                                 u"default"_s, u"reload"_s, u"--wait"_s};
        QCOMPARE(run(reload).code, 0);
    }

    void givesUpWhenTold()
    {
        const auto server = agent(m_ip);
        const ProgramRun silent = run(m_restart + QStringList{u"--timeout"_s, u"0.3"_s});
        QCOMPARE(silent.code, 69);
        QVERIFY2(silent.sentence().contains("commands --follow"), silent.errors);
        QCOMPARE(server->asked(), QStringList{u"nginx:default restart"_s});
        const ProgramRun sent = run(m_restart + QStringList{u"--no-wait"_s, u"--json"_s});
        QCOMPARE(sent.code, 0);
        QCOMPARE(sent.object()[u"state"_s], u"sent"_s);
    }

    void refusesWhatIsNoCommand_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("hasKey");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("part");
        const auto row
            = [](const char *name, const QString &words, bool hasKey, int code, const char *part) {
                  QTest::newRow(name) << words.split(u' ') << hasKey << code << QByteArray(part);
              };
        row("no key", u"run 10.0.0.7 nginx default restart"_s, false, 78, "treewarden keygen");
        row("no address", u"run x nginx default restart"_s, true, 64, "no IP address");
        row("no name", u"run 10.0.0.7 ng;inx default restart"_s, true, 64, "no name");
        row("all instances", u"run 10.0.0.7 nginx _ restart"_s, true, 64, "no name");
        row("not enrolled", u"run 10.0.0.8 nginx default restart"_s, true, 68, "not enrolled");
        row("no such action", u"run 10.0.0.7 nginx default dance"_s, true, 65,
            "only: ping, refresh, reload, restart, start, stop");
        row("no such role", u"run 10.0.0.7 mysql default restart"_s, true, 65,
            "no actions for mysql");
        row("no timeout", u"run 10.0.0.7 nginx default restart --timeout x"_s, true, 64, "seconds");
        row("stop unconfirmed", u"run 10.0.0.7 nginx default stop"_s, true, 77,
            "--confirm host-10.0.0.7");
        row("shutdown unconfirmed", u"run 10.0.0.7 system default shutdown"_s, true, 77,
            "must be confirmed");
        row("restart of another host",
            u"run 10.0.0.7 system default restart --confirm host-10.0.0.8"_s, true, 77,
            "the host is host-10.0.0.7");
    }

    void refusesWhatIsNoCommand()
    {
        const auto server = agent(m_ip);
        QFETCH(QStringList, arguments);
        QFETCH(bool, hasKey);
        const ProgramRun refused = run(arguments, hasKey);
        QTEST(refused.code, "code");
        QFETCH(QByteArray, part);
        QVERIFY2(refused.errors.contains(part), refused.errors);
        QCOMPARE(m_redis.text({"EXISTS", "command:10.0.0.7"}), "0");
    }

    void asksForTheNameOfTheHost()
    {
        storeTree(instance("10.0.0.7"));
        const auto server = agent(m_ip);
        server->answer = answering(CommandState::Done);
        const QStringList shutdown{u"run"_s, m_ip, u"system"_s, u"default"_s, u"shutdown"_s};
        const ProgramRun done = run(shutdown + QStringList{u"--confirm"_s, u"host-10.0.0.7"_s});
        QVERIFY2(done.code == 0, done.errors);
        QVERIFY2(done.errors.contains("dev/Nginx goes down")
                     && done.errors.contains("needed by web"),
                 done.errors);
        // Nobody answers while the test waits for the terminal: the question is what matters here.
        const Variables key{{u"TREEWARDEN_KEY"_s, m_key}};
        const ProgramRun wrong = runOnTerminal(m_redis.urlText(), shutdown,
                                               {{"(host-10.0.0.7) to go on: ", "host\n"}}, key);
        QVERIFY2(wrong.code == 77 && wrong.output.contains("not 'host'"), wrong.output);
        const ProgramRun typed
            = runOnTerminal(m_redis.urlText(), shutdown + QStringList{u"--no-wait"_s},
                            {{"(host-10.0.0.7) to go on: ", "host-10.0.0.7\n"}}, key);
        QVERIFY2(typed.code == 0, typed.output);
        QCOMPARE(m_redis.text({"XLEN", "command:10.0.0.7"}), "2");
    }

    void leavesWhenRedisIsAway()
    {
        QCOMPARE(runProgram(u"unix:///nowhere/redis.sock"_s, m_restart, {},
                            {{u"TREEWARDEN_KEY"_s, m_key}})
                     .code,
                 69);
    }

    void listsWhatBecameOfCommands()
    {
        const auto server = agent(m_ip);
        server->answer = answering(CommandState::Done, true);
        QCOMPARE(run(m_restart + QStringList{u"--reason"_s, u"new key"_s, u"--wait"_s}).code, 0);
        server->answer = answering(CommandState::Refused, false, u"protected"_s);
        QCOMPARE(run(m_restart).code, 77);
        const QJsonArray list = run({u"commands"_s, u"--json"_s}).array();
        QCOMPARE(list.size(), 3);
        QCOMPARE(list[0][u"state"_s], u"refused"_s);
        QCOMPARE(list[0][u"type"_s], u"command"_s);
        QCOMPARE(list[1][u"state"_s], u"verified"_s);
        QCOMPARE(list[2][u"id"_s], list[1][u"id"_s]);
        const QByteArray table = run({u"commands"_s}).output;
        const QList<QByteArray> lines = table.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[1].contains("host-10.0.0.7") && lines[1].contains("refused")
                     && lines[1].contains("protected") && lines[2].contains("verified")
                     && lines[2].contains("new key") && lines[2].contains('@'),
                 table);
        QCOMPARE(run({u"commands"_s, u"10.0.0.8"_s, u"--json"_s}).array().size(), 0);
        QCOMPARE(run({u"commands"_s, u"--json"_s, u"--last"_s, u"1"_s}).array().size(), 1);
        QCOMPARE(run({u"commands"_s, u"--last"_s, u"x"_s}).code, 64);
    }

    void followsCommandsAsTheyGoOn()
    {
        const auto server = agent(m_ip);
        server->answer = answering(CommandState::Done, true);
        QProcess follower;
        prepareProgram(follower, m_redis.urlText());
        follower.setArguments({u"commands"_s, u"--follow"_s, u"--json"_s, u"--last"_s, u"5"_s});
        follower.start();
        QByteArray lines;
        const auto states = [&lines, &follower] {
            lines += follower.readAllStandardOutput();
            QStringList words;
            for (const QByteArray &line : lines.split('\n')) {
                if (!line.isEmpty())
                    words << QJsonDocument::fromJson(line).object()[u"state"_s].toString();
            }
            return words;
        };
        // One from before tells that it reads, one of a kind that is only told that it listens.
        QCOMPARE(run(m_restart).code, 0);
        QTRY_VERIFY(states().contains(u"verified"_s));
        const CommandRequest other{u"11111111-2222-3333-4444-555555555555"_s,
                                   1,
                                   m_ip,
                                   u"m"_s,
                                   {u"nginx"_s, u"default"_s},
                                   u"stop"_s,
                                   1,
                                   2,
                                   {},
                                   {}};
        const auto tellsAccepted = [&] {
            server->tell(ScriptedAgent::message(other, CommandState::Accepted));
            return states().contains(u"accepted"_s);
        };
        QTRY_VERIFY(tellsAccepted());
        server->tell(ScriptedAgent::message(other, CommandState::Failed));
        QTRY_VERIFY(states().contains(u"failed"_s));
        QCOMPARE(states().count(u"accepted"_s), 1);
        QCOMPARE(::kill(pid_t(follower.processId()), SIGINT), 0);
        QTRY_COMPARE(follower.state(), QProcess::NotRunning);
        QCOMPARE(follower.exitCode(), 0);
    }

    void rollsOverAllInstances()
    {
        storeTree(instance("10.0.0.7") + ',' + instance("10.0.0.8") + ',' + instance("10.0.0.9"));
        QList<std::shared_ptr<ScriptedAgent>> agents;
        for (const QString &ip : {m_ip, u"10.0.0.8"_s})
            agents << agent(ip);
        for (const auto &each : agents)
            each->answer = answering(CommandState::Done, true);
        const QStringList rolling{u"rolling"_s, u"dev"_s,      u"nginx"_s,
                                  u"restart"_s, u"--settle"_s, u"0.2"_s};
        const ProgramRun dry = run(rolling + QStringList{u"--dry-run"_s}, false);
        QVERIFY2(dry.code == 0 && dry.output.contains("loses its redundancy")
                     && dry.output.contains("not enrolled"),
                 dry.output + dry.errors);
        QVERIFY(agents[0]->asked().isEmpty());
        const ProgramRun done = run(rolling);
        QVERIFY2(done.code == 0, done.errors);
        QVERIFY2(done.output.contains("● done  nginx on host-10.0.0.7"), done.output);
        for (const auto &each : agents)
            QCOMPARE(each->asked(), QStringList{u"nginx:default restart"_s});
        const QJsonObject json = run(rolling + QStringList{u"--json"_s}).object();
        QCOMPARE(json[u"done"_s], true);
        QCOMPARE(json[u"steps"_s].toArray().size(), 3);
        QCOMPARE(json[u"steps"_s][2][u"state"_s], u"skipped"_s);
    }

    void stopsRollingAtTheFirstFailure()
    {
        storeTree(instance("10.0.0.7") + ',' + instance("10.0.0.8"));
        const auto first = agent(m_ip), second = agent(u"10.0.0.8"_s);
        first->answer = answering(CommandState::Failed, false, u"exit 1"_s);
        second->answer = answering(CommandState::Done, true);
        const ProgramRun stopped = run({u"rolling"_s, u"dev"_s, u"nginx"_s, u"restart"_s});
        QCOMPARE(stopped.code, 70);
        QVERIFY2(stopped.errors.contains("exit 1"), stopped.errors);
        QVERIFY(second->asked().isEmpty());
    }

    void neverRollsOverTheLastOne()
    {
        storeTree(instance("10.0.0.7"));
        const auto server = agent(m_ip);
        server->answer = answering(CommandState::Done, true);
        const QStringList rolling{u"rolling"_s, u"dev"_s,      u"nginx"_s,
                                  u"restart"_s, u"--settle"_s, u"0"_s};
        const ProgramRun refused = run(rolling);
        QCOMPARE(refused.code, 77);
        QVERIFY2(refused.errors.contains("last living instance of dev/nginx")
                     && refused.errors.contains("--force"),
                 refused.errors);
        QVERIFY(server->asked().isEmpty());
        const ProgramRun told = run(rolling + QStringList{u"--json"_s});
        QCOMPARE(told.code, 77);
        QVERIFY(told.object()[u"reason"_s].toString().contains(u"last living instance"_s));
        QCOMPARE(told.object()[u"done"_s], false);
        QCOMPARE(run(rolling + QStringList{u"--force"_s}).code, 77); // not without --yes
        QCOMPARE(run(rolling + QStringList{u"--force"_s, u"--yes"_s}).code, 0);
        QCOMPARE(run({u"rolling"_s, u"shop"_s, u"nginx"_s, u"restart"_s}).code, 65);
        QCOMPARE(run({u"rolling"_s, u"dev"_s, u"ngin"_s, u"restart"_s}).code, 65);
        QCOMPARE(run(rolling + QStringList{u"--batch"_s, u"0"_s}).code, 64);
    }

    void stopsRollingAfterTheCurrentOneWhenInterrupted()
    {
        storeTree(instance("10.0.0.7") + ',' + instance("10.0.0.8"));
        const auto first = agent(m_ip), second = agent(u"10.0.0.8"_s);
        QProcess process;
        prepareProgram(process, m_redis.urlText(), {{u"TREEWARDEN_KEY"_s, m_key}});
        process.setArguments(
            {u"rolling"_s, u"dev"_s, u"nginx"_s, u"restart"_s, u"--settle"_s, u"0"_s});
        process.start();
        process.closeWriteChannel();
        QTRY_COMPARE(first->entries().size(), 1);
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        QByteArray errors;
        const auto isStopping = [&] {
            errors += process.readAllStandardError();
            return errors.contains("stopping after what is under way");
        };
        QTRY_VERIFY(isStopping());
        const auto request = parseCommandRequest(first->entries()[0].payload);
        QVERIFY(request.isOk());
        first->tell(ScriptedAgent::message(*request, CommandState::Done));
        first->tell(ScriptedAgent::message(*request, CommandState::Verified));
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
        QCOMPARE(process.exitCode(), 70);
        QVERIFY(second->asked().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCliCommands)
#include "tst_clicommands.moc"
