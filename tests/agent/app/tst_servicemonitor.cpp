// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/servicemonitor.h"
#include "agent/events/execwatch.h"
#include "agent/events/flapguard.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

ServiceDefinition processService(const QString &instance, const QString &pattern)
{
    return {{u"dummy"_s, instance},
            ProbeCheck{u"process"_s, {{u"arguments"_s, pattern}}, 2},
            std::nullopt,
            false};
}

} // namespace

class TestServiceMonitor : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void init()
    {
        m_processes.refresh(0);
        m_monitor = std::make_unique<ServiceMonitor>(m_processes, ProbeContext{}, m_times);
        m_last = {};
        connect(m_monitor.get(), &ServiceMonitor::checked, this,
                [this](const ServiceId &, const ServiceState &state) { m_last = state; });
    }

    void tellsADeathBeforeTheNextRound()
    {
        QProcess victim;
        victim.start(u"sleep"_s, {u"98765.4321"_s});
        QVERIFY(victim.waitForStarted(10'000));
        QTRY_VERIFY_WITH_TIMEOUT(isAliveAfterARound(u"98765.4321"_s), 10'000);
        QSignalSpy checked(m_monitor.get(), &ServiceMonitor::checked);
        victim.kill();
        QTRY_VERIFY_WITH_TIMEOUT(!checked.isEmpty(), 10'000);
        const auto state = checked.first().at(1).value<ServiceState>();
        QCOMPARE(state.alive, std::optional(false));
        QVERIFY(!state.reason.isEmpty() && !state.code.isEmpty());
    }

    void asksNobodyWhileNoProcessComesOrGoes()
    {
        ProcSnapshot savedTree(QStringLiteral(SOURCE_ROOT "/tests/fixtures/proc"));
        savedTree.refresh(0);
        ServiceMonitor monitor(savedTree, {QStringLiteral(SOURCE_ROOT "/tests/fixtures/proc")},
                               m_times);
        QCOMPARE(monitor.setServices({processService(u"a"_s, u"redis-server"_s)}), QStringList());
        QSignalSpy checked(&monitor, &ServiceMonitor::checked);
        for (int round = 0; round < 3; ++round)
            monitor.check();
        QCOMPARE(checked.size(), 1);
        savedTree.markDead(400);
        monitor.check();
        QCOMPARE(checked.size(), 2);
    }

    void aServiceWithOtherProcessesLeftLivesOn()
    {
        QProcess one, two;
        for (QProcess *process : {&one, &two}) {
            process->start(u"sleep"_s, {u"98765.5555"_s});
            QVERIFY(process->waitForStarted(10'000));
        }
        QTRY_VERIFY_WITH_TIMEOUT(isAliveAfterARound(u"98765.5555"_s), 10'000);
        QSignalSpy checked(m_monitor.get(), &ServiceMonitor::checked);
        one.kill();
        QTRY_COMPARE_WITH_TIMEOUT(checked.size(), 1, 10'000);
        QCOMPARE(checked.first().at(1).value<ServiceState>().alive, std::optional(true));
        two.kill();
        QTRY_VERIFY_WITH_TIMEOUT(checked.size() >= 2, 10'000);
        QCOMPARE(checked.last().at(1).value<ServiceState>().alive, std::optional(false));
    }

    void checksAgainWhenAFileChanges()
    {
        QTemporaryDir folder;
        QFile pid(folder.filePath(u"pid"_s));
        const ServiceDefinition service{
            {u"dummy"_s, u"f"_s},
            ProbeCheck{u"process"_s, {{u"pidfile"_s, pid.fileName()}}, 2},
            std::nullopt,
            false};
        QCOMPARE(m_monitor->setServices({service}), QStringList());
        m_monitor->check();
        QProcess daemon;
        daemon.start(u"sleep"_s, {u"1000"_s});
        QVERIFY(daemon.waitForStarted(10'000));
        QSignalSpy checked(m_monitor.get(), &ServiceMonitor::checked);
        const auto isAlive = [&] {
            return !checked.isEmpty() && checked.last().at(1).value<ServiceState>().alive == true;
        };
        QVERIFY(pid.open(QIODevice::WriteOnly));
        pid.write(QByteArray::number(daemon.processId()));
        pid.close();
        QTRY_VERIFY_WITH_TIMEOUT(isAlive(), 10'000);
        QVERIFY(pid.remove());
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(), 10'000);
        daemon.kill();
        daemon.waitForFinished(10'000);
    }

    void seesAStartBetweenRoundsWhereTheKernelTells()
    {
        QCOMPARE(m_monitor->setServices({processService(u"a"_s, u"98765.7777"_s)}), QStringList());
        m_monitor->check(); // died, so that starts matter
        QSignalSpy checked(m_monitor.get(), &ServiceMonitor::checked);
        const auto isAlive = [&] {
            return !checked.isEmpty() && checked.last().at(1).value<ServiceState>().alive == true;
        };
        QProcess daemon;
        daemon.start(u"sleep"_s, {u"98765.7777"_s});
        QVERIFY(daemon.waitForStarted(10'000));
        if (ExecWatch::refusal().isEmpty())
            QTRY_VERIFY_WITH_TIMEOUT(isAlive(), 10'000);
        m_processes.refresh(m_times.steady() + 1000);
        m_monitor->check();
        QVERIFY(isAlive());
        daemon.kill();
        daemon.waitForFinished(10'000);
    }

    // As a server that recycles its workers does.
    void manyDeathsCostFewChecks()
    {
        constexpr int deaths = 200;
        std::vector<std::unique_ptr<QProcess>> workers;
        for (int i = 0; i < deaths; ++i) {
            workers.push_back(std::make_unique<QProcess>());
            workers.back()->start(u"sleep"_s, {u"98765.8888"_s});
        }
        for (const auto &worker : workers)
            QVERIFY(worker->waitForStarted(10'000));
        QTRY_VERIFY_WITH_TIMEOUT(isAliveAfterARound(u"98765.8888"_s), 10'000);
        QSignalSpy checked(m_monitor.get(), &ServiceMonitor::checked);
        for (const auto &worker : workers) {
            worker->kill();
            QVERIFY(worker->waitForFinished(10'000));
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY_WITH_TIMEOUT(!checked.isEmpty()
                                     && checked.last().at(1).value<ServiceState>().alive == false,
                                 10'000);
        // The clock of the test stands still: a burst, then what is left over every 100 ms.
        QVERIFY2(checked.size() < 100, qPrintable(QString::number(checked.size())));
    }

    void aFlappingServiceIsToldOnceAndAgainWhenItIsSteady()
    {
        QTemporaryDir folder;
        QFile pid(folder.filePath(u"pid"_s));
        const ServiceDefinition flapping{
            {u"dummy"_s, u"f"_s},
            ProbeCheck{u"process"_s, {{u"pidfile"_s, pid.fileName()}}, 2},
            std::nullopt,
            false};
        QCOMPARE(m_monitor->setServices({flapping}), QStringList());
        QSignalSpy checked(m_monitor.get(), &ServiceMonitor::checked);
        const auto last = [&checked] { return checked.last().at(1).value<ServiceState>(); };
        for (int i = 0; i <= FlapGuard::mostChanges + 10; ++i) {
            QVERIFY(pid.open(QIODevice::WriteOnly | QIODevice::Truncate));
            if (i % 2 == 0)
                pid.write(QByteArray::number(qint64(getppid())));
            pid.close();
            m_passed += 300;
            m_processes.refresh(m_clock += 1000);
            m_monitor->check();
        }
        // Each change, then that it flaps, then nothing.
        QCOMPARE(checked.size(), 1 + FlapGuard::mostChanges + 1);
        QCOMPARE(last().flapping, FlapGuard::mostChanges + 1);
        QCOMPARE(last().code, u"service.flapping"_s);
        QVERIFY2(last().reason.startsWith(u"flapping: it changed its state 17 times"),
                 qPrintable(last().reason));
        const qint64 changed = m_times.now();
        m_passed += FlapGuard::calm;
        m_monitor->check();
        QCOMPARE(last().flapping, 0);
        QCOMPARE(last().alive, std::optional(true));
        QCOMPARE(last().since, changed);
    }

    void tellsTheInfoOfAnAliveCheckWithEachHeartbeat()
    {
        QTcpServer greeter;
        QVERIFY(greeter.listen(QHostAddress::LocalHost));
        connect(&greeter, &QTcpServer::newConnection, &greeter,
                [&greeter] { greeter.nextPendingConnection()->write("SSH-2.0-Greeter\r\n"); });
        const ServiceDefinition ssh{{u"ssh"_s, u"x"_s},
                                    ProbeCheck{u"ssh"_s, {{u"port"_s, greeter.serverPort()}}, 10},
                                    std::nullopt,
                                    false};
        QCOMPARE(m_monitor->setServices({ssh}), QStringList());
        QSignalSpy told(m_monitor.get(), &ServiceMonitor::workloadChecked);
        QSignalSpy settled(m_monitor.get(), &ServiceMonitor::settled);
        m_monitor->check();
        QTRY_COMPARE_WITH_TIMEOUT(settled.size(), 1, 10'000);
        QVERIFY(told.isEmpty()); // not each round
        m_monitor->checkWorkload();
        QCOMPARE(told.size(), 1);
        QVERIFY(!told.first().at(1).toJsonObject().isEmpty());
    }

    void tellsWhichServicesLeft()
    {
        QCOMPARE(m_monitor->setServices(
                     {processService(u"a"_s, u"x"_s), processService(u"b"_s, u"x"_s)}),
                 QStringList());
        QSignalSpy removed(m_monitor.get(), &ServiceMonitor::removed);
        // b is watched in another way now: it has not left.
        QCOMPARE(m_monitor->setServices({processService(u"b"_s, u"y"_s)}), QStringList());
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().first().value<ServiceId>().instance, u"a"_s);
    }

    void changesNothingWhenACheckCannotBeMade()
    {
        QCOMPARE(m_monitor->setServices({processService(u"a"_s, u"x"_s)}), QStringList());
        const ServiceDefinition wrong{
            {u"dummy"_s, u"w"_s}, ProbeCheck{u"nosuchprobe"_s, {}, 2}, std::nullopt, false};
        const QStringList errors = m_monitor->setServices({wrong, wrong});
        QCOMPARE(errors.size(), 2);
        QVERIFY2(errors.first().startsWith(u"services.dummy.w"), qPrintable(errors.first()));
        QCOMPARE(m_monitor->descriptions().size(), 1);
    }

private:
    bool isAliveAfterARound(const QString &pattern)
    {
        (void)m_monitor->setServices({processService(u"a"_s, pattern)});
        m_processes.refresh(m_clock += 1000);
        m_monitor->check();
        return m_last.alive == true; // a round without news asks nobody
    }

    ProcSnapshot m_processes{u"/proc"_s};
    std::unique_ptr<ServiceMonitor> m_monitor;
    ServiceState m_last;
    qint64 m_clock = 0;
    qint64 m_passed = 0; ///< ms that the clocks are ahead
    const Clock m_times{[this] { return 1'700'000'000'000 + m_passed; },
                        [this] { return 1'000 + m_passed; }};
};

QTEST_GUILESS_MAIN(TestServiceMonitor)
#include "tst_servicemonitor.moc"
