// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetmodel.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

} // namespace

class TestFleetModel : public QObject
{
    Q_OBJECT

    static QString nameAt(const FleetModel &model, int row)
    {
        return model.index(row, FleetModel::NameColumn).data().toString();
    }

    static QString ipOf(const FleetModel &model, const QString &name)
    {
        for (int row = 0; row < model.rowCount(); ++row)
            if (nameAt(model, row) == name)
                return model.row(row).ip;
        return {};
    }

    static QString cell(const FleetModel &model, const QString &ip, int column)
    {
        return model.index(model.rowOf(ip), column).data().toString();
    }

private Q_SLOTS:

    void showsTheWorstFirst()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        QCOMPARE(model.rowCount(), 30);
        QCOMPARE(nameAt(model, 0), u"db-02"_s);
        QCOMPARE(nameAt(model, 1), u"web-03"_s);
        QCOMPARE(model.index(0, FleetModel::StateColumn).data(FleetModel::HealthRole).toInt(),
                 int(Health::Died));
        QCOMPARE(model.index(3, FleetModel::StateColumn).data(FleetModel::HealthRole).toInt(),
                 int(Health::Maintenance));
    }

    void aDiedServerHasNoValuesButItsServices()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        const QString ip = ipOf(model, u"db-02"_s);
        for (const int column : {FleetModel::CpuColumn, FleetModel::MemoryColumn,
                                 FleetModel::LoadColumn, FleetModel::DiskColumn})
            QCOMPARE(cell(model, ip, column), u"–"_s);
        QCOMPARE(cell(model, ip, FleetModel::ServicesColumn), u"0 / 9"_s);
        QCOMPARE(cell(model, ipOf(model, u"mon-01"_s), FleetModel::ServicesColumn), u"? / 8"_s);
        QCOMPARE(cell(model, ipOf(model, u"web-03"_s), FleetModel::ServicesColumn), u"10 / 11"_s);
    }

    void holdsTheOrderWhileValuesChange()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(FleetModel::CpuColumn, Qt::DescendingOrder);
        const QString last = nameAt(model, 25), ip = model.row(25).ip;
        QCOMPARE(model.heldCount(), 0);
        source.setCpu(ip, 99.5);
        QTRY_COMPARE_WITH_TIMEOUT(model.heldCount(), 1, 10'000);
        QCOMPARE(nameAt(model, 25), last);
        QCOMPARE(cell(model, ip, FleetModel::CpuColumn), QLocale().toString(99.5, 'f', 1));
        model.sortNow();
        QCOMPARE(nameAt(model, 0), last);
        QCOMPARE(model.heldCount(), 0);
    }

    void whatIsMissingStandsLastInBothDirections()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            model.sort(FleetModel::CpuColumn, order);
            QVERIFY(model.row(0).cpu);
            QVERIFY(!model.row(29).cpu);
            QVERIFY(!model.row(28).cpu);
        }
    }

    void persistentIndexesFollowTheirServer()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        const QPersistentModelIndex chosen = model.index(0, 0);
        const QString ip = chosen.data(FleetModel::IpRole).toString();
        model.sort(FleetModel::NameColumn, Qt::DescendingOrder);
        QCOMPARE(chosen.data(FleetModel::IpRole).toString(), ip);
    }

    void aServerThatDiesAppearsUnderTheFilterAtOnce()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString ip = ipOf(model, u"web-01"_s);
        model.setFilter(FleetFilter(u"down"_s));
        const int before = model.rowCount();
        source.setAlive(ip, false);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), before + 1, 10'000);
        QVERIFY(model.rowOf(ip) >= 0);
    }

    void serversComeAndGo()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        FleetServer server;
        server.ip = u"10.9.9.9"_s, server.alive = true, server.wasSeen = true;
        source.edit().servers.insert(server.ip, server);
        Q_EMIT source.serverAdded(server.ip);
        QCOMPARE(model.rowCount(), 31);
        Q_EMIT source.serverAdded(server.ip); // told twice
        QCOMPARE(model.rowCount(), 31);
        const QStringList ips = source.state().servers.keys();
        for (const QString &ip : ips) {
            source.edit().servers.remove(ip);
            Q_EMIT source.serverRemoved(ip);
            Q_EMIT source.serverRemoved(ip);
        }
        QCOMPARE(model.rowCount(), 0);
    }

    void tellsChangesTogether()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        const QStringList ips = source.state().servers.keys();
        for (int round = 0; round < 20; ++round)
            for (const QString &ip : ips)
                if (source.state().servers[ip].alive.value_or(false))
                    source.setCpu(ip, round);
        QVERIFY(changes.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 1, 10'000);
    }

    void tellsExactlyWhatIsSeen()
    {
        FixedSource source(hugeFleet(200, evening), evening);
        FleetModel model(source);
        model.setWindow([] { return std::pair(50, 60); });
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        for (const int row : {10, 20, 52, 55, 100, 150})
            source.setCpu(model.row(row).ip, 77);
        QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 4, 10'000);
        QList<std::pair<int, int>> ranges;
        for (const QList<QVariant> &change : changes)
            ranges.append({change[0].toModelIndex().row(), change[1].toModelIndex().row()});
        std::sort(ranges.begin(), ranges.end());
        QCOMPARE(ranges, (QList<std::pair<int, int>>{{10, 20}, {52, 52}, {55, 55}, {100, 150}}));
    }

    void whatHappenedUnwatchedIsToldAtOnceWhenSomebodyComes()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        model.setWatched(false);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        const QString ip = ipOf(model, u"web-01"_s);
        source.setCpu(ip, 77);
        model.setWatched(true); // somebody comes: everything is true at once
        QCOMPARE(changes.size(), 1);
        QCOMPARE(cell(model, ip, FleetModel::CpuColumn), u"77.0"_s);
    }

    void manyThatDieAtOnceComeUnderTheFilterInOnePiece()
    {
        FixedSource source(hugeFleet(1000, evening), evening);
        FleetModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFilter(FleetFilter(u"state:died"_s));
        const int before = model.rowCount();
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        for (const QString &ip : source.state().servers.keys())
            source.setAlive(ip, false);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1000, 10'000);
        QVERIFY(before < 100);
        QCOMPARE(inserts.size(), 0);
    }

    void aLoadIsTakenAtOnceAndToldOnce()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        model.setWatched(false);
        const QString ip = ipOf(model, u"web-01"_s);
        const int row = model.rowOf(ip), known = model.row(row).cpuHistory.size();
        WorkloadSample sample = source.state().servers[ip].workload.sample();
        sample.info.memory.used = *sample.info.memory.total / 8;
        source.edit().servers[ip].workload = sample;
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        source.setCpu(ip, 76);
        source.setCpu(ip, 77);
        QCOMPARE(model.row(row).cpuHistory.size(), known + 2);
        QCOMPARE(cell(model, ip, FleetModel::CpuColumn), u"77.0"_s);
        QCOMPARE(cell(model, ip, FleetModel::MemoryColumn), u"12.5"_s);
        QVERIFY(changes.isEmpty());
        model.setWatched(true);
        QCOMPARE(changes.size(), 1);
    }

    void aServerThatLeavesWhileLoadsComeTakesNoneWithIt()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        const QString gone = model.row(0).ip, last = model.row(model.rowCount() - 1).ip;
        for (int row = 0; row < model.rowCount(); ++row)
            source.setCpu(model.row(row).ip, 5);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        source.edit().servers.remove(gone);
        Q_EMIT source.serverRemoved(gone);
        QCOMPARE(changes.size(), 1);
        source.setCpu(last, 6);
        QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 2, 10'000);
        QCOMPARE(changes.last()[0].toModelIndex().row(), model.rowOf(last));
    }

    void aLargeFleetIsMadeInSlicesWhileItChanges()
    {
        FixedSource source(hugeFleet(2000, evening), evening);
        FleetModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        source.replace(hugeFleet(3000, evening));
        QCOMPARE(model.rowCount(), 2000); // those before, until all are made
        std::mt19937 random(5);
        for (int round = 0; resets.isEmpty() && round < 100'000; ++round) {
            const QStringList ips = source.state().servers.keys();
            const QString ip = ips[qsizetype(random() % quint32(ips.size()))];
            change(source, ip, int(random() % 4), round);
            QCoreApplication::processEvents();
        }
        QCOMPARE(resets.size(), 1);
        model.setWatched(false);
        model.setWatched(true); // what is not told yet is told now
        const FleetModel fresh(source);
        QCOMPARE(cells(model), cells(fresh));
    }

    void aMaintenanceThatEndsIsSeenWithoutAMessage()
    {
        FixedSource source(demoFleet(evening), evening);
        FleetModel model(source);
        const QString ip = ipOf(model, u"file-02"_s);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        source.setNow(evening + 3'600'000);
        Q_EMIT source.maintenanceChanged();
        QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), 10'000);
        QCOMPARE(cell(model, ip, FleetModel::StateColumn), u"alive"_s);
    }

    void sortsAddressesByNumber()
    {
        FixedSource source(demoFleet(evening), evening);
        for (const QString &ip : {u"10.0.0.9"_s, u"10.0.0.10"_s, u"fd00::1"_s, u"9.255.0.1"_s}) {
            FleetServer server;
            server.ip = ip;
            source.edit().servers.insert(ip, server);
        }
        FleetModel model(source);
        model.sort(FleetModel::IpColumn);
        QCOMPARE(model.row(0).ip, u"9.255.0.1"_s);
        QCOMPARE(model.row(1).ip, u"10.0.0.9"_s);
        QCOMPARE(model.row(2).ip, u"10.0.0.10"_s);
        QCOMPARE(model.row(33).ip, u"fd00::1"_s);
    }

    void survivesARandomLife()
    {
        FixedSource source(hugeFleet(200, evening), evening);
        FleetModel model(source);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QRandomGenerator random(7);
        const QList<QString> ips = source.state().servers.keys();
        const QMap<QString, FleetServer> all = [&] {
            QMap<QString, FleetServer> map;
            for (const FleetServer &server : source.state().servers)
                map.insert(server.ip, server);
            return map;
        }();
        const QStringList filters{{}, u"down"_s, u"cpu>50"_s, u"role:nginx"_s, u"-up"_s};
        for (int step = 0; step < 600; ++step) {
            const QString ip = ips[random.bounded(int(ips.size()))];
            switch (random.bounded(6)) {
            case 0:
                source.edit().servers.remove(ip);
                Q_EMIT source.serverRemoved(ip);
                break;
            case 1:
                source.edit().servers.insert(ip, all[ip]);
                Q_EMIT source.serverAdded(ip);
                break;
            case 2:
                if (source.state().servers.contains(ip))
                    source.setAlive(ip,
                                    random.bounded(2) ? std::optional(random.bounded(2) == 1)
                                                      : std::nullopt);
                break;
            case 3:
                if (source.state().servers.contains(ip))
                    source.setCpu(ip, random.bounded(100));
                break;
            case 4:
                model.setFilter(FleetFilter(filters[random.bounded(int(filters.size()))]));
                break;
            default:
                model.sort(random.bounded(int(FleetModel::ColumnCount)),
                           random.bounded(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
            }
            if (step % 100 == 0)
                QTest::qWait(120);
        }
        model.setFilter({});
        QCOMPARE(model.rowCount(), source.state().servers.size());
        QCOMPARE(model.serverCount(), source.state().servers.size());
    }

    void tenThousandServers()
    {
        FixedSource source(hugeFleet(10'000, evening), evening);
        FleetModel model(source);
        QCOMPARE(model.rowCount(), 10'000);
        QElapsedTimer clock;
        clock.start();
        model.setFilter(FleetFilter(u"web-1 cpu>1"_s));
        const qint64 filtered = clock.restart();
        model.setFilter({});
        const qint64 cleared = clock.restart();
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        for (const FleetRow *row : rowsOf(model, 1000))
            source.setCpu(row->ip, 50);
        clock.restart();
        QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), 10'000);
        qInfo("10,000 servers: filter %lld ms, clear %lld ms", filtered, cleared);
        QCOMPARE(model.rowCount(), 10'000);
    }

private:
    /// Lets the server die, leave, come under another name, or tell a load.
    static void change(FixedSource &source, const QString &ip, int how, int round)
    {
        FleetServer server = source.state().servers[ip];
        switch (how) {
        case 0:
            return source.setAlive(ip, false);
        case 1:
            source.edit().servers.remove(ip);
            Q_EMIT source.serverRemoved(ip);
            return;
        case 2:
            server.ip = u"10.9.%1.%2"_s.arg(round / 250 % 250).arg(round % 250);
            server.info.hostname = u"new-%1"_s.arg(round);
            source.edit().servers[server.ip] = server;
            Q_EMIT source.serverAdded(server.ip);
            return;
        default:
            source.setCpu(ip, round % 100);
        }
    }

    static QStringList cells(const FleetModel &model)
    {
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < FleetModel::ColumnCount; ++column)
                cells << model.index(row, column).data().toString();
            rows << cells.join(u'|');
        }
        rows.sort(); // the order is held while values change
        return rows;
    }

    static QList<const FleetRow *> rowsOf(const FleetModel &model, int count)
    {
        QList<const FleetRow *> rows;
        for (int row = 0; row < count; ++row)
            rows << &model.row(row);
        return rows;
    }
};

QTEST_MAIN(TestFleetModel)
#include "tst_fleetmodel.moc"
