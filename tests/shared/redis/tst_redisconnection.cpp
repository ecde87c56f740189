// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 15'000;

} // namespace

class TestRedisConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsWhatWaitedInOrderOnceConnected()
    {
        RedisConnection connection(m_server.url());
        QByteArrayList answers;
        for (int i = 0; i < 100; ++i)
            connection.command({ "ECHO", QByteArray::number(i) }, this, [&](const RedisReply &reply) { answers.append(reply.value.text); });
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 100, patience);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(answers.at(i), QByteArray::number(i));
    }
    void answersATransactionWithOneValueACommand()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        RedisReply got;
        connection.transaction({ { "SET", "t", "1" }, { "INCR", "t" } }, this, [&](const RedisReply &reply) { got = reply; });
        QTRY_VERIFY_WITH_TIMEOUT(got.isOk(), patience);
        QCOMPARE(got.value.toList(), (QByteArrayList { "OK", "2" }));
    }
    void answersAPipelineAtOnce()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        QList<RedisReply> got;
        connection.pipeline({ { "SET", "p", "x" }, { "INCR", "p" }, { "GET", "p" } }, this, [&](const QList<RedisReply> &replies) { got = replies; });
        QTRY_COMPARE_WITH_TIMEOUT(got.size(), 3, patience);
        QVERIFY(got.at(0).isOk());
        QVERIFY(got.at(1).value.isError());
        QCOMPARE(got.at(2).value.text, "x");
    }
    void hearsWhatIsPublished()
    {
        RedisSubscriber subscriber(m_server.url());
        QSignalSpy ready(&subscriber, &RedisSubscriber::ready);
        QSignalSpy messages(&subscriber, &RedisSubscriber::message);
        subscriber.subscribe("news");
        subscriber.subscribe("news");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
        m_server.call({ "PUBLISH", "news", "hello" });
        QTRY_COMPARE_WITH_TIMEOUT(messages.size(), 1, patience);
        QCOMPARE(messages.at(0).at(1).toByteArray(), "hello");
    }

private:
    RedisServer m_server;
};

QTEST_GUILESS_MAIN(TestRedisConnection)
#include "tst_redisconnection.moc"
