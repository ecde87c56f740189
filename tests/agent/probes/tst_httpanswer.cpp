// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/httpanswer.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// HTTP/1 answers as servers send them, cut anywhere, and as no server should.
class TestHttpAnswer : public QObject
{
    Q_OBJECT

    static HttpAnswer whole(const QByteArray &bytes, bool isEnd = false)
    {
        const auto answer = parseHttpAnswer(bytes, isEnd);
        if (!answer || !*answer)
            qFatal("no answer: %s", answer ? "incomplete" : qPrintable(answer.error().text));
        return **answer;
    }

private Q_SLOTS:

    void readsABodyOfToldLength()
    {
        const auto answer = whole("HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length: 3\r\n\r\nyes");
        QCOMPARE(answer.head.status, 200);
        QCOMPARE(answer.body, "yes");
        QVERIFY(answer.head.isKept);
    }

    void readsUpToTheEndWithoutALength()
    {
        const QByteArray bytes = "HTTP/1.0 404 Not Found\n\nno such page";
        QVERIFY(!parseHttpAnswer(bytes, false).value().has_value());
        QCOMPARE(whole(bytes, true).body, "no such page");
        QCOMPARE(whole(bytes, true).head.status, 404);
        QVERIFY(!whole(bytes, true).head.isKept);
    }

    void joinsChunks()
    {
        const auto answer
            = whole("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n"
                    "4\r\nWiki\r\n6;name=\"x\"\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\n"
                    "Expires: never\r\n\r\n");
        QCOMPARE(answer.body, "Wikipedia in \r\n\r\nchunks.");
        QVERIFY(answer.head.isKept);
    }

    void skipsInterimAnswers()
    {
        const auto answer = whole("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
                                  "Link: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
        QCOMPARE(answer.head.status, 204);
        QVERIFY(answer.head.isKept && answer.body.isEmpty());
    }

    void waitsWhileAnAnswerIsCutAnywhere()
    {
        for (const QByteArray &bytes :
             {QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes"),
              QByteArray("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n3\r\nyes\r\n0\r\na: b\r\n\r\n")}) {
            for (qsizetype size = 0; size < bytes.size(); ++size) {
                const auto answer = parseHttpAnswer(bytes.first(size), false);
                QVERIFY2(answer && !*answer, bytes.first(size).constData());
            }
            QCOMPARE(whole(bytes).body, "yes");
        }
    }

    void saysWhetherTheConnectionMayBeAskedAgain_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isKept");
        const auto row = [](const char *bytes, bool isKept) {
            QTest::addRow("%s", QByteArray(bytes).simplified().constData())
                << QByteArray(bytes) << isKept;
        };
        row("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true);
        row("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", false);
        row("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Upgrade, Close\r\n\r\n", false);
        row("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false);
        row("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n", true);
        row("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore", false);
    }

    void saysWhetherTheConnectionMayBeAskedAgain()
    {
        QFETCH(QByteArray, bytes);
        QTEST(whole(bytes).head.isKept, "isKept");
    }

    void refusesWhatIsNoHttp_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row
            = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes; };
        row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n");
        row("binary", QByteArray("\0\xff\n", 3));
        row("words", "HTTP is fine\r\n\r\n");
        row("no status", "HTTP/1.1 fine\r\n\r\n");
        row("status out of bounds", "HTTP/1.1 99999999999 OK\r\n\r\n");
        row("first line without an end", "HTTP/1.1 200 " + QByteArray(8000, 'x'));
        row("head without an end",
            "HTTP/1.1 200 OK\r\n" + QByteArray("a: b\r\n").repeated(longestHttpHead));
        row("interim answers without an end", QByteArray("HTTP/1.1 100 x\r\n\r\n").repeated(20));
        row("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n");
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
        row("length beyond bounds",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n");
        row("chunk of no size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        row("negative chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n");
        row("chunk longer than told",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n");
    }

    void refusesWhatIsNoHttp()
    {
        QFETCH(QByteArray, bytes);
        const auto answer = parseHttpAnswer(bytes, false);
        QVERIFY(!answer);
        QVERIFY(answer.error().text.size() <= 100);
    }

    void doesNotBelieveAHugeLength()
    {
        const auto answer = parseHttpAnswer(
            "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx", false);
        QVERIFY(answer && !*answer);
        const auto chunk = parseHttpAnswer(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nx", false);
        QVERIFY(chunk && !*chunk);
    }

    void findsFieldsByNameInAnyCase()
    {
        const QByteArray bytes = "HTTP/1.1 200 OK\r\nSERVER:  Varnish \r\n\r\nDate: never\r\n";
        QCOMPARE(httpField(bytes, "Server"), QByteArrayView("Varnish"));
        QVERIFY(httpField(bytes, "Date").isEmpty());
    }

    void writesRequests()
    {
        QCOMPARE(HttpRequest{"a:80"}.bytes(),
                 "GET / HTTP/1.0\r\nHost: a:80\r\nUser-Agent: treewarden\r\n"
                 "Connection: close\r\n\r\n");
        QVERIFY(HttpRequest({"a:80", "/s?auto", "Basic x", true})
                    .bytes()
                    .startsWith("GET /s?auto HTTP/1.1\r\n"));
    }
};

QTEST_GUILESS_MAIN(TestHttpAnswer)
#include "tst_httpanswer.moc"
