// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/faultproxy.h"
#include "tests/support/redisserver.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;
using Outcome = RedisReply::Outcome;
using std::chrono::milliseconds;

} // namespace

/// Random commands, contexts that die, connections that break: whatever happens, the promises hold.
class TestRedisStress : public QObject
{
    Q_OBJECT
private:
    /// What a caller is owed and has got.
    struct Books
    {
        std::map<int, int> replies; ///< number of the command → how often it was answered
        int lastAnswered = -1; ///< answers come in the order of the commands
        int wrong = 0;
    };

private Q_SLOTS:

    void keepsItsPromisesWhateverHappens_data()
    {
        QTest::addColumn<quint32>("seed");
        for (const quint32 seed : {1U, 2U, 3U, 4U, 5U, 6U})
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }

    void keepsItsPromisesWhateverHappens()
    {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        RedisTimeouts timeouts;
        timeouts.firstRetry = milliseconds(1);
        timeouts.longestRetry = milliseconds(10);
        RedisConnection connection(proxy.url(), timeouts);
        connection.open();

        Books books;
        int number = 0, increments = 0, incrementsAnswered = 0, incrementsUnknown = 0,
            callsToTheDead = 0;
        const auto take = [&](int which, const RedisReply &reply) {
            ++books.replies[which];
            if (reply.outcome != Outcome::Answered)
                return;
            books.wrong
                += reply.value.text != QByteArray::number(which) || which < books.lastAnswered;
            books.lastAnswered = which;
        };
        for (int round = 0; round < 400; ++round) {
            for (int i = random.bounded(8); i >= 0; --i) {
                const int which = number++;
                books.replies[which] = 0;
                connection.command({"ECHO", QByteArray::number(which)}, this,
                                   [&, which](const RedisReply &reply) { take(which, reply); });
            }
            if (random.bounded(3) == 0) {
                ++increments;
                connection.transaction({{"INCR", "n"}, {"INCR", "m"}}, this,
                                       [&](const RedisReply &reply) {
                                           incrementsAnswered += reply.isOk();
                                           incrementsUnknown += reply.isOutcomeUnknown();
                                           increments -= reply.outcome == Outcome::NotSent;
                                       });
            }
            if (random.bounded(3) == 0) {
                const int first = number++, second = number++;
                books.replies[first] = books.replies[second] = 0;
                connection.pipeline(
                    {{"ECHO", QByteArray::number(first)}, {"ECHO", QByteArray::number(second)}},
                    this, [&, first, second](const QList<RedisReply> &both) {
                        books.wrong += both.size() != 2;
                        take(first, both.value(0));
                        take(second, both.value(1));
                    });
            }
            auto mortal = std::make_unique<QObject>();
            connection.command({"PING"}, mortal.get(),
                               [&](const RedisReply &) { ++callsToTheDead; });
            mortal.reset();

            switch (random.bounded(12)) {
            case 0:
                proxy.cutAll();
                break;
            case 1:
                proxy.setReset(random.bounded(2) == 0);
                proxy.setCutAfter(random.bounded(2) == 0 ? -1 : random.bounded(400));
                break;
            case 2:
                proxy.setOneByteAtATime(random.bounded(2) == 0);
                break;
            case 3:
                connection.close();
                connection.open();
                break;
            default:
                break;
            }
            if (random.bounded(2) == 0)
                QTest::qWait(random.bounded(4));
        }
        proxy.setCutAfter(-1);
        const auto isSettled = [&] {
            return std::ranges::all_of(books.replies,
                                       [](const auto &each) { return each.second >= 1; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSettled(), patience);
        QFuture<RedisReply> last = connection.request({"PING"});
        QTRY_VERIFY_WITH_TIMEOUT(last.isFinished(), patience);

        QVERIFY(
            std::ranges::all_of(books.replies, [](const auto &each) { return each.second == 1; }));
        QCOMPARE(books.wrong, 0);
        QCOMPARE(callsToTheDead, 0);
        // What was answered ran, what is unknown may have run, nothing ran twice; both counters
        // always together.
        const int ran = server.text({"GET", "n"}).toInt();
        QVERIFY2(ran >= incrementsAnswered && ran <= incrementsAnswered + incrementsUnknown,
                 qPrintable(u"%1 of %2"_s.arg(ran).arg(increments)));
        QCOMPARE(server.text({"GET", "m"}).toInt(), ran);
    }

    void bringsSubscriptionsBackOnceWhateverHappens()
    {
        QRandomGenerator random(7);
        RedisServer server;
        FaultProxy proxy(server.socketPath());
        RedisTimeouts timeouts;
        timeouts.firstRetry = milliseconds(1);
        timeouts.longestRetry = milliseconds(10);
        RedisSubscriber subscriber(proxy.url(), timeouts);
        QSet<QByteArray> wanted;
        subscriber.open();
        for (int round = 0; round < 300; ++round) {
            const QByteArray channel = "c" + QByteArray::number(random.bounded(20));
            if (random.bounded(3) == 0) {
                subscriber.unsubscribe(channel);
                wanted.remove(channel);
            } else {
                subscriber.subscribe(channel);
                wanted.insert(channel);
            }
            if (random.bounded(6) == 0)
                proxy.cutAll();
            if (random.bounded(6) == 0)
                proxy.setCutAfter(random.bounded(2) == 0 ? -1 : random.bounded(300));
            if (random.bounded(2) == 0)
                QTest::qWait(random.bounded(4));
        }
        proxy.setCutAfter(-1);
        const auto heard = [&] {
            QSet<QByteArray> names;
            for (const QByteArray &name : server.call({"PUBSUB", "CHANNELS"}).toList())
                names.insert(name);
            return names;
        };
        QTRY_VERIFY_WITH_TIMEOUT(subscriber.isReady() && heard() == wanted, patience);
        for (const QByteArray &channel : wanted)
            QCOMPARE(server.call({"PUBLISH", channel, "x"}).integer, 1);
    }
};

QTEST_GUILESS_MAIN(TestRedisStress)
#include "tst_redisstress.moc"
