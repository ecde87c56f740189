// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/web/demosite.h"
#include "tests/console/web/rawclient.h"

#include <QTest>
#include <QTimer>

#include <memory>
#include <vector>
#include <zlib.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 moment = 1'700'000'000'000;
const QByteArray fleetPath = "/api/v1/fleet";

QByteArray gunzip(const QByteArray &bytes)
{
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    QByteArray result(4 << 20, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const int status = inflate(&stream, Z_FINISH);
    result.resize(static_cast<qsizetype>(stream.total_out));
    inflateEnd(&stream);
    return status == Z_STREAM_END ? result : QByteArray();
}

class TestWebServer : public QObject
{
    Q_OBJECT

    static std::unique_ptr<DemoSite> started(const WebOptions &options = DemoSite::localOptions())
    {
        auto site = std::make_unique<DemoSite>(demoFleet(moment), options, [] { return moment; });
        const auto result = site->server.start();
        if (!result)
            qFatal("%s", qUtf8Printable(result.error().text));
        return site;
    }

private Q_SLOTS:
    void servesThePageAndItsAssets_data();
    void servesThePageAndItsAssets();
    void keepsConnectionsOpenBetweenRequests();
    void answersPipelinedRequestsInOrder();
    void sendsTheSecurityHeadersOnEveryAnswer_data();
    void sendsTheSecurityHeadersOnEveryAnswer();
    void answersOnlyGetAndHead_data();
    void answersOnlyGetAndHead();
    void servesOnlyHostsThatItKnows_data();
    void servesOnlyHostsThatItKnows();
    void refusesBodiesAndSmugglingShapes_data();
    void refusesBodiesAndSmugglingShapes();
    void answersHeadWithoutABody();
    void saysNotModifiedWithTheHeadersOfTheFullAnswer();
    void compressesWhenAsked();
    void knowsWhatAnAcceptEncodingAllows_data();
    void knowsWhatAnAcceptEncodingAllows();
    void refusesLongHeadersWithoutReadingThemAll();
    void limitsTheConnectionsOfOneAddress();
    void dropsThoseWhoSendTheirHeadersSlowly();
    void servesOthersBesideThreeHundredSlowOnes();
    void believesForwardedAddressesOfTrustedProxiesOnly();
    void servesOthersAsSoonAsAFullServerHasRoom();
    void saysWhyItCannotListen();
};

void TestWebServer::servesThePageAndItsAssets_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addRow("page") << QByteArray("/") << 200 << QByteArray("text/html; charset=utf-8");
    QTest::addRow("page with query")
        << QByteArray("/?wall&lang=zh") << 200 << QByteArray("text/html; charset=utf-8");
    QTest::addRow("script") << QByteArray("/assets/app.js") << 200
                            << QByteArray("text/javascript; charset=utf-8");
    QTest::addRow("style") << QByteArray("/assets/page.css") << 200
                           << QByteArray("text/css; charset=utf-8");
    QTest::addRow("icon") << QByteArray("/favicon.ico") << 200 << QByteArray("image/png");
    QTest::addRow("fleet") << fleetPath << 200 << QByteArray("application/json");
    QTest::addRow("trees") << QByteArray("/api/v1/paas") << 200 << QByteArray("application/json");
    QTest::addRow("tree") << QByteArray("/api/v1/paas/dev") << 200
                          << QByteArray("application/json");
    QTest::addRow("server") << QByteArray("/api/v1/servers/10.207.26.251") << 200
                            << QByteArray("application/json");
    QTest::addRow("events") << QByteArray("/api/v1/events") << 200
                            << QByteArray("application/json");
    QTest::addRow("metrics") << QByteArray("/metrics") << 200
                             << QByteArray("text/plain; version=0.0.4; charset=utf-8");
    QTest::addRow("health") << QByteArray("/healthz") << 200
                            << QByteArray("text/plain; charset=utf-8");
    QTest::addRow("history") << QByteArray("/api/v1/servers/10.207.26.251/history?range=1h") << 200
                             << QByteArray("application/json");
    QTest::addRow("unknown server")
        << QByteArray("/api/v1/servers/10.1.1.1") << 404 << QByteArray("application/json");
    QTest::addRow("unknown tree") << QByteArray("/api/v1/paas/x") << 404
                                  << QByteArray("application/json");
    QTest::addRow("unknown") << QByteArray("/nope") << 404 << QByteArray("application/json");
    QTest::addRow("up and out") << QByteArray("/assets/../../etc/passwd") << 404
                                << QByteArray("application/json");
    QTest::addRow("encoded up and out")
        << QByteArray("/assets/%2e%2e/%2e%2e/etc/passwd") << 404 << QByteArray("application/json");
    QTest::addRow("resource") << QByteArray("/:/web/index.html") << 404
                              << QByteArray("application/json");
}

