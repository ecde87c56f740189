// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/event.h"
#include "shared/redis/redisconnection.h"
#include "shared/redis/redissubscriber.h"
#include "tests/integration/agentharness.h"
#include "tests/support/freeport.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

} // namespace

// Two redis-servers, three Sentinels: who is told to go to the master goes there, and follows it.
class TestSentinels : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedisServer> m_first, m_second;
    std::vector<std::unique_ptr<QProcess>> m_sentinels;
    std::unique_ptr<QTemporaryDir> m_folder;
    QList<quint16> m_ports;

    QString url() const
    {
        QStringList hosts;
        for (const quint16 port : m_ports)
            hosts << u"127.0.0.1:%1"_s.arg(port);
        return u"sentinel://%1/tw"_s.arg(hosts.join(u','));
    }

    static std::unique_ptr<RedisServer> makeRedis(const QStringList &arguments)
    {
        RedisServer::Options options;
        options.listen = RedisServer::Listen::Tcp;
        options.arguments = QStringList{u"--repl-diskless-sync-delay"_s, u"0"_s} + arguments;
        return std::make_unique<RedisServer>(options);
    }

    void startSentinel(int number)
    {
        const QString folder = m_folder->filePath(QString::number(number));
        QVERIFY(QDir().mkpath(folder));
        QFile file(folder + u"/sentinel.conf"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(u"bind 127.0.0.1\nport %1\ndir %2\nlogfile %2/log\n"
                   "sentinel monitor tw 127.0.0.1 %3 2\nsentinel down-after-milliseconds tw 1000\n"
                   "sentinel failover-timeout tw 3000\nsentinel parallel-syncs tw 1\n"_s
                       .arg(m_ports.at(number))
                       .arg(folder)
                       .arg(m_first->port())
                       .toUtf8());
        file.close();
        auto process = std::make_unique<QProcess>();
        process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
        process->start(u"redis-server"_s, {file.fileName(), u"--sentinel"_s});
        QVERIFY(process->waitForStarted(patience));
        m_sentinels.push_back(std::move(process));
    }

    RedisValue askSentinel(const QByteArrayList &words) const
    {
        RedisUrl sentinel;
        sentinel.host = u"127.0.0.1"_s;
        sentinel.port = m_ports.first();
        RedisConnection connection(sentinel);
        connection.open();
        auto answer = connection.request(words);
        const QDeadlineTimer deadline(5000);
        while (!answer.isFinished() && !deadline.hasExpired())
            QTest::qWait(5);
        return answer.isFinished() ? answer.result().value : RedisValue();
    }

    bool isReady() const
    {
        const QHash<QByteArray, QByteArray> state
            = askSentinel({"SENTINEL", "master", "tw"}).toHash();
        return state.value("num-slaves") == "1" && state.value("num-other-sentinels") == "2"
            && askSentinel({"SENTINEL", "ckquorum", "tw"}).text.startsWith("OK");
    }

    static QByteArray role(const RedisServer &redis)
    {
        return redis.call({"ROLE"}).toList().value(0);
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_first = makeRedis({});
        m_second = makeRedis({u"--replicaof"_s, u"127.0.0.1"_s, QString::number(m_first->port())});
        m_ports.clear();
        for (int i = 0; i < 3; ++i)
            m_ports << freePort();
        for (int i = 0; i < 3; ++i)
            startSentinel(i);
        QTRY_VERIFY_WITH_TIMEOUT(isReady(), patience);
    }

    void cleanup()
    {
        for (const auto &process : m_sentinels) {
            process->kill();
            process->waitForFinished(patience);
        }
        m_sentinels.clear();
        m_first.reset();
        m_second.reset();
    }

    void readersAndWritersFollowTheMaster()
    {
        // One of the Sentinels is gone: the others know too.
        m_sentinels.front()->kill();
        m_sentinels.front()->waitForFinished(patience);
        m_ports.append(m_ports.takeFirst());
        const auto where = RedisUrl::parse(
            u"sentinel://127.0.0.1:%1,127.0.0.1:%2,127.0.0.1:%3/tw"_s.arg(m_ports[2])
                .arg(m_ports[0])
                .arg(m_ports[1]));
        QVERIFY(where);
        RedisTimeouts timeouts;
        timeouts.command = std::chrono::milliseconds(1000);
        timeouts.longestRetry = std::chrono::milliseconds(500);
        RedisConnection writer(*where, timeouts);
        RedisSubscriber reader(*where, timeouts);
        QByteArrayList heard;
        connect(&reader, &RedisSubscriber::message, this,
                [&](const QByteArray &, const QByteArray &payload) { heard << payload; });
        reader.subscribe("news");
        writer.open();
        reader.open();
        QTRY_VERIFY_WITH_TIMEOUT(writer.isConnected() && reader.isReady(), patience);
        writer.request({"PUBLISH", "news", "one"});
        QTRY_COMPARE_WITH_TIMEOUT(heard, QByteArrayList{"one"}, patience);
        QCOMPARE(m_first->call({"SET", "key", "1"}).text, "OK");

        m_first->kill();
        QTRY_COMPARE_WITH_TIMEOUT(role(*m_second), "master", patience);
        QTRY_VERIFY_WITH_TIMEOUT(writer.isConnected() && reader.isReady(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            (writer.request({"PUBLISH", "news", "two"}), QTest::qWait(50), heard.contains("two")),
            patience);
        QCOMPARE(m_second->text({"GET", "key"}), "1");
    }

    void aReplicaIsNotTakenForTheMaster()
    {
        m_second->call({"REPLICAOF", "NO", "ONE"});
        m_first->call({"REPLICAOF", "127.0.0.1", QByteArray::number(m_second->port())});
        const auto where = RedisUrl::parse(url());
        QVERIFY(where);
        RedisConnection connection(*where);
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected()
                                     || connection.lastError().contains(u"but it is none"),
                                 patience);
        // Whichever of the two it becomes: who is connected is connected to a master.
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        auto answer = connection.request({"ROLE"});
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patience);
        QCOMPARE(answer.result().value.toList().value(0), "master");
    }

    void anAgentTellsEachTransitionOnceThroughAFailover()
    {
        Victims victims;
        enrol(*m_first, {victims.start(u"a"_s), victims.start(u"b"_s)});
        m_first->call({"WAIT", "1", "5000"});
        AgentProcess agent(url());
        agent.start();
        const auto flips = [](const RedisServer &redis) {
            QByteArrayList list;
            for (const RedisValue &entry : redis.call({"XRANGE", "events", "-", "+"}).elements) {
                const auto event
                    = parseEvent(entry.elements.value(0).text, entry.elements.value(1).toList());
                if (event && event->type == u"service")
                    list << event->json.value(u"instance").toString().toUtf8()
                            + QByteArray::number(event->json.value(u"alive").toInt());
            }
            return list;
        };
        QTRY_COMPARE_WITH_TIMEOUT(flips(*m_first).size(), 2, patience);
        const QByteArrayList first = flips(*m_first);
        QTRY_COMPARE_WITH_TIMEOUT(flips(*m_second), first, patience);

        m_first->pause(); // it hangs, as on a host that lost its disk
        victims.kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(role(*m_second), "master", patience);
        victims.kill(u"b"_s);
        QTRY_COMPARE_WITH_TIMEOUT(flips(*m_second), (first + QByteArrayList{"a0", "b0"}), patience);

        m_first->resume(); // it believes to be the master for some seconds
        victims.start(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(flips(*m_second), (first + QByteArrayList{"a0", "b0", "a1"}),
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(role(*m_first), "slave", patience);
        victims.kill(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(flips(*m_second),
                                  (first + QByteArrayList{"a0", "b0", "a1", "a0"}), patience);
        QTRY_COMPARE_WITH_TIMEOUT(flips(*m_first), flips(*m_second), patience);
        QCOMPARE(m_second->text({"HGET", "servers:alive", "127.0.0.1"}), "1");
        QCOMPARE(countEvents(*m_second, u"alive"_s), 1);
        QVERIFY2(agent.isRunning(), agent.errors());
    }
};

QTEST_GUILESS_MAIN(TestSentinels)
#include "tst_sentinels.moc"
