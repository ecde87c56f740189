// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/pagehistory.h"
#include "console/models/palettemodel.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

int scoreOf(const QString &typed, const QString &text)
{
    return fuzzyScore(fuzzyWords(typed), FuzzyText(text));
}

PaletteItem offered(PaletteItem::Kind kind, const QString &key, const QString &title,
                    const QString &detail = {})
{
    PaletteItem item;
    item.kind = kind;
    item.key = key;
    item.title = title;
    item.detail = detail;
    return item;
}

QList<PaletteItem> someOffers()
{
    using Kind = PaletteItem::Kind;
    PaletteItem lock = offered(Kind::Action, u"action/lock"_s, u"Lock the key"_s, u"Key"_s);
    lock.isEnabled = false;
    return {offered(Kind::Page, u"page/overview"_s, u"Overview"_s, u"Page"_s),
            offered(Kind::Page, u"page/fleet"_s, u"Fleet"_s, u"Page"_s),
            offered(Kind::Action, u"action/restart"_s, u"Restart…"_s, u"Actions"_s),
            offered(Kind::Action, u"action/dark"_s, u"Dark"_s, u"Theme"_s), lock};
}

} // namespace

class TestPaletteModel : public QObject
{
    Q_OBJECT

    static QStringList titles(const PaletteModel &model)
    {
        QStringList titles;
        for (int row = 0; row < model.rowCount(); ++row)
            titles << (model.item(row).kind == PaletteItem::Kind::Heading
                           ? u"# "_s + model.item(row).title
                           : model.item(row).title);
        return titles;
    }

private Q_SLOTS:

    void aWordIsFoundByItsLettersInTheirOrder()
    {
        QVERIFY(scoreOf(u"web"_s, u"web-01"_s) > 0);
        QVERIFY(scoreOf(u"wb1"_s, u"web-01"_s) > 0);
        QVERIFY(scoreOf(u"WEB"_s, u"web-01"_s) > 0);
        QCOMPARE(scoreOf(u"bew"_s, u"web-01"_s), 0);
        QCOMPARE(scoreOf(u"webx"_s, u"web-01"_s), 0);
        QCOMPARE(scoreOf(u"web-012"_s, u"web-01"_s), 0);
        QCOMPARE(scoreOf({}, u"web-01"_s), 0);
    }

    void whatBeginsAWordComesFirst()
    {
        QVERIFY(scoreOf(u"sql"_s, u"sql-01"_s) > scoreOf(u"sql"_s, u"mysql-01"_s));
        QVERIFY(scoreOf(u"01"_s, u"db01"_s) > scoreOf(u"01"_s, u"db-101"_s));
        QVERIFY(scoreOf(u"st"_s, u"service tree"_s) > scoreOf(u"vt"_s, u"service tree"_s));
        QVERIFY(scoreOf(u"web"_s, u"web-01"_s) > scoreOf(u"web"_s, u"web-01.shanghai.example"_s));
        QVERIFY(scoreOf(u"db-1"_s, u"db-1"_s) > scoreOf(u"db-1"_s, u"db-11"_s));
        QVERIFY(scoreOf(u"redis"_s, u"my-redis"_s) > scoreOf(u"redis"_s, u"r-e-d-i-s"_s));
    }

    void everyWordMustFit()
    {
        QVERIFY(scoreOf(u"db mysql"_s, u"mysql 3306 db-01"_s) > 0);
        QCOMPARE(scoreOf(u"db nginx"_s, u"mysql 3306 db-01"_s), 0);
    }

    void numbersAreFoundWhole()
    {
        QVERIFY(scoreOf(u"26.25"_s, u"10.207.26.250"_s) > 0);
        QCOMPARE(scoreOf(u"125"_s, u"10.207.26.250"_s), 0);
    }

