// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"
#include "tests/support/redisserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
using Outcome = RedisReply::Outcome;
using Queueing = RedisConnection::Queueing;

} // namespace

class TestRedisConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void init() { m_server.call({"FLUSHALL"}); }

    void sendsWhatWaitedInOrderOnceConnected()
    {
        RedisConnection connection(m_server.url());
        QByteArrayList answers;
        for (int i = 0; i < 500; ++i)
            connection.command({"ECHO", QByteArray::number(i)}, this,
                               [&](const RedisReply &reply) { answers.append(reply.value.text); });
        connection.open();
        connect(&connection, &RedisConnection::connected, this, [&] {
            connection.command({"ECHO", "after connected()"}, this,
                               [&](const RedisReply &reply) { answers.append(reply.value.text); });
        });
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 501, patience);
        for (int i = 0; i < 500; ++i)
            QCOMPARE(answers.at(i), QByteArray::number(i));
        QCOMPARE(answers.last(), "after connected()");
    }

    void carriesAnyBytes()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        const QByteArray large = QByteArray("\0\r\n$5\r\n\xff", 9).repeated(400'000);
        connection.command({"SET", "large", large}, this, {});
        QFuture<RedisReply> got = connection.request({"GET", "large"});
        QTRY_VERIFY_WITH_TIMEOUT(got.isFinished(), patience);
        QVERIFY(got.result().value.text == large);
    }

    void answersATransactionWithOneValueACommand()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        RedisReply got;
        connection.transaction({{"SET", "t", "1"}, {"INCR", "t"}}, this,
                               [&](const RedisReply &reply) { got = reply; });
        QTRY_VERIFY_WITH_TIMEOUT(got.isOk(), patience);
        QCOMPARE(got.value.toList(), (QByteArrayList{"OK", "2"}));
    }

    void tellsTheErrorThatStoppedATransaction()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        RedisReply got;
        connection.transaction({{"SET", "t", "1"}, {"NOSUCH"}}, this,
                               [&](const RedisReply &reply) { got = reply; });
        QTRY_COMPARE_WITH_TIMEOUT(got.outcome, Outcome::Answered, patience);
        QVERIFY(!got.isOk());
        QVERIFY2(got.error.contains(u"unknown command"_s), qPrintable(got.error));
        QVERIFY(m_server.call({"GET", "t"}).isNil());
    }

    void answersAPipelineAtOnce()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        QList<RedisReply> got;
        connection.pipeline({{"SET", "p", "x"}, {"INCR", "p"}, {"GET", "p"}}, this,
                            [&](const QList<RedisReply> &replies) { got = replies; });
        QTRY_COMPARE_WITH_TIMEOUT(got.size(), 3, patience);
        QVERIFY(got.at(0).isOk());
        QVERIFY(got.at(1).value.isError());
        QVERIFY(!got.at(1).error.isEmpty());
        QCOMPARE(got.at(2).value.text, "x");
    }

    void answersAnEmptyPipelineToo()
    {
        RedisConnection connection(m_server.url());
        int calls = 0;
        connection.pipeline({}, this, [&](const QList<RedisReply> &replies) {
            calls += replies.isEmpty() ? 1 : 100;
        });
        QCOMPARE(calls, 0);
        QTRY_COMPARE_WITH_TIMEOUT(calls, 1, patience);
    }

    void refusesWhatWouldConfuseTheOrderOfReplies_data()
    {
        QTest::addColumn<QByteArrayList>("words");
        QTest::newRow("nothing") << QByteArrayList{};
        QTest::newRow("SUBSCRIBE") << QByteArrayList{"subscribe", "a", "b"};
        QTest::newRow("MONITOR") << QByteArrayList{"Monitor"};
        QTest::newRow("HELLO") << QByteArrayList{"HELLO", "3"};
        QTest::newRow("CLIENT REPLY") << QByteArrayList{"CLIENT", "reply", "OFF"};
    }

    void refusesWhatWouldConfuseTheOrderOfReplies()
    {
        QFETCH(QByteArrayList, words);
        RedisConnection connection(m_server.url());
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        RedisReply refused{Outcome::Answered, {}, {}};
        connection.command(words, this, [&](const RedisReply &reply) { refused = reply; });
        QFuture<RedisReply> next = connection.request({"ECHO", "fine"});
        QTRY_VERIFY_WITH_TIMEOUT(next.isFinished() && refused.outcome == Outcome::NotSent,
                                 patience);
        QVERIFY(!refused.error.isEmpty());
        QCOMPARE(next.result().value.text, "fine");
    }

    void bindsWhatWaits()
    {
        RedisConnection connection(m_server.url());
        int sent = 0, refused = 0;
        for (int i = 0; i < 1200; ++i)
            connection.command({"INCR", "n"}, this,
                               [&](const RedisReply &reply) { ++(reply.isOk() ? sent : refused); });
        QCOMPARE(refused, 0); // later, never from within command()
        QTRY_COMPARE_WITH_TIMEOUT(refused, 200, patience);
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(sent, 1000, patience);
        QCOMPARE(m_server.text({"GET", "n"}), "1000");
    }

    void bindsTheBytesThatWait()
    {
        RedisConnection connection(m_server.url());
        int refused = 0;
        for (int i = 0; i < 5; ++i)
            connection.command(
                {"SET", "k", QByteArray(1'000'000, 'x')}, this,
                [&](const RedisReply &reply) { refused += reply.outcome == Outcome::NotSent; });
        QTRY_COMPARE_WITH_TIMEOUT(refused, 1, patience);
    }

    void keepsTheNewestOnlyWhereTold()
    {
        RedisConnection connection(m_server.url());
        QByteArrayList told;
        const auto note = [&](const QByteArray &name) {
            return [&told, name](const RedisReply &reply) {
                told.append(name + (reply.isOk() ? " ok" : " not sent"));
            };
        };
        connection.command({"SET", "a", "1"}, this, note("a1"), Queueing::NewestOnly);
        connection.command({"SET", "b", "1"}, this, note("b1"), Queueing::NewestOnly);
        connection.command({"SET", "a", "2"}, this, note("a2"), Queueing::NewestOnly);
        connection.command({"SET", "a", "3"}, this, note("a3"));
        connection.transaction({{"SET", "c", "1"}}, this, note("c1"), Queueing::NewestOnly);
        connection.transaction({{"SET", "d", "1"}}, this, note("d1"), Queueing::NewestOnly);
        connection.transaction({{"SET", "c", "2"}}, this, note("c2"), Queueing::NewestOnly);
        connection.command({"GET", "a"}, this, note("never"), Queueing::Never);
        QTRY_COMPARE_WITH_TIMEOUT(
            told, (QByteArrayList{"a1 not sent", "c1 not sent", "never not sent"}), patience);
        told.clear();
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(
            told, (QByteArrayList{"b1 ok", "a2 ok", "a3 ok", "d1 ok", "c2 ok"}), patience);
    }

    void reportsEverythingBeforeItCloses()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        QList<Outcome> outcomes;
        const auto note = [&](const RedisReply &reply) { outcomes.append(reply.outcome); };
        connection.command({"BLPOP", "nothing", "0"}, this, note);
        QTRY_COMPARE_WITH_TIMEOUT(m_server.text({"CLIENT", "LIST"}).count("cmd=blpop"), 1,
                                  patience);
        connection.command({"INCR", "never written"}, this, note);
        connection.close();
        QCOMPARE(outcomes, (QList{Outcome::Unknown, Outcome::NotSent}));
        QCOMPARE(connection.state(), RedisConnection::State::Closed);
        connection.command({"PING"}, this, note);
        connection.close();
        QCOMPARE(outcomes.size(), 3);
        connection.open();
        QFuture<RedisReply> again = connection.request({"PING"});
        QTRY_VERIFY_WITH_TIMEOUT(again.isFinished(), patience);
        QVERIFY(again.result().isOk());
    }

    void callsNobodyWhoIsGone()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        auto first = std::make_unique<QObject>();
        auto second = std::make_unique<QObject>();
        QByteArrayList told;
        connection.command({"PING"}, first.get(),
                           [&](const RedisReply &) { told.append("first"); });
        connection.command({"PING"}, this, [&](const RedisReply &) { second.reset(); });
        connection.command({"PING"}, second.get(),
                           [&](const RedisReply &) { told.append("second"); });
        connection.pipeline({{"PING"}}, second.get(),
                            [&](const QList<RedisReply> &) { told.append("pipeline"); });
        connection.command({}, first.get(), [&](const RedisReply &) { told.append("refused"); });
        first.reset();
        QFuture<RedisReply> last = connection.request({"PING"});
        QTRY_VERIFY_WITH_TIMEOUT(last.isFinished(), patience);
        QCOMPARE(told, QByteArrayList{});
    }

    void mayBeDestroyedInsideAnyCallback_data()
    {
        QTest::addColumn<int>("where");
        QTest::newRow("reply") << 0;
        QTest::newRow("connected()") << 1;
        QTest::newRow("stateChanged()") << 2;
        QTest::newRow("reply that was not sent") << 3;
        QTest::newRow("disconnected()") << 4;
        QTest::newRow("reply of a lost command") << 5;
        QTest::newRow("reply while it closes") << 6;
        QTest::newRow("retrying()") << 7;
    }

    void mayBeDestroyedInsideAnyCallback()
    {
        QFETCH(int, where);
        auto connection = std::make_unique<RedisConnection>(m_server.url());
        int calls = 0;
        bool isDestroyed = false;
        const auto destroy = [&] {
            ++calls;
            isDestroyed = true;
            connection.reset();
        };
        if (where == 1)
            connect(connection.get(), &RedisConnection::connected, this, destroy);
        if (where == 2)
            connect(connection.get(), &RedisConnection::stateChanged, this, destroy);
        if (where == 4)
            connect(connection.get(), &RedisConnection::disconnected, this, destroy);
        if (where == 7)
            connect(connection.get(), &RedisConnection::retrying, this, destroy);
        connection->open();
        const auto after = [&](const RedisReply &) { calls += isDestroyed ? 100 : 0; };
        if (where == 0)
            connection->command({"PING"}, this, [&](const RedisReply &) { destroy(); });
        if (where == 3)
            connection->command({}, this, [&](const RedisReply &) { destroy(); });
        if (connection)
            connection->command({"PING"}, this, after);
        if (where >= 4) {
            QTRY_VERIFY_WITH_TIMEOUT(connection->isConnected(), patience);
            connection->command({"BLPOP", "nothing", "0"}, this, [&](const RedisReply &) {
                if (where == 5 || where == 6)
                    destroy();
            });
            connection->command({"PING"}, this, after);
            QTRY_COMPARE_WITH_TIMEOUT(m_server.text({"CLIENT", "LIST"}).count("cmd=blpop"), 1,
                                      patience);
            if (where == 6)
                connection->close();
            else
                m_server.call({"CLIENT", "KILL", "TYPE", "normal"});
        }
        QTRY_COMPARE_WITH_TIMEOUT(calls, 1, patience);
        QTest::qWait(20); // whatever else would be called
        QCOMPARE(calls, 1);
    }

    void answersWhatIsAskedInsideAReply()
    {
        RedisConnection connection(m_server.url());
        connection.open();
        int depth = 0;
        std::function<void(const RedisReply &)> again = [&](const RedisReply &) {
            if (++depth < 100)
                connection.command({"PING"}, this, again);
        };
        connection.command({"PING"}, this, again);
        QTRY_COMPARE_WITH_TIMEOUT(depth, 100, patience);
    }

    void mayBeClosedAndOpenedInsideAReply()
    {
        RedisConnection connection(m_server.url());
        QSignalSpy connected(&connection, &RedisConnection::connected);
        connection.open();
        QList<Outcome> outcomes;
        connection.command({"PING"}, this, [&](const RedisReply &) {
            connection.close();
            connection.open();
        });
        connection.command({"PING"}, this,
                           [&](const RedisReply &reply) { outcomes.append(reply.outcome); });
        QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 2, patience);
        QCOMPARE(outcomes, QList{Outcome::Unknown});
    }

    void selectsTheDatabase()
    {
        RedisUrl url = m_server.url();
        url.database = 3;
        RedisConnection connection(url);
        connection.open();
        QFuture<RedisReply> reply = connection.request({"CLIENT", "INFO"});
        QTRY_VERIFY_WITH_TIMEOUT(reply.isFinished(), patience);
        QVERIFY(reply.result().value.text.contains(" db=3 "));
    }

    void tellsItsLocalAddressOverTcp()
    {
        const RedisServer server({.listen = RedisServer::Listen::Tcp});
        RedisConnection connection(server.url());
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        QCOMPARE(connection.localAddress(), u"127.0.0.1"_s);
    }

private:
    RedisServer m_server;
};

QTEST_GUILESS_MAIN(TestRedisConnection)
#include "tst_redisconnection.moc"
