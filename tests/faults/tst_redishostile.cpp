// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/redis/redisconnection.h"
#include "shared/redis/redissubscriber.h"
#include "tests/support/scriptedserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

RedisTimeouts patientTimeouts()
{
    RedisTimeouts timeouts;
    timeouts.firstRetry = timeouts.longestRetry = std::chrono::minutes(1); // one attempt a test
    return timeouts;
}

qint64 residentKilobytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toLongLong() * 4;
}

/// Sends `bytes` again and again for as long as the client takes them.
void pour(QTcpSocket *client, const QByteArray &bytes)
{
    QObject::connect(client, &QTcpSocket::bytesWritten, client, [client, bytes] {
        if (client->bytesToWrite() < 1 << 20)
            client->write(bytes);
    });
    client->write(bytes);
}

} // namespace

/// Peers that are no Redis, or one that went mad: bounded time and memory, a sentence, never a
/// crash.
class TestRedisHostile : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void recognisesOtherServers_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("word");
        QTest::newRow("web") << QByteArray()
                             << QByteArray("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n")
                             << u"web server"_s;
        QTest::newRow("old web") << QByteArray() << QByteArray("<!DOCTYPE HTML>\r\n")
                                 << u"web server"_s;
        QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2p1\r\n") << QByteArray()
                             << u"SSH server"_s;
        QTest::newRow("mail") << QByteArray("220 mail ESMTP\r\n") << QByteArray()
                              << u"mail or FTP"_s;
        QTest::newRow("MariaDB") << QByteArray("\x59\0\0\0\x0a"
                                               "5.5.5-10.11.6-MariaDB\0",
                                               27)
                                 << QByteArray() << u"MariaDB"_s;
        QTest::newRow("TLS alert")
            << QByteArray() << QByteArray("\x15\x03\x01\0\x02\x02\x46", 7) << u"rediss://"_s;
        QTest::newRow("protected mode") << QByteArray(
            "-DENIED Redis is running in protected mode because protected mode is enabled\r\n")
                                        << QByteArray() << u"give it a password"_s;
        QTest::newRow("password echoed")
            << QByteArray() << QByteArray("-ERR what is hunter2 \x1b[0m\r\n") << u"***"_s;
        QTest::newRow("rubbish") << QByteArray() << QByteArray("\xff\xfe\0\x1b[31m\r\n", 10)
                                 << u"Redis protocol"_s;
        QTest::newRow("a number") << QByteArray() << QByteArray(":1\r\n") << u"Redis protocol"_s;
    }

    void recognisesOtherServers()
    {
        QFETCH(QByteArray, greeting);
        QFETCH(QByteArray, answer);
        QFETCH(QString, word);
        ScriptedServer server(
            [&](QTcpSocket *client, const QByteArray &, int) { client->write(answer); },
            [&](QTcpSocket *client) { client->write(greeting); });
        RedisUrl url = server.url();
        url.password = u"hunter2"_s;
        RedisConnection connection(url, patientTimeouts());
        QSignalSpy retrying(&connection, &RedisConnection::retrying);
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(retrying.size(), 1, patience);
        QVERIFY2(connection.lastError().contains(word), qPrintable(connection.lastError()));
        QVERIFY(!connection.lastError().contains(QChar(0x1b)));
        QVERIFY(!connection.lastError().contains(url.password));
    }

    void saysSoWhenAWebServerIsTakenForTls()
    {
        ScriptedServer server([](QTcpSocket *client, const QByteArray &, int) {
            client->write("HTTP/1.1 400 Bad Request\r\n\r\n");
        });
        RedisUrl url = server.url();
        url.transport = RedisUrl::Transport::Tls;
        RedisConnection connection(url, patientTimeouts());
        QSignalSpy retrying(&connection, &RedisConnection::retrying);
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(retrying.size(), 1, patience);
        QVERIFY2(connection.lastError().contains(u"does not speak TLS"_s),
                 qPrintable(connection.lastError()));
        QVERIFY(connection.isRefused());
    }

    void survivesAnswersThatAreWrong_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("isEndless");
        QTest::newRow("bulk of 10 TB") << QByteArray("$9999999999999\r\n") << false;
        QTest::newRow("bulk of 16 MiB and one") << QByteArray("$16777217\r\n") << false;
        QTest::newRow("bulk of 2^63-1") << QByteArray("$9223372036854775807\r\n") << false;
        QTest::newRow("array of 2^31-1") << QByteArray("*2147483647\r\n") << false;
        QTest::newRow("array of -5") << QByteArray("*-5\r\n") << false;
        QTest::newRow("deep") << QByteArray("*1\r\n").repeated(100'000) << false;
        QTest::newRow("endless line") << QByteArray("+").append(QByteArray(50'000, 'x')) << true;
        QTest::newRow("endless array")
            << QByteArray("*900000\r\n*900000\r\n").append(QByteArray(":1\r\n").repeated(20'000))
            << true;
        QTest::newRow("endless bulks")
            << QByteArray("*999999\r\n")
                   .append(("$10000\r\n" + QByteArray(10'000, 'x') + "\r\n").repeated(10))
            << true;
        QTest::newRow("two answers to one question") << QByteArray("+one\r\n+two\r\n") << false;
        QTest::newRow("binary") << QByteArray(100'000, '\0') << false;
        QTest::newRow("half a type") << QByteArray("*1\r\n?\r\n") << false;
    }

    void survivesAnswersThatAreWrong()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, isEndless);
        ScriptedServer server([&](QTcpSocket *client, const QByteArray &, int turn) {
            if (turn == 0)
                client->write("+PONG\r\n");
            else if (isEndless)
                pour(client, answer);
            else
                client->write(answer);
        });
        RedisConnection connection(server.url(), patientTimeouts());
        QSignalSpy disconnected(&connection, &RedisConnection::disconnected);
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        const qint64 before = residentKilobytes();
        int replies = 0;
        connection.command({"GET", "a"}, this, [&](const RedisReply &) { ++replies; });
        QTRY_COMPARE_WITH_TIMEOUT(disconnected.size(), 1, patience);
        QCOMPARE(replies, 1);
        QVERIFY(!connection.lastError().isEmpty());
        QVERIFY2(residentKilobytes() - before < 150'000,
                 qPrintable(QString::number(residentKilobytes() - before)));
    }

    void endsAConnectionThatTalksUnasked()
    {
        ScriptedServer server([](QTcpSocket *client, const QByteArray &, int) {
            client->write("+PONG\r\n");
            QTimer::singleShot(50, client, [client] { client->write("$5\r\nhello\r\n"); });
        });
        RedisConnection connection(server.url(), patientTimeouts());
        QSignalSpy disconnected(&connection, &RedisConnection::disconnected);
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(disconnected.size(), 1, patience);
        QVERIFY2(connection.lastError().contains(u"nobody asked"_s),
                 qPrintable(connection.lastError()));
    }

    void waitsForASlowAnswerOfManyBytes()
    {
        // Two large replies in tiny pieces: each is one value.
        ScriptedServer server([](QTcpSocket *client, const QByteArray &, int turn) {
            if (turn == 0)
                return void(client->write("+PONG\r\n"));
            auto *timer = new QTimer(client);
            QObject::connect(timer, &QTimer::timeout, client, [client, i = 0]() mutable {
                const QByteArray all = QByteArray("$300\r\n")
                                           .append(QByteArray(300, 'x'))
                                           .append("\r\n")
                                           .repeated(2);
                if (i < all.size())
                    client->write(all.mid(i, 7));
                i += 7;
            });
            timer->start(1);
        });
        RedisConnection connection(server.url(), patientTimeouts());
        connection.open();
        QList<RedisReply> replies;
        connection.pipeline({{"GET", "a"}, {"GET", "b"}}, this,
                            [&](const QList<RedisReply> &all) { replies = all; });
        QTRY_COMPARE_WITH_TIMEOUT(replies.size(), 2, patience);
        QCOMPARE(replies.at(1).value.text.size(), 300);
    }

    void refusesToFillMemoryForAPeerThatDoesNotRead()
    {
        ScriptedServer server([](QTcpSocket *client, const QByteArray &, int) {
            client->write("+PONG\r\n");
            client->setReadBufferSize(1);
        });
        RedisConnection connection(server.url(), patientTimeouts());
        connection.open();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isConnected(), patience);
        int refused = 0;
        const QByteArray large(1 << 20, 'x');
        for (int i = 0; i < 100; ++i)
            connection.command({"SET", "a", large}, this, [&](const RedisReply &reply) {
                refused += reply.outcome == RedisReply::Outcome::NotSent;
            });
        QTRY_VERIFY_WITH_TIMEOUT(refused > 50, patience);
        connection.close();
    }

    void subscriberSurvivesWrongMessages_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("no array") << QByteArray("+OK\r\n");
        QTest::newRow("empty array") << QByteArray("*0\r\n");
        QTest::newRow("nil") << QByteArray("*-1\r\n");
        QTest::newRow("short message") << QByteArray("*2\r\n$7\r\nmessage\r\n$4\r\nnews\r\n");
        QTest::newRow("confirmation of another channel")
            << QByteArray("*3\r\n$9\r\nsubscribe\r\n$5\r\nother\r\n:1\r\n");
        QTest::newRow("confirmation too many")
            << QByteArray("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n").repeated(2);
        QTest::newRow("nested kind") << QByteArray("*3\r\n*1\r\n:1\r\n*0\r\n$-1\r\n");
        QTest::newRow("pong unasked") << QByteArray("*2\r\n$4\r\npong\r\n$0\r\n\r\n");
    }

    void subscriberSurvivesWrongMessages()
    {
        QFETCH(QByteArray, message);
        ScriptedServer server([&](QTcpSocket *client, const QByteArray &, int turn) {
            client->write(turn == 0 ? QByteArray("+PONG\r\n") : message);
        });
        RedisSubscriber subscriber(server.url(), patientTimeouts());
        QSignalSpy disconnected(&subscriber, &RedisSubscriber::disconnected);
        QSignalSpy messages(&subscriber, &RedisSubscriber::message);
        subscriber.subscribe("news");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(disconnected.size(), 1, patience);
        QCOMPARE(messages.size(), 0);
    }

    void subscriberDropsWhatItDidNotAskFor()
    {
        ScriptedServer server([&](QTcpSocket *client, const QByteArray &, int turn) {
            client->write(turn == 0
                              ? QByteArray("+PONG\r\n")
                              : QByteArray("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n*3\r\n$"
                                           "7\r\nmessage\r\n$5\r\nother\r\n$1\r\nx\r\n"
                                           "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n*0\r\n*3\r\n$"
                                           "7\r\nmessage\r\n$4\r\nnews\r\n$1\r\nx\r\n"));
        });
        RedisSubscriber subscriber(server.url(), patientTimeouts());
        QSignalSpy messages(&subscriber, &RedisSubscriber::message);
        subscriber.subscribe("news");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(messages.size(), 2, patience);
        QCOMPARE(messages.at(1).at(1).toByteArray(), "x");
    }

    void givesUpASubscriptionThatIsNeverConfirmed()
    {
        ScriptedServer server([&](QTcpSocket *client, const QByteArray &, int turn) {
            if (turn == 0)
                client->write("+PONG\r\n");
        });
        RedisTimeouts timeouts = patientTimeouts();
        timeouts.command = std::chrono::milliseconds(200);
        RedisSubscriber subscriber(server.url(), timeouts);
        QSignalSpy disconnected(&subscriber, &RedisSubscriber::disconnected);
        subscriber.subscribe("news");
        subscriber.open();
        QTRY_COMPARE_WITH_TIMEOUT(disconnected.size(), 1, patience);
    }
};

QTEST_GUILESS_MAIN(TestRedisHostile)
#include "tst_redishostile.moc"
