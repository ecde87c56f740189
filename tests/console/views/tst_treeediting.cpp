// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/fleetdesk.h"
#include "console/models/watchersource.h"
#include "console/views/emptystate.h"
#include "console/views/newtreeform.h"
#include "console/views/pagetabs.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "console/views/treechangespanel.h"
#include "console/views/treeform.h"
#include "console/views/treegraph.h"
#include "console/views/treepalette.h"
#include "tests/console/views/treeconsole.h"
#include "tests/support/redisserver.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString webOne = u"10.207.26.231"_s, webThree = u"10.207.26.233"_s;

} // namespace

/// Editing a service tree in the window, with mouse and keyboard.
class TestTreeEditing : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    int m_files = 0;

    QString file() { return m_folder.filePath(u"%1.ini"_s.arg(++m_files)); }

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ThemeStyle); }

    void init()
    {
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void editModeComesAndGoesWithOneKey()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        QVERIFY(!console.find<TreeEditBar>()->isVisible());
        QVERIFY(!console.find<TreePalette>()->isVisible());
        console.begin();
        QVERIFY(console.edit().isEditing());
        QVERIFY(console.find<TreeEditBar>()->isVisible());
        QVERIFY(console.find<TreePalette>()->isVisible());
        QVERIFY(console.find<TreeForm>()->isVisible());
        QVERIFY(console.text().startsWith(u"No changes"_s));
        QTest::keyClick(console.find<TreeList>(), Qt::Key_E, Qt::ControlModifier);
        QVERIFY(!console.edit().isEditing());
        QVERIFY(!console.find<TreeEditBar>()->isVisible());
        console.press(u"edittree"_s);
        QVERIFY(console.edit().isEditing());
        console.press(u"discard"_s);
        QVERIFY(!console.edit().isEditing());
    }

    void everythingGoesByKeyboard()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        TreeList *list = console.find<TreeList>();
        console.choose(u"dev/nginx"_s);
        // A service by name.
        QTest::keyClick(list, Qt::Key_Insert);
        QWidget *field = QApplication::focusWidget();
        QVERIFY(field && field->inherits("QLineEdit"));
        QTest::keyClicks(field, u"web-04"_s);
        QTest::keyClick(field, Qt::Key_Down);
        auto *palette = console.find<TreePalette>()->list();
        QVERIFY(palette->hasFocus());
        QTest::keyClick(palette, Qt::Key_Return);
        QCOMPARE(console.role(u"nginx"_s)->instances.size(), 4);
        // A title.
        list->setFocus();
        QTest::keyClick(list, Qt::Key_F2);
        QTest::keyClicks(QApplication::focusWidget(), u"Web"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(console.role(u"nginx"_s)->title, u"Web"_s);
        QCOMPARE(console.chosen(), u"dev/nginx"_s);
        // An order.
        console.choose(u"dev/nginx/%1/80"_s.arg(webOne));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(console.role(u"nginx"_s)->instances[1].ip, webOne);
        QCOMPARE(console.chosen(), u"dev/nginx/%1/80"_s.arg(webOne));
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(console.role(u"nginx"_s)->instances.size(), 3);
        QCOMPARE(console.chosen(), u"dev/nginx"_s); // the nearest that is still there
        QVERIFY(!console.isAsking());
        // A role that others need is asked about.
        console.choose(u"dev/mysql"_s);
        QTest::keyClick(list, Qt::Key_Delete);
        console.answer(u"Cancel"_s);
        QVERIFY(console.role(u"mysql"_s));
        QTRY_VERIFY(!console.isAsking());
        QTest::keyClick(list, Qt::Key_Delete);
        console.answer(u"Remove"_s);
        QTRY_VERIFY(!console.role(u"mysql"_s));
        QVERIFY(!console.role(u"nginx"_s)->needs.contains(u"mysql"_s));
        while (console.edit().steps().canUndo())
            QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(console.edit().tree() == demo.source.state().trees[u"dev"_s]);
    }

    void severalAreRemovedAsOneStep()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        const int before = int(console.role(u"mysql"_s)->instances.size());
        console.choose(u"dev/mysql/10.207.26.250/3301"_s);
        auto *list = console.find<TreeList>();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(list->places().size(), 3);
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(console.role(u"mysql"_s)->instances.size(), before - 3);
        QCOMPARE(console.edit().steps().count(), 1);
        QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(console.edit().tree() == demo.source.state().trees[u"dev"_s]);
        // With its instances a role is one node.
        console.choose(u"dev/redis"_s);
        list->expand(list->currentIndex());
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(list->places().size(), 1);
    }

    void severalAreMovedAsOneStep()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        console.choose(u"dev/nginx"_s);
        const QPoint redis = console.placeOf(u"dev/redis"_s);
        auto *list = console.find<TreeList>();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier, redis);
        QCOMPARE(list->places().size(), 2);
        Q_EMIT list->customContextMenuRequested(redis);
        auto *menu = console.page().findChild<QMenu *>();
        QVERIFY(menu);
        QMenu *targets = nullptr;
        for (const QAction *action : menu->actions()) {
            if (action->menu())
                targets = action->menu();
        }
        QVERIFY(targets && !targets->isEmpty());
        targets->actions().last()->trigger();
        menu->close();
        QCOMPARE(console.role(u"nginx"_s)->group, console.role(u"redis"_s)->group);
        QCOMPARE(console.edit().steps().count(), 1);
        QCOMPARE(list->places().size(), 2); // they stay selected
        QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(list->places().size(), 2);
        QVERIFY(console.edit().tree() == demo.source.state().trees[u"dev"_s]);
    }

    /// Instances have other keys below another role; they stay selected all the same.
    void whatWasMovedStaysSelected()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        console.choose(u"dev/mysql/10.207.26.250/3301"_s);
        auto *list = console.find<TreeList>();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier);
        const QList<TreePlace> chosen = list->places();
        QCOMPARE(chosen.size(), 2);
        Q_EMIT list->customContextMenuRequested(list->visualRect(list->currentIndex()).center());
        auto *menu = console.page().findChild<QMenu *>();
        QVERIFY(menu);
        for (const QAction *action : menu->actions()) {
            if (action->menu())
                action->menu()->actions().first()->trigger();
        }
        menu->close();
        QCOMPARE(list->places().size(), 2);
        for (qsizetype i = 0; i < 2; ++i) {
            QCOMPARE(list->places()[i].instance.ip, chosen[i].instance.ip);
            QVERIFY(list->places()[i].role.role != u"mysql");
        }
        QVERIFY(!console.role(u"mysql"_s)->instances.contains(chosen[0].instance));
    }

    void severalAreActedOnTogether()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.choose(u"dev/mysql/10.207.26.250/3301"_s);
        auto *list = console.find<TreeList>();
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier);
        const ActionScope scope = console.page().actionTarget();
        QCOMPARE(scope.places.size(), 2);
        QVERIFY(scope.role.isEmpty());
        // Values that change take nobody's selection away.
        demo.source.setAlive(u"10.207.26.250"_s, std::nullopt);
        demo.source.setAlive(u"10.207.26.233"_s, false);
        QTest::qWait(300); // what is collected
        QCOMPARE(console.page().actionTarget().places.size(), 2);
        console.choose(u"dev/mysql"_s);
        QCOMPARE(console.page().actionTarget().role, u"mysql"_s);
    }

    void theGraphIsEditedByKeyboard()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        console.choose(u"dev/varnish"_s);
        console.find<SegmentedChoice>()->setCurrentIndex(1);
        auto *graph = console.find<TreeGraph>();
        graph->setFocus();
        QTest::keyClick(graph, Qt::Key_Right);
        QTest::keyClick(graph, Qt::Key_Up);
        QCOMPARE(console.chosen(), u"dev/nginx"_s);
        QTest::keyClick(graph, Qt::Key_F2);
        QTest::keyClicks(QApplication::focusWidget(), u"Web"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(console.role(u"nginx"_s)->title, u"Web"_s);
        graph->setFocus();
        QTest::keyClick(graph, Qt::Key_Left);
        QVERIFY(console.chosen() != u"dev/nginx"_s);
        Q_EMIT graph->roleChosen(u"varnish"_s); // as a click does
        QTest::keyClick(graph, Qt::Key_Delete);
        if (console.isAsking())
            console.answer(u"Remove"_s);
        QTRY_VERIFY(!console.role(u"varnish"_s));
        QTest::keyClick(graph, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(console.role(u"varnish"_s));
    }

    void enterInTheGraphShowsWhatARoleIsMadeOf()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.choose(u"dev/nginx"_s);
        console.find<SegmentedChoice>()->setCurrentIndex(1);
        auto *graph = console.find<TreeGraph>();
        graph->setFocus();
        QTest::keyClick(graph, Qt::Key_Return);
        auto *list = console.find<TreeList>();
        QVERIFY(list->isVisible() && list->hasFocus());
        QCOMPARE(console.chosen(), u"dev/nginx"_s);
        QVERIFY(list->isExpanded(list->currentIndex()));
    }

    void theFieldsChangeARole()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        console.choose(u"dev/mysql"_s);
        auto *form = console.find<TreeForm>();
        auto *least = form->findChild<QSpinBox *>();
        QCOMPARE(least->value(), 1);
        least->setFocus();
        QTest::keyClick(least, Qt::Key_Up);
        QCOMPARE(console.role(u"mysql"_s)->least, 2);
        // A need that closes a circle.
        QTest::mouseClick(form->findChild<QPushButton *>(u"addneed"_s), Qt::LeftButton);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->text() == u"Varnish"_s)
                menu->setActiveAction(action);
        }
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(form->fault(),
                 u"MySQL needs Varnish needs Nginx needs MySQL: a role cannot need itself."_s);
        QVERIFY(console.role(u"mysql"_s)->needs.isEmpty());
        // Out of a need.
        console.choose(u"dev/comdb"_s);
        QVERIFY(form->fault().isEmpty());
        QPushButton *take = nullptr;
        for (QPushButton *button : form->findChildren<QPushButton *>()) {
            if (button->accessibleName() == u"Not needed: MySQL"_s && !button->isHidden())
                take = button;
        }
        QVERIFY(take);
        QTRY_VERIFY(take->isVisible());
        QTest::mouseClick(take, Qt::LeftButton);
        QVERIFY(console.role(u"comdb"_s)->needs.isEmpty());
        // Another group, by its name.
        auto *group = form->findChild<QComboBox *>();
        group->lineEdit()->selectAll();
        QTest::keyClicks(group->lineEdit(), u"Old things"_s);
        QTest::keyClick(group->lineEdit(), Qt::Key_Return);
        QCOMPARE(console.role(u"comdb"_s)->group, u"Old things"_s);
        QCOMPARE(console.chosen(), u"dev/comdb"_s);
        QVERIFY(console.node(u"dev//Old things"_s).isValid());
    }

    void anArrowInTheGraphIsANeed()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        auto *view = console.find<SegmentedChoice>();
        for (auto *one : console.page().findChildren<SegmentedChoice *>()) {
            if (one->tabText(1) == u"Graph"_s)
                view = one;
        }
        QTest::mouseClick(view, Qt::LeftButton, {}, view->tabRect(1).center());
        auto *graph = console.find<TreeGraph>();
        const auto middle = [&](const QString &id) {
            for (const GraphRole &role : graph->roles()) {
                if (role.id == id)
                    return graph->mapFromScene(role.place.center());
            }
            return QPoint();
        };
        const auto draw = [&](const QString &from, const QString &to) {
            QTest::mousePress(graph->viewport(), Qt::LeftButton, {}, middle(from));
            QTest::mouseMove(graph->viewport(), (middle(from) + middle(to)) / 2);
            QTest::mouseMove(graph->viewport(), middle(to));
            QTest::mouseRelease(graph->viewport(), Qt::LeftButton, {}, middle(to));
        };
        draw(u"monitor"_s, u"redis"_s);
        QCOMPARE(console.role(u"monitor"_s)->needs, QStringList{u"redis"_s});
        draw(u"mysql"_s, u"nginx"_s);
        QVERIFY(console.role(u"mysql"_s)->needs.isEmpty());
        QVERIFY(console.text().contains(u"MySQL needs Nginx needs MySQL"_s));
    }

    void thePreviewStandsBeforeTheSave()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        QVERIFY(!console.find<QPushButton>(u"preview"_s)->isEnabled());
        console.choose(u"dev/nginx"_s);
        QTest::keyClick(console.find<TreeForm>()->findChild<QSpinBox *>(), Qt::Key_Up);
        console.press(u"preview"_s);
        auto *panel = console.find<TreeChangesPanel>();
        QVERIFY(panel->isVisible());
        QCOMPARE(panel->preview().sections.size(), 2);
        QVERIFY(panel->preview().sections[1].rows[0].text.contains(u"at least 2"_s));
        // Undone, there is nothing to show.
        console.press(u"undo"_s);
        QVERIFY(!panel->isVisible());
        QVERIFY(console.find<TreeList>()->isVisible());
    }

    void unsavedChangesAreAskedAbout()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        // Nothing changed: nothing asked.
        console.window.showPage(u"fleet"_s);
        QCOMPARE(console.window.currentPage(), u"fleet"_s);
        QVERIFY(!console.edit().isEditing());
        console.window.showPage(u"tree"_s, u"dev"_s);
        console.begin();
        QVERIFY(console.edit().make({.kind = TreeChange::Kind::SetTitle, .text = u"Mine"_s}));
        console.window.showPage(u"fleet"_s);
        QCOMPARE(console.window.currentPage(), u"tree"_s);
        console.answer(u"Keep editing"_s);
        QTRY_VERIFY(!console.isAsking());
        QVERIFY(console.edit().isChanged());
        // Another tree.
        auto *chooser = console.find<QComboBox>();
        chooser->setFocus();
        QTest::keyClick(chooser, Qt::Key_End);
        console.answer(u"Keep editing"_s);
        QTRY_VERIFY(!console.isAsking());
        QCOMPARE(console.page().tree(), u"dev"_s);
        // The window.
        console.window.close();
        QVERIFY(console.window.isVisible());
        console.answer(u"Keep editing"_s);
        QTRY_VERIFY(!console.isAsking());
        // Saved it can't be: Redis is away, so the page stays.
        console.window.showPage(u"fleet"_s);
        console.answer(u"Save"_s);
        QTRY_VERIFY(console.text().contains(u"Redis is away"_s));
        QCOMPARE(console.window.currentPage(), u"tree"_s);
        QVERIFY(console.edit().isChanged());
        QTRY_VERIFY(!console.isAsking());
        console.window.showPage(u"fleet"_s);
        console.answer(u"Discard"_s);
        QTRY_COMPARE(console.window.currentPage(), u"fleet"_s);
        QVERIFY(!console.edit().isEditing());
        console.window.close();
        QVERIFY(!console.window.isVisible());
    }

    void somebodyElsesSaveIsShownWhileEditing()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        QVERIFY(console.edit().make({.kind = TreeChange::Kind::SetTitle, .text = u"Mine"_s}));
        PaasTree &theirs = demo.source.edit().trees[u"dev"_s];
        theirs.version = 119;
        theirs.title = u"Theirs"_s;
        theirs.roles[1].least = 3;
        Event event;
        event.type = u"config"_s;
        event.json = {{u"paas"_s, u"dev"_s}, {u"version"_s, 119}, {u"by"_s, u"chen"_s}};
        demo.source.edit().events.prepend(event);
        Q_EMIT demo.source.treesChanged();
        QVERIFY(console.text().contains(u"chen saved version 119 meanwhile"_s));
        QVERIFY(!console.find<QPushButton>(u"save"_s)->isEnabled());
        console.press(u"compare"_s);
        auto *panel = console.find<TreeChangesPanel>();
        QVERIFY(panel->isVisible());
        QCOMPARE(panel->preview().sections.size(), 3); // with one that collides
        console.press(u"ontop"_s);
        QVERIFY(!panel->isVisible());
        QVERIFY(console.text().contains(u"1 of your changes do not go together"_s));
        QCOMPARE(console.edit().tree().title, u"Theirs"_s);
        QCOMPARE(console.role(u"nginx"_s)->least, 3);
    }

    void theLastTreeThatIsMissingCanBeMade()
    {
        TreeDemo demo(file(), emptyFleet());
        TreeConsole &console = demo.console;
        auto *empty = console.find<EmptyState>();
        QVERIFY(empty->isVisible());
        QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
        auto *form = console.find<NewTreeForm>();
        QVERIFY(form->isVisible());
        QWidget *id = QApplication::focusWidget();
        QTest::keyClicks(id, u"no name"_s);
        console.press(u"create"_s);
        QVERIFY(form->isVisible());
        QTest::keyClick(id, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(id, u"shop"_s);
        QTest::keyClick(id, Qt::Key_Return);
        QVERIFY(!form->isVisible());
        QVERIFY(console.edit().isNew());
        QCOMPARE(console.page().tree(), u"shop"_s);
        QVERIFY(console.node(u"shop/mysql"_s).isValid());
        QVERIFY(console.find<QPushButton>(u"save"_s)->isEnabled());
    }

    void savesInARealRedis()
    {
        RedisServer redis;
        redis.call({"SADD", "paas:list", "dev"});
        redis.call({"SET", "paas:dev",
                    R"({"id":"dev","title":"Dev","version":7,"roles":[{"role":"nginx"}]})"});
        WatcherSource source;
        FleetDesk desk(source);
        TreeConsole console(source, desk, file());
        source.watch(redis.url());
        QTRY_VERIFY(source.isLive() && console.node(u"dev/nginx"_s).isValid());
        console.begin();
        console.choose(u"dev/nginx"_s);
        QTest::keyClick(console.find<TreeForm>()->findChild<QSpinBox *>(), Qt::Key_Up);
        QTest::keyClick(console.find<TreeList>(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(console.text().contains(u"The tree dev has version 8 now."_s));
        const QByteArray stored = redis.text({"GET", "paas:dev"});
        QCOMPARE(parsePaasTree(stored).tree->roles[0].least, 2);
        QTRY_COMPARE(source.state().trees[u"dev"_s].version, 8);
        QVERIFY(console.text().startsWith(u"No changes"_s));
        // And away it goes.
        console.press(u"discard"_s);
        console.press(u"moretrees"_s);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        menu->setActiveAction(menu->actions().last());
        QTest::keyClick(menu, Qt::Key_Return);
        console.answer(u"Remove tree"_s);
        QTRY_VERIFY(source.state().trees.isEmpty());
        QCOMPARE(redis.call({"EXISTS", "paas:dev"}).integer, 0);
    }

    void thePastIsNotEdited()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        QVERIFY(console.edit().make({.kind = TreeChange::Kind::SetTitle, .text = u"Mine"_s}));
        demo.source.setMoment(evening - 3'600'000);
        QVERIFY(!console.find<TreeEditBar>()->isVisible());
        QVERIFY(!console.find<QPushButton>(u"edittree"_s)->isEnabled());
        QVERIFY(console.edit().isChanged());
        demo.source.setMoment(0);
        QVERIFY(console.find<TreeEditBar>()->isVisible());
    }

    void hostileTreesAreShownSafely()
    {
        FleetState fleet = demoFleet(evening);
        const QString nasty = u"<h1>big</h1>\u202E\u0007\n&amp;"_s + QString(10'000, u'w');
        PaasTree &tree = fleet.trees[u"dev"_s];
        tree.title = nasty.left(200);
        tree.roles[1].title = nasty.left(200);
        tree.roles[1].group = nasty.left(200);
        tree.roles[1].instances << PaasInstance{u"203.0.113.9"_s, u"nobody"_s};
        fleet.servers[webThree].info.hostname = nasty;
        TreeDemo demo(file(), fleet);
        TreeConsole &console = demo.console;
        console.begin();
        console.choose(u"dev/nginx"_s);
        console.choose(u"dev/nginx/203.0.113.9/nobody"_s);
        QTest::keyClick(console.find<TreeList>(), Qt::Key_Up, Qt::AltModifier);
        console.press(u"preview"_s);
        for (const TonedLabel *label : console.page().findChildren<TonedLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QCOMPARE(console.window.width(), 1440);
        QVERIFY(!console.window.grab().isNull());
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
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        const auto save = [&](const QString &name) {
            QTest::qWait(60);
            QVERIFY(console.window.grab().save(u"%1/%2-%3.png"_s.arg(
                QStringLiteral(SCREENSHOT_FOLDER), name, isDark ? u"dark"_s : u"light"_s)));
        };
        console.begin();
        console.choose(u"dev/nginx"_s);
        QTest::keyClick(console.find<TreeForm>()->findChild<QSpinBox *>(), Qt::Key_Up);
        console.find<TreePalette>()->open(TreePaletteModel::Content::Services);
        QVERIFY(console.edit().make({.kind = TreeChange::Kind::AddInstance,
                                     .role = Treewarden::placeOf(*console.role(u"nginx"_s)),
                                     .instance = {u"10.207.26.234"_s, u"80"_s}}));
        QVERIFY(console.edit().make({.kind = TreeChange::Kind::RemoveNeed,
                                     .role = Treewarden::placeOf(*console.role(u"deploy"_s)),
                                     .text = u"ssh"_s}));
        save(u"tree-edit"_s);
        console.press(u"preview"_s);
        save(u"tree-preview"_s);
        PaasTree &theirs = demo.source.edit().trees[u"dev"_s];
        theirs.version = 119;
        for (PaasRole &role : theirs.roles) {
            if (role.role == u"nginx"_s)
                role.least = 3;
            if (role.role == u"gearman"_s)
                role.needs << u"redis"_s;
        }
        Event event;
        event.type = u"config"_s;
        event.json = {{u"paas"_s, u"dev"_s}, {u"version"_s, 119}, {u"by"_s, u"chen"_s}};
        demo.source.edit().events.prepend(event);
        Q_EMIT demo.source.treesChanged();
        console.press(u"compare"_s);
        save(u"tree-conflict"_s);
        console.press(u"theirs"_s);
        console.find<TreeForm>()->startRenaming();
        for (auto *one : console.page().findChildren<SegmentedChoice *>()) {
            if (one->tabText(1) == u"Graph"_s)
                one->setCurrentIndex(1);
        }
        save(u"tree-edit-graph"_s);
        console.press(u"discard"_s);
        console.press(u"moretrees"_s);
        auto *more = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(more);
        QTest::keyClick(more, Qt::Key_Down);
        QTest::keyClick(more, Qt::Key_Return);
        save(u"tree-edit-new"_s);
    }
};

QTEST_MAIN(TestTreeEditing)
#include "tst_treeediting.moc"
