// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/reporting/sessionfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestSessionFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void keepsTheLastSessions()
    {
        QTemporaryDir folder;
        const SessionFile file(folder.filePath(u"new/state"_s));
        QVERIFY(file.read().isEmpty());
        QStringList sessions;
        for (int i = 0; i < 205; ++i) {
            sessions << QUuid::createUuid().toString(QUuid::WithoutBraces);
            QVERIFY(file.add(sessions.last()).isOk());
        }
        QCOMPARE(file.read(), sessions.mid(5));
    }

    void ignoresWhatIsNoSession()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"sessions"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromHex("00ff0a") + "rubbish\n00000000-0000-0000-0000-000000000000\n"
                   + QByteArray(1 << 20, 'x'));
        file.close();
        QVERIFY(SessionFile(folder.path()).read().isEmpty());
    }

    void saysWhyItCannotWrite()
    {
        const auto added = SessionFile(u"/proc/nowhere"_s)
                               .add(QUuid::createUuid().toString(QUuid::WithoutBraces));
        QVERIFY(!added);
        QVERIFY2(added.error().text.contains(u"/proc/nowhere/sessions"),
                 qPrintable(added.error().text));
    }
};

QTEST_GUILESS_MAIN(TestSessionFile)
#include "tst_sessionfile.moc"
