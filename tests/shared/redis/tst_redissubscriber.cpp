// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redissubscriber.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

RedisTimeouts quick()
{
    RedisTimeouts timeouts;
    timeouts.firstRetry = std::chrono::milliseconds(20);
    timeouts.longestRetry = std::chrono::milliseconds(200);
    return timeouts;
}

} // namespace

class TestRedisSubscriber : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void hearsWhatIsPublished()
    {
        RedisSubscriber subscriber(m_server.url());
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        QSignalSpy messages(&subscriber, &RedisSubscriber::message);
        subscriber.subscribe("news");
        subscriber.subscribe("news");
        subscriber.subscribe("other");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
        QVERIFY(subscriber.isReady());
        QCOMPARE(m_server.call({"PUBLISH", "news", QByteArray("a\0\r\nb", 5)}).integer, 1);
        m_server.call({"PUBLISH", "other", ""});
        QTRY_COMPARE_WITH_TIMEOUT(messages.size(), 2, patience);
        QCOMPARE(messages.at(0).at(1).toByteArray(), QByteArray("a\0\r\nb", 5));
        QCOMPARE(messages.at(1).at(0).toByteArray(), "other");
        QCOMPARE(ready.size(), 1);
    }

    /// Between two readings it rests: nothing is lost, and nothing waits for the next message.
    void hearsBurstsWholeAndInOrder()
    {
        RedisSubscriber subscriber(m_server.url());
        QByteArrayList heard;
        connect(&subscriber, &RedisSubscriber::message, this,
                [&](const QByteArray &, const QByteArray &payload) { heard << payload.left(6); });
        subscriber.subscribe("news");
        subscriber.open();
        QTRY_VERIFY_WITH_TIMEOUT(subscriber.isReady(), patience);
        QByteArrayList expected;
        for (const int size : {1, 1, 5000, 2, 3000, 1}) {
            m_server.call({"EVAL",
                           "for i = ARGV[1], ARGV[2] do redis.call('PUBLISH', 'news', "
                           "string.format('%06d', i) .. string.rep('x', i % 700)) end",
                           "0", QByteArray::number(expected.size() + 1),
                           QByteArray::number(expected.size() + size)});
            for (int i = 0; i < size; ++i)
                expected << QByteArray::number(expected.size() + 1).rightJustified(6, '0');
            QTRY_COMPARE_WITH_TIMEOUT(heard.size(), expected.size(), patience);
        }
        QCOMPARE(heard, expected);
    }

    void isReadyWithoutAnyChannel()
    {
        RedisSubscriber subscriber(m_server.url());
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
    }

    void tellsReadyAgainForALaterChannel()
    {
        RedisSubscriber subscriber(m_server.url());
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        subscriber.subscribe("first");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
        subscriber.subscribe("second");
        QVERIFY(!subscriber.isReady());
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, patience);
        QCOMPARE(m_server.call({"PUBLISH", "second", "x"}).integer, 1);
    }

    void hearsNothingAfterUnsubscribing()
    {
        RedisSubscriber subscriber(m_server.url());
        QSignalSpy messages(&subscriber, &RedisSubscriber::message);
        subscriber.subscribe("kept");
        subscriber.subscribe("dropped");
        subscriber.open();
        QTRY_VERIFY_WITH_TIMEOUT(subscriber.isReady(), patience);
        subscriber.unsubscribe("dropped");
        QVERIFY(subscriber.isReady()); // for what is still wanted
        QTRY_COMPARE_WITH_TIMEOUT(m_server.call({"PUBLISH", "dropped", "x"}).integer, 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(subscriber.isReady(), patience);
        m_server.call({"PUBLISH", "kept", "x"});
        QTRY_COMPARE_WITH_TIMEOUT(messages.size(), 1, patience);
        QCOMPARE(messages.at(0).at(0).toByteArray(), "kept");
    }

    void restoresAllSubscriptionsOnceAfterALoss()
    {
        RedisSubscriber subscriber(m_server.url(), quick());
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        QSignalSpy disconnected(&subscriber, &RedisSubscriber::disconnected);
        QSignalSpy messages(&subscriber, &RedisSubscriber::message);
        for (int i = 0; i < 300; ++i)
            subscriber.subscribe("c" + QByteArray::number(i));
        // Whoever hears ready() may rely on every channel.
        int early = 0;
        connect(&subscriber, &RedisSubscriber::ready, this, [&] {
            early += m_server.call({"PUBLISH", "c299", "x"}).integer != 1;
        });
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
        for (int round = 2; round <= 4; ++round) {
            m_server.call({"CLIENT", "KILL", "TYPE", "pubsub"});
            QTRY_COMPARE_WITH_TIMEOUT(ready.size(), round, patience);
            QCOMPARE(disconnected.size(), round - 1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(messages.size(), 4, patience);
        QCOMPARE(early, 0);
        QCOMPARE(m_server.call({"PUBLISH", "c0", "x"}).integer, 1);
        QCOMPARE(m_server.call({"PUBSUB", "CHANNELS"}).elements.size(), 300);
    }

    void tellsWhenItMayNotListen()
    {
        m_server.call({"ACL", "SETUSER", "deaf", "on", ">secret", "~*", "resetchannels", "&allowed",
                       "+@all"});
        RedisUrl url = m_server.url();
        url.user = u"deaf"_s;
        url.password = u"secret"_s;
        RedisSubscriber subscriber(url, quick());
        QSignalSpy retrying(&subscriber, &RedisSubscriber::retrying);
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        subscriber.subscribe("allowed");
        subscriber.subscribe("forbidden");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(retrying.size(), 1, patience);
        QVERIFY2(subscriber.lastError().contains(u"NOPERM"_s), qPrintable(subscriber.lastError()));
        QVERIFY(subscriber.retryIn() > 20'000);
        QCOMPARE(ready.size(), 0);
    }

    void staysInSilenceByAsking()
    {
        RedisTimeouts timeouts = quick();
        timeouts.idlePing = std::chrono::milliseconds(50);
        RedisSubscriber subscriber(m_server.url(), timeouts);
        QSignalSpy disconnected(&subscriber, &RedisSubscriber::disconnected);
        subscriber.open(); // without a channel a PING has another answer than with one
        QTRY_VERIFY_WITH_TIMEOUT(m_server.text({"CLIENT", "LIST"}).contains("cmd=ping"), patience);
        QTest::qWait(200);
        subscriber.subscribe("quiet");
        QTRY_VERIFY_WITH_TIMEOUT(m_server.text({"CLIENT", "LIST"}).contains("cmd=ping"), patience);
        QTest::qWait(200);
        QCOMPARE(disconnected.size(), 0);
    }

    void mayBeDestroyedInsideAnySignal_data()
    {
        QTest::addColumn<int>("where");
        QTest::newRow("ready()") << 0;
        QTest::newRow("message()") << 1;
        QTest::newRow("disconnected()") << 2;
        QTest::newRow("stateChanged()") << 3;
    }

    void mayBeDestroyedInsideAnySignal()
    {
        QFETCH(int, where);
        auto subscriber = std::make_unique<RedisSubscriber>(m_server.url());
        int calls = 0;
        const auto destroy = [&] {
            ++calls;
            subscriber.reset();
        };
        if (where == 0)
            connect(subscriber.get(), &RedisSubscriber::ready, this, destroy);
        if (where == 1)
            connect(subscriber.get(), &RedisSubscriber::message, this, destroy);
        if (where == 2)
            connect(subscriber.get(), &RedisSubscriber::disconnected, this, destroy);
        if (where == 3)
            connect(subscriber.get(), &RedisSubscriber::stateChanged, this, destroy);
        subscriber->subscribe("news");
        subscriber->open();
        if (where == 1 || where == 2) {
            QTRY_VERIFY_WITH_TIMEOUT(subscriber->isReady(), patience);
            m_server.call({"PUBLISH", "news", "one"});
            m_server.call({"PUBLISH", "news", "two"});
            m_server.call({"CLIENT", "KILL", "TYPE", "pubsub"});
        }
        QTRY_COMPARE_WITH_TIMEOUT(calls, 1, patience);
    }

private:
    RedisServer m_server;
};

QTEST_GUILESS_MAIN(TestRedisSubscriber)
#include "tst_redissubscriber.moc"
