// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"
#include "tests/support/freeport.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testdaemon.h"

#include <QFile>
#include <QPointer>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// The probes of web technology against the real servers: up, down, hung, and what they tell about
/// their work; and against peers that lie.
class TestWebProbes : public QObject
{
    Q_OBJECT

    /// A probe with its own look at the processes.
    class Asked
    {
    public:
        Asked(const QString &name, const QJsonObject &parameters, const QString &role = u"dummy"_s)
            : m_processes(u"/proc"_s)
        {
            const ProbeCheck check{name, parameters, timeout};
            const ServiceDefinition service{{role, u"one"_s}, check, {}, false};
            for (const NamedServiceProbe &row : serviceProbes()) {
                if (name != QLatin1StringView(row.name))
                    continue;
                auto made = row.make(service, check, {});
                if (!made)
                    qFatal("%s", qPrintable(made.error().text));
                m_probe = std::move(made).value();
            }
        }

        CheckResult ask()
        {
            m_processes.refresh(m_now += 6000); // every listing is a whole one
            std::optional<CheckResult> result;
            m_probe->check(m_processes, [&result](const CheckResult &answer) { result = answer; });
            if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
                qFatal("no answer from the probe");
            return *result;
        }

        /// A number of the workload.
        double told(const QString &name) { return ask().info.value(name).toDouble(-1); }

        ServiceProbe &probe() { return *m_probe; }

    private:
        static constexpr double timeout = 1; // seconds

        ProcSnapshot m_processes;
        std::unique_ptr<ServiceProbe> m_probe;
        qint64 m_now = 0;
    };

    /// A peer that answers every connection with the same bytes, whatever it is asked.
    class Liar
    {
    public:
        explicit Liar(const QByteArray &answer, bool closes = true)
        {
            if (!m_server.listen(QHostAddress::LocalHost))
                qFatal("cannot listen");
            QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [=, this] {
                QTcpSocket *peer = m_server.nextPendingConnection();
                ++m_connections;
                peer->write(answer);
                if (closes)
                    peer->disconnectFromHost();
            });
        }

        int port() const { return m_server.serverPort(); }

        int connections() const { return m_connections; }