void TestWebServer::servesThePageAndItsAssets()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, type);
    const auto site = started();
    const QByteArray answer = answerTo(site->server.port(), get(path));
    QTEST(statusOf(answer), "status");
    QCOMPARE(headerOf(answer, "Content-Type"), type);
    QVERIFY(!bodyOf(answer).isEmpty());
}

void TestWebServer::keepsConnectionsOpenBetweenRequests()
{
    const auto site = started();
    RawClient client(site->server.port());
    client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(client.sees("ok\n"));
    client.received.clear();
    client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(client.sees("ok\n"));
    QVERIFY(!client.isGone());
    QCOMPARE(site->server.requestCount(), 2);
    QCOMPARE(site->server.connectionCount(), 1);
}

void TestWebServer::answersPipelinedRequestsInOrder()
{
    const auto site = started();
    RawClient client(site->server.port());
    QByteArray requests;
    for (int i = 0; i < 500; ++i)
        requests += "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    client.send(requests + get("/metrics"));
    QVERIFY(client.seesEnd());
    QCOMPARE(client.received.count("HTTP/1.1 200 OK"), 501);
    QVERIFY(client.received.contains("treewarden_web_requests_total 501\n"));
}

void TestWebServer::sendsTheSecurityHeadersOnEveryAnswer_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addRow("page") << get("/");
    QTest::addRow("JSON") << get(fleetPath);
    QTest::addRow("metrics") << get("/metrics");
    QTest::addRow("404") << get("/nope");
    QTest::addRow("405") << QByteArray("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::addRow("400") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::addRow("413") << QByteArray(
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
    QTest::addRow("421") << QByteArray("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
}

void TestWebServer::sendsTheSecurityHeadersOnEveryAnswer()
{
    QFETCH(QByteArray, request);
    const auto site = started();
    const QByteArray answer = answerTo(site->server.port(), request);
    const QByteArray policy = headerOf(answer, "Content-Security-Policy");
    QVERIFY2(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"),
             answer.constData());
    QVERIFY(policy.contains("frame-ancestors 'none'"));
    QCOMPARE(headerOf(answer, "X-Content-Type-Options"), "nosniff");
    QCOMPARE(headerOf(answer, "Referrer-Policy"), "no-referrer");
    QVERIFY(!answer.contains("Access-Control"));
}

void TestWebServer::answersOnlyGetAndHead_data()
{
    QTest::addColumn<QByteArray>("method");
    for (const char *method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "get"})
        QTest::addRow("%s", method) << QByteArray(method);
}

void TestWebServer::answersOnlyGetAndHead()
{
    QFETCH(QByteArray, method);
    const auto site = started();
    const QByteArray answer
        = answerTo(site->server.port(), method + " / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(statusOf(answer), 405);
    QCOMPARE(headerOf(answer, "Allow"), "GET, HEAD");
}

void TestWebServer::servesOnlyHostsThatItKnows_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("status");
    const auto row = [](const char *host, int status) {
        QTest::addRow("%s", host) << "Host: " + QByteArray(host) + "\r\n" << status;
    };
    row("localhost", 200);
    row("LocalHost:8420", 200);
    row("127.0.0.1", 200);
    row("127.0.0.1:8420", 200);
    row("[::1]:8420", 200);
    row("[::1]", 200);
    row("status.example.org", 200);
    row("STATUS.example.org:443", 200);
    row("evil.example", 421);
    row("localhost.evil.example", 421);
    row("127.1", 421);
    row("2130706433", 421);
    row("[::1", 421);
    row("[localhost]", 421);
    row("localhost:80x", 421);
    row("localhost:123456", 421);
    row("", 421);
    QTest::addRow("none") << QByteArray() << 400;
    QTest::addRow("two") << QByteArray("Host: localhost\r\nHost: localhost\r\n") << 400;
}

