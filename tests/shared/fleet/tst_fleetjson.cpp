// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/fleet/fleetjson.h"
#include "tests/support/demofleet.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'700'000'000'000;

QJsonValue parsed(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("not JSON: %s", json.constData());
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QJsonObject find(const QJsonArray &array, const QString &name, const QString &value)
{
    for (const auto &element : array) {
        if (element.toObject().value(name).toString() == value)
            return element.toObject();
    }
    return {};
}

} // namespace

class TestFleetJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:

    void listsServersWorstFirst()
    {
        const QJsonObject fleet = parsed(fleetJson(demoFleet(now), now)).toObject();
        QCOMPARE(fleet.value(u"generated").toInteger(), now);
        QCOMPARE(fleet.value(u"totals").toObject().value(u"servers_alive").toInt(), 27);
        const QJsonArray servers = fleet.value(u"servers").toArray();
        QCOMPARE(servers.size(), 30);
        QStringList healths;
        for (int i = 0; i < 5; ++i)
            healths << servers.at(i).toObject().value(u"health").toString();
        QCOMPARE(
            healths,
            (QStringList{u"died"_s, u"degraded"_s, u"unknown"_s, u"maintenance"_s, u"alive"_s}));
        QCOMPARE(servers.at(4).toObject().value(u"ip").toString(), u"10.207.26.220"_s);
    }

    void writesAliveAsTheContractHasIt()
    {
        const QJsonArray servers
            = parsed(fleetJson(demoFleet(now), now)).toObject().value(u"servers").toArray();
        const QJsonObject died = find(servers, u"hostname"_s, u"db-02"_s);
        QCOMPARE(died.value(u"alive"), QJsonValue(0));
        QCOMPARE(died.value(u"services").toArray().at(0).toObject().value(u"alive"),
                 QJsonValue(QJsonValue::Null));
        QCOMPARE(find(servers, u"hostname"_s, u"mon-01"_s).value(u"alive"),
                 QJsonValue(QJsonValue::Null));
        const QJsonObject degraded = find(servers, u"hostname"_s, u"web-03"_s);
        QCOMPARE(degraded.value(u"alive"), QJsonValue(1));
        const QJsonObject nginx
            = find(degraded.value(u"services").toArray(), u"role"_s, u"nginx"_s);
        QCOMPARE(nginx.value(u"alive"), QJsonValue(0));
        QCOMPARE(nginx.value(u"since").toInteger(), now - 22 * 60'000);
        QCOMPARE(nginx.value(u"reason").toString(), u"0 processes found, 4 expected"_s);
        QCOMPARE(nginx.value(u"args").toObject().value(u"least").toInt(), 4);
        QCOMPARE(degraded.value(u"workload")
                     .toObject()
                     .value(u"cpu")
                     .toObject()
                     .value(u"busy")
                     .toDouble(),
                 20.7);
    }

    void tellsAServersFactsAndEvents()
    {
        const FleetState state = demoFleet(now);
        const QJsonObject server
            = parsed(serverJson(state, state.servers.value(u"10.207.26.233"_s), now)).toObject();
        QCOMPARE(server.value(u"info").toObject().value(u"kernel").toString(), u"6.1.0-18-amd64"_s);
        QCOMPARE(server.value(u"events").toArray().size(), 1);
        QVERIFY(!server.value(u"info").toObject().contains(u"machine_id"));
        QCOMPARE(server.value(u"workload")
                     .toObject()
                     .value(u"processes")
                     .toObject()
                     .value(u"total")
                     .toInt(),
                 224);
    }

    void tellsTreesWithEveryInstance()
    {
        const FleetState state = demoFleet(now);
        const QJsonArray trees = parsed(treesJson(state, now)).toArray();
        QCOMPARE(trees.size(), 6);
        const QJsonObject dev = find(trees, u"id"_s, u"dev"_s);
        QCOMPARE(dev.value(u"health").toString(), u"degraded"_s);
        const QJsonObject mysql = find(dev.value(u"roles").toArray(), u"role"_s, u"mysql"_s);
        QCOMPARE(mysql.value(u"alive").toInt(), 7);
        QCOMPARE(mysql.value(u"total").toInt(), 11);
        QCOMPARE(
            mysql.value(u"instances").toArray().at(10).toObject().value(u"hostname").toString(),
            u"db-02"_s);
        QCOMPARE(parsed(treeJson(state, state.trees.value(u"dev"_s), now)).toObject(), dev);
    }

    void toleratesInstancesOfUnknownServers()
    {
        FleetState state;
        PaasTree tree;
        tree.id = u"x"_s;
        tree.roles.append(PaasRole{u"nginx"_s, {}, {}, {}, 1, {{u"10.9.9.9"_s, u"80"_s}}});
        state.trees.insert(tree.id, tree);
        const QJsonObject role = parsed(treeJson(state, tree, now))
                                     .toObject()
                                     .value(u"roles")
                                     .toArray()
                                     .at(0)
                                     .toObject();
        QCOMPARE(role.value(u"health").toString(), u"unknown"_s);
        QCOMPARE(role.value(u"instances").toArray().at(0).toObject().value(u"alive"),
                 QJsonValue(QJsonValue::Null));
    }

    void showsVisitorsNoPathNoPersonAndNoCommand()
    {
        Event event{u"5-0"_s,
                    u"service"_s,
                    u"10.0.0.7"_s,
                    {{u"by"_s, u"li.wei"_s},
                     {u"key"_s, u"k1"_s},
                     {u"cmd"_s, u"rm"_s},
                     {u"action"_s, u"restart"_s},
                     {u"reason"_s, u"cannot read /run/secret/x.pid: gone"_s},
                     {u"args"_s, QJsonObject{{u"path"_s, u"/run/x"_s}, {u"found"_s, 0}}}}};
        const QByteArray json = eventsJson({event});
        QCOMPARE(json,
                 QByteArray("[{\"id\":\"5-0\",\"type\":\"service\",\"ip\":\"10.0.0.7\",\"reason\":"
                            "\"cannot read …: gone\","
                            "\"args\":{\"found\":0,\"path\":\"…\"},\"action\":\"restart\"}]"));
        event.json = {{u"flapping"_s, 17}, {u"probe"_s, u"mysql:3306"_s}, {u"took"_s, 812}};
        for (const char *part : {"\"flapping\":17", "\"probe\":\"mysql:3306\"", "\"took\":812"})
            QVERIFY(eventsJson({event}).contains(part));
        event.type = u"maintenance"_s;
        event.json = {{u"state"_s, u"started"_s}, {u"until"_s, 9}, {u"reason"_s, u"move"_s}};
        QVERIFY(eventsJson({event}).contains("\"until\":9"));
        QVERIFY(!eventsJson({event}).contains("move"));
        event.type = u"command"_s;
        event.json = {{u"by"_s, u"sweeper"_s}, // whoever calls himself so
                      {u"action"_s, u"restart"_s},
                      {u"detail"_s, u"exit status 3: /srv/secret"_s},
                      {u"key"_s, u"4f9a0c1d2e3b5a67"_s},
                      {u"reason"_s, u"it leaks"_s}};
        const QByteArray command = eventsJson({event});
        QVERIFY2(command.contains("restart") && !command.contains("sweeper")
                     && !command.contains("secret") && !command.contains("4f9a")
                     && !command.contains("leaks"),
                 command);

        event.type = u"alive"_s;
        event.json = {{u"by"_s, u"sweeper"_s}, {u"alive"_s, 0}};
        QVERIFY(eventsJson({event}).contains("\"by\":\"sweeper\""));
    }

    void showsVisitorsNoTextOfACheck()
    {
        FleetState state = calmFleet(now);
        FleetServer &server = *state.servers.begin();
        FleetService &service = *server.services.begin();
        service.state.alive = false;
        service.state.code = u"check.text"_s;
        service.state.reason
            = u"the text check \"curl -u root:pw host\" cannot be evaluated: (no pw)"_s;
        service.state.args = {{u"text"_s, u"curl -u root:pw host"_s}, {u"why"_s, u"(no pw)"_s}};
        const Event event{
            u"5-0"_s,
            u"service"_s,
            server.ip,
            {{u"reason"_s, u"0 of 1 expected processes found (mysqld --secret)"_s},
             {u"args"_s, QJsonObject{{u"what"_s, u"mysqld --secret"_s}, {u"found"_s, 0}}}}};
        state.events = {event};
        for (const QByteArray &json :
             {fleetJson(state, now), serverJson(state, server, now), eventsJson({event})})
            QVERIFY2(!json.contains("pw") && !json.contains("secret"), json);
        QVERIFY(eventsJson({event}).contains("0 of 1 expected processes found (…)"));
    }

    void keepsHostileTextsInsideTheirQuotes()
    {
        FleetState state = calmFleet(now);
        FleetServer &server = *state.servers.begin();
        server.info.hostname = u"a\"},{\"\u0000\n</script>"_s + QChar(0xd800);
        parsed(fleetJson(state, now));
        parsed(serverJson(state, server, now));
    }
};

QTEST_GUILESS_MAIN(TestFleetJson)
#include "tst_fleetjson.moc"
