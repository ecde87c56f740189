// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/commands/commandposition.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestCommandPosition : public QObject
{
    Q_OBJECT

    static QString pathIn(const QTemporaryDir &folder)
    {
        return folder.filePath(u"commands-10.0.0.7"_s);
    }

private Q_SLOTS:

    void idsAreReadAsRedisWritesThem()
    {
        QCOMPARE(StreamId::parse("1700000000000-12").value().text(), "1700000000000-12");
        QVERIFY((StreamId{2, 0} > StreamId{1, 9}));
        for (const char *wrong : {"", "-", "1", "1-", "-1", "+1-0", "1-0 ", "01-0", "1-0-0",
                                  "99999999999999999999999-0"})
            QVERIFY2(!StreamId::parse(wrong), wrong);
    }

    void comesBackAsItWasWritten()
    {
        const QTemporaryDir folder;
        CommandPosition position(folder.path(), u"10.0.0.7"_s);
        QVERIFY(!position.read());
        position.setLast({1700, 3});
        position.setOpen({1700, 1}, CommandPosition::Open::HandedOver);
        position.setOpen({1700, 2}, CommandPosition::Open::Read);
        position.setOpen({1700, 3}, CommandPosition::Open::Read);
        position.settle({1700, 3});
        for (int i = 0; i < 70; ++i)
            position.addTold(QString::number(i));
        QVERIFY(position.isChanged());
        QVERIFY(position.write());
        QVERIFY(!position.isChanged());

        CommandPosition again(folder.path(), u"10.0.0.7"_s);
        QVERIFY(again.read());
        QCOMPARE(again.last(), (StreamId{1700, 3}));
        QCOMPARE(again.open(), position.open());
        QVERIFY(again.isTold(u"69"_s) && !again.isTold(u"3"_s)); // the oldest are forgotten
        QCOMPARE(QFile::permissions(pathIn(folder)) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

    void aDamagedFileIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("other") << QByteArray("hello\n");
        QTest::newRow("torn") << QByteArray("treewarden-commands-v1\nlast 17");
        QTest::newRow("wrong id") << QByteArray("treewarden-commands-v1\nlast x\n");
        QTest::newRow("bytes") << QByteArray("treewarden-commands-v1\n\xff\xff 1-0\n");
    }

    void aDamagedFileIsNone()
    {
        QFETCH(const QByteArray, text);
        const QTemporaryDir folder;
        QFile file(pathIn(folder));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        CommandPosition position(folder.path(), u"10.0.0.7"_s);
        QVERIFY(!position.read());
        QCOMPARE(position.last(), StreamId{});
        QVERIFY(position.open().isEmpty());
    }

    void saysThatItCannotBeWritten()
    {
        CommandPosition position(u"/proc/nowhere"_s, u"10.0.0.7"_s);
        QVERIFY(!position.write());
        QVERIFY(position.isChanged());
    }
};

QTEST_GUILESS_MAIN(TestCommandPosition)
#include "tst_commandposition.moc"
