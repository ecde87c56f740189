// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/commandstate.h"
#include "tests/agent/executor/executorprocess.h"

#include <QSet>
#include <QTest>
#include <QtEndian>

#include <csignal>
#include <sys/stat.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr char usualActions[]
    = R"({"nginx":{"default":{"restart":{"argv":["NOTE"]},"stop":{"argv":["/bin/false"]}}},)"
      R"("redis":{"default":{"restart":{"argv":["WAIT"],"timeout":60}}}})";
constexpr char oftenSchedule[]
    = R"([{"id":"often","cron":"* * * * *","role":"nginx","instance":"default","action":"restart"}])";

QByteArray contentOf(const QByteArray &path)
{
    QFile file(QString::fromUtf8(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray frameOfLength(quint32 length)
{
    QByteArray frame(4, '\0');
    qToBigEndian(length, frame.data());
    return frame;
}

} // namespace

// The real treewarden-executor over its socket, with real children.
class TestExecutorServer : public QObject
{
    Q_OBJECT

    /// What the actions of these tests do: write a line, wait for a file, fail.
    static QByteArray controlled(const ExecutorProcess &executor)
    {
        if (!QFile::exists(QString::fromUtf8(executor.at("fifo"))))
            writeScripts(executor);
        QByteArray text(usualActions);
        return text.replace("NOTE", executor.at("note.sh")).replace("WAIT", executor.at("wait.sh"));
    }

    static void writeScripts(const ExecutorProcess &executor)
    {
        executor.write("note.sh",
                       "#!/bin/sh\necho \"$TREEWARDEN_COMMAND\" >> " + executor.at("notes")
                           + "\necho printed\n");
        executor.write("wait.sh",
                       "#!/bin/sh\necho begun >> " + executor.at("notes") + "\nread line < "
                           + executor.at("fifo") + "\n");
        for (const char *name : {"note.sh", "wait.sh"})
            ::chmod(executor.at(name).constData(), 0700);
        ::mkfifo(executor.at("fifo").constData(), 0600);
    }

    static void begin(ExecutorProcess &executor, ExecutorPeer &peer)
    {
        QVERIFY2(peer.waitForType(u"welcome"_s), executor.process.readAll().constData());
        QVERIFY(peer.say(executor.configFrame(controlled(executor))));
        QVERIFY(peer.waitForType(u"config"_s));
        QVERIFY2(peer.frames.last()[u"accepted"_s].toBool(),
                 qPrintable(peer.frames.last()[u"detail"_s].toString()));
    }

private Q_SLOTS:

    void carriesOutACommandFromEndToEnd()
    {
        ExecutorProcess executor;
        QCOMPARE(executor.runOnce({u"--prepare"_s}), 0);
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        begin(executor, peer);
        const CommandRequest request = executor.request(u"nginx"_s, u"restart"_s);
        QVERIFY(peer.say(executor.commandFrame(request)));
        QVERIFY(peer.waitForState(request.id, u"accepted"_s));
        QVERIFY(peer.waitForState(request.id, u"running"_s));
        QVERIFY(peer.waitForState(request.id, u"done"_s));
        QCOMPARE(contentOf(executor.at("notes")), request.id.toLatin1() + '\n');
        const QJsonObject last = peer.frames.last();
        QVERIFY(last[u"n"_s].toDouble() > 0);
        QCOMPARE(last[u"message"_s].toObject()[u"exit"_s].toInt(-1), 0);
        QVERIFY(contentOf(executor.at("state/journal")).contains("printed"));

        const CommandRequest failing = executor.request(u"nginx"_s, u"stop"_s);
        QVERIFY(peer.say(executor.commandFrame(failing)));
        QVERIFY(peer.waitForState(failing.id, u"failed"_s));
        QCOMPARE(peer.frames.last()[u"message"_s].toObject()[u"exit"_s].toInt(-1), 1);
    }

    void aKillDuringARunLeavesItUnknownAndNeverRunsItAgain()
    {
        ExecutorProcess executor;
        QCOMPARE(executor.runOnce({u"--prepare"_s}), 0);
        QVERIFY2(executor.start(), executor.output.constData());
        const CommandRequest request = executor.request(u"redis"_s, u"restart"_s);
        {
            ExecutorPeer peer(executor.socketPath);
            begin(executor, peer);
            QVERIFY(peer.say(executor.commandFrame(request)));
            QVERIFY(peer.waitForState(request.id, u"running"_s));
            QTRY_COMPARE_WITH_TIMEOUT(contentOf(executor.at("notes")), "begun\n", 20'000);
            executor.process.kill();
            QVERIFY(executor.process.waitForFinished());
        }
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        QVERIFY(peer.waitForState(request.id, u"unknown"_s));
        const QJsonValue n = peer.frames.last()[u"n"_s];
        QVERIFY(peer.say(executor.commandFrame(request)));
        QVERIFY(peer.waitFor([](const QJsonObject &frame) { return frame[u"repeat"_s].toBool(); }));
        QCOMPARE(contentOf(executor.at("notes")), "begun\n");
        // Until somebody keeps it, it comes again.
        ExecutorPeer second(executor.socketPath);
        QVERIFY(second.waitForState(request.id, u"unknown"_s));
        QVERIFY(second.say({{u"type"_s, u"taken"_s}, {u"n"_s, n}}));
        QVERIFY(second.say({{u"type"_s, u"config"_s}, {u"ip"_s, executor.ip}}));
        QVERIFY(second.waitForType(u"config"_s));
        ExecutorPeer third(executor.socketPath);
        QVERIFY(third.say({{u"type"_s, u"config"_s}, {u"ip"_s, executor.ip}}));
        QVERIFY(third.waitForType(u"config"_s));
        QCOMPARE(third.frames.size(), 2);
        // Lets go what still waits for a line.
        const int fifo = ::open(executor.at("fifo").constData(), O_WRONLY | O_NONBLOCK);
        if (fifo >= 0)
            ::close(fifo);
    }

    void manyKillsNeverRunAnythingTwice()
    {
        ExecutorProcess executor;
        QCOMPARE(executor.runOnce({u"--prepare"_s}), 0);
        executor.write("policy.conf", "[policy]\nrate = 10000\nservice_rate = 10000\n");
        QList<CommandRequest> sent;
        QHash<QString, QSet<QString>> finals;
        const auto note = [&finals](const ExecutorPeer &peer) {
            for (const QJsonObject &frame : peer.frames) {
                const QJsonObject message = frame[u"message"_s].toObject();
                const auto state = parseCommandState(message[u"state"_s].toString());
                if (state && isFinal(*state))
                    finals[message[u"id"_s].toString()].insert(message[u"state"_s].toString());
            }
        };
        for (int round = 0; round < 25; ++round) {
            QVERIFY2(executor.start(), executor.output.constData());
            ExecutorPeer peer(executor.socketPath);
            begin(executor, peer);
            for (const CommandRequest &request : std::as_const(sent))
                QVERIFY(peer.say(executor.commandFrame(request)));
            for (int i = 0; i < 3; ++i) {
                CommandRequest request = executor.request(u"nginx"_s, u"restart"_s);
                request.service.instance = QString::number(8000 + sent.size());
                sent << request;
                QVERIFY(peer.say(executor.commandFrame(request)));
            }
            // Sooner or later in what these do.
            const auto frames = 1 + qsizetype(round * 7 % 23);
            peer.waitFor([&](const QJsonObject &) { return peer.frames.size() > frames; }, 300);
            executor.process.kill();
            QVERIFY(executor.process.waitForFinished());
            peer.waitForEnd();
            note(peer);
        }
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        begin(executor, peer);
        sent << executor.request(u"nginx"_s, u"restart"_s); // this one is left in peace
        for (const CommandRequest &request : std::as_const(sent))
            QVERIFY(peer.say(executor.commandFrame(request)));
        const auto areAllFinal = [&](const QJsonObject &) {
            note(peer);
            return finals.size() == sent.size();
        };
        QVERIFY(peer.waitFor(areAllFinal));
        const QByteArrayList notes = contentOf(executor.at("notes")).split('\n');
        qsizetype done = 0;
        for (const CommandRequest &request : std::as_const(sent)) {
            const QSet<QString> states = finals.value(request.id);
            QVERIFY2(states.size() == 1, qPrintable(QStringList(states.values()).join(u' ')));
            const qsizetype runs = notes.count(request.id.toLatin1());
            QVERIFY(runs <= 1);
            if (states.contains(u"done"_s)) {
                QCOMPARE(runs, 1);
                ++done;
            }
        }
        QVERIFY(done > 0);
        QCOMPARE(finals.value(sent.last().id), QSet<QString>{u"done"_s});
    }

    void aStopWaitsForWhatRuns()
    {
        ExecutorProcess executor;
        QCOMPARE(executor.runOnce({u"--prepare"_s}), 0);
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        begin(executor, peer);
        const CommandRequest request = executor.request(u"redis"_s, u"restart"_s);
        QVERIFY(peer.say(executor.commandFrame(request)));
        QVERIFY(peer.waitForState(request.id, u"running"_s));
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(executor.at("notes")), "begun\n", 20'000);
        executor.process.terminate();
        QFile fifo(QString::fromUtf8(executor.at("fifo")));
        QVERIFY(fifo.open(QIODevice::WriteOnly));
        fifo.write("go on\n");
        fifo.close();
        QVERIFY(peer.waitForState(request.id, u"done"_s));
        QVERIFY(executor.process.waitForFinished(20'000));
        QCOMPARE(executor.process.exitCode(), 0);
    }

    void whoIsNotAllowedIsNotHeard()
    {
        if (::geteuid() != 0)
            return;
        ExecutorProcess executor;
        QVERIFY2(executor.start(), executor.output.constData());
        // Even where the socket itself would let everybody in.
        ::chmod(executor.folder.path().toUtf8().constData(), 0755);
        ::chmod(executor.at("socket").constData(), 0666);
        QProcess nobody;
        nobody.start(u"setpriv"_s,
                     {u"--reuid=nobody"_s, u"--regid=nogroup"_s, u"--clear-groups"_s, u"socat"_s,
                      u"-u"_s, u"UNIX-CONNECT:"_s + executor.socketPath, u"-"_s});
        QVERIFY(nobody.waitForFinished(20'000));
        QCOMPARE(nobody.readAllStandardOutput(), QByteArray());
        QTRY_VERIFY_WITH_TIMEOUT(
            (executor.output += executor.process.readAll()).contains("a connection was refused"),
            20'000);
        QVERIFY(ExecutorPeer(executor.socketPath).waitForType(u"welcome"_s));
    }

    void whatIsNoFrameEndsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("8 MiB and more") << frameOfLength((8 << 20) + 1);
        QTest::newRow("no JSON") << frameOfLength(4) + "\xff\xfe{}";
        QTest::newRow("a list") << frameOfLength(2) + "[]";
        QTest::newRow("nothing") << frameOfLength(0);
        QTest::newRow("deep") << frameOfLength(2000) + QByteArray(2000, '[');
    }

    void whatIsNoFrameEndsTheConnection()
    {
        QFETCH(QByteArray, bytes);
        ExecutorProcess executor;
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath), other(executor.socketPath);
        QVERIFY(peer.waitForType(u"welcome"_s));
        QVERIFY(peer.write(bytes));
        QVERIFY(peer.waitForEnd());
        QVERIFY(other.waitForType(u"welcome"_s));
        QVERIFY(other.say({{u"type"_s, u"config"_s}, {u"ip"_s, executor.ip}}));
        QVERIFY(other.waitForType(u"config"_s));
    }

    void framesOfNonsenseAreSurvived()
    {
        ExecutorProcess executor;
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        for (const char *json :
             {"{}", R"({"type":"command"})",
              R"({"type":"command","payload":7,"key":[],"entry":{}})",
              R"({"type":"config","ip":"../../etc/passwd","fields":{"a":"eA=="}})",
              R"({"type":"config","ip":"10.0.0.7","fields":{"a":1}})",
              R"({"type":"taken","n":-1e300})", R"({"type":"taken","n":"x"})",
              R"({"type":"maintenance","scopes":[1,2]})", R"({"type":"state","n":1})",
              R"({"type":"maintenance","scopes":{"x":"y"}})"}) {
            const QByteArray bytes(json);
            QVERIFY(peer.write(frameOfLength(quint32(bytes.size())) + bytes));
        }
        QVERIFY(peer.waitForType(u"config"_s));
        QVERIFY(!peer.frames.last()[u"accepted"_s].toBool());
    }

    void whoDoesNotReadDisturbsNobody()
    {
        ExecutorProcess executor;
        QVERIFY2(executor.start(), executor.output.constData());
        const ExecutorPeer slow(executor.socketPath);
        ExecutorPeer peer(executor.socketPath);
        // Each answer goes to the slow one too, which reads none.
        const QJsonObject question = executor.configFrame(QByteArray(40'000, '{'));
        for (int i = 0; i < 200; ++i) {
            QVERIFY(peer.say(question));
            QVERIFY(peer.waitForType(u"config"_s));
        }
    }

    void onlySoManyConnectionsAreTaken()
    {
        ExecutorProcess executor;
        QVERIFY2(executor.start(), executor.output.constData());
        std::vector<std::unique_ptr<ExecutorPeer>> peers;
        for (int i = 0; i < 8; ++i) {
            peers.push_back(std::make_unique<ExecutorPeer>(executor.socketPath));
            QVERIFY(peers.back()->waitForType(u"welcome"_s));
        }
        QVERIFY(ExecutorPeer(executor.socketPath).waitForEnd());
        peers.clear();
        QTRY_VERIFY_WITH_TIMEOUT(ExecutorPeer(executor.socketPath).waitForType(u"welcome"_s),
                                 20'000);
    }

    void aSecondExecutorSaysWhoIsThere()
    {
        ExecutorProcess executor;
        QVERIFY2(executor.start(), executor.output.constData());
        QCOMPARE(executor.runOnce({}), 74);
        QVERIFY(executor.output.contains("another treewarden-executor uses"));
        QVERIFY(ExecutorPeer(executor.socketPath).waitForType(u"welcome"_s));
    }

    void theScheduleRunsByItself()
    {
        ExecutorProcess executor;
        QCOMPARE(executor.runOnce({u"--prepare"_s}), 0);
        QVERIFY2(executor.start(), executor.output.constData());
        ExecutorPeer peer(executor.socketPath);
        QVERIFY(peer.say(executor.configFrame(controlled(executor), 1, oftenSchedule)));
        QVERIFY(peer.waitForType(u"config"_s));
        QVERIFY2(peer.frames.last()[u"accepted"_s].toBool(),
                 qPrintable(peer.frames.last()[u"detail"_s].toString()));
        QVERIFY(peer.waitFor(
            [](const QJsonObject &frame) {
                const QJsonObject message = frame[u"message"_s].toObject();
                return message[u"schedule"_s] == u"often"_s && message[u"state"_s] == u"done"_s;
            },
            90'000));
        QCOMPARE(contentOf(executor.at("notes")).count('\n'), 1);
    }

    void checksItsFilesAndSaysWhatIsWrong()
    {
        ExecutorProcess executor;
        QCOMPARE(executor.runOnce({u"--check"_s}), 0);
        QVERIFY2(executor.output.contains("protected: ssh"), executor.output.constData());
        QVERIFY(executor.output.contains("trusted-keys: 1"));
        executor.write("policy.conf", "[policy]\nshell = perhaps\n");
        QCOMPARE(executor.runOnce({u"--check"_s}), 78);
        QVERIFY(executor.output.contains("shell must be allow or deny"));
        QCOMPARE(executor.runOnce({u"--prepare"_s, u"--check"_s}), 64);
        QCOMPARE(executor.runOnce({u"--version"_s}), 0);
        executor.write("machine-id", "");
        QCOMPARE(executor.runOnce({}), 78);
        QVERIFY(executor.output.contains("machine_id_file"));
    }

    void linksNoNetworkCode()
    {
        QProcess ldd;
        ldd.start(u"ldd"_s, {QStringLiteral(TREEWARDEN_EXECUTOR)});
        QVERIFY(ldd.waitForFinished(20'000));
        const QByteArray libraries = ldd.readAllStandardOutput();
        QVERIFY(libraries.contains("libQt6Core"));
        for (const char *name : {"Qt6Network", "hiredis", "microhttpd", "libssl", "libcurl"})
            QVERIFY2(!libraries.contains(name), name);
    }
};

QTEST_GUILESS_MAIN(TestExecutorServer)
#include "tst_executorserver.moc"
