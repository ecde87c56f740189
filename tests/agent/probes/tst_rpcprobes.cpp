// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/gearmanadmin.h"
#include "agent/probes/gmondreader.h"
#include "tests/support/askedprobe.h"
#include "tests/support/testdaemon.h"

#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The probes of gearmand and gmond, and the shapes under role names, against the real daemons.
class TestRpcProbes : public QObject
{
    Q_OBJECT

    /// A worker or a client of gearman-tools.
    static std::unique_ptr<QProcess> gearman(const TestDaemon &daemon, const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        process->start(u"gearman"_s,
                       QStringList{u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(daemon.port())}
                           + arguments);
        if (!process->waitForStarted(10'000))
            qFatal("gearman does not start");
        return process;
    }

    static void end(QProcess &process)
    {
        process.kill();
        process.waitForFinished(10'000);
    }

    static void enqueue(const TestDaemon &daemon, const QString &function)
    {
        const auto client = gearman(daemon, {u"-b"_s, u"-f"_s, function, u"job"_s});
        if (!client->waitForFinished(10'000) || client->exitCode() != 0)
            qFatal("gearman: %s", client->readAllStandardError().constData());
    }

private Q_SLOTS:

    void gearmandLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::gearmand();
        AskedProbe asked(u"gearman"_s, {{u"port"_s, daemon->port()}}, u"gearman"_s);
        checkLifeOf(*daemon, asked);
    }

    void countsJobsAndWorkersOfGearmand()
    {
        const auto daemon = TestDaemon::gearmand();
        const QJsonValue port = daemon->port();
        AskedProbe workload(u"gearman"_s, {{u"port"_s, port}}, u"gearman"_s, true);
        AskedProbe needs(u"gearman"_s, {{u"port"_s, port}, {u"worker"_s, u"reverse"_s}});
        AskedProbe limits(u"gearman"_s, {{u"port"_s, port}, {u"queue"_s, 1}});
        QCOMPARE(needs.ask().code, u"gearman.worker"_s);
        enqueue(*daemon, u"reverse"_s);
        enqueue(*daemon, u"reverse"_s);
        QCOMPARE(needs.ask().args.value(u"waiting"_s).toInt(), 2);
        QCOMPARE(limits.ask().code, u"gearman.queue"_s);
        const QJsonObject backlog = workload.ask().info;
        QCOMPARE(backlog.value(u"jobs_waiting"_s).toInt(), 2);
        QCOMPARE(backlog.value(u"workers"_s).toInt(-1), 0);
        QCOMPARE(backlog.value(u"functions_without_worker"_s).toInt(), 1);
        QCOMPARE(backlog.value(u"longest_queue"_s).toString(), u"reverse"_s);

        const auto worker = gearman(*daemon, {u"-w"_s, u"-f"_s, u"reverse"_s, u"--"_s, u"cat"_s});
        QTRY_COMPARE_WITH_TIMEOUT(needs.ask().alive, std::optional(true), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(limits.ask().alive, std::optional(true), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(workload.ask().info.value(u"jobs_waiting"_s).toInt(-1), 0,
                                  20'000);
        QCOMPARE(workload.ask().info.value(u"workers"_s).toInt(), 1);
        end(*worker);
        QTRY_COMPARE_WITH_TIMEOUT(needs.ask().code, u"gearman.worker"_s, 20'000);
    }

    void keepsTheConnectionWhileAWorkerLacks()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int connections = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            ++connections;
            QTcpSocket *peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer] {
                peer->write(peer->readAll().contains("workers") ? "OK 1\n.\n.\n" : "OK 1\n.\n");
            });
        });
        AskedProbe asked(u"gearman"_s,
                         {{u"port"_s, server.serverPort()}, {u"worker"_s, u"resize"_s}});
        for (int round = 0; round < 3; ++round)
            QCOMPARE(asked.ask().code, u"gearman.worker"_s);
        QCOMPARE(connections, 1);
    }

    void gmondLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::gmond();
        AskedProbe asked(u"gmond"_s, {{u"port"_s, daemon->port()}, {u"every"_s, 0}}, u"gmond"_s);
        checkLifeOf(*daemon, asked);
    }

    void countsHostsAndMetricsOfGmond()
    {
        const auto daemon = TestDaemon::gmond();
        AskedProbe asked(u"gmond"_s, {{u"port"_s, daemon->port()}, {u"every"_s, 0}});
        QTRY_COMPARE_WITH_TIMEOUT(asked.ask().info.value(u"metrics"_s).toInt(), 2, 20'000);
        const QJsonObject info = asked.ask().info;
        QCOMPARE(info.value(u"hosts"_s).toInt(), 1);
        QCOMPARE(info.value(u"cluster"_s).toString(), u"tw"_s);
        QVERIFY(info.value(u"newest"_s).toInt(-1) >= 0);
    }

    void saysThatTheMetricsOfGmondAreOld()
    {
        const auto daemon = TestDaemon::gmond(false);
        AskedProbe asked(u"gmond"_s,
                         {{u"port"_s, daemon->port()}, {u"every"_s, 0}, {u"oldest"_s, 1}});
        QTRY_COMPARE_WITH_TIMEOUT(asked.ask().code, u"gmond.stale"_s, 20'000);
        QVERIFY(AskedProbe(u"gmond"_s, {{u"port"_s, daemon->port()}}).ask().alive == true);
    }

    void readsGmondByAnyPieces()
    {
        const QByteArray text
            = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" standalone=\"yes\"?>\n"
              "<!DOCTYPE GANGLIA_XML [\n<!ELEMENT GANGLIA_XML (CLUSTER)*>\n"
              "<!ATTLIST GANGLIA_XML VERSION CDATA #REQUIRED>\n]>\n"
              "<GANGLIA_XML VERSION=\"3.7.2\" SOURCE=\"gmond\"><CLUSTER NAME=\"a &amp; b\">"
              "<HOST NAME=\"x\" TN=\"7\" TMAX=\"20\"><METRIC NAME=\"m\" TN=\"7\" TMAX=\"70\"/>"
              "<METRIC NAME=\"n\" TN=\"900\" TMAX=\"70\"><EXTRA_DATA/></METRIC></HOST>"
              "<HOST NAME=\"y\" TN=\"81\" TMAX=\"20\"/></CLUSTER></GANGLIA_XML>\n";
        for (const qsizetype piece : {1, 7, 100, 100'000}) {
            GmondReader reader;
            for (qsizetype at = 0; at < text.size(); at += piece)
                QVERIFY(reader.feed(
                    QByteArrayView(text).sliced(at, std::min(piece, text.size() - at))));
            QVERIFY(reader.isComplete());
            const GmondSummary &summary = reader.summary();
            QCOMPARE(summary.cluster, u"a & b"_s);
            QCOMPARE(summary.hosts, 2);
            QCOMPARE(summary.hostsDown, 1);
            QCOMPARE(summary.metrics, 2);
            QCOMPARE(summary.staleMetrics, 1);
            QCOMPARE(summary.newest, std::optional<quint32>(7));
            QCOMPARE(summary.oldest, std::optional<quint32>(900));
        }
    }

    void refusesXmlThatGmondDoesNotWrite_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("entities") << QByteArray(
            "<!DOCTYPE GANGLIA_XML [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>"
            "<GANGLIA_XML VERSION=\"&b;\"/>");
        QTest::newRow("external entity")
            << QByteArray("<!DOCTYPE GANGLIA_XML [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
                          "<GANGLIA_XML>&a;</GANGLIA_XML>");
        QTest::newRow("another document") << QByteArray("<html></html>");
        QTest::newRow("deep") << "<GANGLIA_XML>" + QByteArray("<GRID>").repeated(100);
        QTest::newRow("long token") << "<GANGLIA_XML VERSION=\"" + QByteArray(1 << 20, 'x');
        QTest::newRow("broken") << QByteArray("<GANGLIA_XML><HOST></GANGLIA_XML>");
    }

    void refusesXmlThatGmondDoesNotWrite()
    {
        QFETCH(QByteArray, text);
        GmondReader reader;
        const auto fine = reader.feed(text);
        QVERIFY(!fine);
        QVERIFY(!fine.error().text.isEmpty());
    }

    void rolesOfTheHouseTakeTheShapeOfTheirParameters()
    {
        const auto daemon = TestDaemon::gearmand();
        const QJsonValue port = daemon->port();
        const auto ask = [](const QString &role, const QJsonObject &parameters) {
            return AskedProbe(role, parameters, role).ask();
        };
        QCOMPARE(ask(u"comdb"_s, {{u"port"_s, port}}).alive, std::optional(true));
        QCOMPARE(ask(u"comdb"_s,
                     {{u"port"_s, port}, {u"send"_s, u"version\\n"_s}, {u"expect"_s, u"OK"_s}})
                     .alive,
                 std::optional(true));
        QCOMPARE(ask(u"photolib"_s, {{u"path"_s, u"/no/such/file"_s}}).code.section(u'.', 0, 0),
                 u"file"_s);
        QCOMPARE(ask(u"photolib"_s, {{u"path"_s, u"/no/such.sock"_s}}).code, u"socket.refused"_s);
        QCOMPARE(ask(u"deploy"_s, {{u"name"_s, u"no-such-program"_s}}).code, u"process.count"_s);
        QCOMPARE(
            ask(u"monitor"_s,
                {{u"as"_s, u"http"_s}, {u"url"_s, u"http://127.0.0.1:%1/"_s.arg(port.toInt())}})
                .alive,
            std::optional(false));
        QVERIFY(AskedProbe::whyNot(u"monitor"_s, {{u"as"_s, u"magic"_s}}).contains(u"tcp, http"_s));
    }

    void parsesGearmanAnswers()
    {
        using Asked = GearmanAnswer::Asked;
        QVERIFY(!parseGearmanAnswer("OK 1.1", Asked::Version));
        QCOMPARE(parseGearmanAnswer("OK 1.1.20\n", Asked::Version)->text, "1.1.20");
        QCOMPARE(parseGearmanAnswer("1.12\r\n", Asked::Version)->text, "1.12");
        QVERIFY(!parseGearmanAnswer("OK 1.1\nrev\t3\t1\t2\n", Asked::Status));
        const auto answer
            = parseGearmanAnswer("OK 1\nrev\t3\t1\t2\na b\t0\t0\t0\n.\n38 127.0.0.1 - : rev\n"
                                 "39 127.0.0.1 - :\n.\n",
                                 Asked::Workers);
        QCOMPARE(answer->functions.size(), 2);
        QCOMPARE(answer->find("rev")->waiting(), 2);
        QCOMPARE(answer->find("a b")->workers, 0);
        QCOMPARE(answer->workers, 1);
        for (const char *rubbish :
             {"ERR UNKNOWN_COMMAND x\n", "220 mail\n", "OK 1\nrev\t1\n", "OK 1\nrev\t-1\t0\t0\n"})
            QVERIFY2(parseGearmanAnswer(rubbish, Asked::Status)->isRubbish, rubbish);
        QVERIFY(parseGearmanAnswer(QByteArray(5000, 'x'), Asked::Version)->isRubbish);
    }

    void believesNoLiars_data()
    {
        QTest::addColumn<QString>("probe");
        QTest::addColumn<QJsonObject>("parameters");
        QTest::newRow("gearman") << u"gearman"_s << QJsonObject();
        QTest::newRow("gearman with demands") << u"gearman"_s << QJsonObject{{u"queue"_s, 5}};
        QTest::newRow("gmond") << u"gmond"_s << QJsonObject();
    }

    void believesNoLiars()
    {
        QFETCH(QString, probe);
        QFETCH(QJsonObject, parameters);
        checkDisbeliefOf(probe, parameters);
    }
};

QTEST_GUILESS_MAIN(TestRpcProbes)
#include "tst_rpcprobes.moc"
