// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/faultproxy.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;
using Outcome = RedisReply::Outcome;
using std::chrono::milliseconds;

RedisTimeouts quick()
{
    RedisTimeouts timeouts;
    timeouts.connect = milliseconds(2000);
    timeouts.firstRetry = milliseconds(20);
    timeouts.longestRetry = milliseconds(200);
    return timeouts;
}

} // namespace

/// A real Redis that dies, hangs and comes back, and networks that do what bad networks do.
class TestRedisFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void comesBackAfterRedisWasKilled()
    {
        RedisServer server;
        RedisConnection connection(server.url(), quick());
        QSignalSpy connected(&connection, &RedisConnection::connected);
        QSignalSpy disconnected(&connection, &RedisConnection::disconnected);
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 1, patience);
        QList<Outcome> outcomes;
        connection.command({"BLPOP", "nothing", "0"}, this, [&](const RedisReply &reply) {
            outcomes.append(reply.outcome);
            QCOMPARE(disconnected.size(), 0); // the replies come first
        });
        QTRY_COMPARE_WITH_TIMEOUT(server.text({"CLIENT", "LIST"}).count("cmd=blpop"), 1, patience);
        server.kill();
        QTRY_COMPARE_WITH_TIMEOUT(disconnected.size(), 1, patience);
        QCOMPARE(outcomes, QList{Outcome::Unknown});
        QTRY_VERIFY_WITH_TIMEOUT(connection.lastError().contains(u"is Redis running?"_s), patience);
        QFuture<RedisReply> waits = connection.request({"PING"});
        server.start();
        QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 2, patience);
        QTRY_VERIFY_WITH_TIMEOUT(waits.isFinished(), patience);
        QVERIFY(waits.result().isOk());
    }

    void dropsARedisThatHangs()
    {
        RedisServer server;
        RedisTimeouts timeouts = quick();
        timeouts.command = timeouts.connect = milliseconds(500);
        RedisConnection connection(server.url(), timeouts);
        QSignalSpy disconnected(&connection, &RedisConnection::disconnected);
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        server.pause();
        QFuture<RedisReply> increment = connection.request({"INCR", "n"});
        QTRY_COMPARE_WITH_TIMEOUT(disconnected.size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(increment.isFinished(), patience);
        QVERIFY(increment.result().isOutcomeUnknown());
        // A stopped server still accepts connections: the handshake's own limit ends each attempt.
        QTRY_VERIFY_WITH_TIMEOUT(connection.lastError().contains(u"is it stopped"_s), patience);
        QFuture<RedisReply> waits = connection.request({"ECHO", "after"});
        server.resume();
        QTRY_VERIFY_WITH_TIMEOUT(waits.isFinished(), patience);
        QCOMPARE(waits.result().value.text, "after");
        QCOMPARE(server.text({"GET", "n"}), "1"); // it ran, once: nothing was sent again
    }

    void noticesSilenceWithoutAnyCommand()
    {
        RedisServer server;
        RedisTimeouts timeouts = quick();
        timeouts.idlePing = milliseconds(200);
        timeouts.pingGrace = milliseconds(300);
        RedisConnection connection(server.url(), timeouts);
        RedisSubscriber subscriber(server.url(), timeouts);
        subscriber.subscribe("news");
        QSignalSpy lost(&connection, &RedisConnection::disconnected);
        QSignalSpy deaf(&subscriber, &RedisSubscriber::disconnected);
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        connection.open();
        subscriber.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected() && ready.size() == 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(server.text({"CLIENT", "LIST"}).count("cmd=ping"), 2, patience);
        QCOMPARE(lost.size() + deaf.size(), 0);
        server.pause();
        QTRY_VERIFY_WITH_TIMEOUT(lost.size() == 1 && deaf.size() == 1, patience);
        server.resume();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected() && ready.size() == 2, patience);
        QCOMPARE(server.call({"PUBLISH", "news", "x"}).integer, 1);
    }

    void comesBackAfterClientKill()
    {
        RedisServer server;
        RedisConnection connection(server.url(), quick());
        QSignalSpy connected(&connection, &RedisConnection::connected);
        connection.open();
        for (int round = 1; round <= 5; ++round) {
            QTRY_COMPARE_WITH_TIMEOUT(connected.size(), round, patience);
            server.call({"CLIENT", "KILL", "TYPE", "normal"});
        }
        QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 6, patience);
    }

    void waitsLongerAfterEachFailureButNeverLong()
    {
        RedisUrl url;
        url.transport = RedisUrl::Transport::Unix;
        url.path = u"/nonexistent/redis.sock"_s;
        RedisTimeouts timeouts;
        timeouts.firstRetry = milliseconds(2);
        timeouts.longestRetry = milliseconds(64);
        RedisConnection connection(url, timeouts);
        QList<qint64> pauses;
        connect(&connection, &RedisConnection::retrying, this,
                [&](qint64 milliseconds) { pauses.append(milliseconds); });
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(pauses.size() >= 12, patience);
        for (qsizetype i = 0; i < pauses.size(); ++i) {
            const qint64 ceiling = qMin<qint64>(64, 2 << qMin<qsizetype>(i, 10));
            const qint64 slack = 1 + ceiling / 20; // Qt's coarse timers round
            QVERIFY2(pauses.at(i) <= ceiling + slack && pauses.at(i) >= ceiling / 2 - slack,
                     qPrintable(u"%1: %2"_s.arg(i).arg(pauses.at(i))));
        }
        QVERIFY(QSet<qint64>(pauses.begin() + 5, pauses.end()).size() > 1); // partly random
        QVERIFY(connection.lastError().contains(u"/nonexistent/redis.sock"_s));
    }

    void forgetsFailuresOnlyAfterItStoodForAWhile_data()
    {
        QTest::addColumn<qint64>("healthy");
        QTest::addColumn<bool>("grows");
        QTest::newRow("soon lost") << qint64{3'600'000} << true;
        QTest::newRow("stood long enough") << qint64{0} << false;
    }

    void forgetsFailuresOnlyAfterItStoodForAWhile()
    {
        QFETCH(qint64, healthy);
        QFETCH(bool, grows);
        RedisServer server;
        RedisTimeouts timeouts;
        timeouts.firstRetry = milliseconds(4);
        timeouts.longestRetry = milliseconds(256);
        timeouts.healthy = milliseconds(healthy);
        RedisConnection connection(server.url(), timeouts);
        QList<qint64> pauses;
        connect(&connection, &RedisConnection::retrying, this,
                [&](qint64 pause, const QString &) { pauses.append(pause); });
        connection.open();
        while (pauses.size() < 8) {
            QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
            server.call({"CLIENT", "KILL", "TYPE", "normal"});
            QTRY_VERIFY_WITH_TIMEOUT(!connection.isConnected(), patience);
        }
        QCOMPARE(pauses.last() > 100, grows);
    }

    void triesAtOnceWhenTold()
    {
        RedisServer server;
        RedisTimeouts timeouts;
        timeouts.firstRetry = timeouts.longestRetry = std::chrono::hours(1);
        RedisConnection connection(server.url(), timeouts);
        server.kill();
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), RedisConnection::State::Waiting, patience);
        QVERIFY(connection.retryIn() > 1'000'000);
        server.start();
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
    }

    void passesErrorsOfRedisOnAndStays_data()
    {
        QTest::addColumn<QByteArrayList>("setting");
        QTest::addColumn<QString>("code");
        QTest::newRow("out of memory")
            << QByteArrayList{"CONFIG", "SET", "maxmemory", "1"} << u"OOM"_s;
        QTest::newRow("replica") << QByteArrayList{"REPLICAOF", "127.0.0.1", "1"} << u"READONLY"_s;
        QTest::newRow("too few replicas")
            << QByteArrayList{"CONFIG", "SET", "min-replicas-to-write", "1"} << u"NOREPLICAS"_s;
    }

    void passesErrorsOfRedisOnAndStays()
    {
        QFETCH(QByteArrayList, setting);
        QFETCH(QString, code);
        RedisServer server;
        server.call(setting);
        RedisConnection connection(server.url(), quick());
        connection.open();
        QFuture<RedisReply> reply = connection.request({"SET", "a", "1"});
        QTRY_VERIFY_WITH_TIMEOUT(reply.isFinished(), patience);
        QCOMPARE(reply.result().outcome, Outcome::Answered);
        QVERIFY2(reply.result().error.contains(code), qPrintable(reply.result().error));
        QVERIFY(connection.isConnected());
    }

    void waitsWhileRedisLoadsItsData()
    {
        RedisServer server(
            {.arguments = {u"--enable-debug-command"_s, u"yes"_s, u"--key-load-delay"_s, u"500"_s,
                           u"--loading-process-events-interval-bytes"_s, u"1024"_s,
                           u"--rdbcompression"_s, u"no"_s}});
        QCOMPARE(server.text({"DEBUG", "POPULATE", "4000"}), "OK");
        server.stop();
        RedisConnection connection(server.url(), quick());
        QStringList reasons;
        connect(&connection, &RedisConnection::retrying, this,
                [&](qint64, const QString &reason) { reasons.append(reason); });
        connection.open();
        server.startLoading();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        QVERIFY2(!reasons.filter(u"LOADING"_s).isEmpty(), qPrintable(reasons.join(u'\n')));
        QVERIFY(!connection.isRefused());
    }

    void saysSoWhenRedisHasTooManyClients()
    {
        RedisServer server({.arguments = {u"--maxclients"_s, u"2"_s}});
        RedisConnection first(server.url(), quick()), second(server.url(), quick()),
            third(server.url(), quick());
        first.open();
        second.open();
        QTRY_VERIFY_WITH_TIMEOUT(first.isConnected() && second.isConnected(), patience);
        third.open();
        QTRY_VERIFY_WITH_TIMEOUT(third.lastError().contains(u"too many clients"_s), patience);
        QVERIFY(!third.isRefused());
        second.close();
        QTRY_VERIFY_WITH_TIMEOUT(third.isConnected(), patience);
    }

    void takesAnswersOneByteAtATime()
    {
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        proxy.setOneByteAtATime(true);
        RedisConnection connection(proxy.url(), quick());
        connection.open();
        QByteArrayList answers;
        for (int i = 0; i < 200; ++i)
            connection.command({"ECHO", QByteArray::number(i) + "\r\n"}, this,
                               [&](const RedisReply &reply) { answers.append(reply.value.text); });
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 200, patience);
        for (int i = 0; i < 200; ++i)
            QCOMPARE(answers.at(i), QByteArray::number(i) + "\r\n");
    }

    void survivesACutAfterAnyByte_data()
    {
        QTest::addColumn<bool>("isReset");
        QTest::newRow("closed") << false;
        QTest::newRow("reset") << true;
    }

    void survivesACutAfterAnyByte()
    {
        QFETCH(bool, isReset);
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        proxy.setReset(isReset);
        RedisTimeouts timeouts = quick();
        timeouts.firstRetry = timeouts.longestRetry = milliseconds(1);
        for (int bytes = 0; bytes < 45; ++bytes) {
            proxy.setCutAfter(bytes);
            RedisConnection connection(proxy.url(), timeouts);
            QSignalSpy retrying(&connection, &RedisConnection::retrying);
            QList<RedisReply> replies;
            const auto note = [&](const RedisReply &reply) { replies.append(reply); };
            for (int i = 0; i < 3; ++i)
                connection.command({"ECHO", "0123456789"}, this, note);
            connection.open();
            QTRY_VERIFY_WITH_TIMEOUT(!retrying.isEmpty() || replies.size() == 3, patience);
            proxy.setCutAfter(-1);
            QTRY_COMPARE_WITH_TIMEOUT(replies.size(), 3, patience);
            bool isLost = false;
            for (const RedisReply &reply : replies) {
                isLost
                    = isLost || !reply.isOk(); // answers first, in order, then nothing but losses
                QCOMPARE(reply.outcome, isLost ? Outcome::Unknown : Outcome::Answered);
                if (!isLost)
                    QCOMPARE(reply.value.text, "0123456789");
            }
        }
    }

    void givesABlackHoleUp()
    {
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        RedisTimeouts timeouts = quick();
        timeouts.connect = timeouts.command = milliseconds(400);
        RedisConnection connection(proxy.url(), timeouts);
        QSignalSpy connected(&connection, &RedisConnection::connected);
        proxy.setBlackHole(true);
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.lastError().contains(u"no answer"_s), patience);
        proxy.setBlackHole(false);
        QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 1, patience);
        proxy.setBlackHole(true);
        QFuture<RedisReply> reply = connection.request({"PING"});
        QTRY_VERIFY_WITH_TIMEOUT(reply.isFinished(), patience);
        QVERIFY(reply.result().isOutcomeUnknown());
        proxy.setBlackHole(false);
        QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 2, patience);
    }

    void toleratesDelay()
    {
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        proxy.setDelay(milliseconds(150));
        RedisConnection connection(proxy.url(), quick());
        QSignalSpy disconnected(&connection, &RedisConnection::disconnected);
        connection.open();
        int replies = 0;
        for (int i = 0; i < 100; ++i)
            connection.command({"PING"}, this,
                               [&](const RedisReply &reply) { replies += reply.isOk(); });
        QTRY_COMPARE_WITH_TIMEOUT(replies, 100, patience);
        QCOMPARE(disconnected.size(), 0);
    }

    void followsAServerThatRefusesForAWhile()
    {
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        RedisSubscriber subscriber(proxy.url(), quick());
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        subscriber.subscribe("a");
        subscriber.subscribe("b");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
        proxy.setRefusing(true);
        proxy.cutAll();
        QTRY_VERIFY_WITH_TIMEOUT(subscriber.lastError().contains(u"nothing listens there"_s),
                                 patience);
        QCOMPARE(ready.size(), 1);
        proxy.setRefusing(false);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, patience);
    }

    void restoresSubscriptionsAsAWhole()
    {
        // The connection breaks in the middle of the confirmations: ready() waits for all of them.
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        RedisTimeouts timeouts = quick();
        timeouts.firstRetry = timeouts.longestRetry = milliseconds(1);
        proxy.setCutAfter(7 + 40);
        RedisSubscriber subscriber(proxy.url(), timeouts);
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        for (const char *name : {"a", "b", "c", "d"})
            subscriber.subscribe(name);
        subscriber.open();
        QTRY_VERIFY_WITH_TIMEOUT(proxy.connections() > 3, patience);
        QCOMPARE(ready.size(), 0);
        proxy.setCutAfter(-1);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
        for (const char *name : {"a", "b", "c", "d"})
            QCOMPARE(server.call({"PUBLISH", name, "x"}).integer, 1);
    }
};

QTEST_GUILESS_MAIN(TestRedisFaults)
#include "tst_redisfaults.moc"
