// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/web/visitorspage.h"
#include "shared/fleet/fleetwatcher.h"
#include "tests/console/web/rawclient.h"
#include "tests/shared/history/historylists.h"
#include "tests/support/redisserver.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimer>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray ip = "10.0.0.7";

WebOptions freePortOptions()
{
    WebOptions options;
    options.port = 0;
    return options;
}

void enrol(const RedisServer &redis)
{
    redis.call({"HSET", "server:config:" + ip, "services", "{}"});
    redis.call(
        {"HSET", "server:info:" + ip, "hostname", "web-01", "lease", "3600000", "session", "s"});
    redis.call({"SET", "server:alive:" + ip, "1", "PX", "3600000"});
    redis.call({"HSET", "servers:alive", ip, "1"});
}

void publishService(const RedisServer &redis, int n)
{
    redis.call({"PUBLISH", "update:info",
                R"({"type":"service","ip":"10.0.0.7","role":"nginx","instance":"80","alive":)"
                    + QByteArray::number(n % 2) + R"(,"timestamp":1700000000000,"reason":"r)"
                    + QByteArray::number(n) + R"(","session":"s","n":)" + QByteArray::number(n)
                    + "}"});
}

class TestVisitorsPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsAtMostFourMessagesASecond();
    void saysWhenRedisIsAwayAndWhenItIsBack();
    void keepsServingUnderRubbish();
    void tellsTheHistoryOfAServer();
    void saysWhenTheHistoryCannotBeRead();
};

void TestVisitorsPage::tellsTheHistoryOfAServer()
{
    const RedisServer redis;
    enrol(redis);
    HistoryTiers tiers(1000);
    HistoryLists lists;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (int i = 7200; i > 0; --i)
        lists.add(tiers, now - i * 1000, busy(i % 100));
    for (const HistoryTier tier : historyTiers) {
        for (const QByteArray &chunk : lists.chunks.value(tier))
            redis.call({"RPUSH", "server:workload:" + ip + ':' + tierName(tier).toUtf8(), chunk});
    }
    redis.call(QByteArrayList{"RPUSH", "server:workload:" + ip} + lists.raw);
    FleetWatcher watcher(redis.url());
    VisitorsPage page(watcher, freePortOptions());
    QVERIFY(page.start());
    watcher.start();
    QTRY_VERIFY_WITH_TIMEOUT(watcher.hasState(), 10'000);

    const QByteArray path = "/api/v1/servers/" + ip + "/history";
    for (const QByteArray range : {"1h", "6h", "24h", "7d", "30d", "90d", "1y"}) {
        const QByteArray answer = answerTo(page.port(), get(path + "?range=" + range));
        QVERIFY2(statusOf(answer) == 200, answer.left(200).constData());
        const QJsonObject json = QJsonDocument::fromJson(bodyOf(answer)).object();
        const QJsonArray points = json[u"series"_s][u"cpu.busy"_s].toArray();
        QVERIFY(points.size() > 0 && points.size() <= 600);
        QCOMPARE(points.at(0).toArray().size(), 4);
        QCOMPARE(json[u"ip"_s], QString::fromUtf8(ip));
    }
    const auto status
        = [&page](const QByteArray &what) { return statusOf(answerTo(page.port(), get(what))); };
    QCOMPARE(status(path + "?range=2h"), 400);
    QCOMPARE(status(path), 400);
    QCOMPARE(status("/api/v1/servers/10.0.0.8/history?range=1h"), 404);

    RawClient one(page.port()), two(page.port());
    for (RawClient *client : {&one, &two})
        client->send("GET " + path + "?range=1h HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(one.sees("\"series\""));
    QVERIFY(two.sees("\"series\""));
}

