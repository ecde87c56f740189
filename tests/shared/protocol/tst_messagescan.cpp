// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/core/ipaddress.h"
#include "shared/core/jsonscanner.h"
#include "shared/protocol/messagescan.h"
#include "shared/protocol/toldobject.h"
#include "shared/protocol/updatemessage.h"

#include <QTest>

#include <random>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The quick reader of messages must never say anything else than the thorough one.
class TestMessageScan : public QObject
{
    Q_OBJECT

    static Workload fullWorkload()
    {
        Workload w;
        w.cpu = {12.5, 8.1, 3.9, 0.5, 0.0, 4};
        w.load = {0.42, 0.4, 12.36};
        w.memory = {16'777'216'000, 1, 2, 3, 4, 0};
        w.pressure = {0.0, 0.1, 100.0};
        w.disk = {0.25, 123'456.5, 1.2};
        w.filesystems = {{u"/"_s, {1000, 900, 3.1}}, {u"/srv/data"_s, {2000, {}, {}}}};
        w.network = {1e9, 2.5, 0.0};
        w.processes = {212, 2, 0};
        w.ping = {{u"10.0.0.1"_s, 0.31}, {u"10.0.0.9"_s, {}}};
        w.pingLoss = {{u"10.0.0.9"_s, 100.0}};
        w.uptime = 86400;
        w.agent = {0.4, 18 << 20, 3.7, 2, {{u"ping"_s, 1.25}}};
        return w;
    }

    static QByteArrayList samples()
    {
        const QString ip = u"10.0.0.7"_s;
        return {
            toJson(WorkloadMessage{ip, fullWorkload(), 1'700'000'000'123}),
            toJson(WorkloadMessage{u"fd00::7"_s, {}, 5}),
            toJson(AliveMessage{ip, true, 1'700'000'000'000, {}}),
            toJson(AliveMessage{ip, false, 0, Told{u"s"_s, 3, false, false}}),
            toJson(ServicesMessage{ip, {{u"a:b"_s, true}, {u"c:d"_s, {}}, {u"e:f"_s, false}}, 5}),
            R"({ "type" : "workload", "ip": "10.0.0.7", "info": {"cpu":{"busy": 5e0, "x":[1,{}]},
               "load":[1, 2.0, -0], "new":{"a":[[],{"b":null}]}}, "later": true, "timestamp": 7 })",
            R"({"type":"workload","ip":"10.0.0.7","info":{"cpu":{"busy":101,"user":"5","cores":1.5},
               "memory":{"total":-1},"ping":{"a":"x"},"agent":{"probes":{"p":-1}},"disk":7}})",
            R"({"type":"services","ip":"10.0.0.7","states":{"a:b":2,"a b:c":1,"a:c":"1","a:d":1.5}})",
            R"({"type":"alive","ip":"10.0.0.07","alive":1})",
            toJson(ServiceWorkloadMessage{ip, {u"web"_s, u"a"_s}, {{u"hits"_s, 7.5}}, 9}),
            R"({"type":"service-workload","ip":"::1","role":"a b","instance":"c","info":{}})",
        };
    }

    /// Loads of which only a whole parser knows what counts.
    static QByteArrayList doubtful()
    {
        QByteArray many = R"({"type":"workload","ip":"::1","info":{"filesystems":{)";
        for (int i = 0; i < 40; ++i)
            many += "\"/" + QByteArray::number(i) + "\":{\"total\":1},";
        many.chop(1);
        return {R"({"type":"workload","ip":"::1","info":{"cpu":{},"cpu":{"busy":1}}})",
                R"({"type":"workload","ip":"::1","info":{"filesystems":{"/":{"total":2,"used":2},
                   "/":{"total":2,"used":1}}}})",
                many + "}}}"};
    }

    /// What the thorough reader says: a member that only it can read, and that it ignores, sends it
    /// there.
    static QByteArray thoroughly(QByteArray json)
    {
        const qsizetype end = json.lastIndexOf('}');
        if (end < 0)
            return "error";
        const bool isEmpty = json.left(end).trimmed() == "{";
        json.insert(end, isEmpty ? R"("ignored":"\u0041")" : R"(,"ignored":"\u0041")");
        const auto message = parseUpdateMessage(json);
        if (!message || !*message)
            return message ? "nothing" : "error";
        // Read as well, since what is nonsense in it is only then left out.
        if (const auto *workload = std::get_if<WorkloadMessage>(&**message))
            return toJson(
                WorkloadMessage{workload->ip, workload->info.read(), workload->timestamp});
        return toJson(**message);
    }

    static QString figureText(const WorkloadFigures &figures)
    {
        QStringList texts;
        for (const auto &figure : {figures.cpu, figures.memory, figures.load, figures.disk})
            texts << (figure ? QString::number(*figure, 'g', 17) : u"none"_s);
        return texts.join(u' ');
    }

    static WorkloadText load(const QByteArray &json, const MessageGlance &glance)
    {
        return WorkloadText(json, glance.body, glance.figures);
    }

    /// What the message says when everything is read that a glance has left.
    static QByteArray whole(const MessageGlance &glance, const QByteArray &json)
    {
        const QString ip = QString::fromLatin1(glance.ip);
        if (!isCanonicalIp(ip))
            return "error";
        switch (glance.type) {
        case MessageGlance::Type::Alive:
            return toJson(AliveMessage{ip, *glance.alive != 0, glance.timestamp, {}});
        case MessageGlance::Type::Workload:
            if (figureText(glance.figures) != figureText(figuresOf(load(json, glance).read())))
                return "other figures";
            return toJson(WorkloadMessage{ip, load(json, glance).read(), glance.timestamp});
        case MessageGlance::Type::ServiceWorkload: {
            const auto service = ServiceId::parse(QString::fromLatin1(glance.role) + u':'
                                                  + QString::fromLatin1(glance.instance));
            if (!service)
                return "error";
            return toJson(ServiceWorkloadMessage{ip, *service, ToldObject(json, glance.body).read(),
                                                 glance.timestamp});
        }
        case MessageGlance::Type::Services:
            break;
        }
        const QByteArray same = "{\"type\":\"services\",\"ip\":\"" + glance.ip.toByteArray()
            + "\",\"timestamp\":" + QByteArray::number(glance.timestamp)
            + ",\"states\":" + glance.body.toByteArray() + '}';
        const auto message = parseUpdateMessage(same);
        return message && *message ? toJson(**message) : "error";
    }

    static void compare(const QByteArray &json)
    {
        const auto glance = glanceAtMessage(json);
        if (!glance)
            return;
        if (whole(*glance, json) != thoroughly(json))
            qDebug() << json;
        QCOMPARE(whole(*glance, json), thoroughly(json));
    }

