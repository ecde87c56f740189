// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetstate.h"
#include "tests/support/demofleet.h"

#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000;
const ServiceId nginx{u"nginx"_s, u"80"_s};

FleetServer serverWith(const QString &ip, std::optional<bool> alive, std::optional<bool> service)
{
    FleetServer server;
    server.ip = ip;
    server.alive = alive;
    server.wasSeen = true;
    server.services.insert(nginx, {nginx, {service}, {}});
    return server;
}

/// One role of nginx over servers that are given as {server, service}.
FleetState stateOf(const QList<std::pair<std::optional<bool>, std::optional<bool>>> &servers,
                   int least = 1)
{
    FleetState state;
    PaasRole role;
    role.role = u"nginx"_s;
    role.least = least;
    for (const auto &[alive, service] : servers) {
        const QString ip = u"10.0.0.%1"_s.arg(state.servers.size() + 1);
        state.servers.insert(ip, serverWith(ip, alive, service));
        role.instances.append({ip, u"80"_s});
    }
    PaasTree tree;
    tree.id = u"dev"_s;
    tree.roles.append(role);
    state.trees.insert(tree.id, tree);
    return state;
}

Health roleOf(const FleetState &state)
{
    const PaasTree &tree = *state.trees.begin();
    return roleHealth(state, tree, tree.roles.first(), now).health;
}

} // namespace

