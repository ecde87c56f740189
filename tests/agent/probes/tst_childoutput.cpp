// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/probes/childoutput.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <sys/wait.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// Programs that print, print too much, fail, and do not end.
class TestChildOutput : public QObject
{
    Q_OBJECT

    using Seconds = std::chrono::seconds;
    using Answer = std::optional<Result<QByteArray>>;

    static Result<QByteArray> outputOf(const QString &program, const QStringList &arguments,
                                       const ChildOutput::Bounds &bounds = {1024, Seconds(10)})
    {
        ChildOutput child;
        Answer answer;
        child.run(program, arguments, bounds,
                  [&answer](const Result<QByteArray> &result) { answer = result; });
        if (answer || !QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000))
            qFatal("it answered at once, or not at all");
        return *answer;
    }

private Q_SLOTS:

    void tellsWhatIsPrinted()
    {
        ChildOutput child;
        for (const QString &word : {u"one"_s, u"two"_s}) {
            Answer answer;
            child.run(u"/bin/echo"_s, {word, u"$HOME;*"_s}, {},
                      [&answer](const Result<QByteArray> &result) { answer = result; });
            QVERIFY(child.isRunning());
            QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 10'000);
            QVERIFY(!child.isRunning());
            QCOMPARE(answer->value(), word.toUtf8() + " $HOME;*\n"); // no shell looked at it
        }
    }

    void startsWithNothingToReadAndAFixedEnvironment()
    {
        QCOMPARE(outputOf(u"/bin/cat"_s, {}).value(), QByteArray());
        QCOMPARE(outputOf(u"/usr/bin/env"_s, {}).value(),
                 QByteArray("LC_ALL=C\nPATH=/usr/bin:/bin\n"));
    }

    void saysWhyThereIsNoOutput()
    {
        const auto why = [](const QString &program, const QStringList &arguments,
                            const ChildOutput::Bounds &bounds = {1024, Seconds(10)}) {
            const auto output = outputOf(program, arguments, bounds);
            return output ? u"there is some"_s : output.error().text;
        };
        QVERIFY(why(u"/no/such/program"_s, {}).contains(u"cannot be started"_s));
        QVERIFY(why(u"/bin/false"_s, {}).contains(u"ended with status 1"_s));
        QVERIFY(why(u"/bin/sh"_s, {u"-c"_s, u"kill -9 $$"_s}).contains(u"signal 9"_s));
        QVERIFY(why(u"/usr/bin/yes"_s, {}).contains(u"printed more than"_s));
        QVERIFY(why(u"/bin/sleep"_s, {u"1000"_s}, {1024, std::chrono::milliseconds(200)})
                    .contains(u"did not end within 0.2 s"_s));
    }

    void killsTheWholeGroup_data()
    {
        QTest::addColumn<QString>("afterwards");
        QTest::newRow("that takes too long") << u"; wait"_s;
        QTest::newRow("that its leader left behind") << QString();
    }

    void killsTheWholeGroup()
    {
        QFETCH(QString, afterwards);
        QTemporaryDir folder;
        const QString pidFile = folder.filePath(u"pid"_s);
        (void)outputOf(u"/bin/sh"_s,
                       {u"-c"_s, u"sleep 1000 & echo $! >%1"_s.arg(pidFile) + afterwards},
                       {1024, Seconds(1)});
        QFile file(pidFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const pid_t grandchild = file.readAll().trimmed().toInt();
        QVERIFY(grandchild > 0);
        // Whoever inherits it may not have waited for it yet: then it is a zombie.
        const auto isGone = [grandchild] {
            QFile stat(u"/proc/%1/stat"_s.arg(grandchild));
            return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isGone(), 10'000);
    }

    void maySuddenlyNotBeWanted()
    {
        bool isDone = false;
        auto child = std::make_unique<ChildOutput>();
        child->run(u"/bin/sleep"_s, {u"1000"_s}, {},
                   [&isDone](const Result<QByteArray> &) { isDone = true; });
        child.reset();
        QVERIFY(!QTest::qWaitFor([&isDone] { return isDone; }, 500));
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), pid_t(-1)); // no zombie is left
        QCOMPARE(errno, ECHILD);
    }
};

QTEST_GUILESS_MAIN(TestChildOutput)
#include "tst_childoutput.moc"
