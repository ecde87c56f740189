// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/probe.h"
#include "agent/probes/procsnapshot.h"

#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// What a probe that talks over sockets notices between two rounds.
class TestSocketWatch : public QObject
{
    Q_OBJECT

    ProcSnapshot m_processes{u"/proc"_s};
    qint64 m_now = 0;
    std::unique_ptr<ServiceProbe> m_probe;
    int m_changes = 0;

    void make(const QJsonObject &parameters)
    {
        const ProbeCheck check{u"tcp"_s, parameters, 10};
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (QByteArrayView(row.name) != "tcp")
                continue;
            auto made = row.make({{u"dummy"_s, u"one"_s}, check, {}, false}, check, {});
            QVERIFY2(made.isOk(), made.isOk() ? "" : qPrintable(made.error().text));
            m_probe = std::move(made).value();
        }
        m_changes = 0;
        m_probe->changed = [this] {
            ++m_changes;
            (void)ask();
        };
    }

    CheckResult ask()
    {
        m_processes.refresh(m_now += 6000);
        std::optional<CheckResult> result;
        m_probe->check(m_processes, [&result](const CheckResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20'000))
            qFatal("no answer from the probe");
        return *result;
    }

private Q_SLOTS:

    void theEndOfTheLastConnectionIsNews()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        make({{u"port"_s, server.serverPort()}});
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(ask().alive, std::optional(true));
            QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 10'000);
            while (server.hasPendingConnections())
                server.nextPendingConnection()->write("what I say is thrown away");
        }
        // All but the last one were closed by the probe.
        const auto open = [&server] {
            const auto sockets = server.findChildren<QTcpSocket *>();
            return std::count_if(sockets.begin(), sockets.end(), [](const QTcpSocket *socket) {
                return socket->state() == QAbstractSocket::ConnectedState;
            });
        };
        QTRY_COMPARE_WITH_TIMEOUT(open(), 1, 10'000);
        QCOMPARE(m_changes, 0);
        server.close();
        for (QTcpSocket *socket : server.findChildren<QTcpSocket *>())
            socket->abort();
        QTRY_COMPARE_WITH_TIMEOUT(m_changes, 1, 10'000);
        QCOMPARE(ask().alive, std::optional(false));
    }

    void aServerThatHangsUpOnEverybodyIsNotAskedWithoutAPause()
    {
        QTcpServer server;
        int connections = 0;
        connect(&server, &QTcpServer::newConnection, &server, [&] {
            ++connections;
            server.nextPendingConnection()->abort();
        });
        QVERIFY(server.listen(QHostAddress::LocalHost));
        make({{u"port"_s, server.serverPort()}});
        for (int i = 0; i < 5; ++i) {
            (void)ask();
            QTest::qWait(20);
        }
        QVERIFY2(connections <= 6, qPrintable(QString::number(connections)));
        QVERIFY(m_changes <= 1);
    }

    void holdsNothingWhenTold()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        make({{u"port"_s, server.serverPort()}, {u"hold"_s, false}});
        QCOMPARE(ask().alive, std::optional(true));
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 10'000);
        const QTcpSocket *connection = server.nextPendingConnection();
        QTRY_COMPARE_WITH_TIMEOUT(connection->state(), QAbstractSocket::UnconnectedState, 10'000);
    }

    void watchesWorkersToo()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QProcess owner;
        owner.start(u"sh"_s, {u"-c"_s, u"sleep 98765.1111 & sleep 98765.1111 & wait; wait"_s});
        QVERIFY(owner.waitForStarted(10'000));
        make({{u"port"_s, server.serverPort()},
              {u"process"_s, u"sleep 98765.1111"_s},
              {u"every"_s, 3600}});
        QTRY_COMPARE_WITH_TIMEOUT(ask().processes.size(), 3, 10'000);
        const QList<pid_t> processes = ask().processes;
        QVERIFY(processes.contains(pid_t(owner.processId())));

        // The answer counts for an hour, but a worker's death is a question worth: once.
        server.close();
        QCOMPARE(ask().alive, std::optional(true));
        const auto kill = [&](pid_t pid) {
            QVERIFY(::kill(pid, SIGKILL) == 0);
            m_processes.markDead(pid);
        };
        for (const pid_t pid : processes) {
            if (pid == owner.processId())
                continue;
            kill(pid);
            QCOMPARE(ask().alive, std::optional(false));
            break;
        }
        owner.terminate();
        QVERIFY(owner.waitForFinished(10'000));
        for (const pid_t pid : processes)
            ::kill(pid, SIGKILL);
    }
};

QTEST_GUILESS_MAIN(TestSocketWatch)
#include "tst_socketwatch.moc"
