// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/history/chunkcodec.h"
#include "tests/integration/agentharness.h"

#include <QHash>
#include <QSet>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;
const QByteArray samplesKey = "server:workload:127.0.0.1:1s";

} // namespace

/// The history that a real agent writes at ten samples a second: whatever is killed, each sample
/// stands in it once.
class TestAgentHistory : public QObject
{
    Q_OBJECT

    /// The times of all samples in the list, in its order.
    QList<qint64> writtenTimes() const
    {
        ChunkDecoder decoder;
        HistoryChunk chunk;
        QList<qint64> times;
        for (const QByteArray &bytes : m_redis->call({"LRANGE", samplesKey, "0", "-1"}).toList()) {
            const auto isKnown = decoder.decode(bytes, chunk);
            if (!isKnown || !*isKnown)
                qFatal("the agent wrote a chunk that does not decode");
            times.append(QList<qint64>(chunk.times.begin(), chunk.times.end()));
        }
        return times;
    }

    qsizetype chunkCount() const { return m_redis->text({"LLEN", samplesKey}).toInt(); }

    /// The times of all samples that were published until now.
    QSet<qint64> publishedTimes() const
    {
        QSet<qint64> times;
        for (const QJsonObject &message : m_listener->messages(u"workload"_s))
            times.insert(message[u"timestamp"_s].toInteger());
        return times;
    }

    void startAgent()
    {
        m_agent = std::make_unique<AgentProcess>(m_redis->urlText());
        m_agent->setStateDirectory(m_state.path());
        m_agent->start();
    }

    /// Which times stand twice in the list, and where.
    QStringList repeatedTimes() const
    {
        QStringList repeated;
        QHash<qint64, qsizetype> places;
        const QList<qint64> times = writtenTimes();
        for (qsizetype i = 0; i < times.size(); ++i) {
            if (places.contains(times[i]))
                repeated << u"%1 at %2 and %3 of %4"_s.arg(times[i])
                                .arg(places[times[i]])
                                .arg(i)
                                .arg(times.size());
            places.insert(times[i], i);
        }
        return repeated;
    }

    /// Everything that was published is written once, and nothing is written twice.
    void compareWithPublished()
    {
        const QSet<qint64> published = publishedTimes();
        QVERIFY(published.size() > 20);
        const auto isComplete = [&] {
            const QList<qint64> times = writtenTimes();
            return QSet<qint64>(times.begin(), times.end()).contains(published);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), patience);
        const QStringList repeated = repeatedTimes();
        QVERIFY2(repeated.isEmpty(), qPrintable(repeated.join(u"; "_s)));
    }

    /// The longest pause between two samples, ms.
    qint64 longestGap() const
    {
        const QList<qint64> times = writtenTimes();
        qint64 longest = 0;
        for (qsizetype i = 1; i < times.size(); ++i)
            longest = std::max(longest, times[i] - times[i - 1]);
        return longest;
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_listener = std::make_unique<Listener>(*m_redis);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady(), patience);
        enrol(*m_redis, {});
        m_redis->call({"HSET", "server:config:127.0.0.1", "intervals",
                       R"({"heartbeat":1,"lease":6,"services":5,"workload":0.1})"});
        startAgent();
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"workload"_s) > 10, patience);
    }

    void cleanup()
    {
        m_agent.reset();
        m_listener.reset();
        m_redis.reset();
    }

    void anAgentThatIsKilledGoesOnWhereItWas()
    {
        for (int turn = 0; turn < 3; ++turn) {
            const int seen = m_listener->count(u"workload"_s);
            QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"workload"_s) > seen + 30, patience);
            m_agent->signal(SIGKILL);
            m_agent->wait();
            startAgent();
        }
        compareWithPublished();
    }

    void anAgentThatIsStoppedWellLosesNothing()
    {
        QTRY_VERIFY_WITH_TIMEOUT(chunkCount() > 0, patience);
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
        startAgent();
        compareWithPublished();
    }

    void anOutageOfRedisLeavesNoGap()
    {
        QTRY_VERIFY_WITH_TIMEOUT(chunkCount() > 0, patience);
        m_redis->stop();
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("is away"), patience);
        QTest::qWait(9000); // a chunk and a half becomes full meanwhile
        m_redis->start();
        const qsizetype before = chunkCount();
        QTRY_VERIFY_WITH_TIMEOUT(chunkCount() > before + 1, patience);
        compareWithPublished();
        QVERIFY2(longestGap() < 4000, qPrintable(QString::number(longestGap())));
    }

    void aLostAnswerWritesNothingTwice()
    {
        for (int turn = 0; turn < 12; ++turn) {
            m_redis->call({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            const int seen = m_listener->count(u"workload"_s);
            QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"workload"_s) > seen + 9, patience);
        }
        compareWithPublished();
    }

    void roundsOfOneMillisecondAreOneSample()
    {
        m_redis->call({"EVAL",
                       "for i = 1, 200 do redis.call('PUBLISH', 'manage:127.0.0.1', 'refresh') end",
                       "0"});
        const int seen = m_listener->count(u"workload"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"workload"_s) > seen + 10, patience);
        compareWithPublished();
    }

    void aFlushLosesOnlyWhatWasWritten()
    {
        QTRY_VERIFY_WITH_TIMEOUT(chunkCount() > 0, patience);
        m_redis->call({"FLUSHALL"});
        QTRY_VERIFY_WITH_TIMEOUT(chunkCount() > 0, patience);
        QVERIFY(m_agent->isRunning());
        QVERIFY(longestGap() < 4000);
    }

    void keepsAsMuchAsItIsTold()
    {
        m_redis->call(
            {"HSET", "server:config:127.0.0.1", "intervals",
             R"({"heartbeat":1,"lease":6,"services":5,"workload":0.1,"keep":{"1s":60}})"});
        // Ten chunks are a minute; one more because the list's begin need not be a chunk's.
        for (int i = 0; i < 30; ++i)
            m_redis->call({"RPUSH", samplesKey, "\2later"});
        m_redis->call({"PUBLISH", "manage:127.0.0.1", "reload"});
        QTRY_COMPARE_WITH_TIMEOUT(chunkCount(), 11, patience);
    }

    void aListOfAnotherTypeIsToldOnceAndOthersGoOn()
    {
        m_agent->signal(SIGKILL);
        m_agent->wait();
        m_redis->call({"DEL", samplesKey});
        m_redis->call({"SET", samplesKey, "rubbish"});
        startAgent();
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("cannot be read"), patience);
        const int seen = m_listener->count(u"workload"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->count(u"workload"_s) > seen + 30, patience);
        QCOMPARE(m_agent->errors().count("cannot be read"), 1);
        m_redis->call({"DEL", samplesKey});
        compareWithPublished();
    }

private:
    QTemporaryDir m_state;
    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<AgentProcess> m_agent;
};

QTEST_GUILESS_MAIN(TestAgentHistory)
#include "tst_agenthistory.moc"
