// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/executor/cappedoutput.h"
#include "agent/executor/childprocess.h"
#include "agent/executor/keeper.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto grace = 200ms;
constexpr int patience = 60'000; // ms

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Processes whose file in /proc/PID has `text`; a zombie has none.
QList<pid_t> processesWith(const QString &file, const QByteArray &text)
{
    QList<pid_t> found;
    for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        if (entry.toInt() > 0 && contentOf(u"/proc/%1/%2"_s.arg(entry, file)).contains(text))
            found << entry.toInt();
    }
    return found;
}

/// All that a command started carries its id, wherever it hides.
QList<pid_t> processesOf(const QString &id)
{
    return processesWith(u"environ"_s, "TREEWARDEN_COMMAND=" + id.toUtf8() + '\0');
}

QList<pid_t> keepersOf(const QString &id)
{
    return processesWith(u"cmdline"_s, QByteArray(keeperOption) + '\0' + id.toUtf8() + '\0');
}

ActionRequest request(const QStringList &argv, std::chrono::milliseconds timeout = 60s)
{
    return {QUuid::createUuid().toString(QUuid::WithoutBraces), argv, {}, {}, timeout};
}

ActionRequest shell(const QString &text, std::chrono::milliseconds timeout = 60s)
{
    return request({u"/bin/sh"_s, u"-c"_s, text}, timeout);
}

} // namespace

/// Real programs, good and bad, under a real keeper.
class TestChildProcess : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ChildProcess m_runner{grace};

    ActionOutcome outcomeOf(const ActionRequest &request)
    {
        std::optional<ActionOutcome> outcome;
        m_runner.run(request, [&outcome](const ActionOutcome &told) {
            if (outcome)
                qFatal("two outcomes");
            outcome = told;
        });
        if (outcome || !QTest::qWaitFor([&outcome] { return outcome.has_value(); }, patience))
            qFatal("it answered at once, or not at all");
        return *outcome;
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }

