// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/events/filewatch.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestFileWatch : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FileWatch> m_watch;
    std::unique_ptr<QSignalSpy> m_changed;

    QString path(const QString &name) const { return m_folder->filePath(name); }

    static void write(const QString &path, const QByteArray &content = "x")
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write(content);
    }

    void watch(const QStringList &names)
    {
        QSet<QString> paths;
        for (const QString &name : names)
            paths << path(name);
        m_watch->setWatched(paths);
    }

    // What was told since the last call, when something was.
    QSet<QString> told()
    {
        if (m_changed->isEmpty() && !m_changed->wait(10'000))
            return {};
        QSet<QString> paths;
        for (const auto &arguments : std::as_const(*m_changed))
            paths += arguments.first().value<QSet<QString>>();
        m_changed->clear();
        return paths;
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_watch = std::make_unique<FileWatch>();
        m_changed = std::make_unique<QSignalSpy>(m_watch.get(), &FileWatch::changed);
    }

    void tellsAWriteAndNotWhatItsNeighboursDo()
    {
        write(path(u"a"_s));
        watch({u"a"_s});
        write(path(u"b"_s));
        write(path(u"a"_s));
        QCOMPARE(told(), QSet<QString>{path(u"a"_s)});
        write(path(u"b"_s));
        QVERIFY(QFile::remove(path(u"b"_s)));
        QVERIFY(!m_changed->wait(700));
    }

    void tellsAFileThatComesGoesAndComesAgain()
    {
        watch({u"a"_s});
        write(path(u"a"_s));
        QCOMPARE(told().size(), 1);
        QVERIFY(QFile::remove(path(u"a"_s)));
        QCOMPARE(told().size(), 1);
        write(path(u"a"_s));
        QCOMPARE(told().size(), 1);
        write(path(u"a"_s)); // the new file is watched, not the old one
        QCOMPARE(told().size(), 1);
    }

    void followsAFileThatIsReplaced()
    {
        write(path(u"a"_s));
        watch({u"a"_s});
        for (int i = 0; i < 3; ++i) {
            write(path(u"new"_s));
            QVERIFY(QDir().remove(path(u"a"_s)) && QFile::rename(path(u"new"_s), path(u"a"_s)));
            QCOMPARE(told().size(), 1);
        }
        QVERIFY(QFile::rename(path(u"a"_s), path(u"old"_s)));
        QCOMPARE(told().size(), 1);
        write(path(u"old"_s)); // rotated away: nobody's any more
        QVERIFY(!m_changed->wait(700));
    }

    void waitsForFoldersThatAreNotThere()
    {
        watch({u"run/nginx/pid"_s});
        QVERIFY(QDir().mkdir(path(u"run"_s)));
        QCOMPARE(told().size(), 1);
        QVERIFY(QDir().mkdir(path(u"run/nginx"_s)));
        QCOMPARE(told().size(), 1);
        write(path(u"run/nginx/pid"_s));
        QCOMPARE(told().size(), 1);
        QVERIFY(QDir(path(u"run"_s)).removeRecursively());
        QCOMPARE(told().size(), 1);
        QVERIFY(QDir().mkpath(path(u"run/nginx"_s)));
        QCOMPARE(told().size(), 1);
    }

    void aWatchedFolderMayHoldAnotherWatchedFile()
    {
        QVERIFY(QDir().mkdir(path(u"d"_s)));
        watch({u"d"_s, u"d/f"_s});
        write(path(u"d/f"_s));
        QVERIFY(told().contains(path(u"d/f"_s)));
    }

    void aBusyFileIsToldRarely()
    {
        write(path(u"a"_s));
        watch({u"a"_s});
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 1500) {
            write(path(u"a"_s));
            QTest::qWait(1);
        }
        const qsizetype count = m_changed->size();
        QVERIFY2(count >= 1 && count <= 6, qPrintable(QString::number(count)));
    }

    void isBounded()
    {
        QStringList names;
        for (int i = 0; i < FileWatch::mostFiles + 10; ++i)
            names << QString::number(i);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"more than 256 files"_s));
        watch(names);
        m_watch->setWatched({u"relative"_s, u""_s, u"/"_s, u"/proc/self/nowhere/x"_s});
        watch({});
        write(path(u"1"_s));
        QVERIFY(!m_changed->wait(200));
    }
};

QTEST_GUILESS_MAIN(TestFileWatch)
#include "tst_filewatch.moc"
