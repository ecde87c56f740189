// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/app/packageupdates.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

// A script plays apt: what it prints, and how it ends, is the test's.
class TestPackageUpdates : public QObject
{
    Q_OBJECT

    static constexpr qint64 hour = 3'600'000;

    std::unique_ptr<QTemporaryDir> m_folder;

    PackageUpdates::Places places() const
    {
        return {m_folder->filePath(u"apt-get"_s), m_folder->filePath(u"lists"_s),
                m_folder->filePath(u"status"_s)};
    }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    void playApt(const QByteArray &script) const
    {
        write(u"apt-get"_s,
              "#!/bin/sh\necho asked >>" + m_folder->path().toUtf8() + "/asked\n" + script);
    }

    qint64 timesAsked() const { return QFileInfo(m_folder->filePath(u"asked"_s)).size() / 6; }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(u"lists"_s));
        write(u"status"_s, "x");
    }

    void countsWhatWaits()
    {
        playApt("echo 'Inst a [1] (2 Debian:12/stable [all])'\n"
                "printf 'Inst b [1] (2 Debian-Security:12/stable-security [all])'\n");
        PackageUpdates updates(places());
        QSignalSpy changed(&updates, &PackageUpdates::changed);
        updates.lookIfDue(0);
        QVERIFY(!updates.found());
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 10'000);
        QCOMPARE(updates.found(), std::optional(PendingUpdates{2, 1}));
    }

    void asksAgainOnlyAfterAChange()
    {
        playApt("exit 0\n");
        PackageUpdates updates(places());
        QSignalSpy changed(&updates, &PackageUpdates::changed);
        updates.lookIfDue(0);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 10'000);
        playApt("echo 'Inst a [1] (2 Debian:12/stable [all])'\n");
        for (qint64 now = 0; now < 6 * hour; now += hour / 2)
            updates.lookIfDue(now);
        QFile status(m_folder->filePath(u"status"_s));
        QVERIFY(status.open(QIODevice::ReadWrite));
        QVERIFY(status.setFileTime(QDateTime::currentDateTime().addSecs(60),
                                   QFile::FileModificationTime));
        status.close();
        updates.lookIfDue(5 * hour);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 10'000);
        QCOMPARE(timesAsked(), 2);
        playApt("exit 0\n");
        updates.lookIfDue(12 * hour);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 3, 10'000);
    }

    void forgetsWhatAptCannotTell()
    {
        playApt("echo 'Inst a [1] (2 Debian:12/stable [all])'\n");
        PackageUpdates updates(places());
        QSignalSpy changed(&updates, &PackageUpdates::changed);
        updates.lookIfDue(0);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 10'000);
        playApt("echo 'Inst a [1] (2 Debian:12/stable [all])'\nexit 100\n");
        updates.lookIfDue(7 * hour);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 10'000);
        QVERIFY(!updates.found());
    }

    void endsAnAptThatPrintsWithoutEnd()
    {
        playApt(
            "exec yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n");
        PackageUpdates updates(places());
        updates.lookIfDue(0);
        QTRY_COMPARE_WITH_TIMEOUT(timesAsked(), 1, 10'000);
        // It is gone when another one can be asked.
        playApt("echo 'Inst a [1] (2 Debian:12/stable [all])'\n");
        QTRY_VERIFY_WITH_TIMEOUT((updates.lookIfDue(7 * hour), updates.found().has_value()),
                                 30'000);
    }

    void aHangingAptDiesWithItsAgent()
    {
        playApt("exec sleep 1000\n");
        {
            PackageUpdates updates(places());
            updates.lookIfDue(0);
            QTRY_COMPARE_WITH_TIMEOUT(timesAsked(), 1, 10'000);
        }
        QVERIFY(timesAsked() == 1); // and the destructor came back
    }

    void asksNothingWhereThereIsNoApt()
    {
        PackageUpdates updates({u"/nonexistent/apt-get"_s, {}, {}});
        QSignalSpy changed(&updates, &PackageUpdates::changed);
        updates.lookIfDue(0);
        QVERIFY(changed.isEmpty() && !updates.found());
    }
};

QTEST_GUILESS_MAIN(TestPackageUpdates)
#include "tst_packageupdates.moc"
