// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/processwatch.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Treewarden;

class TestProcessWatch : public QObject
{
    Q_OBJECT
    QList<pid_t> m_children;

    pid_t startChild()
    {
        const pid_t child = fork();
        if (child == 0) {
            pause();
            _exit(0);
        }
        m_children << child;
        return child;
    }

    static QList<pid_t> pids(const QSignalSpy &spy)
    {
        QList<pid_t> told;
        for (const QList<QVariant> &arguments : spy)
            told << arguments.first().value<QList<pid_t>>();
        std::sort(told.begin(), told.end());
        return told;
    }

private Q_SLOTS:

    void cleanup()
    {
        for (const pid_t child : std::as_const(m_children)) {
            kill(child, SIGKILL);
            waitpid(child, nullptr, 0);
        }
        m_children.clear();
    }

    void tellsADeathOnce()
    {
        ProcessWatch watch;
        QSignalSpy died(&watch, &ProcessWatch::died);
        const pid_t child = startChild(), other = startChild();
        watch.setWatched({child, other});
        kill(child, SIGKILL); // not reaped: a zombie is dead too
        QTRY_COMPARE_WITH_TIMEOUT(pids(died), QList<pid_t>{child}, 10'000);
        kill(other, SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(pids(died).size(), 2, 10'000);
    }

    void tellsOneThatIsGoneAlready()
    {
        const pid_t child = startChild();
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        ProcessWatch watch;
        QSignalSpy died(&watch, &ProcessWatch::died);
        watch.setWatched({child});
        QVERIFY(died.isEmpty()); // not from within the call
        QTRY_COMPARE_WITH_TIMEOUT(pids(died), QList<pid_t>{child}, 10'000);
    }

    void forgetsWhatIsNotWatchedAnyMore()
    {
        ProcessWatch watch;
        QSignalSpy died(&watch, &ProcessWatch::died);
        const pid_t child = startChild(), other = startChild();
        watch.setWatched({child, other});
        watch.setWatched({other});
        kill(child, SIGKILL);
        kill(other, SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(pids(died), QList<pid_t>{other}, 10'000);
    }

    void watchesManyWithOneNotifier()
    {
        ProcessWatch watch;
        QSignalSpy died(&watch, &ProcessWatch::died);
        QSet<pid_t> children;
        for (int i = 0; i < 300; ++i)
            children << startChild();
        watch.setWatched(children);
        for (const pid_t child : children)
            kill(child, SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(pids(died).size(), 300, 20'000);
    }

    void pollsWhenThereAreNoDescriptorsLeft()
    {
        rlimit before{};
        getrlimit(RLIMIT_NOFILE, &before);
        const rlimit few{70, 70}; // less the reserve: room for six
        const pid_t watcher = fork(); // a hard limit cannot be raised again without privileges
        if (watcher == 0) {
            setrlimit(RLIMIT_NOFILE, &few);
            ProcessWatch watch;
            QSignalSpy died(&watch, &ProcessWatch::died);
            QSet<pid_t> children;
            for (int i = 0; i < 20; ++i)
                children << startChild();
            watch.setWatched(children);
            for (const pid_t child : children)
                kill(child, SIGKILL);
            const bool isTold
                = QTest::qWaitFor([&died] { return pids(died).size() == 20; }, 20'000);
            for (const pid_t child : children)
                waitpid(child, nullptr, 0);
            _exit(isTold ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(waitpid(watcher, &status, 0), watcher);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
};

QTEST_GUILESS_MAIN(TestProcessWatch)
#include "tst_processwatch.moc"