private Q_SLOTS:

    void tellsHowItEnded()
    {
        const ActionOutcome good = outcomeOf(request({u"/bin/echo"_s, u"$HOME;"_s, u"*"_s}));
        QVERIFY(good.ok && good.isKnown);
        QCOMPARE(good.exit, 0);
        QCOMPARE(good.output, "$HOME; *\n"); // no shell looked at it
        QCOMPARE(good.detail, u"exit status 0: $HOME; *"_s);
        const ActionOutcome silent = outcomeOf(request({u"/bin/true"_s}));
        QVERIFY(silent.ok && silent.output.isEmpty());
        QCOMPARE(silent.detail, u"exit status 0"_s);
        const ActionOutcome bad
            = outcomeOf(shell(u"echo one; echo 'no \x1b[1m luck' >&2; exit 3"_s));
        QVERIFY(!bad.ok && bad.isKnown);
        QCOMPARE(bad.exit, 3);
        QCOMPARE(bad.detail, u"exit status 3: no \\u{1b}[1m luck"_s);
        const ActionOutcome killed = outcomeOf(shell(u"kill -SEGV $$"_s));
        QVERIFY(!killed.ok && killed.exit == -1);
        QCOMPARE(killed.detail, u"killed by signal 11 (Segmentation fault)"_s);
    }

    void saysWhyItCannotBeStarted()
    {
        const ActionOutcome missing = outcomeOf(request({u"/nowhere/program"_s}));
        QVERIFY(!missing.ok && missing.isKnown);
        QCOMPARE(missing.detail,
                 u"/nowhere/program cannot be started: No such file or directory"_s);
        QFile file(path(u"text"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(outcomeOf(request({file.fileName()}))
                    .detail.endsWith(u"cannot be started: Permission denied"_s));
    }

    void inheritsNothing()
    {
        qputenv("SECRET", "secret");
        const int open = ::open("/dev/null", O_RDONLY); // not closed by an exec
        const ActionRequest env = request({u"/usr/bin/env"_s});
        QCOMPARE(outcomeOf(env).output,
                 "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
                 "LANG=C.UTF-8\nHOME=/root\nTREEWARDEN_COMMAND="
                     + env.id.toUtf8() + '\n');
        // The fourth is of ls itself.
        QCOMPARE(outcomeOf(request({u"/bin/ls"_s, u"/proc/self/fd"_s})).output, "0\n1\n2\n3\n");
        ::close(open);
        QCOMPARE(outcomeOf(request({u"/bin/cat"_s})).output, QByteArray());
        QCOMPARE(outcomeOf(request({u"/bin/pwd"_s})).output, "/\n");
        const auto ofStatus = [this](const QString &pattern) {
            const QStringList words{u"/bin/grep"_s, u"-E"_s, pattern, u"/proc/self/status"_s};
            return outcomeOf(request(words)).output.simplified();
        };
        QCOMPARE(ofStatus(u"SigBlk|Umask"_s), "Umask: 0022 SigBlk: 0000000000000000");
        const QByteArray ignored = ofStatus(u"SigIgn"_s);
        // 32 and 33 are the C library's own, which keeps everybody from changing them.
        constexpr quint64 internal = 3ULL << 31;
        bool isNumber = false;
        QCOMPARE(ignored.split(' ').value(1).toULongLong(&isNumber, 16) & ~internal, 0U);
        QVERIFY(isNumber);
        const QByteArrayList stat
            = outcomeOf(request({u"/bin/cat"_s, u"/proc/self/stat"_s})).output.split(' ');
        QCOMPARE(stat.value(5), stat.value(0)); // its own session
    }

    void endsWhatDoesNotEnd_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("obedient") << u"exec sleep 1000"_s;
        QTest::newRow("ignores TERM") << u"trap '' TERM; while :; do sleep 0.05; done"_s;
        QTest::newRow("stopped") << u"kill -STOP $$; sleep 1000"_s;
        QTest::newRow("sessions of its own, ignoring TERM")
            << u"trap '' TERM HUP; (setsid sh -c '(setsid sleep 1000 &) ; sleep 1000' &); sleep 1000"_s;
        QTest::newRow("prints without end") << u"yes & exec yes"_s;
        QTest::newRow("closed its output")
            << u"exec >/dev/null 2>&1 </dev/null; trap '' TERM; setsid sleep 1000; sleep 1000"_s;
        QTest::newRow("ends after TERM, leaves others")
            << u"trap 'exit 0' TERM; (trap '' TERM; setsid sleep 1000 &); while :; do sleep 0.05; done"_s;
        QTest::newRow("forks and ends, forks and ends")
            << u"exec perl -e '$SIG{TERM} = \"IGNORE\"; for my $n (0..50) { next if fork; setpgrp; "
               "while (1) { exit if fork; select undef, undef, undef, 0.02 if $n; } } sleep 1000'"_s;
        QTest::newRow("starts again what dies")
            << u"exec perl -e '$SIG{TERM} = $SIG{HUP} = \"IGNORE\"; sub keep { while (1) { my $p = "
               "fork; if (!$p) { &{$_[0]}; exit } waitpid $p, 0 } } for (1..20) { next if fork; "
               "keep(sub "
               "{ keep(sub { sleep 1000 }) }) } sleep 1000'"_s;
    }

    void endsWhatDoesNotEnd()
    {
        QFETCH(QString, text);
        const ActionRequest endless = shell(text, 400ms);
        const ActionOutcome outcome = outcomeOf(endless);
        QVERIFY(!outcome.ok && outcome.isKnown);
        QVERIFY2(outcome.detail.startsWith(u"killed after 0.4 s: it did not end"_s),
                 qPrintable(outcome.detail));
        QVERIFY(outcome.milliseconds >= 400);
        QCOMPARE(processesOf(endless.id), QList<pid_t>()); // at once
        QTRY_COMPARE_WITH_TIMEOUT(keepersOf(endless.id), QList<pid_t>(), patience);
    }

    void givesTimeToEndWell()
    {
        const ActionOutcome outcome = outcomeOf(
            shell(u"trap 'echo saved; exit 0' TERM; while :; do sleep 0.01; done"_s, 300ms));
        QVERIFY(!outcome.ok);
        QVERIFY(outcome.output.endsWith("saved\n")); // after what sh says of its sleep
        QVERIFY(outcome.detail.endsWith(u": saved"_s));
    }

    void endsWhatAFailureLeftBehind()
    {
        const ActionRequest failing
            = shell(u"trap '' TERM; (setsid sleep 1000 &); sleep 1000 & exit 3"_s);
        QCOMPARE(outcomeOf(failing).exit, 3);
        QCOMPARE(processesOf(failing.id), QList<pid_t>());
    }

    void endsEarlyWhenItsKeeperIsTold()
    {
        const ActionRequest endless = shell(u"sleep 1000"_s);
        std::optional<ActionOutcome> outcome;
        m_runner.run(endless, [&outcome](const ActionOutcome &told) { outcome = told; });
        QTRY_VERIFY_WITH_TIMEOUT(!processesOf(endless.id).isEmpty(), patience);
        ::kill(keepersOf(endless.id).value(0, -1), SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), patience);
        QVERIFY(!outcome->ok && outcome->detail.contains(u"as its keeper was told"_s));
        QCOMPARE(processesOf(endless.id), QList<pid_t>());
    }

    void keepsTheBeginningAndTheEndOfAFlood()
    {
        const ActionOutcome outcome
            = outcomeOf(shell(u"echo begin; yes | head -c 100000000; echo end"_s));
        QVERIFY(outcome.ok);
        QVERIFY(outcome.output.size() <= 64 * 1024 && outcome.output.size() > 60 * 1024);
        QVERIFY(outcome.output.startsWith("begin\ny\n") && outcome.output.endsWith("\ny\nend\n"));
        const qsizetype from = outcome.output.indexOf("\n[") + 2;
        const qsizetype to = outcome.output.indexOf(" bytes left out]\n");
        QVERIFY(from > 1 && to > from);
        const qint64 dropped = outcome.output.mid(from, to - from).toLongLong();
        const qint64 gap = to - from + qsizetype(qstrlen("\n[ bytes left out]\n"));
        QCOMPARE(dropped + outcome.output.size() - gap, 100'000'010);
    }

    void leavesADaemonAloneThatGoesOnPrinting()
    {
        const QString log = path(u"daemon"_s);
        // Each round prints more than a pipe holds.
        const ActionRequest start = shell(
            u"(trap '' HUP; while head -c 100000 /dev/zero; do echo >>'%1'; sleep 0.01; done) &"_s
                .arg(log));
        const ActionOutcome outcome = outcomeOf(start);
        QVERIFY2(outcome.ok, qPrintable(outcome.detail));
        const qsizetype rounds = contentOf(log).size();
        QTRY_VERIFY_WITH_TIMEOUT(contentOf(log).size() > rounds + 20, patience);
        QVERIFY(!keepersOf(start.id).isEmpty());
        for (const pid_t process : processesOf(start.id))
            ::kill(process, SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(keepersOf(start.id), QList<pid_t>(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(processesOf(start.id), QList<pid_t>(), patience);
    }

    void aDaemonThatClosedItsOutputNeedsNoKeeper()
    {
        const ActionRequest start = shell(u"setsid sleep 1000 >/dev/null 2>&1 &"_s);
        QVERIFY(outcomeOf(start).ok);
        QTRY_COMPARE_WITH_TIMEOUT(keepersOf(start.id), QList<pid_t>(), patience);
        const QList<pid_t> daemons = processesOf(start.id);
        QCOMPARE(daemons.size(), 1);
        ::kill(daemons.first(), SIGKILL);
    }

    void aKilledExecutorEndsNothing()
    {
        const QString id = u"orphan-%1"_s.arg(::getpid());
        QProcess executor;
        executor.start(
            QCoreApplication::applicationFilePath(),
            {u"--stand-in"_s, id, u"2000"_s,
             u"trap '' TERM; (setsid sleep 1000 &); while :; do echo .; sleep 0.05; done"_s});
        QTRY_VERIFY_WITH_TIMEOUT(processesOf(id).size() >= 2, patience);
        QElapsedTimer timer;
        timer.start();
        executor.kill();
        QVERIFY(executor.waitForFinished(patience));
        QVERIFY(processesOf(id).size() >= 2 || timer.elapsed() > 1500);
        QTRY_COMPARE_WITH_TIMEOUT(processesOf(id), QList<pid_t>(), patience); // its timeout
        QTRY_COMPARE_WITH_TIMEOUT(keepersOf(id), QList<pid_t>(), patience);
    }

    void doesNotKnowHowItEndedWithoutItsKeeper()
    {
        const ActionRequest endless = shell(u"sleep 1000 & echo; wait"_s);
        std::optional<ActionOutcome> outcome;
        m_runner.run(endless, [&outcome](const ActionOutcome &told) { outcome = told; });
        QTRY_VERIFY_WITH_TIMEOUT(processesOf(endless.id).size() == 2, patience);
        ::kill(keepersOf(endless.id).value(0, -1), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), patience);
        QVERIFY(!outcome->ok && !outcome->isKnown);
        QTRY_VERIFY_WITH_TIMEOUT(processesOf(endless.id).size() < 2, patience); // itself at least
        for (const pid_t process : processesOf(endless.id))
            ::kill(process, SIGKILL);
    }

    void runsManyAtOnceAndLeavesNoZombie()
    {
        int ended = 0;
        for (int i = 0; i < 50; ++i) {
            m_runner.run(shell(u"exit %1"_s.arg(i)), [&ended, i](const ActionOutcome &outcome) {
                QCOMPARE(outcome.exit, i);
                ++ended;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(ended, 50, patience);
        const auto children = [] {
            return processesWith(u"stat"_s, ") Z " + QByteArray::number(::getpid()) + ' ');
        };
        QTRY_COMPARE_WITH_TIMEOUT(children(), QList<pid_t>(), patience);
    }

    void aRunnerMayGoWhileACommandRuns()
    {
        const ActionRequest slow = shell(u"sleep 0.2; echo >'%1'"_s.arg(path(u"done"_s)));
        {
            ChildProcess runner(grace);
            runner.run(slow, [](const ActionOutcome &) { QFAIL("nobody waits for it"); });
        }
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path(u"done"_s)), patience);
        QTRY_COMPARE_WITH_TIMEOUT(keepersOf(slow.id), QList<pid_t>(), patience);
    }

    void reportsSurviveTheirLine()
    {
        const KeeperReport report{KeeperReport::End::TimedOut, 15, 2, 1234, 65536};
        KeeperReport read;
        const std::string line = report.line();
        QVERIFY(KeeperReport::parse(line.substr(0, line.size() - 1), read));
        QVERIFY(read.end == report.end && read.left == 2 && read.size == 65536);
        for (const char *bad : {"", "treewarden-keeper 1 0 0 0 0", "treewarden-keeper 2 0 0 0 0 0",
                                "treewarden-keeper 1 9 0 0 0 0", "treewarden-keeper 1 0 0 0 0 0 0",
                                "treewarden-keeper 1 0 0 0 0 -1"})
            QVERIFY2(!KeeperReport::parse(bad, read), bad);
    }

    void cappedOutputLosesNothingButTheMiddle()
    {
        for (const std::size_t size : {std::size_t(0), std::size_t(100), CappedOutput::most - 64,
                                       CappedOutput::most - 63, std::size_t(1'000'000)}) {
            std::string all;
            for (std::size_t i = 0; i < size; ++i)
                all += char('a' + i * i % 26);
            CappedOutput output;
            for (std::size_t at = 0; at < size; at += 777)
                output.add(all.data() + at, std::min<std::size_t>(777, size - at));
            const std::string text = output.text();
            QVERIFY(text.size() <= CappedOutput::most);
            QCOMPARE(text == all, size <= CappedOutput::most - 64);
            QVERIFY(all.substr(0, 1000) == text.substr(0, 1000));
            QVERIFY(size < 2000 || all.substr(size - 1000) == text.substr(text.size() - 1000));
        }
    }
};

namespace {

/// An executor that starts one command: --stand-in ID TIMEOUT TEXT.
int standIn(QCoreApplication &application)
{
    const QStringList words = application.arguments();
    ActionRequest command = shell(words.at(4), std::chrono::milliseconds(words.at(3).toInt()));
    command.id = words.at(2);
    ChildProcess runner(grace);
    runner.run(command, [](const ActionOutcome &) { QCoreApplication::quit(); });
    return application.exec();
}

} // namespace

int main(int argc, char **argv)
{
    if (isKeeperCall(argc, argv))
        return runKeeper(argc, argv);
    QCoreApplication application(argc, argv);
    if (argc == 5 && qstrcmp(argv[1], "--stand-in") == 0)
        return standIn(application);
    TestChildProcess test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_childprocess.moc"