void TestWebServer::servesOnlyHostsThatItKnows()
{
    QFETCH(QByteArray, lines);
    WebOptions options = DemoSite::localOptions();
    options.hosts = QStringList{u"status.example.org"_s};
    const auto site = started(options);
    // The second time the server remembers a host that was allowed.
    for (int i = 0; i < 2; ++i) {
        const QByteArray answer = answerTo(
            site->server.port(), "GET /healthz HTTP/1.1\r\nConnection: close\r\n" + lines + "\r\n");
        QTEST(statusOf(answer), "status");
    }
}

void TestWebServer::refusesBodiesAndSmugglingShapes_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addRow("length") << QByteArray("Content-Length: 44\r\n");
    QTest::addRow("length 0") << QByteArray("Content-Length: 0\r\n");
    QTest::addRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n");
    QTest::addRow("both") << QByteArray("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
    QTest::addRow("two lengths") << QByteArray("Content-Length: 5\r\nContent-Length: 6\r\n");
    QTest::addRow("blank before the colon") << QByteArray("Transfer-Encoding : chunked\r\n");
    QTest::addRow("tab before the colon") << QByteArray("Content-Length\t: 44\r\n");
    QTest::addRow("gzip, chunked") << QByteArray("Transfer-Encoding: gzip, chunked\r\n");
}

void TestWebServer::refusesBodiesAndSmugglingShapes()
{
    QFETCH(QByteArray, lines);
    const auto site = started();
    const QByteArray hidden = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const QByteArray answer = answerTo(
        site->server.port(), "GET / HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n" + hidden);
    QVERIFY2(statusOf(answer) == 413 || statusOf(answer) == 400, answer.left(200).constData());
    QVERIFY(!answer.contains("treewarden_"));
    QVERIFY2(!answer.endsWith("(still open)"), answer.constData());
}

