// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/event.h"
#include "tests/integration/agentharness.h"
#include "tests/support/faultproxy.h"

#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

} // namespace

namespace Treewarden {

/// A service died or came.
struct Flip
{
    QString instance;
    int alive = 0;

    friend bool operator==(const Flip &, const Flip &) = default;
};

} // namespace Treewarden

// Redis goes away in every way it can, services die and come meanwhile, and the agent is killed at
// any point: every transition is told exactly once, in order, with its own time.
class TestAgentOutages : public QObject
{
    Q_OBJECT

    std::unique_ptr<RedisServer> m_redis;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<Victims> m_victims;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<AgentProcess> m_agent;
    QList<Flip> m_expected;

    void startAgent(const QString &url)
    {
        m_agent = std::make_unique<AgentProcess>(url);
        m_agent->setStateDirectory(m_state->path());
        m_agent->start();
    }

    void startAgent() { startAgent(m_redis->urlText()); }

    void killAgent()
    {
        m_agent->signal(SIGKILL);
        QCOMPARE(m_agent->wait(), -1);
    }

    QByteArray outbox() const
    {
        QFile file(m_state->filePath(u"outbox-127.0.0.1"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// What the outbox's newest record of the service says.
    int kept(const QString &instance) const
    {
        const QByteArray all = outbox();
        const qsizetype at
            = all.lastIndexOf("\"instance\":\"" + instance.toUtf8() + "\",\"alive\":");
        return at < 0 ? -1 : all.mid(all.indexOf("\"alive\":", at) + 8, 1).toInt();
    }

    void flip(const QString &instance, bool isAlive)
    {
        if (isAlive)
            m_victims->start(instance);
        else
            m_victims->kill(instance);
        QTRY_COMPARE_WITH_TIMEOUT(kept(instance), int(isAlive), patience);
        m_expected << Flip{instance, int(isAlive)};
    }

    QList<QJsonObject> events(const QString &type) const
    {
        QList<QJsonObject> list;
        for (const RedisValue &entry : m_redis->call({"XRANGE", "events", "-", "+"}).elements) {
            const auto event
                = parseEvent(entry.elements.value(0).text, entry.elements.value(1).toList());
            if (event && event->type == type)
                list << event->json;
        }
        return list;
    }

    QList<Flip> toldFlips() const
    {
        QList<Flip> flips;
        for (const QJsonObject &event : events(u"service"_s))
            flips << Flip{event.value(u"instance").toString(), event.value(u"alive").toInt()};
        return flips;
    }

    void verifyTold()
    {
        QTRY_COMPARE_WITH_TIMEOUT(toldFlips().size(), m_expected.size(), patience);
        QCOMPARE(toldFlips(), m_expected);
        QSet<QString> numbers;
        qint64 last = 0;
        QHash<QString, QJsonObject> newest;
        for (const QJsonObject &event : events(u"service"_s)) {
            numbers << event.value(u"session").toString() + u':'
                    + QString::number(event.value(u"n").toInteger());
            QVERIFY(event.value(u"timestamp").toInteger() >= last);
            last = event.value(u"timestamp").toInteger();
            newest.insert(event.value(u"instance").toString(), event);
        }
        QCOMPARE(numbers.size(), m_expected.size());
        for (const QJsonObject &event : newest) {
            const QByteArray instance = event.value(u"instance").toString().toUtf8();
            QTRY_COMPARE_WITH_TIMEOUT(
                m_redis->text({"GET", "service:127.0.0.1:dummy:" + instance + ":alive"}),
                QByteArray::number(event.value(u"alive").toInt()), patience);
            const auto state = QJsonDocument::fromJson(
                m_redis->text({"HGET", "services:127.0.0.1", "dummy:" + instance}));
            QCOMPARE(state[u"since"].toInteger(), event.value(u"timestamp").toInteger());
        }
    }

    /// What happens before an agent has found its services is not its to keep.
    void waitUntilItWatches()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("watching"), patience);
        m_listener->clear();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_listener->last(u"services"_s).value(u"states").toObject().size(), 2, patience);
    }

    void stopRedis()
    {
        m_redis->stop();
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("is away"), patience);
    }

    /// How many the server has answered by EXECABORT.
    int refusedTransactions()
    {
        const QByteArray stats = m_redis->text({"INFO", "errorstats"});
        const QByteArray name = "errorstat_EXECABORT:count=";
        const qsizetype at = stats.indexOf(name);
        return at < 0 ? 0 : stats.mid(at + name.size(), 9).split('\r').first().toInt();
    }

