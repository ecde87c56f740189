// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleettext.h"
#include "console/models/serverevents.h"
#include "console/models/servicemodel.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'000'000'000;
const QString webThree = u"10.207.26.233"_s, databaseTwo = u"10.207.26.251"_s,
              fileTwo = u"10.207.26.247"_s;

} // namespace

class TestServiceModel : public QObject
{
    Q_OBJECT

    using Tester = QAbstractItemModelTester;
    static constexpr auto fatal = Tester::FailureReportingMode::QtTest;

private Q_SLOTS:

    void showsWhatIsNotAliveFirstAndWhy()
    {
        FixedSource source(demoFleet(evening), evening);
        ServiceModel model(source);
        Tester tester(&model, fatal);
        model.setServer(webThree);
        QCOMPARE(model.rowCount(), 11);
        QCOMPARE(model.aliveCount(), 10);
        const QModelIndex first = model.index(0);
        QCOMPARE(first.data().toString(), u"nginx 80"_s);
        QCOMPARE(Health(first.data(ServiceModel::HealthRole).toInt()), Health::Died);
        QCOMPARE(first.data(ServiceModel::NoteRole).toString(), u"22 min"_s);
        QVERIFY(first.data(ServiceModel::WhyRole).toString().contains(u"4"_s));
    }

    void aDeadServerTellsNothingAboutItsServices()
    {
        FixedSource source(demoFleet(evening), evening);
        ServiceModel model(source);
        Tester tester(&model, fatal);
        model.setServer(databaseTwo);
        QCOMPARE(model.rowCount(), 9);
        QCOMPARE(model.aliveCount(), 0);
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(Health(model.index(row).data(ServiceModel::HealthRole).toInt()),
                     Health::Unknown);
            QCOMPARE(model.index(row).data(ServiceModel::NoteRole).toString(), u"–"_s);
        }
    }

    void aServiceTellsItsNewestLoad()
    {
        FixedSource source(calmFleet(evening), evening);
        ServiceModel model(source);
        Tester tester(&model, fatal);
        model.setServer(webThree);
        QVERIFY(model.index(0).data(ServiceModel::LoadRole).toString().isEmpty());
        const auto id = ServiceId::parse(model.index(0).data(ServiceModel::ServiceRole).toString());
        QVERIFY(id);
        QJsonObject load{{u"requests"_s, 340},
                         {u"workers\n\u202E"_s, 12},
                         {u"a"_s, 1},
                         {u"b"_s, 2},
                         {u"c"_s, 3}};
        source.edit().servers[webThree].services[*id].workload = load;
        Q_EMIT source.serverChanged(webThree);
        const QString told = model.index(0).data(ServiceModel::LoadRole).toString();
        QVERIFY2(told.startsWith(u"a 1, b 2, c 3, requests 340"_s), qPrintable(told));
        QVERIFY(!told.contains(u'\n') && !told.contains(QChar(0x202E)));
    }

    void maintenanceTellsItsEnd()
    {
        FixedSource source(demoFleet(evening), evening);
        ServiceModel model(source);
        Tester tester(&model, fatal);
        model.setServer(fileTwo);
        QCOMPARE(Health(model.index(0).data(ServiceModel::HealthRole).toInt()),
                 Health::Maintenance);
        const QString end
            = QDateTime::fromMSecsSinceEpoch(evening + 40 * 60'000).toString(u"HH:mm"_s);
        QVERIFY(model.index(0).data(ServiceModel::NoteRole).toString().contains(end));
    }

    void aDeathMovesUpAndTheSelectionGoesAlong()
    {
        FixedSource source(demoFleet(evening), evening);
        ServiceModel model(source);
        Tester tester(&model, fatal);
        model.setServer(webThree);
        const QPersistentModelIndex last = model.index(model.rowCount() - 1);
        const QString id = last.data(ServiceModel::ServiceRole).toString();
        source.edit().servers[webThree].services[*ServiceId::parse(id)].state.alive = false;
        Q_EMIT source.serverChanged(webThree);
        QCOMPARE(last.data(ServiceModel::ServiceRole).toString(), id);
        QCOMPARE(last.row(), 1);
    }

    void aServerThatLeavesLeavesAnEmptyList()
    {
        FixedSource source(demoFleet(evening), evening);
        ServiceModel model(source);
        Tester tester(&model, fatal);
        model.setServer(webThree);
        source.edit().servers.remove(webThree);
        Q_EMIT source.serverRemoved(webThree);
        QCOMPARE(model.rowCount(), 0);
        model.setServer(u"no ip at all"_s);
        QCOMPARE(model.rowCount(), 0);
    }

    void listsTheEventsOfOneServer()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerEvents model(source);
        Tester tester(&model, fatal);
        model.setServer(webThree);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.index(0).data().toString().startsWith(u"nginx on web-03 died"_s));
        Event event;
        event.id = u"1700000000001-0"_s;
        event.type = u"service"_s;
        event.ip = webThree;
        event.json = {{u"role"_s, u"nginx"_s}, {u"instance"_s, u"80"_s}, {u"alive"_s, 1}};
        Event other = event;
        other.ip = databaseTwo;
        Q_EMIT source.eventsAdded({event, other});
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.index(0).data().toString().startsWith(u"nginx on web-03 alive"_s));
        QCOMPARE(model.index(0).data(ServerEvents::TimeRole).toLongLong(), 1'700'000'000'001);
    }

    void addsEventsThatCameTogetherAtOnce()
    {
        FixedSource source(demoFleet(evening), evening);
        ServerEvents model(source);
        Tester tester(&model, fatal);
        model.showAll();
        QList<Event> events;
        for (int i = 1; i <= 5; ++i) {
            Event event;
            event.id = u"170000000000%1-0"_s.arg(i);
            event.type = u"service"_s;
            event.ip = webThree;
            events << event;
        }
        QSignalSpy inserted(&model, &ServerEvents::rowsInserted);
        Q_EMIT source.eventsAdded(events);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.index(0).data(ServerEvents::TimeRole).toLongLong(), 1'700'000'000'005);
        QCOMPARE(model.index(4).data(ServerEvents::TimeRole).toLongLong(), 1'700'000'000'001);
    }

    void everyEventIsOneLineWhateverItHolds()
    {
        const FleetState fleet = demoFleet(evening);
        const QString nasty = u"<img src=x>\u202E\n\u0000"_s + QString(20'000, u'y');
        for (const char16_t *type : {u"alive", u"service", u"service-removed", u"config",
                                     u"address", u"command", u"agent", u"\nnew"}) {
            Event event;
            event.type = QString::fromUtf16(type);
            event.ip = webThree;
            event.json = {{u"role"_s, nasty},      {u"instance"_s, nasty},  {u"reason"_s, nasty},
                          {u"detail"_s, nasty},    {u"alive"_s, u"soon"_s}, {u"version"_s, nasty},
                          {u"addresses"_s, nasty}, {u"timestamp"_s, nasty}};
            const QString sentence = eventText(event, fleet);
            QVERIFY(!sentence.isEmpty());
            QVERIFY2(sentence.size() < 1500, qPrintable(sentence.left(80)));
            QVERIFY(!sentence.contains(u'\n') && !sentence.contains(QChar(0x202E)));
            QCOMPARE(eventTime(event), 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestServiceModel)
#include "tst_servicemodel.moc"