void TestWebServer::answersHeadWithoutABody()
{
    const auto site = started();
    const QByteArray whole = answerTo(site->server.port(), get(fleetPath));
    const QByteArray head
        = answerTo(site->server.port(),
                   "HEAD /api/v1/fleet HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QCOMPARE(statusOf(head), 200);
    QCOMPARE(bodyOf(head), QByteArray());
    QCOMPARE(headerOf(head, "Content-Length").toInt(), bodyOf(whole).size());
    QCOMPARE(headerOf(head, "ETag"), headerOf(whole, "ETag"));
}

void TestWebServer::saysNotModifiedWithTheHeadersOfTheFullAnswer()
{
    const auto site = started();
    const QByteArray etag = headerOf(answerTo(site->server.port(), get(fleetPath)), "ETag");
    QVERIFY(etag.startsWith('"') && etag.endsWith('"'));
    for (const QByteArray &asked : {etag, "W/" + etag, "\"x\", " + etag, QByteArray("*")}) {
        const QByteArray answer
            = answerTo(site->server.port(), get(fleetPath, "If-None-Match: " + asked + "\r\n"));
        QCOMPARE(statusOf(answer), 304);
        QCOMPARE(bodyOf(answer), QByteArray());
        QCOMPARE(headerOf(answer, "ETag"), etag);
        QVERIFY(headerOf(answer, "Content-Length") != "0");
    }
    QCOMPARE(statusOf(answerTo(site->server.port(), get(fleetPath, "If-None-Match: \"x\"\r\n"))),
             200);

    site->state.servers[u"10.207.26.233"_s].info.hostname = u"renamed"_s;
    site->snapshot.noteServer(u"10.207.26.233"_s);
    site->tell();
    const QByteArray changed
        = answerTo(site->server.port(), get(fleetPath, "If-None-Match: " + etag + "\r\n"));
    QCOMPARE(statusOf(changed), 200);
    QVERIFY(changed.contains("renamed"));
}

void TestWebServer::compressesWhenAsked()
{
    const auto site = started();
    const QByteArray plain = answerTo(site->server.port(), get(fleetPath));
    const QByteArray small
        = answerTo(site->server.port(), get(fleetPath, "Accept-Encoding: br, gzip\r\n"));
    QCOMPARE(headerOf(small, "Content-Encoding"), "gzip");
    QCOMPARE(headerOf(small, "Vary"), "Accept-Encoding");
    QVERIFY(headerOf(small, "ETag") != headerOf(plain, "ETag"));
    QVERIFY(bodyOf(small).size() * 4 < bodyOf(plain).size());
    QCOMPARE(gunzip(bodyOf(small)), bodyOf(plain));
    QCOMPARE(headerOf(plain, "Content-Encoding"), QByteArray());

    const QByteArray again = answerTo(
        site->server.port(),
        get(fleetPath,
            "Accept-Encoding: gzip\r\nIf-None-Match: " + headerOf(small, "ETag") + "\r\n"));
    QCOMPARE(statusOf(again), 304);
}

void TestWebServer::knowsWhatAnAcceptEncodingAllows_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char *header, bool isAllowed) {
        QTest::addRow("%s", header) << QByteArray(header) << isAllowed;
    };
    row("", false);
    row("gzip", true);
    row("GZIP", true);
    row("br, gzip;q=0.5", true);
    row("*", true);
    row("gzip;q=0", false);
    row("gzip; q=0.000", false);
    row("gzip; q=0.001", true);
    row("deflate, br", false);
    row("xgzip", false);
    row(",,;q=", false);
}

void TestWebServer::knowsWhatAnAcceptEncodingAllows()
{
    QFETCH(QByteArray, header);
    QTEST(acceptsGzip(header), "isAllowed");
}

void TestWebServer::refusesLongHeadersWithoutReadingThemAll()
{
    const auto site = started();
    RawClient client(site->server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
    const QByteArray block(1 << 20, 'x');
    QObject::connect(&client.socket, &QTcpSocket::bytesWritten, &client.socket, [&] {
        if (client.socket.bytesToWrite() < block.size())
            client.send(block);
    });
    QVERIFY(client.seesEnd());
    QVERIFY(client.received.isEmpty() || statusOf(client.received) == 431);
}

void TestWebServer::limitsTheConnectionsOfOneAddress()
{
    const auto site = started();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 64; ++i)
        clients.push_back(std::make_unique<RawClient>(site->server.port()));
    QTRY_COMPARE_WITH_TIMEOUT(site->server.connectionCount(), 64, RawClient::patience);
    RawClient refused(site->server.port());
    refused.send(get("/healthz"));
    QVERIFY(refused.seesEnd());
    QCOMPARE(refused.received, QByteArray());
    QCOMPARE(statusOf(answerTo(site->server.port(), get("/healthz"), u"127.0.0.2"_s)), 200);

    clients.pop_back();
    QTRY_COMPARE_WITH_TIMEOUT(site->server.connectionCount(), 63, RawClient::patience);
    QCOMPARE(statusOf(answerTo(site->server.port(), get("/healthz"))), 200);
}

