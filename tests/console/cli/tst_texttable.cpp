// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/cli/statetext.h"

#include <QTemporaryFile>
#include <QTest>

#include <memory>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestTextTable : public QObject
{
    Q_OBJECT

    /// What `print` prints to a file.
    template<typename Print>
    static QStringList printed(Print print, bool isColoured = false)
    {
        QTemporaryFile target;
        if (!target.open())
            qFatal("cannot make a temporary file");
        std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(
            std::fopen(qPrintable(target.fileName()), "w"), &std::fclose);
        Terminal terminal(file.get());
        terminal.setColoured(isColoured);
        print(terminal);
        terminal.flush();
        return QString::fromUtf8(target.readAll()).split(u'\n', Qt::SkipEmptyParts);
    }

private Q_SLOTS:

    void knowsHowWideCharactersAre_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("width");
        QTest::newRow("latin") << u"db-01"_s << 5;
        QTest::newRow("chinese") << u"数据库"_s << 6;
        QTest::newRow("mixed") << u"db 数据"_s << 7;
        QTest::newRow("korean") << u"서버"_s << 4;
        QTest::newRow("full width") << u"Ａ"_s << 2;
        QTest::newRow("combining") << u"e\u0301"_s << 1;
        QTest::newRow("beyond the first plane") << u"𠀀"_s << 2;
        QTest::newRow("shapes of states") << u"●■▲◇⬢–"_s << 6;
    }

    void knowsHowWideCharactersAre()
    {
        QFETCH(QString, text);
        QTEST(displayWidth(text), "width");
    }

    void linesColumnsUp()
    {
        const QStringList lines = printed([](Terminal &terminal) {
            TextTable table({{u"NAME"_s}, {u"CPU"_s, TextTable::Align::Right}, {u"WHY"_s}});
            table.addRow({{u"数据库"_s}, {u"3.0"_s}, {u"x"_s}});
            table.addRow({{u"web"_s}, {u"100.0"_s}});
            table.print(terminal);
        });
        QCOMPARE(lines,
                 (QStringList{u"NAME      CPU  WHY"_s, u"数据库    3.0  x"_s, u"web     100.0"_s}));
    }

    void keepsACellOnOneLine()
    {
        const QStringList lines = printed([](Terminal &terminal) {
            TextTable table({{u"NAME"_s}});
            table.addRow({{u"a\nb\x1b[31m"_s}});
            table.print(terminal);
        });
        QCOMPARE(lines.size(), 2);
        QVERIFY(!lines.last().contains(u'\x1b'));
    }

    void coloursOnlyWhereItIsWanted()
    {
        const auto print = [](Terminal &terminal) {
            const TableCell cell = stateCell(Health::Died);
            terminal.printLine(terminal.toned(cell.text, cell.tone));
        };
        QCOMPARE(printed(print), QStringList(u"■ died"_s));
        QCOMPARE(printed(print, true), QStringList(u"\x1b[1;31m■ died\x1b[0m"_s));
    }

    void showsADashForWhatIsNotKnown()
    {
        QCOMPARE(numberText(std::nullopt), u"–"_s);
        QCOMPARE(numberText(0), u"0.0"_s);
        QCOMPARE(percentText(50, 0), u"–"_s);
        QCOMPARE(percentText(50, 200), u"25.0"_s);
        QCOMPARE(ageText(0, 1000), u"–"_s);
        QCOMPARE(ageText(1, 11'880'001), u"3 h 18 min"_s);
    }
};

QTEST_GUILESS_MAIN(TestTextTable)
#include "tst_texttable.moc"