private Q_SLOTS:

    void init()
    {
        m_redis = std::make_unique<RedisServer>();
        m_victims = std::make_unique<Victims>();
        m_listener = std::make_unique<Listener>(*m_redis);
        m_state = std::make_unique<QTemporaryDir>();
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady(), patience);
        enrol(*m_redis, {m_victims->start(u"a"_s), m_victims->start(u"b"_s)});
        startAgent();
        QTRY_COMPARE_WITH_TIMEOUT(events(u"service"_s).size(), 2, patience);
        m_expected = toldFlips();
        QTRY_COMPARE_WITH_TIMEOUT(kept(u"b"_s), 1, patience);
    }

    void cleanup()
    {
        m_agent.reset();
        m_proxy.reset();
        m_listener.reset();
        m_victims.reset();
        m_redis.reset();
    }

    void theNextAgentTellsFirstWhatAKilledOneCouldNot()
    {
        const QByteArray session = m_redis->text({"HGET", "server:info:127.0.0.1", "session"});
        stopRedis();
        flip(u"a"_s, false);
        flip(u"a"_s, true);
        flip(u"b"_s, false);
        killAgent();

        struct stat status
        {
        };

        const QString path = m_state->filePath(u"outbox-127.0.0.1"_s);
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0600));
        m_redis->start();
        m_listener->clear();
        QTRY_VERIFY_WITH_TIMEOUT(m_listener->isReady(), patience);
        startAgent();
        verifyTold();
        for (const QJsonObject &event : events(u"service"_s))
            QCOMPARE(event.value(u"session").toString().toUtf8(), session);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_redis->text({"HGET", "server:info:127.0.0.1", "told"})
                .startsWith(m_redis->text({"HGET", "server:info:127.0.0.1", "session"})),
            patience);
        // A subscriber gets the same, once each; the first states after the start have no number.
        for (const auto &[instance, alive, count] :
             {std::tuple(u"a"_s, 0, 1), std::tuple(u"a"_s, 1, 1), std::tuple(u"b"_s, 0, 1)}) {
            QTRY_COMPARE_WITH_TIMEOUT(
                m_listener->count(u"service"_s,
                                  {{u"instance"_s, instance},
                                   {u"alive"_s, alive},
                                   {u"session"_s, QString::fromLatin1(session)}}),
                count, patience);
        }
        QVERIFY(m_agent->errors().contains("telling 3 transitions of an earlier run first"));
        QCOMPARE(events(u"alive"_s).size(), 1); // it never counted as died
    }

    void whatChangedWhileNoAgentRanIsComparedWithWhatWasLeft()
    {
        stopRedis();
        flip(u"a"_s, false);
        flip(u"b"_s, false);
        killAgent();
        m_victims->start(u"a"_s);
        m_redis->start();
        startAgent();
        m_expected << Flip{u"a"_s, 1};
        verifyTold();
    }

    void aServerThatWasSweptMeanwhileComesBackOnce()
    {
        stopRedis();
        flip(u"a"_s, false);
        killAgent();
        m_redis->start();
        m_redis->call({"HSET", "servers:alive", "127.0.0.1", "0"});
        m_redis->call({"SET", "server:alive:127.0.0.1", "0"});
        startAgent();
        verifyTold();
        QTRY_COMPARE_WITH_TIMEOUT(m_redis->text({"HGET", "servers:alive", "127.0.0.1"}), "1",
                                  patience);
        QCOMPARE(events(u"alive"_s).size(), 2);
    }

    void aGoodbyeThatRedisMissedIsToldByTheNextAgent()
    {
        stopRedis();
        flip(u"a"_s, false);
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
        m_redis->start();
        startAgent();
        verifyTold();
        QTRY_COMPARE_WITH_TIMEOUT(events(u"alive"_s).size(), 3, patience);
        const QList<QJsonObject> alive = events(u"alive"_s);
        QCOMPARE(alive[1].value(u"alive"), 0);
        QCOMPARE(alive[2].value(u"alive"), 1);
        QVERIFY(alive[1].value(u"session") == alive[0].value(u"session"));
        QVERIFY(alive[2].value(u"session") != alive[0].value(u"session"));
        QCOMPARE(m_redis->text({"HGET", "servers:since", "127.0.0.1"}).toLongLong(),
                 alive[2].value(u"timestamp").toInteger());
    }

    void aRedisThatComesBackEmptyGetsWhatWaited()
    {
        m_redis->kill();
        QFile::remove(m_redis->folder() + u"/dump.rdb"_s);
        flip(u"a"_s, false);
        flip(u"b"_s, false);
        m_redis->start();
        m_expected = {{u"a"_s, 0}, {u"b"_s, 0}};
        verifyTold();
    }

    void aKilledAgentsRestIsToldToAnEmptyRedis()
    {
        m_redis->kill();
        QFile::remove(m_redis->folder() + u"/dump.rdb"_s);
        flip(u"a"_s, false);
        flip(u"b"_s, false);
        killAgent();
        m_redis->start();
        enrol(*m_redis, {m_victims->fullName(u"a"_s), m_victims->fullName(u"b"_s)});
        startAgent();
        m_expected = {{u"a"_s, 0}, {u"b"_s, 0}};
        verifyTold();
    }

    void aServerThatWasRemovedMeanwhileTellsNothing()
    {
        m_redis->call({"SAVE"});
        const QByteArray machine = m_redis->text({"HGET", "server:info:127.0.0.1", "machine_id"});
        m_proxy = std::make_unique<FaultProxy>(m_redis->socketPath());
        m_agent->signal(SIGTERM);
        QCOMPARE(m_agent->wait(), 0);
        startAgent(m_proxy->url().displayText());
        QTRY_COMPARE_WITH_TIMEOUT(m_redis->text({"GET", "server:alive:127.0.0.1"}), "1", patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("watching"), patience);
        QTest::qWait(600); // a round
        m_proxy->setRefusing(true);
        m_proxy->cutAll();
        flip(u"a"_s, false);
        m_redis->call({"DEL", "server:config:127.0.0.1"});
        m_redis->call({"HSET", "servers:removed", "127.0.0.1",
                       "{\"machine_id\":\"" + machine + "\",\"timestamp\":1}"});
        m_proxy->setRefusing(false);
        // The proxy lives in this test's own event loop.
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->isRunning(), patience);
        QCOMPARE(m_agent->wait(), 68);
        QVERIFY(outbox().isEmpty());
        QCOMPARE(toldFlips().size(), 2);
    }

    void anotherMachinesReignEndsWhatThisOneHadToTell()
    {
        stopRedis();
        flip(u"a"_s, false);
        killAgent();
        m_redis->start();
        m_redis->call({"HSET", "server:info:127.0.0.1", "machine_id", "another", "session",
                       "11111111-2222-4333-8444-555555555555", "hostname", "other", "told",
                       "11111111-2222-4333-8444-555555555555:3"});
        m_redis->call({"SET", "server:alive:127.0.0.1", "0"});
        startAgent();
        verifyTold(); // the new one's first look found it
        QCOMPARE(events(u"service"_s).last().value(u"n"), 2);
        QVERIFY(QFile::exists(m_state->filePath(u"outbox-127.0.0.1.foreign"_s)));
    }

    void aDamagedOutboxIsKeptAsideAndDoesNotStopTheAgent()
    {
        killAgent();
        QFile file(m_state->filePath(u"outbox-127.0.0.1"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write(QByteArray("rubbish\n\xff{}\n").repeated(1000));
        file.close();
        m_victims->kill(u"a"_s);
        startAgent();
        m_expected << Flip{u"a"_s, 0};
        verifyTold();
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("is damaged"), 10'000);
        QVERIFY(QFile::exists(m_state->filePath(u"outbox-127.0.0.1.damaged"_s)));
    }

    void aReadOnlyReplicaIsToldWhenItIsMasterAgain()
    {
        m_redis->call({"REPLICAOF", "127.0.0.1", "1"});
        flip(u"a"_s, false);
        flip(u"a"_s, true);
        flip(u"b"_s, false);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("Redis refuses this server's reports"),
                                 patience);
        const int refused = refusedTransactions(); // each round tries again
        QTRY_VERIFY_WITH_TIMEOUT(refusedTransactions() >= refused + 6, patience);
        m_redis->call({"REPLICAOF", "NO", "ONE"});
        verifyTold();
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("takes this server's reports again"),
                                 patience);
        QCOMPARE(m_agent->errors().count("Redis refuses"), 1);
    }

    void whatRightsForbidIsToldWhenTheyAllowIt()
    {
        m_redis->call({"ACL", "SETUSER", "default", "-xadd"});
        flip(u"a"_s, false);
        flip(u"b"_s, false);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("Redis refuses this server's reports"),
                                 patience);
        // The rounds are taken meanwhile.
        const int refused = refusedTransactions(); // each round tries again
        QTRY_VERIFY_WITH_TIMEOUT(refusedTransactions() >= refused + 6, patience);
        QCOMPARE(m_agent->errors().count("Redis refuses"), 1);
        QVERIFY(m_agent->errors().contains("'xadd'"));
        QVERIFY(!m_agent->errors().contains("takes this server's reports again"));
        killAgent();
        m_redis->call({"ACL", "SETUSER", "default", "+xadd"});
        startAgent();
        verifyTold();
    }

    void aPasswordThatWasChangedIsTriedUntilItIsRightAgain()
    {
        m_redis->call({"ACL", "SETUSER", "agent", "on", ">right", "~*", "&*", "+@all"});
        const auto write = [this](const QString &name, const QByteArray &bytes) {
            QFile file(m_state->filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) < 0)
                qFatal("cannot write %s", qPrintable(name));
            return file.fileName();
        };
        const QString password = write(u"password"_s, "right\n");
        const QString config
            = write(u"agent.conf"_s, "[redis]\npassword_file=" + password.toUtf8() + '\n');
        killAgent();
        m_agent = std::make_unique<AgentProcess>(
            u"unix://agent@"_s + m_redis->socketPath(),
            QStringList{u"--ip"_s, u"127.0.0.1"_s, u"--config"_s, config});
        m_agent->setStateDirectory(m_state->path());
        m_agent->start();
        waitUntilItWatches();
        m_redis->call({"ACL", "SETUSER", "agent", "resetpass", ">other"});
        m_redis->call({"CLIENT", "KILL", "USER", "agent"});
        flip(u"a"_s, false);
        flip(u"b"_s, false);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->errors().contains("password"), patience);
        QCOMPARE(m_agent->errors().count("is away"), 2); // the cut, and the refused login
        QVERIFY2(!m_agent->errors().contains("right"), m_agent->errors());
        m_redis->call({"ACL", "SETUSER", "agent", ">right"});
        // A refused login is tried again after 30 to 60 s.
        QTRY_COMPARE_WITH_TIMEOUT(toldFlips().size(), m_expected.size(), 90'000);
        verifyTold();
    }

    void aFullRedisIsToldWhenItHasRoom()
    {
        m_redis->call({"CONFIG", "SET", "maxmemory", "1"});
        flip(u"a"_s, false);
        flip(u"a"_s, true);
        killAgent();
        m_redis->call({"CONFIG", "SET", "maxmemory", "0"});
        startAgent();
        verifyTold();
    }

    void aRedisThatHangsIsToldOnceWhicheverAgentToldIt()
    {
        m_redis->pause();
        flip(u"a"_s, false); // its MULTI waits in the hung server's socket
        flip(u"b"_s, false);
        killAgent();
        startAgent();
        m_redis->resume();
        verifyTold();
    }

    void everyTransitionIsToldOnceWhereverAgentsAreKilled_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void everyTransitionIsToldOnceWhereverAgentsAreKilled()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        killAgent();
        m_proxy = std::make_unique<FaultProxy>(m_redis->socketPath());
        const QString url = m_proxy->url().displayText();
        startAgent(url);
        for (int round = 0; round < 2; ++round) {
            waitUntilItWatches();
            m_proxy->setRefusing(true);
            m_proxy->cutAll();
            for (const QString &instance : {u"a"_s, u"b"_s, u"a"_s})
                flip(instance,
                     m_expected.lastIndexOf(Flip{instance, 1})
                         < m_expected.lastIndexOf(Flip{instance, 0}));
            // Slow answers make the telling long enough to be hit in the middle.
            m_proxy->setDelay(std::chrono::milliseconds(random.bounded(8)));
            m_proxy->setRefusing(false);
            for (int kill = 0; kill < 2; ++kill) {
                const int before = m_proxy->connections();
                QTRY_VERIFY_WITH_TIMEOUT(m_proxy->connections() > before || kill == 0, patience);
                QTest::qWait(random.bounded(60));
                killAgent();
                startAgent(url);
            }
            m_proxy->setDelay(std::chrono::milliseconds(0));
            verifyTold();
        }
        QCOMPARE(events(u"alive"_s).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestAgentOutages)
#include "tst_agentoutages.moc"
