// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/impactpreview.h"

#include <QTest>

#include <rapidcheck.h>

using namespace Treewarden;
using namespace Qt::StringLiterals;

/// What an action does to the roles of a tree, before it is done.
class TestImpactPreview : public QObject
{
    Q_OBJECT
    static constexpr qint64 m_now = 1'700'000'000'000;

    static QString ipOf(int number) { return u"10.0.0.%1"_s.arg(number + 1); }

    /// A server with web, cache and data whose services are alive as the bits say.
    static void addServer(FleetState &state, int number, bool isAlive, int services)
    {
        FleetServer server;
        server.ip = ipOf(number);
        server.alive = isAlive;
        server.wasSeen = true;
        int bit = 0;
        for (const QString &role : {u"web"_s, u"cache"_s, u"data"_s}) {
            const ServiceId id{role, u"default"_s};
            FleetService service{id, {}, {}};
            service.state.alive = (services >> bit++ & 1) == 1;
            server.services.insert(id, service);
        }
        state.servers.insert(server.ip, server);
    }

    static void addRole(PaasTree &tree, const QString &role, int instances, int least,
                        const QStringList &needs)
    {
        PaasRole entry{role, {}, {}, needs, least, {}};
        for (int i = 0; i < instances; ++i)
            entry.instances << PaasInstance{ipOf(i), u"default"_s};
        tree.roles << entry;
    }

    /// web needs cache needs data; `servers` of each.
    static FleetState fleet(int servers, int least = 1)
    {
        FleetState state;
        for (int i = 0; i < servers; ++i)
            addServer(state, i, true, 7);
        PaasTree tree{u"dev"_s, {}, 1, {}};
        addRole(tree, u"web"_s, servers, least, {u"cache"_s});
        addRole(tree, u"cache"_s, servers, least, {u"data"_s});
        addRole(tree, u"data"_s, servers, least, {});
        state.trees.insert(tree.id, tree);
        return state;
    }

    static ActionTarget target(int server, const QString &role)
    {
        return {ipOf(server), {role, u"default"_s}};
    }

    static void setAlive(FleetState &state, int server, const QString &role, bool isAlive)
    {
        state.servers[ipOf(server)].services[{role, u"default"_s}].state.alive = isAlive;
    }

private Q_SLOTS:

    void tellsWhatARestartDoes_data()
    {
        using Kind = RoleImpact::Kind;
        QTest::addColumn<int>("servers");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("died");
        QTest::addColumn<int>("atOnce");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<int>("left");
        QTest::newRow("one of three") << 3 << 1 << 0 << 1 << Kind::GoesOn << 2;
        QTest::newRow("two of three") << 3 << 1 << 0 << 2 << Kind::LosesRedundancy << 1;
        QTest::newRow("all of three") << 3 << 1 << 0 << 0 << Kind::GoesDown << 0;
        QTest::newRow("one of two") << 2 << 1 << 0 << 1 << Kind::LosesRedundancy << 1;
        QTest::newRow("the only one") << 1 << 1 << 0 << 1 << Kind::GoesDown << 0;
        QTest::newRow("one of three that needs two")
            << 3 << 2 << 0 << 1 << Kind::LosesRedundancy << 2;
        QTest::newRow("two of three that needs two") << 3 << 2 << 0 << 2 << Kind::GoesDown << 1;
        QTest::newRow("the last that lives") << 3 << 1 << 2 << 1 << Kind::GoesDown << 0;
        QTest::newRow("what died already") << 2 << 1 << 2 << 1 << Kind::GoesOn << 0;
    }

    void tellsWhatARestartDoes()
    {
        QFETCH(int, servers);
        QFETCH(int, least);
        QFETCH(int, died);
        QFETCH(int, atOnce);
        FleetState state = fleet(servers, least);
        QList<ActionTarget> targets;
        for (int i = 0; i < servers; ++i) {
            targets << target(i, u"web"_s);
            if (i < died)
                setAlive(state, i, u"web"_s, false);
        }
        const Impact impact = previewImpact(state, targets, u"restart", atOnce, m_now);
        QCOMPARE(impact.roles.size(), 1);
        const RoleImpact &role = impact.roles.first();
        QTEST(role.kind, "kind");
        QTEST(role.aliveWhile, "left");
        QCOMPARE(role.alive, servers - died);
        QVERIFY(role.sentence.startsWith(u"dev/web"_s));
        QCOMPARE(impact.takesDown(), role.kind == RoleImpact::Kind::GoesDown);
    }

