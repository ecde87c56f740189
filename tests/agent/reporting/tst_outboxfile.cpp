// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/outbox.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString ip = u"10.0.0.7"_s;

Transition service(qint64 timestamp)
{
    return {ServiceMessage{
        ip, {u"mysql"_s, u"3306"_s}, timestamp % 2 == 0, timestamp, timestamp, {}, {}, {}, {}}};
}

QByteArrayList numbers(const Outbox &outbox)
{
    QByteArrayList list;
    for (const Transition &transition : outbox.waiting(100'000))
        list << toldText(transition.told());
    return list;
}

} // namespace

class TestOutboxFile : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"outbox-10.0.0.7"_s); }

    Outbox outbox(const QString &session, qsizetype capacity = 10'000) const
    {
        return Outbox(session, std::make_unique<OutboxFile>(m_folder->path(), ip), capacity);
    }

    QByteArray bytes() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsWhatASessionCouldNotTellForTheNext()
    {
        {
            Outbox first = outbox(u"s1"_s);
            for (int i = 0; i < 4; ++i)
                first.add(service(i));
            first.acknowledge({u"s1"_s, 2}, 0);
        }
        Outbox second = outbox(u"s2"_s);
        second.restore({u"s1"_s}, 0);
        second.add(service(9));
        QCOMPARE(numbers(second), (QByteArrayList{"s1:3", "s1:4", "s2:1"}));
        QCOMPARE(toldText(second.lastTold()), "s1:2");
        // What Redis says counts for more than what the file knows.
        second.settle({u"s1"_s, 3}, 0);
        QCOMPARE(numbers(second), (QByteArrayList{"s1:4", "s2:1"}));

        Outbox third = outbox(u"s3"_s);
        third.restore({u"s1"_s, u"s2"_s}, 0);
        QCOMPARE(numbers(third), (QByteArrayList{"s1:4", "s2:1"}));
        third.settle({u"s2"_s, 1}, 0);
        QVERIFY(!third.hasWaiting());
    }

    void mayBeReadByItsOwnerOnly()
    {
        Outbox box = outbox(u"s"_s);
        box.add(service(1));

        struct stat status
        {
        };

        QCOMPARE(::stat(QFile::encodeName(path()).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0600));
    }

    void knowsFromTheOrderOfSessionsWhatWasTold()
    {
        {
            Outbox first = outbox(u"s1"_s);
            first.add(service(1));
        }
        Outbox later = outbox(u"s4"_s);
        later.restore({u"s0"_s, u"s1"_s, u"s2"_s}, 0);
        // Redis went back to before s1, or s2 told everything and could not write it down.
        later.settle({u"s0"_s, 7}, 0);
        QCOMPARE(numbers(later), (QByteArrayList{"s1:1"}));
        later.settle({u"s2"_s, 1}, 0);
        QVERIFY(!later.hasWaiting());
        later.settle({u"nobody"_s, 1}, 0);
        QVERIFY(!later.hasWaiting());
    }

    void isEmptiedWhenEverythingWasToldAMinuteAgo()
    {
        Outbox box = outbox(u"s"_s);
        box.add(service(1));
        box.acknowledge({u"s"_s, 1}, 0);
        box.tidy(59'000, false);
        QVERIFY(!bytes().isEmpty());
        box.tidy(61'000, false);
        QVERIFY(bytes().isEmpty());
        box.add(service(2));
        QVERIFY(bytes().contains("\"n\":2"));
    }

    void doesNotGrowWithoutEnd()
    {
        Outbox box = outbox(u"s"_s, 100);
        for (int i = 0; i < 5000; ++i) {
            box.add(service(i));
            if (i % 50 == 0)
                box.tidy(i, false);
        }
        QVERIFY(bytes().count('\n') < 1500);
        Outbox next = outbox(u"t"_s, 100);
        next.restore({u"s"_s}, 0);
        QCOMPARE(numbers(next).size(), 100);
        QCOMPARE(numbers(next).last(), "s:5000");
    }

    void ignoresATornLastLine()
    {
        {
            Outbox first = outbox(u"s1"_s);
            first.add(service(1));
            first.add(service(2));
        }
        write(bytes().chopped(7));
        Outbox second = outbox(u"s2"_s);
        second.restore({u"s1"_s}, 0);
        QCOMPARE(numbers(second), QByteArrayList{"s1:1"});
        QVERIFY(!QFile::exists(path() + u".damaged"_s));
    }

    void readsWhatItCanOfADamagedFileAndKeepsItAside()
    {
        {
            Outbox first = outbox(u"s1"_s);
            first.add(service(1));
            first.add(service(2));
        }
        const QByteArray damaged
            = "\xff\xfe rubbish\n" + bytes() + QByteArray(100'000, 'x') + "\n\n";
        write(damaged);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is damaged .3 of its lines"_s));
        Outbox second = outbox(u"s2"_s);
        second.restore({u"s1"_s}, 0);
        second.add(service(3));
        QCOMPARE(numbers(second), (QByteArrayList{"s1:1", "s1:2", "s2:1"}));
        QFile kept(path() + u".damaged"_s);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), damaged);
        QCOMPARE(bytes().count('\n'), 3);
    }

    void isNotHeldUpByWhatIsNoFile()
    {
        QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"it is no file"_s));
        Outbox box = outbox(u"s2"_s);
        box.restore({}, 0);
        box.add(service(1));
        QCOMPARE(bytes().count('\n'), 1);
    }

    void followsNoLink()
    {
        const QString other = m_folder->filePath(u"other"_s);
        QFile file(other);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QVERIFY(QFile::link(other, path()));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is damaged"_s));
        Outbox box = outbox(u"s2"_s);
        box.restore({}, 0);
        box.add(service(1));
        QCOMPARE(QFileInfo(other).size(), 0);
        QVERIFY(!QFileInfo(path()).isSymLink());
    }

    void goesOnInMemoryWhereItCannotWriteAndSaysSoOnce()
    {
        QFile blocker(m_folder->filePath(u"no-folder"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"kept in memory only"_s));
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        Outbox box(u"s"_s, std::make_unique<OutboxFile>(blocker.fileName(), ip));
        box.restore({}, 0);
        for (int i = 0; i < 3; ++i)
            box.add(service(i));
        box.tidy(20'000, true);
        QCOMPARE(numbers(box).size(), 3);
    }

    void writesEverythingOnceAFullDiskHasRoomAgain()
    {
        // A limit on the size of files stands for a full disk; the child keeps it to itself.
        const pid_t child = fork();
        if (child == 0) {
            signal(SIGXFSZ, SIG_IGN);
            const rlimit narrow{700, RLIM_INFINITY}, wide{RLIM_INFINITY, RLIM_INFINITY};
            Outbox box = outbox(u"s"_s);
            setrlimit(RLIMIT_FSIZE, &narrow);
            for (int i = 0; i < 20; ++i)
                box.add(service(i));
            const bool wasCut = bytes().size() <= 700 && bytes().endsWith('\n');
            setrlimit(RLIMIT_FSIZE, &wide);
            box.tidy(20'000, false);
            _exit(wasCut && bytes().count('\n') == 20 ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        Outbox next = outbox(u"t"_s);
        next.restore({u"s"_s}, 0);
        QCOMPARE(numbers(next).size(), 20);
    }

    void keepsAnothersFileAside()
    {
        {
            Outbox first = outbox(u"s1"_s);
            first.add(service(1));
        }
        Outbox second = outbox(u"s2"_s);
        second.restore({u"s1"_s}, 0);
        second.putAside();
        QVERIFY(!second.hasWaiting());
        QVERIFY(bytes().isEmpty());
        QVERIFY(QFileInfo(path() + u".foreign"_s).size() > 0);
    }

    void anAgentThatWasTakenOverWritesToItsOwnFile()
    {
        Outbox first = outbox(u"s1"_s);
        first.add(service(1));
        Outbox second = outbox(u"s2"_s);
        second.restore({u"s1"_s}, 0);
        second.add(service(2));
        first.add(service(3));
        first.acknowledge({u"s1"_s, 2}, 0);
        first.tidy(100'000, false);
        Outbox third = outbox(u"s3"_s);
        third.restore({u"s1"_s, u"s2"_s}, 0);
        QCOMPARE(numbers(third), (QByteArrayList{"s1:1", "s2:1"}));
    }
};

QTEST_GUILESS_MAIN(TestOutboxFile)
#include "tst_outboxfile.moc"