class TestFleetState : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void tellsAServersHealth()
    {
        QCOMPARE(serverWith({}, true, true).health(), Health::Alive);
        QCOMPARE(serverWith({}, true, false).health(), Health::Degraded);
        QCOMPARE(serverWith({}, true, std::nullopt).health(), Health::Degraded);
        QCOMPARE(serverWith({}, false, true).health(), Health::Died);
        QCOMPARE(serverWith({}, std::nullopt, true).health(), Health::Unknown);
        FleetServer neverSeen = serverWith({}, false, true);
        neverSeen.wasSeen = false;
        QCOMPARE(neverSeen.health(), Health::Unknown);
    }

    void knowsNothingOfTheServicesOfAServerThatIsNotAlive()
    {
        for (const auto &alive : {std::optional(false), std::optional<bool>()}) {
            const FleetServer server = serverWith({}, alive, true);
            QCOMPARE(server.serviceHealth(*server.services.begin()), Health::Unknown);
        }
        const FleetServer alive = serverWith({}, true, false);
        QCOMPARE(alive.serviceHealth(*alive.services.begin()), Health::Died);
    }

    void rollsUpARole_data()
    {
        QTest::addColumn<FleetState>("state");
        QTest::addColumn<Health>("health");
        QTest::newRow("all alive") << stateOf({{true, true}, {true, true}}) << Health::Alive;
        QTest::newRow("one died") << stateOf({{true, true}, {true, false}}) << Health::Degraded;
        QTest::newRow("one server died")
            << stateOf({{true, true}, {false, true}}) << Health::Degraded;
        QTest::newRow("one is not heard")
            << stateOf({{true, true}, {std::nullopt, true}}) << Health::Degraded;
        QTest::newRow("fewer than least")
            << stateOf({{true, true}, {true, false}}, 2) << Health::Died;
        QTest::newRow("all died") << stateOf({{true, false}, {true, false}}) << Health::Died;
        QTest::newRow("its only server died") << stateOf({{false, true}}) << Health::Died;
        QTest::newRow("nobody tells")
            << stateOf({{std::nullopt, true}, {true, std::nullopt}}) << Health::Unknown;
        QTest::newRow("no instances") << stateOf({}) << Health::Unknown;
    }

    void rollsUpARole()
    {
        QFETCH(FleetState, state);
        QTEST(roleOf(state), "health");
    }

    void forgivesWhatIsInMaintenanceUntilItEnds_data()
    {
        QTest::addColumn<QString>("key");
        QTest::newRow("server") << u"10.0.0.2"_s;
        QTest::newRow("service") << u"10.0.0.2/nginx/80"_s;
        QTest::newRow("role") << u"paas/dev/nginx"_s;
        QTest::newRow("tree") << u"paas/dev"_s;
    }

    void forgivesWhatIsInMaintenanceUntilItEnds()
    {
        QFETCH(QString, key);
        FleetState state = stateOf({{true, true}, {true, false}});
        state.maintenance.insert(key, {now + 1, {}, {}});
        QCOMPARE(roleOf(state), Health::Maintenance);
        QCOMPARE(treeHealth(state, *state.trees.begin(), now), Health::Maintenance);
        state.maintenance[key].until = now;
        QCOMPARE(roleOf(state), Health::Degraded);
    }

    void whatIsInMaintenanceIsNoProblem_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("problems");
        // 10.0.0.1 lives without its nginx, 10.0.0.2 is dead; both are in dev/nginx.
        QTest::newRow("nothing") << u"10.0.0.9"_s << 2;
        QTest::newRow("the service") << u"10.0.0.1/nginx/80"_s << 1;
        QTest::newRow("its server") << u"10.0.0.1"_s << 1;
        QTest::newRow("the dead server") << u"10.0.0.2"_s << 1;
        QTest::newRow("a service of the dead server") << u"10.0.0.2/nginx/80"_s << 2;
        QTest::newRow("the role, not a server below it") << u"paas/dev/nginx"_s << 1;
        QTest::newRow("the tree, not a server below it") << u"paas/dev"_s << 1;
        QTest::newRow("another role") << u"paas/dev/mysql"_s << 2;
        QTest::newRow("another tree") << u"paas/prod"_s << 2;
    }

    void whatIsInMaintenanceIsNoProblem()
    {
        QFETCH(QString, key);
        FleetState state = stateOf({{true, false}, {false, std::nullopt}});
        state.maintenance.insert(key, {now + 1, {}, {}});
        QTEST(int(fleetProblems(state, now).size()), "problems");
        // What is declared changes what is said of a server, never what is known of it.
        QCOMPARE(state.servers[u"10.0.0.2"_s].health(), Health::Died);
        state.maintenance[key].until = now;
        QCOMPARE(fleetProblems(state, now).size(), 2);
    }

    void anInstanceOfTwoTreesIsExcusedByBothOnly()
    {
        FleetState state = stateOf({{true, false}});
        PaasTree other = *state.trees.begin();
        other.id = u"prod"_s;
        state.trees.insert(other.id, other);
        state.maintenance.insert(u"paas/dev"_s, {now + 1, {}, {}});
        QCOMPARE(fleetProblems(state, now).size(), 1);
        QCOMPARE(fleetProblems(state, now).first().roles, QStringList(u"prod/nginx"_s));
        state.maintenance.insert(u"paas/prod/nginx"_s, {now + 1, {}, {}});
        QCOMPARE(fleetProblems(state, now).size(), 0);
    }

    void maintenanceHidesNoDeathBesideIt()
    {
        FleetState state = stateOf({{true, false}, {true, false}, {true, true}});
        state.maintenance.insert(u"10.0.0.1"_s, {now + 1, {}, {}});
        QCOMPARE(roleOf(state), Health::Degraded);
        const QList<Problem> problems = fleetProblems(state, now);
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().ip, u"10.0.0.2"_s);
    }

    void aTreeShowsItsWorstRoleThatHasInstances()
    {
        FleetState state = stateOf({{true, true}});
        state.trees.begin()->roles.append(PaasRole{u"mysql"_s, {}, {}, {}, 1, {}});
        QCOMPARE(treeHealth(state, *state.trees.begin(), now), Health::Alive);
    }

    void countsTheFleetOfThePictures()
    {
        const FleetTotals totals = fleetTotals(demoFleet(now), now);
        QCOMPARE(totals.servers, 30);
        QCOMPARE(totals.serversAlive, 27);
        QCOMPARE(totals.serversDied, 1);
        QCOMPARE(totals.serversUnknown, 1);
        QCOMPARE(totals.serversMaintenance, 1);
        QCOMPARE(totals.services, 421);
        QCOMPARE(totals.servicesDied, 1);
        QCOMPARE(totals.servicesUnknown, 9 + 8);
        QCOMPARE(totals.trees, 6);
        QCOMPARE(totals.treesAlive, 4);
        const FleetTotals calm = fleetTotals(calmFleet(now), now);
        QCOMPARE(calm.serversAlive, 30);
        QCOMPARE(calm.servicesAlive, 421);
        QCOMPARE(calm.treesAlive, 6);
    }

    void groupsProblemsByTheirCause()
    {
        const QList<Problem> problems = fleetProblems(demoFleet(now), now);
        QCOMPARE(problems.size(), 3);
        QCOMPARE(problems[0].health, Health::Died);
        QCOMPARE(problems[0].ip, u"10.207.26.251"_s);
        QVERIFY(!problems[0].service);
        QCOMPARE(problems[0].services.size(), 9);
        QCOMPARE(problems[0].roles, (QStringList{u"dev/mysql"_s, u"dev/comdb"_s}));
        QCOMPARE(problems[1].health, Health::Degraded);
        QCOMPARE(problems[1].service, std::optional(nginx));
        QCOMPARE(problems[1].roles, QStringList{u"dev/nginx"_s});
        QCOMPARE(problems[1].code, u"process.count"_s);
        QCOMPARE(problems[2].health, Health::Unknown);
        QVERIFY(fleetProblems(calmFleet(now), now).isEmpty());
    }

    void aServiceThatTakesItsRoleWithItHasDied()
    {
        FleetState state = stateOf({{true, false}});
        QCOMPARE(fleetProblems(state, now).first().health, Health::Died);
        state.trees.clear();
        QCOMPARE(fleetProblems(state, now).first().health, Health::Died);
    }

    void rollsUpTenThousandServers()
    {
        const FleetState state = hugeFleet(10'000, now);
        const FleetTotals totals = fleetTotals(state, now);
        QCOMPARE(totals.servers, 10'000);
        QCOMPARE(totals.serversDied, 100);
        QCOMPARE(fleetProblems(state, now).size(), 100 + 400);
    }
};

QTEST_GUILESS_MAIN(TestFleetState)
#include "tst_fleetstate.moc"
