// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/csvtext.h"
#include "console/models/fleetcolumns.h"
#include "console/models/fleetexport.h"
#include "console/models/savedfilters.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

} // namespace

/// What the fleet's table keeps and gives away as text.
class TestFleetExport : public QObject
{
    Q_OBJECT

    static QList<int> all(const FleetModel &model)
    {
        QList<int> rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows << row;
        return rows;
    }

private Q_SLOTS:

    void writesRawNumbersAndWordsOfTheWire()
    {
        QLocale::setDefault(QLocale(QLocale::German)); // writes 1,9
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        const QStringList lines
            = QString::fromUtf8(fleetCsv(model, all(model), FleetColumns().shown()))
                  .split(u"\r\n"_s);
        QLocale::setDefault(QLocale::c());
        QCOMPARE(lines.size(), 32); // a head, 30 servers, the end
        QCOMPARE(lines.first(),
                 u"state,name,ip,roles,paas,cpu_percent,memory_percent,load,disk_percent,services_"
                 "alive,services_total,since"_s);
        QVERIFY2(lines[1].startsWith(u"died,db-02,10.207.26.251,"_s), qPrintable(lines[1]));
        QVERIFY2(lines[1].contains(u",,,,,0,9,20"_s), qPrintable(lines[1])); // unknown is empty
        QVERIFY2(lines[1].endsWith(u'Z'), qPrintable(lines[1]));
        for (const QString &line : lines)
            QVERIFY2(!line.contains(u"–"), qPrintable(line));
        QVERIFY2(
            lines[2].contains(u"\"apache, gmond, memcached, nginx, ssh\",dev,20.7,60.3,1.9,"_s),
            qPrintable(lines[2]));
    }

    void writesTheColumnsAndRowsThatAreChosen()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        QCOMPARE(fleetCsv(model, {0}, {FleetModel::NameColumn, FleetModel::StateColumn}),
                 QByteArray("name,state\r\ndb-02,died\r\n"));
        QCOMPARE(fleetTsv(model, {0, 1}, {FleetModel::NameColumn, FleetModel::StateColumn}),
                 u"db-02\tdied\nweb-03\tdegraded"_s);
    }

    void quotesWhatMustBe_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        QTest::newRow("plain") << u"web-01"_s << u"web-01"_s;
        QTest::newRow("empty") << u""_s << u""_s;
        QTest::newRow("comma") << u"a,b"_s << u"\"a,b\""_s;
        QTest::newRow("quote") << u"a\"b"_s << u"\"a\"\"b\""_s;
        QTest::newRow("line end") << u"a\nb"_s << u"\"a\nb\""_s;
        QTest::newRow("formula") << u"=1+1"_s << u"'=1+1"_s;
        QTest::newRow("plus") << u"+1"_s << u"'+1"_s;
        QTest::newRow("minus") << u"-1"_s << u"'-1"_s;
        QTest::newRow("at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
        QTest::newRow("formula with a quote")
            << u"=HYPERLINK(\"http://x\",1)"_s << u"\"'=HYPERLINK(\"\"http://x\"\",1)\""_s;
    }

    void quotesWhatMustBe()
    {
        QFETCH(QString, text);
        QTEST(csvCell(text), "cell");
    }

    void columnsAreRemembered()
    {
        FleetColumns columns;
        columns.order.move(FleetModel::CpuColumn, 0);
        columns.setShown(FleetModel::TreesColumn, false);
        columns.setShown(FleetModel::NameColumn, false); // is needed to know what a row is about
        QCOMPARE(columns.shown().first(), int(FleetModel::CpuColumn));
        QVERIFY(columns.isShown(FleetModel::NameColumn));
        QCOMPARE(FleetColumns::parse(columns.text()), columns);
        QCOMPARE(FleetColumns::parse({}), FleetColumns());
    }

    void columnsFromOtherVersionsAreTakenAsFarAsTheyGo()
    {
        const FleetColumns columns
            = FleetColumns::parse(u"since temperature -disk name name -name \x01 -- cpu"_s);
        QCOMPARE(columns.order.mid(0, 4),
                 (QList<int>{FleetModel::SinceColumn, FleetModel::DiskColumn,
                             FleetModel::NameColumn, FleetModel::CpuColumn}));
        QCOMPARE(columns.order.size(), int(FleetModel::ColumnCount));
        QCOMPARE(columns.hidden, QSet<int>{FleetModel::DiskColumn});
        QCOMPARE(QSet<int>(columns.order.begin(), columns.order.end()).size(),
                 int(FleetModel::ColumnCount));
    }

    void savedFiltersAreRemembered()
    {
        const QList<SavedFilter> filters{{u"Databases"_s, u"role:mysql"_s},
                                         {u"数据库 \"忙\""_s, u"role:mysql cpu>80"_s}};
        QCOMPARE(parseSavedFilters(savedFiltersText(filters)), filters);
    }

    void rubbishIsNoFilter()
    {
        for (const QString &text :
             {u""_s, u"{}"_s, u"[1,[2],[\"a\"],[\"\",\"x\"],[\"a\",\"\"],null]"_s, u"[["_s})
            QVERIFY2(parseSavedFilters(text).isEmpty(), qPrintable(text));
        QList<SavedFilter> many;
        for (int i = 0; i < 500; ++i)
            many.append({u"%1\u202e"_s.arg(i) + QString(300, u'n'), QString(2000, u'f')});
        const QList<SavedFilter> read = parseSavedFilters(savedFiltersText(many));
        QVERIFY(read.size() <= SavedFilter::mostFilters);
        for (const SavedFilter &saved : read)
            QVERIFY(saved.filter.size() <= 500 && !saved.name.contains(QChar(0x202e)));
        QCOMPARE(parseSavedFilters(u"[[\"a\",\"x\"],[\"a\",\"y\"]]"_s).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestFleetExport)
#include "tst_fleetexport.moc"
