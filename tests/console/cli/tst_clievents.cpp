// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redissubscriber.h"
#include "tests/console/cli/program.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Events: listed, followed through a loss of Redis; and what enrolling, saving and removing tell
/// the others.
class TestCliEvents : public QObject
{
    Q_OBJECT
    std::unique_ptr<RedisServer> m_redis;

    void add(const QByteArray &type, const QByteArray &json) const
    {
        m_redis->call({"XADD", "events", "*", "type", type, "ip", "10.0.0.7", "json", json});
    }

    void addDeath(const QByteArray &instance) const
    {
        add("service",
            "{\"type\":\"service\",\"ip\":\"10.0.0.7\",\"role\":\"redis\",\"instance\":\""
                + instance + "\",\"alive\":0,\"timestamp\":1700000000000,\"reason\":\"gone\"}");
    }

    ProgramRun run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runProgram(m_redis->urlText(), arguments, input);
    }

    void startFollowing(QProcess &process, const QStringList &more) const
    {
        prepareProgram(process, m_redis->urlText());
        process.setArguments(QStringList{u"events"_s, u"--follow"_s} + more);
        process.start();
        // It waits in XREAD once it follows.
        QTRY_VERIFY_WITH_TIMEOUT(m_redis->text({"CLIENT", "LIST"}).contains("cmd=xread"), 20'000);
    }

private Q_SLOTS:

    void init() { m_redis = std::make_unique<RedisServer>(); }

    void listsTheNewestFirstAsJson()
    {
        QVERIFY(run({u"events"_s}).output.startsWith("Nothing has happened"));
        addDeath("6379");
        m_redis->call({"XADD", "events", "*", "nonsense", "1"});
        addDeath("6380");
        const QJsonArray events = run({u"events"_s, u"--json"_s}).array();
        QCOMPARE(events.size(), 2);
        QCOMPARE(events[0][u"instance"_s], u"6380"_s);
        QCOMPARE(events[0][u"type"_s], u"service"_s);
        QCOMPARE(events[0][u"ip"_s], u"10.0.0.7"_s);
        QCOMPARE(events[0][u"reason"_s], u"gone"_s);
        QVERIFY(events[0][u"id"_s].toString().contains(u'-'));
        QCOMPARE(run({u"events"_s, u"--json"_s, u"--last"_s, u"1"_s}).array().size(), 1);
        m_redis->call({"HSET", "server:info:10.0.0.7", "hostname", "db-01"});
        const auto lines = run({u"events"_s}).output.split('\n');
        QVERIFY2(lines.value(0).contains("■ redis on db-01 died")
                     && lines.value(0).endsWith("gone"),
                 lines.value(0));
        QVERIFY2(lines.value(1).contains("redis 6380 on db-01 died"), lines.value(1));
    }

    void followsThroughALossOfRedis()
    {
        addDeath("old");
        QProcess process;
        startFollowing(process, {u"--json"_s});
        addDeath("one");
        QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), 20'000);
        QCOMPARE(QJsonDocument::fromJson(process.readLine())[u"instance"_s], u"one"_s);
        m_redis->stop();
        m_redis->start();
        addDeath("two");
        QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), 40'000);
        QCOMPARE(QJsonDocument::fromJson(process.readLine())[u"instance"_s], u"two"_s);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput(), QByteArray());
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(errors.count('\n') == 2 && errors.contains("Redis answers again"), errors);
    }

    void followsInLinesForPeople()
    {
        m_redis->call({"HSET", "server:info:10.0.0.7", "hostname", "db-01"});
        QProcess process;
        startFollowing(process, {});
        addDeath("6379");
        QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), 20'000);
        const QByteArray line = process.readLine();
        QVERIFY2(line.contains("redis on db-01 died: gone"), line);
        ::kill(pid_t(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitCode(), 0);
    }

    void saysWhatBecameOfCommandsAndWhoAskedForThem()
    {
        const QByteArray of
            = R"({"type":"command","id":"1","ip":"10.0.0.7","role":"nginx","instance":"default",)"
              R"("action":"restart","by":"chen@desk","reason":"it leaks","timestamp":1700000000000,)";
        add("command", of + R"("state":"done","detail":"exit status 0"})");
        add("command", of + R"("state":"failed","exit":3,"detail":"exit status 3: no space"})");
        const ProgramRun run = runProgram(m_redis->urlText(), {u"events"_s});
        QVERIFY2(
            run.output.contains("restart of nginx on 10.0.0.7: done: it leaks, by chen@desk\n"),
            run.output);
        QVERIFY2(run.output.contains("restart of nginx on 10.0.0.7: failed: it leaks (exit status "
                                     "3: no space), by chen@desk\n"),
                 run.output);
    }

    void endsWhenItsReaderLeaves()
    {
        QProcess shell;
        prepareProgram(shell, m_redis->urlText());
        shell.setProgram(u"/bin/sh"_s);
        shell.setArguments({u"-c"_s,
                            u"{ \"$0\" events --follow; echo ended with $? >&2; } | true"_s,
                            QStringLiteral(PROGRAM)});
        shell.start();
        QVERIFY(shell.waitForFinished(40'000));
        QCOMPARE(shell.readAllStandardError(), "ended with 0\n");
    }

    void tellsTheOthersWhatItChanges()
    {
        RedisSubscriber subscriber(m_redis->url());
        QStringList heard;
        connect(&subscriber, &RedisSubscriber::message, this,
                [&heard](const QByteArray &channel, const QByteArray &payload) {
                    heard << QString::fromUtf8(channel + ' ' + payload);
                });
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        subscriber.subscribe("update:info");
        subscriber.subscribe("manage:10.0.0.7");
        subscriber.open();
        QTRY_VERIFY_WITH_TIMEOUT(ready.count() == 1, 20'000);
        const auto hears = [&heard](const QStringList &expected) {
            bool hasAll = true;
            for (const QString &message : expected)
                hasAll = hasAll && heard.contains(message);
            return hasAll;
        };
        const QStringList always{u"update:info {\"type\":\"event\",\"ip\":\"10.0.0.7\"}"_s,
                                 u"manage:10.0.0.7 reload"_s};

        QCOMPARE(run({u"enrol"_s, u"10.0.0.7"_s, u"--from"_s, u"-"_s}, R"({"services":{}})").code,
                 0);
        QTRY_VERIFY2_WITH_TIMEOUT(
            hears(always
                  + QStringList(
                      u"update:info {\"type\":\"config\",\"ip\":\"10.0.0.7\",\"version\":1}"_s)),
            qPrintable(heard.join(u'\n')), 20'000);
        heard.clear();
        QCOMPARE(run({u"config"_s, u"set"_s, u"10.0.0.7"_s, u"-"_s}, R"({"services":{}})").code, 0);
        QTRY_VERIFY2_WITH_TIMEOUT(
            hears(always
                  + QStringList(
                      u"update:info {\"type\":\"config\",\"ip\":\"10.0.0.7\",\"version\":2}"_s)),
            qPrintable(heard.join(u'\n')), 20'000);
        heard.clear();
        QCOMPARE(run({u"remove"_s, u"10.0.0.7"_s}).code, 0);
        QTRY_VERIFY2_WITH_TIMEOUT(
            hears(always + QStringList(u"update:info {\"type\":\"config\",\"ip\":\"10.0.0.7\"}"_s)),
            qPrintable(heard.join(u'\n')), 20'000);
        heard.clear();
        QCOMPARE(run({u"paas"_s, u"set"_s, u"dev"_s, u"--template"_s}).code, 0);
        QTRY_VERIFY2_WITH_TIMEOUT(heard.size() == 2
                                      && heard.first().contains(u"\"paas\":\"dev\""_s),
                                  qPrintable(heard.join(u'\n')), 20'000);

        QStringList states;
        for (const auto &event : run({u"events"_s, u"--json"_s}).array())
            states.prepend(event.toObject()[u"state"_s].toString());
        QCOMPARE(states, (QStringList{u"enrolled"_s, u"saved"_s, u"removed"_s, u"saved"_s}));
    }
};

QTEST_GUILESS_MAIN(TestCliEvents)
#include "tst_clievents.moc"