private Q_SLOTS:

    void readsWhatComesAllTheTime()
    {
        for (const QByteArray &json : samples()) {
            const bool isTransition = json.contains("session");
            QVERIFY2(glanceAtMessage(json).has_value() != isTransition, json.constData());
            compare(json);
        }
    }

    void aLoadWithDoublesOrTooManyIsReadAsAWhole()
    {
        for (const QByteArray &json : doubtful()) {
            QVERIFY2(!glanceAtMessage(json), json.constData());
            const auto message = parseUpdateMessage(json);
            QVERIFY2(message && *message, json.constData());
            const auto &info = std::get<WorkloadMessage>(**message).info;
            QCOMPARE(figureText(info.figures()), figureText(figuresOf(info.read())));
        }
    }

    void leavesTheRestToTheThoroughReader_data()
    {
        QTest::addColumn<QByteArray>("json");
        const char *rows[] = {
            "",
            "{",
            "{}",
            "[]",
            "null",
            "{\"type\":\"workload\"}",
            R"({"ip":"10.0.0.7","type":"alive","alive":1})",
            R"({"type":"event","ip":"10.0.0.7"})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1,"alive":0})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1} x)",
            R"({"type":"alive","ip":"10.0.0.7","alive":1,})",
            R"({"type":"alive","ip":"10.0.0.7","alive":01})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1.})",
            R"({"type":"alive","ip":"10.0.0.7","alive":-})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1e999})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1,"x":nul})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1,"x":[1,]})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1,"x":[1 2]})",
            R"({"type":"alive","ip":"10.0.0.7\n","alive":1})",
            R"({"type":"alive","ip":"10.0.0.7","alive":1,"type":"event"})",
            R"({"type":"workload","ip":"10.0.0.7","info":5})",
            "{\"type\":\"workload\",\"ip\":\"10.0.0.7\",\"info\":{\"ping\":{\"\xc3\xa4\":1}}}",
            "{\"type\":\"workload\",\"ip\":\"10.0.0.7\",\"info\":{\"ping\":{\"a\x01\":1}}}",
        };
        for (const char *row : rows)
            QTest::addRow("%s", row) << QByteArray(row);
        QTest::newRow("deep") << QByteArray(R"({"type":"alive","ip":"::1","alive":1,"x":)")
                + QByteArray(40, '[') + QByteArray(40, ']') + '}';
    }

    void leavesTheRestToTheThoroughReader()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!glanceAtMessage(json));
        const auto message = parseUpdateMessage(json); // must survive all of them
        QVERIFY(!message || !*message || !toJson(**message).isEmpty());
    }

    void agreesOnTenThousandsOfBrokenMessages()
    {
        std::mt19937 random(11);
        const QByteArray bytes = "{}[]:,\"0123456789.-+eE truefalsnip/\\";
        const QByteArrayList originals = samples() + doubtful();
        int read = 0;
        for (int round = 0; round < 70'000; ++round) {
            QByteArray json = originals[round % originals.size()];
            for (int change = 1 + int(random() % 3); change > 0; --change) {
                const auto at = qsizetype(random() % quint32(json.size()));
                const char byte = bytes[qsizetype(random() % quint32(bytes.size()))];
                switch (random() % 4) {
                case 0:
                    json[at] = byte;
                    break;
                case 1:
                    json.insert(at, byte);
                    break;
                case 2:
                    json.remove(at, 1 + qsizetype(random() % 6));
                    break;
                default: {
                    const QByteArray part = json.mid(at, qsizetype(random() % 40));
                    json.insert(qsizetype(random() % quint32(json.size())), part);
                }
                }
                if (json.isEmpty())
                    break;
            }
            read += glanceAtMessage(json).has_value();
            compare(json);
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY2(read > 5'000, qPrintable(QString::number(read)));
    }

    void readsNumbersToTheLastDigit_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"0", "-0", "7", "-12.5", "0.1", "99.9", "123456789012345", "1234567890123456789",
              "0.1234567890123456789", "3.141592653589793", "1e3", "1E-7", "2.5e+2",
              "9007199254740993", "0.3", "0.7", "4.35", "2.675", "1700000000123"})
            QTest::addRow("%s", text) << QByteArray(text);
    }

    void readsNumbersToTheLastDigit()
    {
        QFETCH(QByteArray, text);
        JsonScanner json(text);
        const auto number = json.number();
        QVERIFY(number && json.isAtEnd());
        QVERIFY(*number == text.toDouble());
    }

    void aServicesStateIsReadAsTheThoroughReaderDoes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("isScanned");
        const ServiceState alive{true, 1'700'000'000'000, {}, {}, {}, 5, u"session"_s, 0};
        ServiceState died{false, 4, u"0 found"_s, u"process.count"_s, {}, 5, u"s"_s, 0};
        QTest::newRow("alive") << toJson(alive) << true;
        QTest::newRow("died") << toJson(died) << true;
        died.args = {{u"found"_s, 0}};
        QTest::newRow("arguments") << toJson(died) << died.args.isEmpty();
        died.reason = u"ä"_s;
        QTest::newRow("letters") << toJson(died) << false;
        QTest::newRow("unknown") << QByteArray(R"({"alive":null,"alive":"1","since":1.5})") << true;
        QTest::newRow("twice") << QByteArray(R"({"alive":0,"alive":1,"reason":"a","reason":5})")
                               << true;
        QTest::newRow("long") << QByteArray(R"({"reason":")") + QByteArray(900, 'r') + "\"}"
                              << true;
        QTest::newRow("flapping") << QByteArray(R"({"alive":1,"flapping":7})") << false;
        QTest::newRow("arguments that are none") << QByteArray(R"({"args":[]})") << false;
    }

    void aServicesStateIsReadAsTheThoroughReaderDoes()
    {
        QFETCH(QByteArray, json);
        const auto scanned = scanServiceState(json);
        QTEST(scanned.has_value(), "isScanned");
        QByteArray same = json;
        same.insert(same.lastIndexOf('}'), R"(,"ignored":"\u0041")");
        const auto thorough = parseServiceState(same);
        QVERIFY(thorough.isOk());
        QVERIFY(!scanned || *scanned == *thorough);
    }

    void aSampleIsReadAsTheThoroughReaderDoes()
    {
        const QByteArray json = toJson(WorkloadSample{1'700'000'000'000, fullWorkload()});
        const auto told = parseToldWorkload(json);
        QVERIFY(told.isOk());
        QCOMPARE(toJson(told->sample()), json);
        QCOMPARE(figureText(told->info.figures()), figureText(figuresOf(fullWorkload())));
        const auto busy = [](const QByteArray &info) {
            return parseToldWorkload("{\"timestamp\":1,\"info\":" + info + '}')->info.figures().cpu;
        };
        QCOMPARE(busy(R"({"load":[1,2,3],"cpu":{"user":3,"busy":5}})"), std::optional(5.0));
        QVERIFY(!busy(R"({"cpu":{"busy":101}})"));
        QVERIFY(!glanceAtSample(R"({"timestamp":1})"));
        QVERIFY(!glanceAtSample(R"({"info":{}})"));
        QVERIFY(!glanceAtSample(R"({"info":5,"timestamp":1})"));
        QVERIFY(!glanceAtSample(R"({"timestamp":1,"info":{},"timestamp":2})"));
        QVERIFY(!parseToldWorkload(R"({"timestamp":1})").isOk());
        const auto letters = parseToldWorkload(
            "{\"timestamp\":1,\"info\":{\"uptime\":7,\"ping\":{\"\xc3\xa4\":1}}}");
        QVERIFY(letters && letters->info.read().ping.contains(u"ä"_s));
        QVERIFY(WorkloadText().read().load.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMessageScan)
#include "tst_messagescan.moc"