    void namesWhatDependsOnIt()
    {
        const FleetState state = fleet(1);
        const Impact impact = previewImpact(state, {target(0, u"data"_s)}, u"stop", 0, m_now);
        QCOMPARE(impact.roles.first().dependants, QStringList({u"cache"_s, u"web"_s}));
        QVERIFY2(impact.roles.first().sentence.contains(u"needed by cache, web"_s),
                 qPrintable(impact.roles.first().sentence));
    }

    void countsAServerWithAllThatItCarries()
    {
        const FleetState state = fleet(2);
        const ActionTarget whole{ipOf(0), {u"system"_s, u"default"_s}};
        const Impact impact = previewImpact(state, {whole}, u"restart", 0, m_now);
        QCOMPARE(impact.roles.size(), 3);
        for (const RoleImpact &role : impact.roles)
            QCOMPARE(role.kind, RoleImpact::Kind::LosesRedundancy);
        const ActionTarget both{ipOf(1), {u"system"_s, u"default"_s}};
        QVERIFY(previewImpact(state, {whole, both}, u"shutdown", 0, m_now).takesDown());
    }

    void takesNothingAwayWithAReload()
    {
        const FleetState state = fleet(1);
        for (const QStringView action : {u"start", u"reload", u"refresh", u"ping"})
            QVERIFY(!previewImpact(state, {target(0, u"web"_s)}, action, 0, m_now).takesDown());
        QVERIFY(previewImpact(state, {target(0, u"web"_s)}, u"flush", 0, m_now).takesDown());
    }

    void guardsTheLastOneOfEveryTree()
    {
        FleetState state = fleet(3);
        // Another tree has only the first server.
        PaasTree other{u"shop"_s, {}, 1, {}};
        addRole(other, u"web"_s, 1, 1, {});
        state.trees.insert(other.id, other);
        QVERIFY2(takingTooMuch(state, target(0, u"web"_s), {}, m_now).contains(u"shop/web"_s),
                 qPrintable(takingTooMuch(state, target(0, u"web"_s), {}, m_now)));
        QCOMPARE(takingTooMuch(state, target(1, u"web"_s), {}, m_now), QString());
        QVERIFY(!takingTooMuch(state, target(1, u"web"_s),
                               {target(0, u"web"_s), target(2, u"web"_s)}, m_now)
                     .isEmpty());
        setAlive(state, 0, u"web"_s, false);
        QCOMPARE(takingTooMuch(state, target(0, u"web"_s), {}, m_now), QString());
    }

    /// Whatever the fleet: taking away all that the guard allows, in any order, leaves each role
    /// what it needs, or no less than it had.
    void neverLetsARoleGoBelowWhatItNeeds()
    {
        const bool isKept = rc::check("the guard keeps every role alive", [] {
            const int servers = *rc::gen::inRange(1, 7);
            FleetState state = fleet(servers, *rc::gen::inRange(0, 4));
            for (int i = 0; i < servers; ++i)
                addServer(state, i, *rc::gen::inRange(0, 5) > 0, *rc::gen::inRange(0, 8));
            QList<ActionTarget> wanted;
            const int count = *rc::gen::inRange(0, 12);
            for (int i = 0; i < count; ++i) {
                const QString role
                    = *rc::gen::element(u"web"_s, u"cache"_s, u"data"_s, u"system"_s);
                wanted << target(*rc::gen::inRange(0, servers), role);
            }
            QList<ActionTarget> taken;
            for (const ActionTarget &next : std::as_const(wanted)) {
                if (takingTooMuch(state, next, taken, m_now).isEmpty())
                    taken << next;
            }
            for (const PaasRole &role : state.trees.value(u"dev"_s).roles) {
                const int before = livingWithout(state, role, {}, m_now);
                const int left = livingWithout(state, role, taken, m_now);
                RC_ASSERT(left == before || left >= std::max(1, role.least));
            }
            // And the preview says of them what the guard says.
            const Impact impact = previewImpact(state, taken, u"restart", 0, m_now);
            RC_ASSERT(!impact.takesDown() || taken.isEmpty());
        });
        QVERIFY(isKept);
    }
};

QTEST_GUILESS_MAIN(TestImpactPreview)
#include "tst_impactpreview.moc"