    void aServiceIsFoundByItsNameAndItsServers()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        const QAbstractItemModelTester tester(&model);
        model.open(someOffers(), {});
        model.setText(u"nginx web-03"_s);
        const int row = model.selectable(0, 1);
        QCOMPARE(model.item(row).key, u"server/10.207.26.233/nginx/80"_s);
        QCOMPARE(model.item(row).title, u"nginx on web-03"_s);
        QCOMPARE(model.item(row).health, Health::Died);
        QCOMPARE(model.item(row).target.places,
                 (QList<ActionTarget>{{u"10.207.26.233"_s, {u"nginx"_s, u"80"_s}}}));
        QVERIFY(model.index(row).data(Qt::AccessibleTextRole).toString().contains(u"died"_s));
    }

    void aServersNameDoesNotBringAllItsServices()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open({}, {});
        model.setText(u"db-02"_s);
        QCOMPARE(titles(model), (QStringList{u"# Servers"_s, u"db-02"_s}));
        model.setText(u"10.207.26.251"_s);
        QCOMPARE(titles(model), (QStringList{u"# Servers"_s, u"db-02"_s}));
    }

    void rolesAndTreesAreAmongTheServices()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open({}, {});
        model.setText(u"mysql in dev"_s);
        const PaletteItem &item = model.item(model.selectable(0, 1));
        QCOMPARE(item.kind, PaletteItem::Kind::Role);
        QCOMPARE(item.what(), u"dev/mysql"_s);
        QVERIFY(item.target.isRole());
        QVERIFY(!item.target.isEmpty());
    }

    void groupsStandInTheOrderOfTheirBest()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open(someOffers(), {});
        model.setText(u"fleet"_s);
        QCOMPARE(titles(model).first(2), (QStringList{u"# Pages"_s, u"Fleet"_s}));
        model.setText(u"web-03"_s);
        QCOMPARE(titles(model).first(2), (QStringList{u"# Servers"_s, u"web-03"_s}));
    }

    void nothingTypedShowsWhatWasUsedLast()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open(someOffers(),
                   {u"server/10.207.26.233"_s, u"server/10.9.9.9"_s, u"gone"_s,
                    u"server/10.207.26.233/nginx/80"_s, u"page/fleet"_s});
        QCOMPARE(titles(model),
                 (QStringList{u"# Used last"_s, u"web-03"_s, u"nginx on web-03"_s, u"Fleet"_s,
                              u"# Pages"_s, u"Overview"_s, u"Fleet"_s, u"# Actions"_s,
                              u"Restart…"_s, u"Dark"_s}));
    }

    void whatWasUsedLastComesFirstAmongEquals()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open({}, {u"server/10.207.26.235"_s});
        model.setText(u"web"_s);
        QCOMPARE(model.item(1).title, u"web-05"_s);
        QCOMPARE(titles(model).count(u"web-05"_s), 1);
        model.open({}, {});
        model.setText(u"web"_s);
        QCOMPARE(model.item(1).title, u"web-03"_s); // it is degraded
        QCOMPARE(model.item(2).title, u"web-01"_s);
    }

    void whatIsWorstComesFirstAmongEquals()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open({}, {});
        model.setText(u"nginx 80 web"_s);
        QCOMPARE(model.item(1).title, u"nginx on web-03"_s); // the one that died
        QCOMPARE(model.item(2).title, u"nginx on web-01"_s);
        model.setText(u"mysql"_s);
        QCOMPARE(model.item(1).kind, PaletteItem::Kind::Role); // the whole before its parts
    }

    void anAngleBracketAsksForActionsOnly()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open(someOffers(), {});
        model.setText(u">"_s);
        QCOMPARE(titles(model),
                 (QStringList{u"# Actions"_s, u"Restart…"_s, u"Dark"_s,
                              u"Lock the key"_s})); // what can't be done: last
        model.setText(u"> theme"_s);
        QCOMPARE(titles(model), (QStringList{u"# Actions"_s, u"Dark"_s}));
        model.setText(u"> web-03"_s);
        QCOMPARE(model.sentence(), u"No action is called that."_s);
    }

    void nothingFoundIsOneSentence()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open(someOffers(), {});
        QVERIFY(model.sentence().isEmpty());
        model.setText(u"zzzzz"_s);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.sentence(), u"No server, service, page or action is called that."_s);
    }

    void choicesStandAlone()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        const QAbstractItemModelTester tester(&model);
        model.open(someOffers(), {});
        model.setChoices({offered(PaletteItem::Kind::Choice, u"restart"_s, u"Restart…"_s),
                          offered(PaletteItem::Kind::Choice, u"stop"_s, u"Stop…"_s)});
        QCOMPARE(titles(model), (QStringList{u"Restart…"_s, u"Stop…"_s}));
        model.setText(u"sto"_s);
        QCOMPARE(titles(model), QStringList{u"Stop…"_s});
        model.open(someOffers(), {});
        QCOMPARE(titles(model).first(), u"# Pages"_s);
    }

    void aChangedFleetIsReadWhenThePaletteOpens()
    {
        FixedSource source(emptyFleet(), evening);
        PaletteModel model(source);
        model.open({}, {});
        model.setText(u"web-03"_s);
        QCOMPARE(model.rowCount(), 0);
        source.replace(demoFleet(evening));
        model.open({}, {});
        model.setText(u"web-03"_s);
        QVERIFY(model.rowCount() > 0);
        source.replace(emptyFleet()); // while it is open: what is gone is not offered
        model.setText(u"web-0"_s);
        QCOMPARE(model.rowCount(), 0);
    }

    void aNewNameOrServiceIsFoundToo()
    {
        FixedSource source(demoFleet(evening), evening);
        PaletteModel model(source);
        model.open({}, {});
        source.edit().servers[u"10.207.26.233"_s].info.hostname = u"teapot"_s;
        FleetServer &other = source.edit().servers[u"10.207.26.231"_s];
        const ServiceId kettle{u"kettle"_s, u"1"_s};
        other.services.insert(kettle, {kettle, {}, {}});
        Q_EMIT source.serverChanged(u"10.207.26.233"_s);
        Q_EMIT source.serverChanged(u"10.207.26.231"_s);
        model.open({}, {});
        model.setText(u"teapot"_s);
        QCOMPARE(model.item(1).key, u"server/10.207.26.233"_s);
        model.setText(u"kettle"_s);
        QCOMPARE(model.item(1).key, u"server/10.207.26.231/kettle/1"_s);
        other.services.remove(kettle);
        Q_EMIT source.serverChanged(u"10.207.26.231"_s);
        model.open({}, {});
        model.setText(u"kettle"_s);
        QCOMPARE(model.rowCount(), 0);
    }

    void hostileNamesAreOneLine()
    {
        FleetState state = demoFleet(evening);
        for (FleetServer &server : state.servers)
            server.info.hostname = u"<b>x</b>\n\u202e"_s + QString(10'000, u'W');
        FixedSource source(state, evening);
        PaletteModel model(source);
        model.open({}, {});
        model.setText(u"<b>"_s);
        QVERIFY(model.rowCount() > 1);
        QVERIFY(!model.item(1).title.contains(u'\n'));
        QVERIFY(!model.item(1).title.contains(QChar(0x202e)));
        model.setText(QString(200, u'w'));
        QVERIFY(!model.sentence().isEmpty());
    }

    /// 10,000 servers with 10 services each: no keystroke may be felt.
    void aKeystrokeIsFastInALargeFleet()
    {
        FixedSource source(hugeFleet(10'000), evening);
        PaletteModel model(source);
        QElapsedTimer clock;
        clock.start();
        model.open(someOffers(), {u"server/10.0.0.1"_s});
        qInfo("opened in %lld ms", clock.elapsed());
        for (const QString &ip : source.state().servers.keys())
            Q_EMIT source.serverChanged(ip);
        clock.restart();
        model.open(someOffers(), {});
        qInfo("opened again in %lld ms", clock.elapsed());
        qint64 slowest = 0;
        for (const QString &typed :
             {u"w"_s, u"we"_s, u"web"_s, u"web 1"_s, u"ngi"_s, u"s"_s, u"mysql 99"_s, u"zq"_s}) {
            clock.restart();
            model.setText(typed);
            const qint64 took = clock.nsecsElapsed() / 1000;
            qInfo("%s: %lld µs, %d rows", qPrintable(typed), took, model.rowCount());
            slowest = qMax(slowest, took);
            QVERIFY(model.rowCount() <= PaletteModel::mostItems + 4);
        }
        QVERIFY2(slowest < 100'000,
                 qPrintable(QString::number(slowest))); // unoptimised, and shared
    }

    void theHistoryGoesBackAndForward()
    {
        PageHistory history;
        QVERIFY(!history.canGoBack() && !history.canGoForward() && !history.back());
        history.visit({u"overview"_s, {}});
        history.visit({u"server"_s, u"10.0.0.1"_s});
        history.visit({u"server"_s, u"10.0.0.1"_s}); // again: the same place
        history.visit({u"fleet"_s, {}});
        QCOMPARE(history.back()->what, u"10.0.0.1"_s);
        QCOMPARE(history.back()->page, u"overview"_s);
        QVERIFY(!history.back());
        QCOMPARE(history.forward()->what, u"10.0.0.1"_s);
        history.visit({u"tree"_s, u"dev"_s});
        QVERIFY(!history.canGoForward());
        for (int i = 0; i < 300; ++i)
            history.visit({u"server"_s, QString::number(i)});
        int steps = 0;
        while (history.back())
            ++steps;
        QCOMPARE(steps, int(PageHistory::mostPlaces) - 1);
    }
};

QTEST_GUILESS_MAIN(TestPaletteModel)
#include "tst_palettemodel.moc"
