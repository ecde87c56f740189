// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetfilter.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

class TestFleetFilter : public QObject
{
    Q_OBJECT

    static FleetRow web()
    {
        FleetRow row;
        row.name = u"web-03"_s, row.ip = u"10.0.0.33"_s;
        row.roleIds = QStringList{u"apache"_s, u"nginx"_s};
        row.treeIds = QStringList{u"dev"_s};
        row.health = Health::Degraded;
        row.cpu = 81.5, row.memory = 60, row.load = 1.9;
        row.services = 11, row.servicesAlive = 10;
        row.searchText = u"web-03\n10.0.0.33\napache, nginx\ndegraded"_s;
        return row;
    }

private Q_SLOTS:

    void matches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("expected");
        const std::pair<const char *, bool> rows[] = {
            {"", true},
            {"   ", true},
            {"WEB", true},
            {"web 10.0.0.3", true},
            {"db", false},
            {"web db", false},
            {"-db", true},
            {"-web", false},
            {"down", true},
            {"up", false},
            {"-up", true},
            {"degraded", true},
            {"state:deg", true},
            {"state:died", false},
            {"role:nginx", true},
            {"role:mysql", false},
            {"paas:dev", true},
            {"paas:shop", false},
            {"name:web", true},
            {"ip:10.0.", true},
            {"ip:0.0.33", false},
            {"cpu>80", true},
            {"cpu>90", false},
            {"CPU>=81.5%", true},
            {"cpu<81.5", false},
            {"memory<=60", true},
            {"mem=60", true},
            {"load<2", true},
            {"disk>1", false},
            {"disk<101", false},
            {"services<11", true},
            {"services=11", false},
            {"cpu>", true},
            {"role:", true},
            {"cpx>80", false},
            {"fd00::7", false},
            {"-", true},
            {"cpu>80 role:nginx down", true},
            {"[", false},
            {"cpu>1e9", false},
        };
        for (const auto &[text, expected] : rows)
            QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text) << expected;
    }

    void matches()
    {
        QFETCH(QString, text);
        QTEST(FleetFilter(text).matches(web()), "expected");
    }

    void aDiedServerIsDownAndMaintenanceIsNot()
    {
        FleetRow row = web();
        row.health = Health::Died;
        QVERIFY(FleetFilter(u"down"_s).matches(row));
        row.health = Health::Maintenance;
        QVERIFY(!FleetFilter(u"down"_s).matches(row));
        QVERIFY(FleetFilter(u"-up"_s).matches(row));
    }

    void knowsWhichFiltersFollowTheLoad()
    {
        QVERIFY(FleetFilter(u"role:x cpu>80"_s).dependsOnWorkload());
        QVERIFY(!FleetFilter(u"down role:x"_s).dependsOnWorkload());
    }

    void survivesHostileTexts()
    {
        for (const QString &text : {QString(100'000, u'('), u"cpu>"_s + QString(400, u'9'),
                                    u"::::"_s, QString(QChar(0xd800)), u"-\u202e"_s})
            FleetFilter(text).matches(web());
    }
};

QTEST_GUILESS_MAIN(TestFleetFilter)
#include "tst_fleetfilter.moc"
