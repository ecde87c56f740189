// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/settings/preferences.h"
#include "console/views/filterchips.h"
#include "console/views/filtercompleter.h"
#include "console/views/filterfield.h"
#include "console/views/fleetexporter.h"
#include "console/views/fleetpage.h"
#include "console/views/linkbutton.h"
#include "console/views/tableheader.h"
#include "console/views/themestyle.h"
#include "console/views/tonedlabel.h"
#include "console/views/wordhelp.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

} // namespace

/// What the fleet's page offers beside the list itself, used by keyboard and mouse.
class TestFleetPage : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<FixedSource> m_source;
    std::unique_ptr<FixedDesk> m_desk;
    std::unique_ptr<ActionCentre> m_actions;
    std::unique_ptr<FleetPage> m_page;

    void openPage()
    {
        m_page.reset();
        m_page = std::make_unique<FleetPage>(*m_source, *m_preferences, m_actions.get());
        m_page->resize(1240, 760);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void useFleet(FleetState state)
    {
        m_page.reset();
        m_actions.reset();
        m_source = std::make_unique<FixedSource>(std::move(state), evening);
        m_desk = std::make_unique<FixedDesk>();
        m_actions = std::make_unique<ActionCentre>(*m_source, *m_desk);
        openPage();
    }

    FilterField &filter() { return *m_page->findChild<FilterField *>(); }

    FilterChips &chips() { return *m_page->findChild<FilterChips *>(); }

    FleetTable &table() { return m_page->table(); }

    int rows() { return m_page->model().rowCount(); }

    template<typename T>
    T *child(const QString &text)
    {
        for (T *widget : m_page->findChildren<T *>())
            if (widget->text() == text && widget->isVisible())
                return widget;
        return nullptr;
    }

    /// Chooses an entry of the menu that is open, as Enter does.
    void choose(const QString &entry)
    {
        for (QMenu *menu : m_page->findChildren<QMenu *>())
            for (QAction *action : menu->actions())
                if (menu->isVisible() && action->text() == entry) {
                    menu->setActiveAction(action);
                    QTest::keyClick(menu, Qt::Key_Return);
                    return;
                }
        QFAIL(qPrintable(u"no entry "_s + entry));
    }

    QStringList heads()
    {
        QStringList heads;
        QHeaderView *header = table().horizontalHeader();
        for (int place = 0; place < header->count(); ++place)
            if (const int section = header->logicalIndex(place); !header->isSectionHidden(section))
                heads << m_page->model().headerData(section, Qt::Horizontal).toString();
        return heads;
    }

    void answer(const QString &text)
    {
        auto *dialog = m_page->findChild<QInputDialog *>();
        QVERIFY(dialog);
        dialog->setTextValue(text);
        dialog->accept();
    }

    void save(const QString &name)
    {
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QTest::qWait(30); // layouts that were asked for
        QVERIFY(m_page->grab().save(
            u"%1/%2-%3.png"_s.arg(QStringLiteral(SCREENSHOT_FOLDER), name,
                                  themeOf(m_page.get()).isDark ? u"dark"_s : u"light"_s)));
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void init()
    {
        static int count = 0;
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QString::number(++count)),
                                                 QSettings::IniFormat);
        m_preferences = std::make_unique<Preferences>(*m_settings);
        useFleet(demoFleet(evening));
    }

    void cleanup() { m_page.reset(); }

    void columnsAreHiddenByTheMenuAndStaySo()
    {
        QVERIFY(heads().contains(u"PaaS"_s));
        QTest::mouseClick(child<QPushButton>(u"Columns"_s), Qt::LeftButton);
        choose(u"PaaS"_s);
        QVERIFY(!heads().contains(u"PaaS"_s));
        openPage();
        QVERIFY(!heads().contains(u"PaaS"_s));
        QTest::mouseClick(child<QPushButton>(u"Columns"_s), Qt::LeftButton);
        choose(u"All columns in their first order"_s);
        QCOMPARE(heads().size(), int(FleetModel::ColumnCount));
    }

    void columnsAreMovedByMenuAndMouse()
    {
        TableHeader &head = table().head();
        const QPoint ip(head.sectionViewportPosition(FleetModel::IpColumn) + 20, 10);
        Q_EMIT head.customContextMenuRequested(ip);
        choose(u"Move IP to the left"_s);
        QCOMPARE(heads().mid(0, 3), (QStringList{u"State"_s, u"IP"_s, u"Name"_s}));
        head.moveSection(head.visualIndex(FleetModel::CpuColumn), 0); // what a drag ends with
        QCOMPARE(heads().first(), u"CPU %"_s);
        openPage();
        QCOMPARE(heads().mid(0, 4), (QStringList{u"CPU %"_s, u"State"_s, u"IP"_s, u"Name"_s}));
    }

    void allColumnsFitAsLongAsTheyCan()
    {
        for (const int width : {1240, 1160}) {
            m_page->resize(width, 700);
            QTRY_COMPARE(table().horizontalHeader()->length(), table().viewport()->width());
        }
    }

    void theOrderIsRememberedToo()
    {
        table().horizontalHeader()->setSortIndicator(FleetModel::NameColumn, Qt::DescendingOrder);
        QCOMPARE(m_page->model().row(0).name, u"web-06"_s);
        openPage();
        QCOMPARE(m_page->model().row(0).name, u"web-06"_s);
        QCOMPARE(table().horizontalHeader()->sortIndicatorSection(), int(FleetModel::NameColumn));
    }

    void compactRowsShowMoreServers()
    {
        const int comfortable = table().rowHeight(0);
        QTest::mouseClick(child<QPushButton>(u"Columns"_s), Qt::LeftButton);
        choose(u"Compact rows"_s);
        QVERIFY(table().rowHeight(0) < comfortable);
        openPage();
        QVERIFY(table().rowHeight(0) < comfortable);
        save(u"fleet-compact"_s);
    }

    void aFilterIsSavedRenamedAndDeleted()
    {
        QTest::keyClicks(&filter(), u"role:mysql"_s);
        QTest::mouseClick(child<ChipButton>(u"Save filter"_s), Qt::LeftButton);
        answer(u"Databases"_s);
        QTRY_VERIFY(child<ChipButton>(u"Databases"_s));
        auto *chip = child<ChipButton>(u"Databases"_s);
        QVERIFY(chip->isChecked());
        QCOMPARE(chip->accessibleDescription(), QString::number(rows()));
        QVERIFY(!child<ChipButton>(u"Save filter"_s));
        save(u"fleet-saved-filter"_s);

        openPage(); // a restart
        QTest::mouseClick(child<ChipButton>(u"Databases"_s), Qt::LeftButton);
        QCOMPARE(filter().text(), u"role:mysql"_s);
        child<ChipButton>(u"Databases"_s)->actions().first()->trigger();
        answer(u"MySQL"_s);
        QTRY_VERIFY(child<ChipButton>(u"MySQL"_s));
        QVERIFY(!child<ChipButton>(u"Databases"_s));
        child<ChipButton>(u"MySQL"_s)->actions().last()->trigger();
        QTRY_VERIFY(!child<ChipButton>(u"MySQL"_s));
        QVERIFY(child<ChipButton>(u"Save filter"_s));
        QVERIFY(chips().saved().isEmpty());
    }

    void manySavedFiltersBeginAnotherLine()
    {
        filter().setText(u"x"_s);
        for (int i = 0; i < 40; ++i) {
            filter().setText(u"name:%1"_s.arg(i));
            chips().save(u"A filter with a name %1"_s.arg(i));
        }
        QCOMPARE(chips().saved().size(), SavedFilter::mostFilters);
        QTRY_VERIFY(chips().height() > 60);
        QVERIFY(m_page->minimumSizeHint().width() < 1240);
    }

    void helpOffersExamples()
    {
        filter().setFocus();
        QTest::keyClick(&filter(), Qt::Key_F1);
        QPointer<WordHelp> help = m_page->findChild<WordHelp *>();
        QVERIFY(help && help->isVisible());
        QTest::keyClick(help, Qt::Key_Escape);
        QTRY_VERIFY(!help);
        QTest::keyClick(&filter(), '?');
        help = m_page->findChild<WordHelp *>();
        QVERIFY(help && help->isVisible());
        for (const LinkButton *example : help->findChildren<LinkButton *>())
            QVERIFY2(example->width() >= example->sizeHint().width(), qPrintable(example->text()));
        QCOMPARE(filter().text(), u""_s);
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(help->grab().save(QStringLiteral(SCREENSHOT_FOLDER "/fleet-help-light.png")));
        QTest::keyClick(help, Qt::Key_Down);
        QTest::keyClick(help, Qt::Key_Return);
        QTRY_VERIFY(!help);
        QCOMPARE(filter().text(), u"down"_s);
        QCOMPARE(rows(), 3);
    }

    void aWordIsCompleted()
    {
        auto *completer = filter().findChild<FilterCompleter *>();
        filter().setFocus();
        QTest::keyClicks(&filter(), u"web ro"_s);
        QCOMPARE(completer->offered(), QStringList{u"role:"_s});
        QWidget *popup = QApplication::activePopupWidget();
        QVERIFY(popup);
        QTest::keyClick(popup, Qt::Key_Tab);
        QCOMPARE(filter().text(), u"web role:"_s);
        QVERIFY(completer->offered().contains(u"role:nginx"_s));
        QTest::keyClicks(&filter(), u"ngi"_s);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QCOMPARE(filter().text(), u"web role:nginx "_s);
        QVERIFY(completer->offered().isEmpty());
    }

    void whatIsNotUnderstoodIsSaid()
    {
        filter().setText(u"temperature>80"_s);
        QVERIFY(filter().accessibleDescription().startsWith(u"There is no number"_s));
        bool isShown = false;
        for (const TonedLabel *label : m_page->findChildren<TonedLabel *>())
            isShown |= label->isVisible() && label->text() == filter().accessibleDescription();
        QVERIFY(isShown);
        save(u"fleet-complaint"_s);
        filter().setText(u"cpu>80"_s);
        QVERIFY(filter().accessibleDescription().isEmpty());
    }

    void rowsAreExported()
    {
        QSignalSpy said(m_page.get(), &Page::said);
        filter().setText(u"role:mysql"_s);
        QTest::mouseClick(child<QPushButton>(u"Export…"_s), Qt::LeftButton);
        auto *dialog = m_page->findChild<QFileDialog *>();
        QVERIFY(dialog);
        const QString file = m_folder.filePath(u"out.csv"_s);
        Q_EMIT dialog->fileSelected(file);
        dialog->reject();
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n'), rows() + 1);
        QCOMPARE(said.size(), 1);
        QVERIFY(
            said.first().first().toString().startsWith(u"%1 servers written to "_s.arg(rows())));
    }

    void aPlaceThatCannotBeWrittenIsSaid()
    {
        auto *exporter = table().findChild<FleetExporter *>();
        const Result<void> outcome = exporter->write(u"/proc/none/fleet.csv"_s);
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().text.startsWith(u"/proc/none/fleet.csv was not written: "_s),
                 qPrintable(outcome.error().text));
    }

    void theSelectionIsExportedAndCopiedInTheColumnsThatAreShown()
    {
        FleetColumns columns;
        columns.setShown(FleetModel::StateColumn, false);
        table().setColumns(columns);
        table().setFocus();
        table().selectRow(0);
        QTest::keyClick(&table(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines.first().startsWith(u"db-02\t10.207.26.251\t"_s), qPrintable(lines.first()));
        const QString file = m_folder.filePath(u"two.csv"_s);
        QVERIFY(table().findChild<FleetExporter *>()->write(file).isOk());
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QByteArray text = csv.readAll();
        QCOMPARE(text.count('\n'), 3);
        QVERIFY(text.startsWith("name,ip,"));
    }

    void theSelectionSurvivesFiltersAndSorting()
    {
        table().selectRow(3);
        table().selectionModel()->select(m_page->model().index(7, 0),
                                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
        const QStringList chosen = table().selectedIps();
        QCOMPARE(chosen.size(), 2);
        Q_EMIT m_source->reset();
        QCOMPARE(table().selectedIps(), chosen);
        table().horizontalHeader()->setSortIndicator(FleetModel::NameColumn, Qt::AscendingOrder);
        QCOMPARE(QSet<QString>(chosen.begin(), chosen.end()).size(), table().selectedIps().size());
        filter().setText(u"ip:"_s + chosen.first());
        QCOMPARE(table().selectedIps(), QStringList{chosen.first()});
    }

    void verbsMeanAllThatIsSelected_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1, 3, 500})
            QTest::addRow("%d", count) << count;
    }

    void verbsMeanAllThatIsSelected()
    {
        QFETCH(int, count);
        useFleet(hugeFleet(500, evening));
        table().setFocus();
        if (count == 500) {
            QTest::keyClick(&table(), Qt::Key_A, Qt::ControlModifier);
        } else {
            table().selectRow(0);
            for (int i = 1; i < count; ++i)
                QTest::keyClick(&table(), Qt::Key_Down, Qt::ShiftModifier);
        }
        QCOMPARE(m_page->actionTarget().places.size(), count);
        QSignalSpy maintenance(m_page.get(), &Page::maintenanceRequested);
        QSignalSpy actions(m_page.get(), &Page::actionRequested);
        QPushButton *refresh = nullptr;
        for (QPushButton *button : m_page->findChildren<QPushButton *>())
            if (button->accessibleName() == u"Check now")
                refresh = button;
        QVERIFY(refresh && refresh->isVisible());
        Q_EMIT refresh->clicked();
        QCOMPARE(actions.size(), 1);
        QCOMPARE(actions.first().at(1).value<ActionScope>().places.size(), count);
        save(u"fleet-selected-%1"_s.arg(count));
    }

    void hostileNamesAreExportedSafely()
    {
        FleetState state = demoFleet(evening);
        for (FleetServer &server : state.servers)
            server.info.hostname = u"=cmd|'/c calc'!A1\n\",\u202e"_s;
        useFleet(state);
        const QString file = m_folder.filePath(u"hostile.csv"_s);
        QVERIFY(table().findChild<FleetExporter *>()->write(file).isOk());
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QByteArray text = csv.readAll();
        QCOMPARE(text.count('\n'), 31);
        QVERIFY(!text.contains(",=") && text.contains("'=cmd"));
        table().selectAll();
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 29);
    }

    void drawsInTheDark()
    {
        QApplication::setPalette(darkTheme().palette());
        openPage();
        filter().setText(u"role:mysql cpx>80"_s);
        save(u"fleet-complaint"_s);
        filter().setText({});
        save(u"fleet-page"_s);
        QApplication::setPalette(lightTheme().palette());
    }
};

QTEST_MAIN(TestFleetPage)
#include "tst_fleetpage.moc"