void TestVisitorsPage::saysWhenTheHistoryCannotBeRead()
{
    RedisServer redis;
    enrol(redis);
    redis.call({"SET", "server:workload:" + ip + ":1m", "no list"});
    FleetWatcher watcher(redis.url());
    VisitorsPage page(watcher, freePortOptions());
    QVERIFY(page.start());
    watcher.start();
    QTRY_VERIFY_WITH_TIMEOUT(watcher.hasState(), 10'000);
    const QByteArray path = "/api/v1/servers/" + ip + "/history?range=";
    QCOMPARE(statusOf(answerTo(page.port(), get(path + "6h"))), 200); // the other lists
    redis.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!watcher.isLive(), 20'000);
    QCOMPARE(statusOf(answerTo(page.port(), get(path + "24h"))), 503);
}

void TestVisitorsPage::tellsAtMostFourMessagesASecond()
{
    const RedisServer redis;
    enrol(redis);
    FleetWatcher watcher(redis.url());
    VisitorsPage page(watcher, freePortOptions());
    QVERIFY(page.start());
    watcher.start();
    RawClient listener(page.port());
    listener.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(listener.sees("\"hostname\":\"web-01\""));

    const qsizetype before = listener.received.count("\nevent: ");
    QElapsedTimer clock;
    clock.start();
    for (int n = 1; n <= 200; ++n) {
        publishService(redis, n);
        QTest::qWait(5);
    }
    QVERIFY(listener.sees("\"reason\":\"r200\""));
    const auto messages = listener.received.count("\nevent: ") - before;
    const auto most = 2 + 4 * clock.elapsed() / 1000 + 1; // one at once, one on its way
    QVERIFY2(messages <= most,
             qPrintable(u"%1 messages in %2 ms"_s.arg(messages).arg(clock.elapsed())));
    page.stop();
}

void TestVisitorsPage::saysWhenRedisIsAwayAndWhenItIsBack()
{
    RedisServer redis;
    enrol(redis);
    FleetWatcher watcher(redis.url());
    VisitorsPage page(watcher, freePortOptions());
    QVERIFY(page.start());
    QCOMPARE(statusOf(answerTo(page.port(), get("/healthz"))), 503);
    QCOMPARE(statusOf(answerTo(page.port(), get("/api/v1/fleet"))), 503);
    QCOMPARE(statusOf(answerTo(page.port(), get("/"))), 200);
    watcher.start();
    RawClient listener(page.port());
    listener.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(listener.sees("\"live\":true,\"known\":true"));
    QCOMPARE(statusOf(answerTo(page.port(), get("/healthz"))), 200);

    redis.kill();
    QVERIFY(listener.sees("\"live\":false,\"stale_since\":"));
    QCOMPARE(statusOf(answerTo(page.port(), get("/healthz"))), 503);
    // What was known is still there, and says that it is old.
    QVERIFY(answerTo(page.port(), get("/api/v1/fleet")).contains("{\"live\":false"));
    QVERIFY(answerTo(page.port(), get("/api/v1/fleet")).contains("web-01"));

    listener.received.clear();
    redis.start();
    enrol(redis);
    QVERIFY(listener.sees("\"live\":true"));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(answerTo(page.port(), get("/healthz"))), 200,
                              RawClient::patience);
    page.stop();
}

void TestVisitorsPage::keepsServingUnderRubbish()
{
    const RedisServer redis;
    enrol(redis);
    redis.call({"HSET", "server:info:" + ip, "os", QByteArray(1 << 20, '\xff')});
    redis.call({"HSET", "services:" + ip, "a:b", "{", "no name", "{}"});
    FleetWatcher watcher(redis.url());
    VisitorsPage page(watcher, freePortOptions());
    QVERIFY(page.start());
    watcher.start();
    for (const QByteArray &rubbish :
         {QByteArray("\x00\xff\xfe", 3), QByteArray(300'000, '['), QByteArray("{\"type\":7}")})
        redis.call({"PUBLISH", "update:info", rubbish});
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(answerTo(page.port(), get("/healthz"))), 200,
                              RawClient::patience);
    const QByteArray server = answerTo(page.port(), get("/api/v1/servers/" + ip));
    QCOMPARE(statusOf(server), 200);
    QVERIFY(server.size() < 10'000);
    page.stop();
}

} // namespace

QTEST_GUILESS_MAIN(TestVisitorsPage)
#include "tst_visitorspage.moc"