void TestWebServer::dropsThoseWhoSendTheirHeadersSlowly()
{
    WebOptions options = DemoSite::localOptions();
    options.limits.request = 500ms;
    const auto site = started(options);
    RawClient client(site->server.port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
    QTimer trickle; // never idle, never done
    QObject::connect(&trickle, &QTimer::timeout, &trickle, [&] { client.send("X-A: b\r\n"); });
    trickle.start(50ms);
    QVERIFY(client.seesEnd());
    QVERIFY(client.received.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(site->server.connectionCount(), 0, RawClient::patience);
}

void TestWebServer::servesOthersBesideThreeHundredSlowOnes()
{
    const auto site = started();
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 300; ++i) {
        slow.push_back(
            std::make_unique<RawClient>(site->server.port(), u"127.0.1.%1"_s.arg(1 + i / 60)));
        slow.back()->send("GET / HTTP/1.1\r\nX-Slow: ");
    }
    QTRY_COMPARE_WITH_TIMEOUT(site->server.connectionCount(), 300, RawClient::patience);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(statusOf(answerTo(site->server.port(), get(fleetPath))), 200);
    QTRY_COMPARE_WITH_TIMEOUT(site->server.connectionCount(), 0, 30'000);
}

void TestWebServer::believesForwardedAddressesOfTrustedProxiesOnly()
{
    const auto statuses = [](const WebOptions &options, const QByteArrayList &forwarded) {
        const auto site = started(options);
        std::vector<std::unique_ptr<RawClient>> clients;
        QList<int> result;
        for (const QByteArray &address : forwarded) {
            clients.push_back(std::make_unique<RawClient>(site->server.port()));
            clients.back()->send(
                "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + address
                + "\r\n\r\n");
            if (!clients.back()->sees("\r\n\r\n"))
                return QList<int>{};
            result << statusOf(clients.back()->received);
        }
        site->server.stop();
        return result;
    };
    WebOptions options = DemoSite::localOptions();
    options.limits.perAddress = 2;
    options.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.0/8"_s)};
    const QByteArrayList addresses{"192.0.2.1", "192.0.2.9, 192.0.2.1, 127.0.0.5", "192.0.2.1",
                                   "192.0.2.2"};
    QCOMPARE(statuses(options, addresses), (QList<int>{200, 200, 429, 200}));

    options.trustedProxies
        .clear(); // then all of them come from 127.0.0.1, and the third is refused
    QCOMPARE(statuses(options, {"192.0.2.1", "192.0.2.2"}), (QList<int>{200, 200}));
    const auto site = started(options);
    RawClient first(site->server.port()), second(site->server.port());
    QTRY_COMPARE_WITH_TIMEOUT(site->server.connectionCount(), 2, RawClient::patience);
    QCOMPARE(answerTo(site->server.port(), get("/healthz", "X-Forwarded-For: 192.0.2.3\r\n")),
             QByteArray());
}

void TestWebServer::servesOthersAsSoonAsAFullServerHasRoom()
{
    WebOptions options = DemoSite::localOptions();
    options.limits.connections = 3;
    options.limits.idle = 60s;
    const auto site = started(options);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i)
        clients.push_back(std::make_unique<RawClient>(site->server.port()));
    QTRY_COMPARE_WITH_TIMEOUT(site->server.connectionCount(), 3, RawClient::patience);
    RawClient waiting(site->server.port());
    waiting.send(get("/healthz"));
    QTRY_VERIFY(waiting.socket.state() == QAbstractSocket::ConnectedState);
    clients.pop_back();
    QVERIFY(waiting.seesEnd());
    QCOMPARE(statusOf(waiting.received), 200);
}

void TestWebServer::saysWhyItCannotListen()
{
    const auto site = started();
    WebOptions options = DemoSite::localOptions();
    options.port = site->server.port();
    DemoSite other(emptyFleet(), options);
    const auto taken = other.server.start();
    QVERIFY(!taken);
    QVERIFY2(taken.error().text.contains(u"another program listens there"_s),
             qUtf8Printable(taken.error().text));
    QVERIFY(taken.error().text.contains(QString::number(options.port)));

    options.address = QHostAddress(u"192.0.2.1"_s);
    DemoSite elsewhere(emptyFleet(), options);
    const auto foreign = elsewhere.server.start();
    QVERIFY(!foreign);
    QVERIFY2(foreign.error().text.contains(u"no such address"_s),
             qUtf8Printable(foreign.error().text));
}

} // namespace

QTEST_GUILESS_MAIN(TestWebServer)
#include "tst_webserver.moc"
