// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/treemodel.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'000'000'000;

Health healthOf(const QModelIndex &index)
{
    return Health(index.data(TreeModel::HealthRole).toInt());
}

QString aliveOf(const QModelIndex &index)
{
    return index.siblingAtColumn(TreeModel::AliveColumn).data().toString();
}

} // namespace

class TestTreeModel : public QObject
{
    Q_OBJECT

    using Tester = QAbstractItemModelTester;
    static constexpr auto fatal = Tester::FailureReportingMode::QtTest;

private Q_SLOTS:

    void rollsUpFromInstanceToPaas()
    {
        FixedSource source(demoFleet(evening), evening);
        TreeModel model(source);
        Tester tester(&model, fatal);
        const QModelIndex mysql = model.indexOfKey(u"dev/mysql"_s);
        QVERIFY(mysql.isValid());
        QCOMPARE(mysql.data(TreeModel::KindRole).toInt(), int(TreeModel::Kind::Role));
        QCOMPARE(aliveOf(mysql), u"7 / 11"_s);
        QCOMPARE(mysql.parent().data().toString(), u"Data"_s);
        QCOMPARE(mysql.parent().parent(), model.indexOfTree(u"dev"_s));
        QCOMPARE(healthOf(model.indexOfTree(u"dev"_s)),
                 treeHealth(source.edit(), source.edit().trees[u"dev"_s], evening));
        QCOMPARE(model.rowCount(), 6);
    }

    void showsInstancesThatAreNotAliveFirst()
    {
        FixedSource source(demoFleet(evening), evening);
        TreeModel model(source);
        Tester tester(&model, fatal);
        const QModelIndex nginx = model.indexOfKey(u"dev/nginx"_s);
        QCOMPARE(model.index(0, TreeModel::ServerColumn, nginx).data().toString(), u"web-03"_s);
        QCOMPARE(healthOf(model.index(0, 0, nginx)), Health::Died);
        QCOMPARE(healthOf(model.index(1, 0, nginx)), Health::Alive);
    }

