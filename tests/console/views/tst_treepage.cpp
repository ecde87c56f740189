// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/settings/preferences.h"
#include "console/views/emptystate.h"
#include "console/views/filterfield.h"
#include "console/views/healthicon.h"
#include "console/views/linkbutton.h"
#include "console/views/mainwindow.h"
#include "console/views/pagetabs.h"
#include "console/views/serverpage.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "console/views/treegraph.h"
#include "console/views/treeinspector.h"
#include "console/views/treepage.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString webThree = u"10.207.26.233"_s;

} // namespace

class TestTreePage : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    static void show(TreePage &page, const QString &id)
    {
        page.resize(1240, 800);
        page.open(id);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
    }

    static QTreeView *list(const TreePage &page) { return page.findChild<QTreeView *>(); }

    static TreeInspector *inspector(const TreePage &page)
    {
        return page.findChild<TreeInspector *>();
    }

    static QModelIndex find(const QTreeView *view, const QString &key)
    {
        const auto found = view->model()->match(view->model()->index(0, 0), TreeModel::KeyRole, key,
                                                1, Qt::MatchExactly | Qt::MatchRecursive);
        return found.value(0);
    }

    static const TreeDetails::Section *section(const TreePage &page, const QString &title)
    {
        for (const TreeDetails::Section &one : inspector(page)->details().sections) {
            if (one.title == title)
                return &one;
        }
        return nullptr;
    }

    static void click(QTreeView *view, const QModelIndex &index, bool isDouble = false)
    {
        view->scrollTo(index);
        const QPoint place = view->visualRect(index).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place);
        if (isDouble)
            QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, place);
    }

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ThemeStyle); }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void showsOneTreeWithWhatIsNotAliveOpen()
    {
        FixedSource source(demoFleet(evening), evening);
        TreePage page(source);
        QAbstractItemModelTester tester(list(page)->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        show(page, u"dev"_s);
        QCOMPARE(list(page)->model()->rowCount(), 1);
        QVERIFY(list(page)->isExpanded(find(list(page), u"dev/mysql"_s)));
        QVERIFY(!list(page)->isExpanded(find(list(page), u"dev/varnish"_s)));
        QVERIFY(page.findChild<HealthBadge *>()->text().startsWith(u"dev: "_s));
    }

    void theInspectorTellsWhatARoleNeeds()
    {
        FixedSource source(demoFleet(evening), evening);
        TreePage page(source);
        show(page, u"dev"_s);
        click(list(page), find(list(page), u"dev/mysql"_s));
        const TreeDetails &details = inspector(page)->details();
        QCOMPARE(details.title, u"MySQL"_s);
        QCOMPARE(details.count, u"7 / 11"_s);
        QCOMPARE(section(page, u"Not alive"_s)->rows.size(), 4);
        QCOMPARE(section(page, u"Needs"_s)->rows.first().text, u"Nothing in this tree"_s);
        QStringList neededBy;
        for (const TreeDetails::Row &row : section(page, u"Needed by"_s)->rows)
            neededBy << row.text;
        QVERIFY(neededBy.contains(u"Nginx"_s));
        // A click on one of them goes there.
        for (LinkButton *link : inspector(page)->findChildren<LinkButton *>()) {
            if (link->text() == u"Nginx"_s)
                QTest::mouseClick(link, Qt::LeftButton);
        }
        QTRY_COMPARE(inspector(page)->details().title, u"Nginx"_s);
        QCOMPARE(list(page)->currentIndex().data(TreeModel::KeyRole).toString(), u"dev/nginx"_s);
    }

    void anInstanceLeadsToItsServer()
    {
        FixedSource source(demoFleet(evening), evening);
        TreePage page(source);
        show(page, u"dev"_s);
        QSignalSpy opened(&page, &Page::openServer);
        const QModelIndex instance = find(list(page), u"dev/nginx/%1/80"_s.arg(webThree));
        click(list(page), instance, true);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().toString(), webThree);
        list(page)->setFocus();
        QTest::keyClick(list(page), Qt::Key_Return);
        QCOMPARE(opened.count(), 2);
    }

    void inTheWindowTheServerPageComes()
    {
        QSettings settings(m_folder.filePath(u"window"_s), QSettings::IniFormat);
        Preferences preferences(settings);
        FixedSource source(demoFleet(evening), evening);
        MainWindow window(source, preferences);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.showPage(u"tree"_s, u"dev"_s);
        auto *page = static_cast<TreePage *>(window.page(u"tree"_s));
        click(list(*page), find(list(*page), u"dev/nginx/%1/80"_s.arg(webThree)), true);
        QCOMPARE(window.currentPage(), u"server"_s);
        QCOMPARE(static_cast<ServerPage *>(window.page(u"server"_s))->ip(), webThree);
    }

    void aDeathIsSeenWithoutLosingThePlace()
    {
        FixedSource source(calmFleet(evening), evening);
        TreePage page(source);
        show(page, u"dev"_s);
        click(list(page), find(list(page), u"dev/redis"_s));
        list(page)->setExpanded(find(list(page), u"dev/varnish"_s), true);
        source.edit().servers[webThree].services[{u"nginx"_s, u"80"_s}].state.alive = false;
        Q_EMIT source.serverChanged(webThree);
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<HealthBadge *>()->text().contains(u"1 role"_s),
                                 10'000);
        QCOMPARE(list(page)->currentIndex().data(TreeModel::KeyRole).toString(), u"dev/redis"_s);
        source.replace(source.state()); // as after every reconnect
        QCOMPARE(list(page)->currentIndex().data(TreeModel::KeyRole).toString(), u"dev/redis"_s);
        QVERIFY(list(page)->isExpanded(find(list(page), u"dev/varnish"_s)));
    }

    void findsWhileOneTypes()
    {
        FixedSource source(demoFleet(evening), evening);
        TreePage page(source);
        show(page, u"dev"_s);
        auto *field = page.findChild<FilterField *>();
        field->setFocus();
        QTest::keyClicks(field, u"web-03"_s);
        QVERIFY(find(list(page), u"dev/nginx/%1/80"_s.arg(webThree)).isValid());
        QVERIFY(!find(list(page), u"dev/mysql"_s).isValid());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(find(list(page), u"dev/mysql"_s).isValid());
        QTest::keyClicks(field, u"nothing has this name"_s);
        QCOMPARE(list(page)->model()->rowCount(), 0);
    }

    void drawsWhatIsNeededFurtherRight()
    {
        FixedSource source(demoFleet(evening), evening);
        TreePage page(source);
        show(page, u"dev"_s);
        auto *view = page.findChild<SegmentedChoice *>();
        QTest::mouseClick(view, Qt::LeftButton, {}, view->tabRect(1).center());
        auto *graph = page.findChild<TreeGraph *>();
        QVERIFY(graph->isVisible());
        QCOMPARE(graph->roles().size(), source.state().trees[u"dev"_s].roles.size());
        QHash<QString, QRectF> places;
        for (const GraphRole &role : graph->roles()) {
            QVERIFY(!role.place.isEmpty());
            for (const QRectF &other : std::as_const(places))
                QVERIFY(!other.intersects(role.place));
            places.insert(role.id, role.place);
        }
        for (const GraphRole &role : graph->roles()) {
            for (const QString &need : role.needs)
                QVERIFY(places[need].left() > places[role.id].right());
        }
        const QPoint mysql = graph->mapFromScene(places[u"mysql"_s].center());
        QTest::mouseClick(graph->viewport(), Qt::LeftButton, {}, mysql);
        QCOMPARE(inspector(page)->details().title, u"MySQL"_s);
        graph->setFocus();
        QTest::keyClick(graph, Qt::Key_Left);
        QVERIFY(inspector(page)->details().title != u"MySQL"_s);
        const int before = graph->zoomPercent();
        QTest::keyClick(graph, Qt::Key_Plus);
        QVERIFY(graph->zoomPercent() > before);
        QTest::keyClick(graph, Qt::Key_0);
        QCOMPARE(graph->zoomPercent(), before);
    }

    void aCardTellsHowManyItHides()
    {
        FleetState state = hugeFleet(10'000, evening);
        const QString last = state.trees.first().roles.first().instances.last().ip;
        for (FleetServer &server : state.servers)
            server.alive = server.ip != last;
        FixedSource source(state, evening);
        TreePage page(source);
        show(page, state.trees.firstKey());
        auto *view = page.findChild<SegmentedChoice *>();
        QTest::mouseClick(view, Qt::LeftButton, {}, view->tabRect(1).center());
        const GraphRole role = page.findChild<TreeGraph *>()->roles().first();
        QCOMPARE(role.hidden, 10'000 - role.instances.size());
        QVERIFY(role.instances.first().health != Health::Alive); // though it stands last
    }

    void changesTheTree()
    {
        FixedSource source(demoFleet(evening), evening);
        TreePage page(source);
        show(page, u"dev"_s);
        auto *chooser = page.findChild<QComboBox *>();
        QCOMPARE(chooser->count(), 6);
        chooser->setFocus();
        QTest::keyClick(chooser, Qt::Key_End);
        QCOMPARE(page.tree(), u"test"_s);
        QVERIFY(find(list(page), u"test/varnish"_s).isValid());
        source.edit().trees.remove(u"test"_s);
        Q_EMIT source.treesChanged();
        QCOMPARE(page.tree(), u"billing"_s);
    }

    void withoutATreeItTellsHowToMakeOne()
    {
        FixedSource source(emptyFleet(), evening);
        TreePage page(source);
        show(page, {});
        QVERIFY(page.findChild<EmptyState *>()->isVisible());
        QVERIFY(page.findChild<EmptyState *>()->text().contains(u"no service tree"_s));
        source.replace(demoFleet(evening));
        QVERIFY(!page.findChild<EmptyState *>()->isVisible());
        QCOMPARE(page.tree(), u"billing"_s);
        source.forget(u"Redis does not answer."_s);
        QVERIFY(page.findChild<EmptyState *>()->isVisible());
    }

    void hostileNamesStayPlainText()
    {
        FleetState fleet = demoFleet(evening);
        const QString nasty = u"<h1>big</h1>\u202E\u0007\n&amp;"_s + QString(10'000, u'w');
        PaasTree &tree = fleet.trees[u"dev"_s];
        tree.title = nasty;
        tree.roles[1].title = nasty;
        tree.roles[1].group = nasty;
        fleet.servers[webThree].info.hostname = nasty;
        fleet.servers[webThree].services[{u"nginx"_s, u"80"_s}].state.reason = nasty;
        FixedSource source(fleet, evening);
        TreePage page(source);
        show(page, u"dev/nginx"_s);
        QVERIFY(inspector(page)->details().title.startsWith(u"<h1>big</h1>\\u{202e}"_s));
        QVERIFY(inspector(page)->details().title.size() < 120);
        for (const TonedLabel *label : page.findChildren<TonedLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        click(list(page), find(list(page), u"dev/nginx/%1/80"_s.arg(webThree)));
        QVERIFY(inspector(page)->details().sentence.size() < 700);
        QVERIFY(page.width() <= 1240);
        QVERIFY(!page.grab().isNull());
    }

    void picturesForEyes_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void picturesForEyes()
    {
        QFETCH(bool, isDark);
        QApplication::setPalette((isDark ? darkTheme() : lightTheme()).palette());
        FixedSource source(demoFleet(evening), evening);
        QSettings settings(m_folder.filePath(isDark ? u"d"_s : u"l"_s), QSettings::IniFormat);
        Preferences preferences(settings);
        MainWindow window(source, preferences);
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto save = [&](const QString &name) {
            QTest::qWait(50);
            QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
            QVERIFY(window.grab().save(u"%1/%2-%3.png"_s.arg(
                QStringLiteral(SCREENSHOT_FOLDER), name, isDark ? u"dark"_s : u"light"_s)));
        };
        window.showPage(u"tree"_s, u"dev/mysql"_s);
        save(u"tree-list"_s);
        auto *page = static_cast<TreePage *>(window.page(u"tree"_s));
        page->findChild<SegmentedChoice *>()->setCurrentIndex(1);
        save(u"tree-graph"_s);
        source.replace(emptyFleet());
        save(u"tree-empty"_s);
    }
};

QTEST_MAIN(TestTreePage)
#include "tst_treepage.moc"
