// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetrollup.h"
#include "tests/support/demofleet.h"

#include <QTest>

#include <random>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

using Row = std::tuple<Health, QString, QString, qint64, QStringList, QStringList, QStringList>;

QList<Row> rows(const QList<Problem> &problems)
{
    QList<Row> result;
    for (const Problem &problem : problems)
        result.emplaceBack(problem.health, problem.ip,
                           problem.service ? problem.service->text() : QString(), problem.since,
                           problem.services, problem.roles, problem.dependents);
    return result;
}

/// A fleet that changes at random; what changed is told as a FleetSource tells it.
class ChangingFleet
{
public:
    FleetState state = demoFleet(evening);
    qint64 now = evening;

    explicit ChangingFleet(FleetRollup &rollup)
        : m_rollup(rollup)
        , m_ips(state.servers.keys())
    {
        m_ips.sort();
        m_rollup.rebuild(state, now);
    }

    void change()
    {
        const QString ip = m_ips[pick(m_ips.size())];
        switch (pick(8)) {
        case 0:
            if (state.servers.contains(ip))
                m_gone.insert(ip, state.servers.take(ip));
            break;
        case 1:
            if (m_gone.contains(ip))
                state.servers.insert(ip, m_gone.take(ip));
            break;
        case 2:
            changeMaintenance(ip);
            return m_rollup.rebuild(state, now);
        case 3:
            if (auto server = state.servers.find(ip); server != state.servers.end())
                server->alive = someState();
            break;
        default:
            changeService(ip);
        }
        m_rollup.update(state, ip, now);
    }

private:
    qsizetype pick(qsizetype count) { return qsizetype(m_random() % quint32(count)); }

    std::optional<bool> someState()
    {
        return std::array{std::optional(true), std::optional(false),
                          std::optional<bool>()}[size_t(pick(3))];
    }

    void changeService(const QString &ip)
    {
        const auto server = state.servers.find(ip);
        if (server == state.servers.end() || server->services.isEmpty())
            return;
        auto service = std::next(server->services.begin(), pick(server->services.size()));
        service->state.alive = someState();
        service->state.since = now + pick(1000);
    }

    void changeMaintenance(const QString &ip)
    {
        const QStringList keys{ip, u"paas/dev"_s, u"paas/dev/mysql"_s, u"paas/dev/nginx"_s};
        const QString key = keys[pick(keys.size())];
        if (!state.maintenance.remove(key))
            state.maintenance.insert(key, {now + 1000, {}, {}});
    }

    FleetRollup &m_rollup;
    QStringList m_ips;
    QHash<QString, FleetServer> m_gone;
    std::mt19937 m_random{5};
};

} // namespace

/// The roll-up that follows each change must say what counting everything says.
class TestFleetRollup : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void saysWhatCountingEverythingSays()
    {
        FleetRollup rollup;
        ChangingFleet fleet(rollup);
        bool hadProblems = false;
        for (int round = 0; round < 3000; ++round) {
            fleet.change();
            QCOMPARE(rollup.totals(), fleetTotals(fleet.state, fleet.now));
            const auto problems = rows(fleetProblems(fleet.state, fleet.now));
            QCOMPARE(rows(rollup.problems(fleet.state, fleet.now)), problems);
            hadProblems |= !problems.isEmpty();
            for (const PaasTree &tree : std::as_const(fleet.state.trees)) {
                QCOMPARE(rollup.tree(tree.id), treeHealth(fleet.state, tree, fleet.now));
                for (qsizetype i = 0; i < tree.roles.size(); ++i) {
                    const RoleHealth counted
                        = roleHealth(fleet.state, tree, tree.roles[i], fleet.now);
                    const RoleHealth kept = rollup.role(tree.id, i);
                    QCOMPARE(kept.health, counted.health);
                    QCOMPARE(kept.alive, counted.alive);
                    QCOMPARE(kept.total, counted.total);
                }
            }
        }
        QVERIFY(hadProblems);
    }

    void knowsWhenAMaintenanceEnds()
    {
        FleetState state = demoFleet(evening);
        state.maintenance = {{u"10.207.26.251"_s, {evening + 5000, {}, {}}},
                             {u"paas/dev"_s, {evening + 9000, {}, {}}},
                             {u"10.0.0.1"_s, {evening - 1, {}, {}}}};
        FleetRollup rollup;
        rollup.rebuild(state, evening);
        QCOMPARE(rollup.validUntil(), evening + 5000);
        QCOMPARE(rollup.totals().serversMaintenance, 1);
        rollup.rebuild(state, evening + 5000);
        QCOMPARE(rollup.validUntil(), evening + 9000);
        QCOMPARE(rollup.totals().serversMaintenance, 0);
    }

    void whatIsNotThereIsUnknown()
    {
        FleetRollup rollup;
        QCOMPARE(rollup.tree(u"dev"_s), Health::Unknown);
        QCOMPARE(rollup.role(u"dev"_s, 0).total, 0);
        rollup.rebuild({}, evening);
        rollup.update({}, u"10.0.0.1"_s, evening);
        QCOMPARE(rollup.totals(), FleetTotals());
        QVERIFY(rollup.problems({}, evening).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFleetRollup)
#include "tst_fleetrollup.moc"
