// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/recoverywatch.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;
const ServiceId service{u"dummy"_s, u"a"_s};

} // namespace

class TestRecoveryWatch : public QObject
{
    Q_OBJECT

    qint64 m_ahead = 0; ///< of the real clocks
    const Clock m_times{[this] { return systemNow()() + m_ahead; },
                        [this] { return steadyMilliseconds() + m_ahead; }};
    ProcSnapshot m_processes{u"/proc"_s};
    std::unique_ptr<ServiceMonitor> m_monitor;
    std::unique_ptr<RecoveryWatch> m_watch;
    QList<CommandMessage> m_told;

    static CommandMessage command(const QString &action, CommandState state)
    {
        CommandMessage message{u"10.0.0.7"_s, u"id"_s, service, action, state};
        message.timestamp = systemNow()();
        message.exit = 0;
        return message;
    }

    QStringList watch(const QString &pattern)
    {
        return m_monitor->setServices(
            {{service, ProbeCheck{u"process"_s, {{u"arguments"_s, pattern}}, 2}, {}, false}});
    }

private Q_SLOTS:

    void init()
    {
        m_ahead = 0;
        m_told.clear();
        m_processes.refresh(0);
        m_monitor = std::make_unique<ServiceMonitor>(m_processes, ProbeContext{}, m_times);
        m_watch = std::make_unique<RecoveryWatch>(*m_monitor, m_times);
        connect(m_watch.get(), &RecoveryWatch::told, this,
                [this](const CommandMessage &message) { m_told << message; });
    }

    void cleanup()
    {
        m_watch.reset();
        m_monitor.reset();
    }

    void tellsAStartThatSucceeds()
    {
        QCOMPARE(watch(u"98765.1111"_s), QStringList());
        m_watch->takeState(command(u"start"_s, CommandState::Done));
        QVERIFY(m_told.isEmpty());
        QProcess daemon;
        daemon.start(u"sleep"_s, {u"98765.1111"_s});
        QVERIFY(daemon.waitForStarted(patience));
        QTRY_COMPARE_WITH_TIMEOUT(m_told.size(), 1, patience);
        QCOMPARE(m_told.first().state, CommandState::Verified);
        QVERIFY(m_told.first().took > 0 && !m_told.first().exit);
        daemon.kill();
        daemon.waitForFinished(patience);
    }

    void saysWhyAServiceDidNotComeBack()
    {
        QCOMPARE(watch(u"98765.2222"_s), QStringList());
        m_watch->takeState(command(u"restart"_s, CommandState::Done));
        m_ahead = 31'000;
        QTRY_COMPARE_WITH_TIMEOUT(m_told.size(), 1, patience);
        QCOMPARE(m_told.first().state, CommandState::Unverified);
        QVERIFY2(m_told.first().detail.contains(u"98765.2222"), qPrintable(m_told.first().detail));
    }

    void goesOnWithWhatAnEarlierAgentFollowed()
    {
        QCOMPARE(watch(u"98765.3333"_s), QStringList());
        CommandMessage old = command(u"start"_s, CommandState::Done),
                       recent = command(u"restart"_s, CommandState::Done), over = recent,
                       verified = recent;
        old.id = u"old"_s;
        old.timestamp -= 60'000;
        over.id = verified.id = u"over"_s;
        verified.state = CommandState::Verified;
        m_watch->resume({old, over, verified, recent});
        m_ahead = 31'000;
        QTRY_COMPARE_WITH_TIMEOUT(m_told.size(), 1, patience);
        QCOMPARE(m_told.first().id, recent.id);
    }

    void aLaterCommandEndsTheWaiting()
    {
        QCOMPARE(watch(u"98765.4444"_s), QStringList());
        m_watch->takeState(command(u"restart"_s, CommandState::Done));
        m_watch->takeState(command(u"stop"_s, CommandState::Done));
        QCOMPARE(m_told.size(), 1);
        QCOMPARE(m_told.first().state, CommandState::Unverified);
        QVERIFY(m_told.first().detail.contains(u"stop"));
    }

    void followsOnlyWhatHasACheckAndWasDone()
    {
        m_watch->takeState(command(u"start"_s, CommandState::Done));
        QCOMPARE(watch(u"98765.5555"_s), QStringList());
        m_watch->takeState(command(u"start"_s, CommandState::Failed));
        m_watch->takeState(command(u"reload"_s, CommandState::Done));
        m_watch->takeState(command(u"restart"_s, CommandState::Refused));
        m_ahead = 31'000;
        QTest::qWait(0);
        m_watch->takeState(command(u"stop"_s, CommandState::Done));
        QVERIFY(m_told.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRecoveryWatch)
#include "tst_recoverywatch.moc"
