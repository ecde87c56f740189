// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/web/demosite.h"
#include "tests/console/web/rawclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 moment = 1'700'000'000'000;
const QString webServer = u"10.207.26.233"_s;

struct StreamMessage
{
    QByteArray event;
    quint64 id = 0;
    QJsonObject data;
};

/// A listener that takes chunked framing and event fields apart.
class Listener
{
public:
    explicit Listener(quint16 port)
        : client(port)
    {
        client.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    QByteArray text() const
    {
        QByteArray result, rest = bodyOf(client.received);
        while (true) {
            const qsizetype line = rest.indexOf("\r\n");
            const qsizetype size = line < 0 ? 0 : rest.left(line).toLongLong(nullptr, 16);
            if (size == 0)
                return result;
            result += rest.mid(line + 2, size);
            rest = rest.mid(line + 2 + size + 2);
        }
    }

    QList<StreamMessage> messages() const
    {
        QList<StreamMessage> result;
        const QByteArray all = text();
        for (qsizetype from = 0, end; (end = all.indexOf("\n\n", from)) >= 0; from = end + 2) {
            StreamMessage message;
            for (const QByteArray &line : all.mid(from, end - from).split('\n')) {
                if (line.startsWith("event: "))
                    message.event = line.mid(7);
                else if (line.startsWith("id: "))
                    message.id = line.mid(4).toULongLong();
                else if (line.startsWith("data: "))
                    message.data = QJsonDocument::fromJson(line.mid(6)).object();
            }
            result << message;
        }
        return result;
    }

    bool has(qsizetype count)
    {
        return QTest::qWaitFor([&] { return messages().size() >= count; }, RawClient::patience);
    }

    RawClient client;
};

class TestLiveStream : public QObject
{
    Q_OBJECT

    static std::unique_ptr<DemoSite> started(WebLimits limits = {})
    {
        WebOptions options = DemoSite::localOptions();
        options.limits = limits;
        auto site = std::make_unique<DemoSite>(demoFleet(moment), options, [] { return moment; });
        if (!site->server.start())
            qFatal("cannot listen");
        return site;
    }