    private:
        QTcpServer m_server;
        int m_connections = 0;
    };

    static QString whyNot(const QString &name, const QJsonObject &parameters)
    {
        const ProbeCheck check{name, parameters, 1};
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (name == QLatin1StringView(row.name)) {
                const auto made = row.make({{u"dummy"_s, u"one"_s}, check, {}, false}, check, {});
                return made ? QString() : made.error().text;
            }
        }
        return u"no such probe"_s;
    }

    static QJsonObject https(const TestDaemon &daemon, QJsonObject more,
                             const QString &host = u"127.0.0.1"_s)
    {
        more.insert(u"url"_s, u"https://%1:%2/"_s.arg(host).arg(daemon.port()));
        more.insert(u"every"_s, 0);
        return more;
    }

    static QJsonObject varnishParameters(const TestDaemon &daemon)
    {
        return {{u"port"_s, daemon.port()},
                {u"admin"_s, daemon.adminPort()},
                {u"secret"_s, daemon.folder() + u"/secret"_s},
                {u"name"_s, daemon.folder() + u"/v"_s},
                {u"every"_s, 0}};
    }

    static void lifeOf(TestDaemon &daemon, Asked &asked)
    {
        const CheckResult up = asked.ask();
        QVERIFY2(up.alive == true, qPrintable(up.reason));
        QVERIFY(up.processes.contains(daemon.pid()));
        daemon.kill();
        const CheckResult down = asked.ask();
        QCOMPARE(down.alive, std::optional(false));
        QVERIFY2(!down.reason.isEmpty(), qPrintable(down.reason));
        daemon.start();
        QTRY_VERIFY_WITH_TIMEOUT(asked.ask().alive == true, 10'000);
        daemon.pause();
        CheckResult hung;
        QTRY_VERIFY_WITH_TIMEOUT((hung = asked.ask()).alive == false, 10'000);
        daemon.resume();
        QVERIFY2(hung.reason.contains(u"gave no answer within"_s), qPrintable(hung.reason));
        QTRY_VERIFY_WITH_TIMEOUT(asked.ask().alive == true, 10'000);
    }

private Q_SLOTS:

    void httpTellsStatusAndLatency()
    {
        const auto daemon = TestDaemon::nginx();
        const QString url = u"http://127.0.0.1:%1/"_s.arg(daemon->port());
        const CheckResult up = Asked(u"http"_s, {{u"url"_s, url}}).ask();
        QVERIFY2(up.alive == true, qPrintable(up.reason));
        QCOMPARE(up.info.value(u"status"_s).toInt(), 200);
        QVERIFY(up.info.value(u"latency"_s).toDouble() > 0);
        QVERIFY(!up.info.contains(u"certificate_days"_s));
    }

    void httpDiesOfSlowness()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *peer = server.nextPendingConnection();
            QTimer::singleShot(200, peer, [peer] { peer->write("HTTP/1.0 200 OK\r\n\r\n"); });
        });
        const QString url = u"http://127.0.0.1:%1/"_s.arg(server.serverPort());
        const CheckResult slow = Asked(u"http"_s, {{u"url"_s, url}, {u"slowest"_s, 100}}).ask();
        QCOMPARE(slow.code, u"http.slow"_s);
        QVERIFY(slow.args.value(u"latency"_s).toDouble() >= 100);
        QCOMPARE(Asked(u"http"_s, {{u"url"_s, url}, {u"slowest"_s, 20'000}}).ask().alive,
                 std::optional(true));
    }

    void httpsVerifiesTheCertificateAndTellsItsDays()
    {
        TestCertificates certificates;
        const auto pair = certificates.issue(u"IP:127.0.0.1,DNS:localhost"_s, 30);
        const auto daemon = TestDaemon::nginxWithTls(pair.certificate, pair.key);
        const QJsonObject trusting{{u"ca_file"_s, certificates.authority()}};
        for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s}) {
            const CheckResult up = Asked(u"http"_s, https(*daemon, trusting, host)).ask();
            QVERIFY2(up.alive == true, qPrintable(up.reason));
            QCOMPARE(up.info.value(u"certificate_days"_s).toInt(-1), 30);
            QCOMPARE(up.info.value(u"status"_s).toInt(), 200);
            QVERIFY(up.info.value(u"latency"_s).toDouble() > 0);
        }
        // Without our authority nobody vouches for it.
        Asked stranger(u"http"_s, https(*daemon, {}));
        QCOMPARE(stranger.ask().code, u"tls.untrusted"_s);
        QCOMPARE(stranger.ask().alive, std::optional(false)); // the second handshake too
        const CheckResult any = Asked(u"http"_s, https(*daemon, {{u"verify"_s, false}})).ask();
        QVERIFY2(any.alive == true, qPrintable(any.reason));
        QCOMPARE(any.info.value(u"certificate_days"_s).toInt(-1), 30);

        Asked living(u"http"_s, https(*daemon, trusting));
        QCOMPARE(living.ask().alive, std::optional(true));
        daemon->kill();
        QCOMPARE(living.ask().code, u"socket.refused"_s);
        daemon->start();
        QCOMPARE(living.ask().alive, std::optional(true));
        daemon->pause();
        QCOMPARE(living.ask().code, u"socket.timeout"_s);
        daemon->resume();
        QTRY_VERIFY_WITH_TIMEOUT(living.ask().alive == true, 10'000);
    }

    void httpsDiesWhenTheCertificateSoonExpires()
    {
        TestCertificates certificates;
        const auto pair = certificates.issue(u"IP:127.0.0.1"_s, 10);
        const auto daemon = TestDaemon::nginxWithTls(pair.certificate, pair.key);
        QJsonObject parameters{{u"ca_file"_s, certificates.authority()},
                               {u"certificate_days"_s, 14}};
        const CheckResult soon = Asked(u"http"_s, https(*daemon, parameters)).ask();
        QCOMPARE(soon.code, u"http.certificate"_s);
        QCOMPARE(soon.args.value(u"days"_s).toInt(), 10);
        parameters.insert(u"certificate_days"_s, 10);
        QCOMPARE(Asked(u"http"_s, https(*daemon, parameters)).ask().alive, std::optional(true));
    }

    void httpsSaysWhatIsWrongWithACertificate_data()
    {
        QTest::addColumn<QString>("names");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("expired") << u"IP:127.0.0.1"_s << -10 << -2 << u"tls.expired"_s
                                 << u"expired on 2"_s;
        QTest::newRow("not yet valid")
            << u"IP:127.0.0.1"_s << 2 << 10 << u"tls.early"_s << u"not valid before 2"_s;
        QTest::newRow("wrong host") << u"DNS:shop.example"_s << -1 << 10 << u"tls.host"_s
                                    << u"is for shop.example, not for 127.0.0.1"_s;
    }

    void httpsSaysWhatIsWrongWithACertificate()
    {
        QFETCH(QString, names);
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(QString, says);
        TestCertificates certificates;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto pair = certificates.issue(names, now.addDays(from), now.addDays(to));
        const auto daemon = TestDaemon::nginxWithTls(pair.certificate, pair.key);
        const CheckResult result
            = Asked(u"http"_s, https(*daemon, {{u"ca_file"_s, certificates.authority()}})).ask();
        QCOMPARE(result.alive, std::optional(false));
        QTEST(result.code, "code");
        QVERIFY2(result.reason.contains(says), qPrintable(result.reason));
    }

    void httpsDoesNotBelieveAPeerWithoutTls_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("plain HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("binary") << QByteArray("\x16\x03\x03\xff\xff\x02\0\0", 8);
        QTest::newRow("much") << QByteArray(1 << 20, 'x');
    }

    void httpsDoesNotBelieveAPeerWithoutTls()
    {
        QFETCH(QByteArray, answer);
        const Liar liar(answer);
        const QString url = u"https://127.0.0.1:%1/"_s.arg(liar.port());
        Asked asked(u"http"_s, {{u"url"_s, url}, {u"every"_s, 0}});
        for (int i = 0; i < 3; ++i) {
            const CheckResult result = asked.ask();
            QCOMPARE(result.alive, std::optional(false));
            QVERIFY2(result.code == u"tls.handshake" || result.code == u"socket.timeout",
                     qPrintable(result.code + u' ' + result.reason));
        }
    }

    void httpsWithoutAUsableCaFileIsUnknown()
    {
        const Liar liar("");
        const QString url = u"https://127.0.0.1:%1/"_s.arg(liar.port());
        const CheckResult result
            = Asked(u"http"_s, {{u"url"_s, url}, {u"ca_file"_s, u"/no/such/ca.pem"_s}}).ask();
        QCOMPARE(result.alive, std::nullopt);
        QCOMPARE(result.code, u"tls.unusable"_s);
    }

    void httpsMayBeDestroyedWhileItShakesHands()
    {
        const Liar silent({}, false);
        auto asked = std::make_unique<Asked>(
            u"http"_s, QJsonObject{{u"url"_s, u"https://127.0.0.1:%1/"_s.arg(silent.port())}});
        bool isDone = false;
        asked->probe().check(ProcSnapshot(u"/nowhere"_s),
                             [&isDone](const CheckResult &) { isDone = true; });
        QTRY_COMPARE_WITH_TIMEOUT(silent.connections(), 1, 10'000);
        asked.reset();
        QVERIFY(!QTest::qWaitFor([&isDone] { return isDone; }, 1500));
    }

    void httpSaysWhichParameterIsWrong()
    {
        const QString url = u"http://127.0.0.1/"_s, secure = u"https://127.0.0.1/"_s;
        QVERIFY(whyNot(u"http"_s, {{u"url"_s, url}, {u"verify"_s, false}}).contains(u"https"_s));
        QVERIFY(
            whyNot(u"http"_s, {{u"url"_s, url}, {u"certificate_days"_s, 9}}).contains(u"https"_s));
        QVERIFY(
            whyNot(u"http"_s, {{u"url"_s, secure}, {u"verify"_s, 1}}).contains(u"true or false"_s));
        QVERIFY(whyNot(u"http"_s, {{u"url"_s, url}, {u"slowest"_s, -1}}).contains(u"slowest"_s));
        QVERIFY(whyNot(u"http"_s, {{u"url"_s, u"http://a:b@127.0.0.1/"_s}}).contains(u"password"));
    }

    void nginxLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::nginxWithStatus();
        Asked asked(u"nginx"_s, {{u"port"_s, daemon->port()}, {u"every"_s, 0}}, u"nginx"_s);
        lifeOf(*daemon, asked);
    }

    void nginxTellsItsWork()
    {
        const auto daemon = TestDaemon::nginxWithStatus();
        Asked asked(u"nginx"_s, {{u"port"_s, daemon->port()}, {u"every"_s, 0}});
        const CheckResult first = asked.ask();
        QVERIFY2(first.alive == true && first.reason.isEmpty(), qPrintable(first.reason));
        for (const QString &number :
             {u"connections"_s, u"accepts"_s, u"handled"_s, u"requests"_s, u"dropped"_s,
              u"reading"_s, u"writing"_s, u"waiting"_s, u"latency"_s, u"status"_s})
            QVERIFY2(first.info.value(number).isDouble(), qPrintable(number));
        QVERIFY(!first.info.contains(u"requests_per_second"_s));
        const double accepts = first.info.value(u"accepts"_s).toDouble();
        const CheckResult second = asked.ask();
        QVERIFY(second.info.value(u"requests"_s).toDouble()
                > first.info.value(u"requests"_s).toDouble());
        // QTRY asks once more when it is true, and a rate needs a moment between two answers.
        double rate = 0;
        QTRY_VERIFY_WITH_TIMEOUT(rate > 0 || (rate = asked.told(u"requests_per_second"_s)) > 0,
                                 10'000);
        // Over the connection of the first.
        QCOMPARE(second.info.value(u"accepts"_s).toDouble(), accepts);
    }

    void nginxWithoutItsStatusPageLivesWithoutWorkload()
    {
        const auto daemon = TestDaemon::nginx({}, "location = /nginx_status { return 404; }\n");
        Asked asked(u"nginx"_s, {{u"port"_s, daemon->port()}, {u"every"_s, 0}});
        QVERIFY(asked.probe().description().contains(u"stub_status"_s));
        const CheckResult first = asked.ask();
        QVERIFY2(first.alive == true, qPrintable(first.reason));
        QVERIFY2(first.reason.contains(u"status 404; turn stub_status on"_s),
                 qPrintable(first.reason));
        QVERIFY(asked.probe().description().contains(u"status 404"_s));
        QCOMPARE(asked.ask().info.value(u"status"_s).toInt(), 200); // of the page /
        // A site that answers everything with the same page.
        const auto other = TestDaemon::nginx();
        const CheckResult any = Asked(u"nginx"_s, {{u"port"_s, other->port()}}).ask();
        QCOMPARE(any.alive, std::optional(true));
        QVERIFY2(any.reason.contains(u"something else than stub_status"_s), qPrintable(any.reason));
    }

    void nginxDiesOfAServerErrorAndOfAnotherAnswerThanExpected()
    {
        const auto daemon = TestDaemon::nginxWithStatus();
        const auto ask = [&](const QJsonObject &more) {
            QJsonObject parameters = more;
            parameters.insert(u"port"_s, daemon->port());
            return Asked(u"nginx"_s, parameters).ask();
        };
        const CheckResult bad = ask({{u"page"_s, u"/bad"_s}});
        QVERIFY2(bad.code == u"http.status", qPrintable(bad.reason));
        QVERIFY2(bad.reason.contains(u"status 503 where one below 500 was expected"_s),
                 qPrintable(bad.reason));
        QCOMPARE(ask({{u"page"_s, u"/bad"_s}, {u"expect"_s, 503}}).alive, std::optional(true));
        const CheckResult good = ask({{u"expect"_s, 200}});
        QCOMPARE(good.alive, std::optional(true));
        QVERIFY(good.info.contains(u"requests"_s)); // its work all the same
        QCOMPARE(ask({{u"expect"_s, 404}}).code, u"http.status"_s);
    }

    void nginxWithoutItsMasterIsDied()
    {
        const auto daemon = TestDaemon::nginxWithStatus();
        const QString folder = daemon->folder();
        Asked asked(u"nginx"_s, {{u"port"_s, daemon->port()}, {u"process"_s, folder}});
        QCOMPARE(asked.ask().alive, std::optional(true));
        ::kill(daemon->pid(), SIGKILL); // its worker goes on serving
        QTRY_COMPARE_WITH_TIMEOUT(asked.ask().code, u"process.count"_s, 10'000);
    }

    void apacheLivesDiesAndHangs()
    {
        const auto daemon = TestDaemon::apache();
        Asked asked(u"apache"_s, {{u"port"_s, daemon->port()}, {u"every"_s, 0}}, u"apache"_s);
        lifeOf(*daemon, asked);
    }

    void apacheTellsItsWork()
    {
        const auto daemon = TestDaemon::apache();
        Asked asked(u"apache"_s, {{u"port"_s, daemon->port()}, {u"every"_s, 0}});
        const CheckResult first = asked.ask();
        QVERIFY2(first.alive == true && first.reason.isEmpty(), qPrintable(first.reason));
        for (const QString &number :
             {u"workers_busy"_s, u"workers_idle"_s, u"accesses"_s, u"bytes"_s, u"uptime"_s})
            QVERIFY2(first.info.value(number).isDouble(), qPrintable(number));
        QVERIFY(first.info.value(u"workers_idle"_s).toInt() > 0);
        QVERIFY(first.info.value(u"version"_s).toString().startsWith(u"Apache/"));
        double rate = 0;
        QTRY_VERIFY_WITH_TIMEOUT(rate > 0 || (rate = asked.told(u"accesses_per_second"_s)) > 0,
                                 10'000);
    }

    void varnishLivesDiesAndHangs()
    {
        const auto backend = TestDaemon::nginx();
        const auto daemon = TestDaemon::varnish(backend->port());
        Asked asked(u"varnish"_s, varnishParameters(*daemon), u"varnish"_s);
        QTRY_VERIFY_WITH_TIMEOUT(asked.ask().alive == true, 20'000); // its backend must be seen
        lifeOf(*daemon, asked);
    }

    void varnishTellsItsWorkAndItsBackends()
    {
        const auto backend = TestDaemon::nginx();
        const auto daemon = TestDaemon::varnish(backend->port());
        Asked asked(u"varnish"_s, varnishParameters(*daemon));
        QTRY_COMPARE_WITH_TIMEOUT(asked.told(u"backends_healthy"_s), 1.0, 20'000);
        CheckResult result;
        QTRY_VERIFY_WITH_TIMEOUT(
            (result = asked.ask()).info.value(u"requests_per_second"_s).toDouble() > 0, 10'000);
        QVERIFY2(result.alive == true && result.reason.isEmpty(), qPrintable(result.reason));
        for (const QString &number :
             {u"requests"_s, u"cache_hits"_s, u"cache_misses"_s, u"threads"_s, u"objects"_s,
              u"storage_used"_s, u"storage_free"_s, u"backends"_s, u"uptime"_s, u"latency"_s})
            QVERIFY2(result.info.value(number).isDouble(), qPrintable(number));
        QVERIFY(result.info.value(u"storage_free"_s).toDouble() > 1'000'000);
        QVERIFY(result.info.value(u"hit_ratio"_s).toDouble() > 0);
    }

    void varnishNamesSickBackends()
    {
        const auto backend = TestDaemon::nginx();
        const auto daemon = TestDaemon::varnish(backend->port());
        QJsonObject parameters = varnishParameters(*daemon);
        parameters.insert(u"page"_s, u"/?never=cached"_s);
        Asked asked(u"varnish"_s, parameters);
        backend->kill();
        CheckResult result;
        QTRY_VERIFY2_WITH_TIMEOUT((result = asked.ask()).code == u"varnish.sick",
                                  qPrintable(result.reason), 20'000);
        QCOMPARE(result.alive, std::optional(false));
        QVERIFY2(result.reason.contains(u"status 503"_s)
                     && result.reason.contains(u"sick backends: boot.default"_s),
                 qPrintable(result.reason));
        backend->start();
        QTRY_VERIFY_WITH_TIMEOUT(asked.ask().alive == true, 20'000);
    }

    void varnishWithoutACacheProcessIsDied()
    {
        const auto backend = TestDaemon::nginx();
        const auto daemon = TestDaemon::varnish(backend->port());
        Asked asked(u"varnish"_s, varnishParameters(*daemon));
        QTRY_VERIFY_WITH_TIMEOUT(asked.ask().alive == true, 20'000);
        QProcess admin;
        admin.start(u"varnishadm"_s,
                    {u"-T"_s, u"127.0.0.1:%1"_s.arg(daemon->adminPort()), u"-S"_s,
                     daemon->folder() + u"/secret"_s, u"stop"_s});
        QVERIFY(admin.waitForFinished(20'000) && admin.exitCode() == 0);
        const CheckResult result = asked.ask();
        QCOMPARE(result.alive, std::optional(false));
        QCOMPARE(result.code, u"varnish.child"_s);
        QVERIFY2(result.reason.contains(u"it is stopped"_s), qPrintable(result.reason));
    }

    void varnishLivesAndSaysWhyItsCliCannotBeAsked()
    {
        const auto backend = TestDaemon::nginx();
        const auto daemon = TestDaemon::varnish(backend->port());
        const auto note = [&](const QJsonObject &more) {
            QJsonObject parameters = more;
            parameters.insert(u"port"_s, daemon->port());
            parameters.insert(u"name"_s, daemon->folder() + u"/v"_s);
            Asked asked(u"varnish"_s, parameters);
            CheckResult result;
            if (!QTest::qWaitFor([&] { return (result = asked.ask()).alive == true; }, 20'000))
                qFatal("not alive: %s", qPrintable(result.reason));
            return result.info.value(u"note"_s).toString();
        };
        const QJsonValue admin = daemon->adminPort();
        const QString file = daemon->folder() + u"/other"_s;
        QCOMPARE(note({}), QString());
        QVERIFY(note({{u"admin"_s, admin}}).contains(u"wants a secret: name its file"_s));
        const QString missing = note({{u"admin"_s, admin}, {u"secret"_s, file}});
        QVERIFY2(missing.contains(u"cannot be read: no such file"_s), qPrintable(missing));
        QFile other(file);
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("wrong\n") > 0);
        other.close();
        const QString refused = note({{u"admin"_s, admin}, {u"secret"_s, file}});
        QVERIFY2(refused.contains(u"refuses the secret of"_s), qPrintable(refused));
        const Liar liar("200 123     \nhello");
        QVERIFY(note({{u"admin"_s, liar.port()}}).contains(u"closed the connection"_s));
        const Liar rubbish("220 mail.example ESMTP\r\n");
        QVERIFY(note({{u"admin"_s, rubbish.port()}}).contains(u"which is not Varnish"_s));
    }

    void varnishSaysWhyThereIsNoWorkload()
    {
        const Liar peer("HTTP/1.0 200 OK\r\n\r\n");
        const QJsonObject parameters{{u"port"_s, peer.port()}, {u"name"_s, u"/no/such/folder"_s}};
        Asked asked(u"varnish"_s, parameters);
        const CheckResult result = asked.ask();
        QCOMPARE(result.alive, std::optional(true));
        QVERIFY2(result.reason.contains(u"no workload: /usr/bin/varnishstat ended with status 1"_s),
                 qPrintable(result.reason));
        QVERIFY2(asked.probe().description().contains(u"no workload"_s)
                     && asked.probe().description().contains(u"give \"admin\""_s),
                 qPrintable(asked.probe().description()));
        // Before anything was asked, for --check.
        const QString fresh = Asked(u"varnish"_s, parameters).probe().description();
        QVERIFY2(fresh.contains(u"no workload: /no/such/folder/_.vsm_mgt/_.index: no such file"_s),
                 qPrintable(fresh));
        const QJsonObject secret{{u"port"_s, 1}, {u"admin"_s, 2}, {u"secret"_s, u"/no/such"_s}};
        const QString described = Asked(u"varnish"_s, secret).probe().description();
        QVERIFY2(described.contains(u"secret /no/such cannot be read: no such file"_s),
                 qPrintable(described));
    }

    void webServersDoNotBelieveLiars_data()
    {
        QTest::addColumn<QString>("probe");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("closes");
        for (const QString &probe : {u"nginx"_s, u"apache"_s, u"varnish"_s, u"http"_s}) {
            const auto row = [&](const char *what, const QByteArray &answer, bool closes = true) {
                QTest::addRow("%s: %s", qPrintable(probe), what) << probe << answer << closes;
            };
            row("nothing", {});
            row("silence", {}, false);
            row("rubbish", "220 mail.example ESMTP\r\n");
            row("binary", QByteArray("\0\xff\n\x01", 4), false);
            row("error", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
            row("head without an end",
                "HTTP/1.1 200 OK\r\n" + QByteArray("a: b\r\n").repeated(100'000), false);
            row("half a head", "HTTP/1.1 200 OK\r\nServer: ngi");
        }
    }

    void webServersDoNotBelieveLiars()
    {
        QFETCH(QString, probe);
        QFETCH(QByteArray, answer);
        QFETCH(bool, closes);
        const Liar liar(answer, closes);
        const QJsonObject parameters = probe == u"http"
            ? QJsonObject{{u"url"_s, u"http://127.0.0.1:%1/"_s.arg(liar.port())}}
            : QJsonObject{{u"port"_s, liar.port()}, {u"master"_s, false}};
        const CheckResult result = Asked(probe, parameters).ask();
        QVERIFY2(result.alive == false, qPrintable(result.reason));
        QVERIFY(!result.reason.isEmpty() && result.reason.size() < 400 && !result.code.isEmpty());
    }

    void doesNotWaitForOneByteASecond()
    {
        const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1";
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QTimer drip;
        QPointer<QTcpSocket> peer;
        qsizetype said = 0;
        connect(&server, &QTcpServer::newConnection, this,
                [&] { peer = server.nextPendingConnection(); });
        connect(&drip, &QTimer::timeout, this, [&] {
            if (peer && said < answer.size())
                peer->write(answer.mid(said++, 1));
        });
        drip.start(300);
        for (const QString &probe : {u"nginx"_s, u"apache"_s}) {
            const QJsonObject parameters{{u"port"_s, server.serverPort()}, {u"master"_s, false}};
            said = 0;
            QCOMPARE(Asked(probe, parameters).ask().code, u"socket.timeout"_s);
        }
    }

    void aServerThatClosesAfterEachAnswerIsNotAskedWithoutPause()
    {
        const Liar liar("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        Asked asked(u"nginx"_s, {{u"port"_s, liar.port()}, {u"master"_s, false}});
        int changes = 0;
        asked.probe().changed = [&changes] { ++changes; };
        QCOMPARE(asked.ask().alive, std::optional(true));
        QVERIFY(!QTest::qWaitFor([&] { return changes > 0 || liar.connections() > 1; }, 500));
        QCOMPARE(asked.ask().alive, std::optional(true));
    }
};

QTEST_GUILESS_MAIN(TestWebProbes)
#include "tst_webprobes.moc"