    void followsADeathAndKeepsTheSelection()
    {
        FixedSource source(calmFleet(evening), evening);
        TreeModel model(source);
        Tester tester(&model, fatal);
        const QModelIndex nginx = model.indexOfKey(u"dev/nginx"_s);
        const QPersistentModelIndex second = model.index(1, 0, nginx);
        const QString key = second.data(TreeModel::KeyRole).toString();
        QCOMPARE(healthOf(model.indexOfTree(u"dev"_s)), Health::Alive);

        const QString ip = second.data(TreeModel::IpRole).toString();
        FleetService &service = source.edit().servers[ip].services[{u"nginx"_s, u"80"_s}];
        service.state.alive = false;
        service.state.since = evening - 5000;
        QSignalSpy updated(&model, &TreeModel::updated);
        Q_EMIT source.serverChanged(ip);
        QVERIFY(updated.wait(10'000));
        QCOMPARE(second.row(), 0);
        QCOMPARE(second.data(TreeModel::KeyRole).toString(), key);
        QCOMPARE(healthOf(second), Health::Died);
        QCOMPARE(aliveOf(nginx), u"2 / 3"_s);
        QCOMPARE(healthOf(nginx),
                 roleHealth(source.edit(), source.edit().trees[u"dev"_s],
                            source.edit().trees[u"dev"_s].roles[1], evening)
                     .health);
        QVERIFY(healthOf(model.indexOfTree(u"dev"_s)) != Health::Alive);
    }

    void doesNotTellWhatConcernsNoTree()
    {
        FixedSource source(demoFleet(evening), evening);
        TreeModel model(source);
        QSignalSpy changed(&model, &TreeModel::dataChanged);
        for (int i = 0; i < 1000; ++i)
            Q_EMIT source.workloadChanged(u"10.207.26.250"_s);
        Q_EMIT source.serverChanged(u"10.99.99.99"_s);
        QTest::qWait(200);
        QCOMPARE(changed.count(), 0);
    }

    /// A view looks for the place of every row that is told.
    void tellsManyChangesOfARoleTogether()
    {
        FixedSource source(hugeFleet(2000, evening), evening);
        TreeModel model(source);
        Tester tester(&model, fatal);
        QSignalSpy changed(&model, &TreeModel::dataChanged);
        QSignalSpy laidOut(&model, &TreeModel::layoutChanged);
        QSignalSpy updated(&model, &TreeModel::updated);
        model.refresh();
        QCOMPARE(updated.count(), 1);
        QCOMPARE(changed.count(), 0); // nothing but time went on
        const QStringList ips = source.state().servers.keys();
        for (qsizetype i = 0; i < ips.size(); i += 2) {
            source.edit().servers[ips[i]].alive = false;
            Q_EMIT source.serverChanged(ips[i]);
        }
        QVERIFY(updated.wait(10'000));
        QVERIFY(changed.count() < 25);
        QVERIFY(laidOut.count() <= 1);
        const QModelIndex nginx = model.indexOfKey(u"web/nginx"_s);
        const RoleHealth expected
            = roleHealth(source.state(), source.state().trees[u"web"_s],
                         source.state().trees[u"web"_s].roles.first(), evening);
        QCOMPARE(healthOf(nginx), expected.health);
        QCOMPARE(expected.total, 2000);
        QCOMPARE(aliveOf(nginx), u"%1 / 2,000"_s.arg(expected.alive));
        QCOMPARE(model.sickRoles(u"web"_s), 1);
    }

    void endsAMaintenanceByTime()
    {
        FixedSource source(calmFleet(evening), evening);
        source.edit().maintenance.insert(u"paas/dev/redis"_s, {evening + 60'000, u"chen"_s, {}});
        TreeModel model(source);
        Tester tester(&model, fatal);
        QCOMPARE(healthOf(model.indexOfKey(u"dev/redis"_s)), Health::Maintenance);
        source.setNow(evening + 120'000);
        model.refresh();
        QCOMPARE(healthOf(model.indexOfKey(u"dev/redis"_s)), Health::Alive);
    }

    void showsARoleWithoutInstancesAsNotKnown()
    {
        FixedSource source(emptyFleet(), evening);
        TreeModel model(source);
        Tester tester(&model, fatal);
        QCOMPARE(model.rowCount(), 0);
        source.edit().trees.insert(u"new"_s, paasTemplate(u"new"_s, u"New"_s));
        Q_EMIT source.treesChanged();
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex redis = model.indexOfKey(u"new/redis"_s);
        QVERIFY(redis.isValid());
        QCOMPARE(aliveOf(redis), u"–"_s);
        QCOMPARE(redis.siblingAtColumn(TreeModel::StateColumn).data().toString(), u"–"_s);
    }

    void showsHostileNamesAsOneLine()
    {
        FixedSource source(emptyFleet(), evening);
        PaasTree tree;
        tree.id = u"x"_s;
        tree.title = u"<b>bold</b>\u202Eevil\n"_s + QString(10'000, u'x');
        PaasRole role;
        role.role = u"mysql"_s;
        role.group = u"a\u0007b"_s;
        role.title = tree.title;
        role.instances = {{u"10.0.0.1"_s, u"3306"_s}};
        tree.roles = {role};
        source.edit().trees.insert(tree.id, tree);
        TreeModel model(source);
        Tester tester(&model, fatal);
        const QString shown = model.indexOfTree(u"x"_s).data().toString();
        QVERIFY(shown.startsWith(u"<b>bold</b>\\u{202e}"_s));
        QVERIFY(shown.size() < 200);
        QVERIFY(!shown.contains(u'\n'));
        QVERIFY(!model.indexOfKey(u"x/mysql"_s).parent().data().toString().contains(QChar(7)));
    }

    /// Any mixture of deaths, recoveries, resets and new trees leaves a sound model that agrees
    /// with shared/fleet.
    void agreesWithTheFleetWhateverHappens()
    {
        FixedSource source(demoFleet(evening), evening);
        TreeModel model(source);
        Tester tester(&model, fatal);
        QRandomGenerator random(3);
        const QStringList ips = source.edit().servers.keys();
        for (int round = 0; round < 60; ++round) {
            for (int i = 0; i < 5; ++i) {
                const QString ip = ips[random.bounded(int(ips.size()))];
                FleetServer &server = source.edit().servers[ip];
                server.alive
                    = random.bounded(3) == 0 ? std::nullopt : std::optional(random.bounded(3) != 0);
                for (FleetService &service : server.services)
                    service.state.alive = random.bounded(4) != 0;
                Q_EMIT source.serverChanged(ip);
            }
            if (round % 10 == 9) {
                source.edit().trees.remove(source.edit().trees.lastKey());
                Q_EMIT source.treesChanged();
            }
            model.refresh();
            for (const PaasTree &tree : source.state().trees) {
                QCOMPARE(healthOf(model.indexOfTree(tree.id)),
                         treeHealth(source.edit(), tree, evening));
                for (const PaasRole &role : tree.roles) {
                    const QModelIndex index = model.indexOfKey(tree.id + u'/' + role.role);
                    QCOMPARE(healthOf(index),
                             roleHealth(source.edit(), tree, role, evening).health);
                    for (int row = 1; row < model.rowCount(index); ++row)
                        QVERIFY(healthOf(model.index(row - 1, 0, index))
                                >= healthOf(model.index(row, 0, index)));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTreeModel)
#include "tst_treemodel.moc"