    static void changeHostname(DemoSite &site, const QString &name)
    {
        site.state.servers[webServer].info.hostname = name;
        site.snapshot.noteServer(webServer);
        site.tell();
    }

private Q_SLOTS:
    void givesTheWholeStateFirst();
    void tellsOnlyWhatChanged();
    void tellsLoadsWhenTheyAreDueOnly();
    void tellsWhichServersAndTreesAreGone();
    void tellsThatItIsStaleAndLiveAgain();
    void givesTheWholeStateAgainAfterAReset();
    void showsSlowReadersTheNewestStateOnly();
    void dropsThoseWhoNeverRead();
    void givesSignsOfLifeAndNoticesWhoLeft();
    void endsWhenTheServerStops();
    void answersHeadWithoutAStream();
    void tellsVisitorsNoNoteAndNoPath();
};

void TestLiveStream::givesTheWholeStateFirst()
{
    const auto site = started();
    Listener listener(site->server.port());
    QVERIFY(listener.has(1));
    QCOMPARE(headerOf(listener.client.received, "Content-Type"),
             "text/event-stream; charset=utf-8");
    const StreamMessage first = listener.messages().constFirst();
    QCOMPARE(first.event, "state");
    QCOMPARE(first.data[u"title"].toString(), u"Shanghai"_s);
    QCOMPARE(first.data[u"live"].toBool(), true);
    QCOMPARE(first.data[u"servers"].toArray().size(), 30);
    QCOMPARE(first.data[u"paas"].toArray().size(), 6);
    QCOMPARE(first.data[u"problems"].toArray().size(), 3);
    QCOMPARE(site->stream.listenerCount(), 1);
}

void TestLiveStream::tellsOnlyWhatChanged()
{
    const auto site = started();
    Listener listener(site->server.port());
    QVERIFY(listener.has(1));
    changeHostname(*site, u"renamed"_s);
    QVERIFY(listener.has(2));
    StreamMessage change = listener.messages().constLast();
    QCOMPARE(change.event, "change");
    QCOMPARE(change.data[u"servers"].toArray().size(), 1);
    QCOMPARE(change.data[u"servers"].toArray().at(0)[u"hostname"].toString(), u"renamed"_s);
    QVERIFY(!change.data.contains(u"events"_s));

    // Trees that were told once are not told again.
    changeHostname(*site, u"again"_s);
    QVERIFY(listener.has(3));
    changeHostname(*site, u"again"_s);
    QVERIFY(listener.has(4));
    change = listener.messages().constLast();
    QCOMPARE(change.data[u"paas"].toArray().size(), 0);
    QCOMPARE(change.data[u"paas_ids"].toArray().size(), 6);
}

void TestLiveStream::tellsLoadsWhenTheyAreDueOnly()
{
    const auto site = started();
    Listener listener(site->server.port());
    QVERIFY(listener.has(1));
    WorkloadSample sample = site->state.servers[webServer].workload.sample();
    sample.info.cpu.busy = 77.5;
    site->state.servers[webServer].workload = sample;
    site->snapshot.noteWorkload(webServer);
    QVERIFY(!site->snapshot.hasChanges());
    site->tell(false);
    QVERIFY(listener.has(2));
    QVERIFY(!listener.messages().constLast().data.contains(u"workloads"_s));
    QVERIFY(site->snapshot.hasWorkloads());
    site->tell(true);
    QVERIFY(listener.has(3));
    const QJsonObject workload
        = listener.messages().constLast().data[u"workloads"].toObject()[webServer].toObject();
    QCOMPARE(workload[u"cpu"].toObject()[u"busy"].toDouble(), 77.5);
    QVERIFY(!workload.contains(u"filesystems"_s));
}

void TestLiveStream::tellsWhichServersAndTreesAreGone()
{
    const auto site = started();
    Listener listener(site->server.port());
    QVERIFY(listener.has(1));
    site->state.servers.remove(webServer);
    site->state.trees.remove(u"dev"_s);
    site->snapshot.noteServer(webServer);
    site->snapshot.noteTrees();
    site->tell();
    QVERIFY(listener.has(2));
    const QJsonObject data = listener.messages().constLast().data;
    QCOMPARE(data[u"removed"].toArray(), QJsonArray{webServer});
    QCOMPARE(data[u"paas_ids"].toArray().size(), 5);
    QCOMPARE(statusOf(answerTo(site->server.port(), get("/api/v1/servers/10.207.26.233"))), 404);
}

void TestLiveStream::tellsThatItIsStaleAndLiveAgain()
{
    const auto site = started();
    Listener listener(site->server.port());
    QVERIFY(listener.has(1));
    site->snapshot.setLiveness({true, false, moment - 1000});
    QVERIFY(site->snapshot.hasChanges());
    site->tell();
    QVERIFY(listener.has(2));
    QCOMPARE(listener.messages().constLast().data[u"live"].toBool(true), false);
    QCOMPARE(listener.messages().constLast().data[u"stale_since"].toDouble(), moment - 1000.0);
    QCOMPARE(statusOf(answerTo(site->server.port(), get("/healthz"))), 503);
    QVERIFY(answerTo(site->server.port(), get("/api/v1/fleet"))
                .contains("{\"live\":false,\"stale_since\""));
    const QByteArray metrics = answerTo(site->server.port(), get("/metrics"));
    QVERIFY(metrics.contains("\ntreewarden_redis_up 0\n"));
    QVERIFY(!metrics.contains("treewarden_server_alive"));

    site->snapshot.setLiveness({true, true, 0});
    site->tell();
    QVERIFY(listener.has(3));
    QCOMPARE(listener.messages().constLast().data[u"live"].toBool(), true);
    QCOMPARE(statusOf(answerTo(site->server.port(), get("/healthz"))), 200);
}

void TestLiveStream::givesTheWholeStateAgainAfterAReset()
{
    const auto site = started();
    Listener listener(site->server.port());
    QVERIFY(listener.has(1));
    site->state = emptyFleet();
    site->snapshot.noteReset();
    site->tell();
    QVERIFY(listener.has(2));
    QCOMPARE(listener.messages().constLast().event, "state");
    QCOMPARE(listener.messages().constLast().data[u"servers"].toArray().size(), 0);
}

void TestLiveStream::showsSlowReadersTheNewestStateOnly()
{
    const auto site = started();
    Listener slow(site->server.port()), quick(site->server.port());
    QVERIFY(slow.has(1) && quick.has(1));
    slow.client.stopReading();

    constexpr int changes = 60;
    const QString filler(8000, u'x');
    for (int i = 1; i <= changes; ++i) {
        changeHostname(*site, filler + QString::number(i));
        QVERIFY(quick.client.sees("x" + QByteArray::number(i) + '"'));
    }
    const quint64 newest = quick.messages().constLast().id;

    slow.client.goOnReading();
    const QByteArray last = "id: " + QByteArray::number(newest) + '\n';
    QTRY_VERIFY_WITH_TIMEOUT(slow.client.received.contains(last), 3 * RawClient::patience);
    QTRY_COMPARE_WITH_TIMEOUT(slow.messages().constLast().id, newest, RawClient::patience);
    QCOMPARE(slow.messages().constLast().event, "state");
    QVERIFY(slow.messages().size() < changes);
    QVERIFY(slow.text().contains(filler.toUtf8() + QByteArray::number(changes)));
}

void TestLiveStream::dropsThoseWhoNeverRead()
{
    WebLimits limits;
    limits.answer = 500ms;
    const auto site = started(limits);
    Listener silent(site->server.port());
    QVERIFY(silent.has(1));
    silent.client.stopReading();
    const QString filler(200'000, u'x');
    QTimer changing;
    QObject::connect(&changing, &QTimer::timeout, &changing, [&, i = 0]() mutable {
        changeHostname(*site, filler + QString::number(++i));
    });
    changing.start(20ms);
    QTRY_COMPARE_WITH_TIMEOUT(site->stream.listenerCount(), 0, RawClient::patience);
    QCOMPARE(site->server.connectionCount(), 0);
}

void TestLiveStream::givesSignsOfLifeAndNoticesWhoLeft()
{
    WebLimits limits;
    limits.beat = 100ms;
    const auto site = started(limits);
    auto leaving = std::make_unique<Listener>(site->server.port());
    Listener staying(site->server.port());
    QVERIFY(leaving->has(2));
    QCOMPARE(leaving->messages().at(1).event, "tick");
    QVERIFY(leaving->text().contains(": alive\n"));
    QCOMPARE(site->stream.listenerCount(), 2);
    leaving.reset();
    QTRY_COMPARE_WITH_TIMEOUT(site->stream.listenerCount(), 1, RawClient::patience);
    QVERIFY(staying.has(4));
    // A sign of life does not hide what comes right after it.
    changeHostname(*site, u"renamed"_s);
    QTRY_VERIFY_WITH_TIMEOUT(staying.text().contains("renamed"), RawClient::patience);
}

void TestLiveStream::endsWhenTheServerStops()
{
    const auto site = started();
    Listener busy(site->server.port());
    QVERIFY(busy.has(1));
    busy.client.stopReading();
    for (int i = 0; i < 50; ++i)
        changeHostname(*site, QString(500'000, u'x') + QString::number(i));
    changeHostname(*site, u"short"_s);
    Listener idle(site->server.port());
    QVERIFY(idle.has(1));
    QCOMPARE(site->stream.listenerCount(), 2);
    site->server.stop();
    QCOMPARE(site->stream.listenerCount(), 0);
    QVERIFY(idle.client.seesEnd());
    QVERIFY(idle.client.received.endsWith("0\r\n\r\n"));
}

void TestLiveStream::answersHeadWithoutAStream()
{
    const auto site = started();
    const QByteArray answer
        = answerTo(site->server.port(),
                   "HEAD /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(headerOf(answer, "Content-Type"), "text/event-stream; charset=utf-8");
    QCOMPARE(bodyOf(answer), QByteArray());
    QCOMPARE(site->stream.listenerCount(), 0);
}

} // namespace

void TestLiveStream::tellsVisitorsNoNoteAndNoPath()
{
    const auto site = started();
    Listener listener(site->server.port());
    QVERIFY(listener.has(1));
    const QString note = u"no workload: GET /hidden-status is hidden"_s;
    const QString reason = u"unix:/run/hidden.sock lives, but: %1; see '/var/log/hidden' and "
                           "unix:///run/hidden, \"/srv/hidden\", /srv/my hidden"_s.arg(note);
    const QJsonObject args{{u"target"_s, u"unix:/run/hidden.sock"_s},
                           {u"note"_s, note},
                           {u"path"_s, u"/srv/my hidden"_s}};
    FleetServer &server = site->state.servers[webServer];
    QVERIFY(!server.services.isEmpty());
    FleetService &service = *server.services.begin();
    service.state.reason = reason;
    service.state.code = u"web.note"_s;
    service.state.args = args;
    service.workload = QJsonObject{{u"note"_s, note},
                                   {u"hidden"_s, u"what a script printed"_s},
                                   {u"/srv/hidden"_s, 1},
                                   {u"requests"_s, 4711},
                                   {u"version"_s, u"1.22.1"_s}};
    const Event event{u"9-0"_s,
                      u"service"_s,
                      webServer,
                      {{u"role"_s, service.id.role},
                       {u"instance"_s, service.id.instance},
                       {u"reason"_s, reason},
                       {u"note"_s, note},
                       {u"args"_s, args}}};
    const Event plain{
        u"9-1"_s, u"service"_s, webServer, {{u"reason"_s, u"see unix:/run/hidden"_s}}};
    site->state.events = QList{plain, event} + site->state.events;
    site->snapshot.noteServer(webServer);
    site->snapshot.noteEvents({event, plain});
    site->tell();
    QVERIFY(listener.has(2));
    QVERIFY(listener.text().contains("\"9-0\"") && listener.text().contains(" lives, but: …"));
    QVERIFY2(!listener.text().contains("hidden"), listener.text());

    for (const QByteArray path : {"/api/v1/fleet", "/api/v1/servers/10.207.26.233", "/api/v1/paas",
                                  "/api/v1/paas/dev", "/api/v1/events", "/metrics"}) {
        const QByteArray answer = answerTo(site->server.port(), get(path));
        QCOMPARE(statusOf(answer), 200);
        QVERIFY2(!answer.contains("hidden"), answer);
        QVERIFY(!path.endsWith("233")
                || (answer.contains("\"requests\":4711") && answer.contains("1.22.1")));
    }
    Listener late(site->server.port());
    QVERIFY(late.has(1));
    QVERIFY2(!late.text().contains("hidden"), late.text());
}

QTEST_GUILESS_MAIN(TestLiveStream)
#include "tst_livestream.moc"
