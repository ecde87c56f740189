// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/askedprobe.h"

#include "tests/support/testdaemon.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

namespace Treewarden {

using namespace Qt::StringLiterals;

namespace {

Result<std::unique_ptr<ServiceProbe>> makeProbe(const QString &name, const QJsonObject &parameters,
                                                const QString &role, bool isWorkload)
{
    const ProbeCheck check{name, parameters, 1};
    ServiceDefinition service{{role, u"one"_s}, check, {}, false};
    if (isWorkload)
        service.workload = check;
    for (const NamedServiceProbe &row : serviceProbes()) {
        if (name == QLatin1StringView(row.name))
            return row.make(service, check, {});
    }
    return Error{u"no such probe"_s};
}

/// Says `answer` to everybody, then a byte now and then.
class LyingServer : public QObject
{
public:
    explicit LyingServer(const QByteArray &answer, bool isEndless)
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        connect(&m_server, &QTcpServer::newConnection, this, [this, answer, isEndless] {
            QTcpSocket *peer = m_server.nextPendingConnection();
            peer->write(answer);
            peer->flush();
            if (isEndless)
                connect(peer, &QTcpSocket::bytesWritten, peer,
                        [peer, answer] { peer->write(answer); });
            connect(&m_drip, &QTimer::timeout, peer, [peer] { peer->write("x"); });
        });
        m_drip.start(300);
    }

    int port() const { return m_server.serverPort(); }

private:
    QTcpServer m_server;
    QTimer m_drip;
};

struct Lie
{
    const char *what;
    QByteArray answer;
    bool isEndless = false;
};

const QList<Lie> &lies()
{
    static const QList<Lie> all{
        {"nothing", {}},
        {"binary", QByteArray("\0\xff\xfe\x01\x02\x03\x04\x05", 8)},
        {"newlines", "\r\n\r\n"},
        {"words", "220 mail.example ESMTP\r\n"},
        {"a web server", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
        {"huge length", "$999999999999\r\n"},
        {"many x", QByteArray(4 << 20, 'x')},
        {"endless", QByteArray(64 << 10, 'x'), true},
        {"endless lines", QByteArray("STAT x 1\r\n").repeated(4096), true},
        {"endless tags", "<a>" + QByteArray("<b c='d'>").repeated(4096), true},
    };
    return all;
}

} // namespace

AskedProbe::AskedProbe(const QString &name, const QJsonObject &parameters, const QString &role,
                       bool isWorkload)
    : m_processes(u"/proc"_s)
{
    auto made = makeProbe(name, parameters, role, isWorkload);
    if (!made)
        qFatal("%s", qPrintable(made.error().text));
    m_probe = std::move(made).value();
}

CheckResult AskedProbe::ask()
{
    m_processes.refresh(m_now += 6000); // every listing is a whole one
    std::optional<CheckResult> result;
    m_probe->check(m_processes, [&result](const CheckResult &answer) { result = answer; });
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
        qFatal("no answer from the probe");
    return *result;
}

QString AskedProbe::whyNot(const QString &name, const QJsonObject &parameters)
{
    const auto made = makeProbe(name, parameters, u"dummy"_s, false);
    return made ? QString() : made.error().text;
}

void checkLifeOf(TestDaemon &daemon, AskedProbe &asked)
{
    const CheckResult up = asked.ask();
    QVERIFY2(up.alive == true, qPrintable(up.reason));
    QVERIFY(up.processes.contains(daemon.pid()));
    QVERIFY(!up.info.isEmpty());
    QCOMPARE(asked.ask().alive, std::optional(true));
    daemon.kill();
    const CheckResult down = asked.ask();
    QCOMPARE(down.alive, std::optional(false));
    QVERIFY2(down.reason.contains(u"nothing listens at"_s), qPrintable(down.reason));
    daemon.start();
    QCOMPARE(asked.ask().alive, std::optional(true));
    daemon.pause();
    CheckResult hung;
    QTRY_VERIFY_WITH_TIMEOUT((hung = asked.ask()).alive == false, 10'000);
    daemon.resume();
    QVERIFY2(hung.reason.contains(u"gave no answer within"_s), qPrintable(hung.reason));
    QTRY_VERIFY_WITH_TIMEOUT(asked.ask().alive == true, 10'000);
}

void checkDisbeliefOf(const QString &probe, const QJsonObject &parameters)
{
    for (const Lie &lie : lies()) {
        const LyingServer server(lie.answer, lie.isEndless);
        QJsonObject all = parameters;
        all.insert(u"port"_s, server.port());
        const CheckResult result = AskedProbe(probe, all).ask();
        QVERIFY2(result.alive == false, lie.what);
        QVERIFY2(!result.reason.isEmpty() && result.reason.size() < 400 && !result.code.isEmpty(),
                 qPrintable(result.reason));
    }
}

} // namespace Treewarden
