// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/procsnapshot.h"
#include "agent/probes/systemdunits.h"
#include "agent/probes/unitverdict.h"
#include "shared/core/steadyclock.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int busPatience = 30'000; // ms

/// A process that is gone with the test.
void startWatched(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.start(program, arguments);
    if (!process.waitForStarted(busPatience))
        qFatal("%s does not start", qPrintable(program));
}

} // namespace

/// A message bus of the test's own, with a systemd that does as it is told.
class TestSystemdProbe : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_bus, m_systemd;
    ProcSnapshot m_processes{u"/proc"_s};
    ProbeContext m_context;
    int m_changes = 0;

    QString socket() const { return m_folder.filePath(u"bus"_s); }

    QString address() const { return u"unix:path="_s + socket(); }

    void startBus()
    {
        QFile file(m_folder.filePath(u"bus.conf"_s));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the configuration of the bus");
        file.write("<busconfig><type>session</type><listen>" + address().toUtf8()
                   + "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
                     "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                     "<allow own=\"*\"/></policy></busconfig>");
        file.close();
        m_bus = std::make_unique<QProcess>();
        startWatched(*m_bus, u"dbus-daemon"_s,
                     {u"--config-file="_s + file.fileName(), u"--nofork"_s, u"--nopidfile"_s});
        if (!QTest::qWaitFor([this] { return QFile::exists(socket()); }, busPatience))
            qFatal("the bus does not start");
    }

    void startSystemd()
    {
        m_systemd = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DBUS_SYSTEM_BUS_ADDRESS"_s, address());
        m_systemd->setProcessEnvironment(environment);
        m_systemd->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        startWatched(*m_systemd, u"/usr/bin/python3"_s, {QStringLiteral(SYSTEMD_MOCK)});
        waitForLine("ready");
    }

    void waitForLine(const QByteArray &line)
    {
        QByteArray said;
        while (!said.contains(line) && m_systemd->waitForReadyRead(busPatience))
            said += m_systemd->readAllStandardOutput();
        if (!said.contains(line))
            qFatal("the systemd of the test says only: %s", said.constData());
    }

    void tell(const QByteArray &command)
    {
        m_systemd->write(command + '\n');
        waitForLine("done");
    }

    static void stop(std::unique_ptr<QProcess> &process)
    {
        if (process) {
            process->kill();
            process->waitForFinished(busPatience);
        }
        process.reset();
    }

    std::unique_ptr<ServiceProbe> probe(const QJsonObject &parameters, double timeout = 10)
    {
        const ProbeCheck check{u"systemd"_s, parameters, timeout};
        for (const NamedServiceProbe &row : serviceProbes()) {
            if (qstrcmp(row.name, "systemd") != 0)
                continue;
            auto made
                = row.make({{u"monitor"_s, u"default"_s}, check, {}, false}, check, m_context);
            if (!made)
                qFatal("%s", qPrintable(made.error().text));
            (*made)->changed = [this] { ++m_changes; };
            return std::move(*made);
        }
        qFatal("there is no probe systemd");
    }

    CheckResult ask(ServiceProbe &probe)
    {
        m_processes.refresh(steadyMilliseconds());
        std::optional<CheckResult> result;
        probe.check(m_processes, [&result](const CheckResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 2 * busPatience))
            qFatal("no answer from the probe");
        return result.value_or(CheckResult());
    }

private Q_SLOTS:

    void init()
    {
        startBus();
        startSystemd();
        m_context.systemd = std::make_shared<SystemdUnits>(address());
        m_changes = 0;
    }

    void cleanup()
    {
        m_context.systemd.reset();
        stop(m_systemd);
        stop(m_bus);
    }

    void tellsTheStateOfAUnit()
    {
        tell("unit nginx.service loaded active running success 4711");
        tell("unit broken.service loaded failed failed exit-code 0");
        tell("unit off.service masked inactive dead success 0");
        const CheckResult good = ask(*probe({{u"unit"_s, u"nginx.service"_s}}));
        QVERIFY2(good.alive == true, qPrintable(good.reason));
        QCOMPARE(good.processes, QList<pid_t>{4711});
        QCOMPARE(good.info.value(u"restarts"_s).toInt(), 3);
        QCOMPARE(good.info.value(u"since"_s).toDouble(), 1'700'000'000'000.0);
        QVERIFY(!good.info.contains(u"memory"_s)); // systemd does not count it
        const CheckResult broken = ask(*probe({{u"unit"_s, u"broken.service"_s}}));
        QCOMPARE(broken.reason,
                 u"the unit broken.service is failed (failed), its result is exit-code 5"_s);
        QCOMPARE(broken.code, u"systemd.state"_s);
        QCOMPARE(ask(*probe({{u"unit"_s, u"off.service"_s}})).reason,
                 u"the unit off.service is masked (dead)"_s);
        QCOMPARE(ask(*probe({{u"unit"_s, u"none.service"_s}})).code, u"systemd.missing"_s);
    }

    void noticesAChangeAtOnce()
    {
        tell("unit nginx.service loaded active running success 0");
        const auto check = probe({{u"unit"_s, u"nginx.service"_s}});
        QCOMPARE(ask(*check).alive, std::optional(true));
        QCOMPARE(ask(*check).alive, std::optional(true)); // not asked again
        QCOMPARE(m_changes, 0);
        tell("unit other.service loaded failed failed signal 0");
        tell("unit nginx.service loaded failed failed signal 0");
        QTRY_COMPARE_WITH_TIMEOUT(m_changes, 1, busPatience);
        QCOMPARE(ask(*check).alive, std::optional(false));
        tell("unit nginx.service loaded active running success 0");
        QTRY_COMPARE_WITH_TIMEOUT(m_changes, 2, busPatience);
        QCOMPARE(ask(*check).alive, std::optional(true));
    }

    void asksAgainWhenTheMainProcessIsGone()
    {
        QProcess main;
        startWatched(main, u"sleep"_s, {u"300"_s});
        const auto pid = pid_t(main.processId());
        tell("unit a.service loaded active running success " + QByteArray::number(pid));
        const auto check = probe({{u"unit"_s, u"a.service"_s}});
        QCOMPARE(ask(*check).processes, QList<pid_t>{pid});
        QCOMPARE(ask(*check).processes, QList<pid_t>{pid});
        main.kill();
        main.waitForFinished(busPatience);
        m_processes.markDead(pid);
        // systemd has not seen it yet: the dead one is not watched again and again.
        QVERIFY(ask(*check).processes.isEmpty());
    }

    void tellsWhatFailedOnTheHost()
    {
        const auto check = probe({});
        QCOMPARE(ask(*check).alive, std::optional(true));
        tell("unit b.service loaded failed failed exit-code 0");
        tell("unit a.timer loaded failed failed resources 0");
        tell("job failed");
        QTRY_COMPARE_WITH_TIMEOUT(m_changes, 1, busPatience);
        const CheckResult result = ask(*check);
        QCOMPARE(result.alive, std::optional(false));
        QCOMPARE(result.reason, u"units that failed: a.timer, b.service (2)"_s);
        tell("job done");
        QCOMPARE(m_changes, 1);
    }

    void isUnknownWithoutABusOrSystemd()
    {
        stop(m_systemd);
        const CheckResult without = ask(*probe({{u"unit"_s, u"nginx.service"_s}}));
        QCOMPARE(without.alive, std::nullopt);
        QCOMPARE(without.code, u"systemd.bus"_s);
        stop(m_bus);
        QFile::remove(socket());
        m_context.systemd = std::make_shared<SystemdUnits>(address());
        const auto check = probe({});
        QCOMPARE(ask(*check).code, u"systemd.bus"_s);
        QVERIFY2(check->description().contains(u"there is no system bus"_s),
                 qPrintable(check->description()));
    }

    void isUnknownWhileTheBusHangs()
    {
        ::kill(pid_t(m_bus->processId()), SIGSTOP);
        const auto check = probe({{u"unit"_s, u"nginx.service"_s}}, 0.2);
        const CheckResult result = ask(*check);
        QCOMPARE(result.alive, std::nullopt);
        QCOMPARE(result.code, u"systemd.timeout"_s);
        ::kill(pid_t(m_bus->processId()), SIGCONT);
        tell("unit nginx.service loaded active running success 0");
        QTRY_COMPARE_WITH_TIMEOUT(ask(*probe({{u"unit"_s, u"nginx.service"_s}})).alive,
                                  std::optional(true), busPatience);
    }

    void isUnknownWhileSystemdHangs()
    {
        tell("quiet");
        QCOMPARE(ask(*probe({{u"unit"_s, u"nginx.service"_s}}, 0.2)).code, u"systemd.timeout"_s);
    }

    void connectsAgainAfterTheBusRestarted()
    {
        tell("unit nginx.service loaded active running success 0");
        QCOMPARE(ask(*probe({{u"unit"_s, u"nginx.service"_s}})).alive, std::optional(true));
        cleanupBusOnly();
        startBus();
        startSystemd();
        tell("unit nginx.service loaded failed failed signal 0");
        QTRY_COMPARE_WITH_TIMEOUT(ask(*probe({{u"unit"_s, u"nginx.service"_s}})).alive,
                                  std::optional(false), busPatience);
    }

    void aProbeMayGoWhileItsQuestionIsOut()
    {
        tell("quiet");
        {
            const auto check = probe({{u"unit"_s, u"nginx.service"_s}}, 0.3);
            check->check(m_processes, [](const CheckResult &) { QFAIL("nobody waits for it"); });
        }
        QTest::qWait(500);
    }

    void judgesHostileAnswers()
    {
        const CheckResult odd = judgeUnit({u"a.service\n"_s, {}, u"ac\x1btive"_s, {}, {}},
                                          {{u"Service.MainPID"_s, -1}});
        QCOMPARE(odd.alive, std::optional(false));
        QVERIFY(!odd.reason.contains(u'\n') && !odd.reason.contains(u'\x1b'));
        const CheckResult pid = judgeUnit({u"a.service"_s, {}, u"active"_s, {}, {}},
                                          {{u"Service.MainPID"_s, quint64(1) << 40}});
        QVERIFY(pid.alive == true && pid.processes.isEmpty());
        QList<SystemdUnit> many;
        for (int i = 0; i < 500; ++i)
            many << SystemdUnit{u"unit%1.service"_s.arg(i), {}, u"failed"_s, {}, {}};
        QVERIFY(judgeFailedUnits(many).reason.size() < 600);
    }

private:
    void cleanupBusOnly()
    {
        stop(m_systemd);
        stop(m_bus);
        QFile::remove(socket());
    }
};

QTEST_GUILESS_MAIN(TestSystemdProbe)
#include "tst_systemdprobe.moc"
