// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/watchersource.h"
#include "console/views/commanddetails.h"
#include "console/views/commandspage.h"
#include "console/views/commandtable.h"
#include "console/views/detailstext.h"
#include "console/views/filterfield.h"
#include "console/views/linkbutton.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/wordhelp.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/redisserver.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString web = u"10.207.26.233"_s, database = u"10.207.26.250"_s;

CommandMessage told(const QString &id, const QString &ip, const ServiceId &service,
                    CommandState state, qint64 age, const QString &by = u"chen"_s)
{
    CommandMessage m;
    m.id = id;
    m.ip = ip;
    m.service = service;
    m.action = u"restart"_s;
    m.state = state;
    m.timestamp = evening - age;
    m.by = by;
    return m;
}

QByteArray entry(const CommandMessage &message)
{
    return toJson(UpdateMessage(message));
}

} // namespace

/// The commands page as a person uses it.
class TestCommandsPage : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<FixedSource> m_source;
    std::unique_ptr<FixedDesk> m_desk;
    std::unique_ptr<ActionCentre> m_centre;
    std::unique_ptr<CommandsPage> m_page;

    CommandTable &table() { return m_page->table(); }

    QString details() { return m_page->details().text().toPlainText(); }

    FilterField &filter() { return *m_page->findChild<FilterField *>(); }

    int rows() { return table().model()->rowCount(); }

    template<typename T>
    T *button(const QString &text)
    {
        for (T *widget : m_page->findChildren<T *>())
            if (widget->text() == text)
                return widget;
        return nullptr;
    }

    void fill()
    {
        CommandLog &log = m_centre->log();
        CommandMessage failed
            = told(u"a"_s, web, {u"nginx"_s, u"80"_s}, CommandState::Running, 62'000);
        failed.reason = u"after the update"_s;
        failed.key = u"8f14e45f"_s;
        log.take(failed);
        failed.state = CommandState::Failed;
        failed.timestamp += 1300;
        failed.took = 1300;
        failed.exit = 1;
        failed.detail = u"bind() to 0.0.0.0:80 failed <b>(98)</b>"_s;
        log.take(failed);
        CommandMessage done = told(u"b"_s, database, {u"mysql"_s, u"3301"_s}, CommandState::Done,
                                   3'700'000, u"li.wei"_s);
        done.took = 2100;
        log.take(done);
        done.state = CommandState::Verified;
        done.timestamp += 3000;
        done.took = 1200;
        log.take(done);
        CommandMessage nightly = told(u"c"_s, database, {u"mysql"_s, u"3301"_s},
                                      CommandState::Refused, 50'000'000, {});
        nightly.schedule = u"nightly"_s;
        log.take(nightly);
        log.take(told(u"d"_s, web, {u"system"_s, u"default"_s}, CommandState::Running, 2'000,
                      u"li.wei"_s));
    }

    void chooseText(const QString &text)
    {
        for (int row = 0; row < rows(); ++row)
            for (int column = 0; column < CommandLog::ColumnCount; ++column)
                if (table().model()->index(row, column).data().toString() == text)
                    QTest::mouseClick(
                        table().viewport(), Qt::LeftButton, {},
                        table().visualRect(table().model()->index(row, column)).center());
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
        m_page.reset();
        m_centre.reset();
        m_source = std::make_unique<FixedSource>(demoFleet(evening), evening);
        m_desk = std::make_unique<FixedDesk>();
        m_centre = std::make_unique<ActionCentre>(*m_source, *m_desk);
        m_page = std::make_unique<CommandsPage>(*m_centre);
        m_page->resize(1250, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        fill();
    }

    void aCommandIsToldInFull()
    {
        chooseText(u"after the update"_s);
        const QString text = details();
        QVERIFY2(text.startsWith(u"Restart nginx 80 on web-03\nbind() to 0.0.0.0:80 failed "
                                 "<b>(98)</b>\n"_s)
                     || text.startsWith(u"Restart nginx on web-03\nbind() to 0.0.0.0:80 failed "
                                        "<b>(98)</b>\n"_s),
                 qPrintable(text));
        QVERIFY(text.contains(u"Who\tchen\nWhy\tafter the update"_s));
        QVERIFY(text.contains(u"running\t2023-11-15 17:19:39.000\n"_s));
        QVERIFY(text.contains(u"failed\t2023-11-15 17:19:40.300, took 1.3 s, exit 1"_s));
        QVERIFY(text.contains(u"Key\t8f14e45f"_s));
    }

    void theCheckThatFollowedIsTold()
    {
        chooseText(u"mysql 3301"_s);
        const QString text = details();
        QVERIFY2(text.contains(u"refused"_s) || text.contains(u"after 1.2 s"_s), qPrintable(text));
    }

    void itIsAskedForAgainWhereItCanBe()
    {
        m_centre->configs().take(web,
                                 {{"services", "{}"},
                                  {"controlled", R"({"nginx":{"default":{"restart":"/bin/a"}}})"},
                                  {"version", "1"},
                                  {"signature", "c2lnbmVk"}});
        chooseText(u"after the update"_s);
        auto *repeat = button<QPushButton>(u"Repeat…"_s);
        QTRY_VERIFY(repeat->isEnabled());
        QSignalSpy asked(m_page.get(), &Page::actionRequested);
        QTest::mouseClick(repeat, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toString(), u"restart"_s);
        const auto scope = asked.first().at(1).value<ActionScope>();
        QCOMPARE(scope.places.size(), 1);
        QCOMPARE(scope.places.first().text(), web + u" nginx:80"_s);
    }

    void whyItCannotBeRepeatedIsSaid()
    {
        m_centre->configs().take(web, {{"services", "{}"}, {"controlled", "{}"}, {"version", "1"}});
        chooseText(u"after the update"_s);
        auto *repeat = button<QPushButton>(u"Repeat…"_s);
        QVERIFY(!repeat->isEnabled());
        QVERIFY(!repeat->toolTip().isEmpty());
    }

    void theFilterUnderstandsItsWords_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("count");
        const std::pair<const char *, int> filters[] = {
            {"", 4},
            {"failed", 1},
            {"running", 1},
            {"done", 1},
            {"refused", 1},
            {"scheduled", 1},
            {"-scheduled", 3},
            {"who:li.wei", 2},
            {"who:li.wei running", 1},
            {"action:restart", 4},
            {"action:stop", 0},
            {"role:mysql", 2},
            {"name:db", 2},
            {"ip:10.207.26.233", 2},
            {"why:update", 1},
            {"state:verified", 1},
            {"since:10min", 2},
            {"until:10min", 2},
            {"since:", 4},
            {"98", 1},
            {"after the", 1},
            {"nothing", 0},
        };
        for (const auto &[filter, count] : filters)
            QTest::newRow(*filter ? filter : "nothing typed")
                << QString::fromLatin1(filter) << count;
    }

    void theFilterUnderstandsItsWords()
    {
        QFETCH(QString, filter);
        QFETCH(int, count);
        this->filter().setText(filter);
        QCOMPARE(rows(), count);
    }

    void chipsCountAndFilter()
    {
        auto *chip = button<ChipButton>(u"Failed"_s);
        QTRY_COMPARE(chip->accessibleDescription(), u"1"_s);
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(rows(), 1);
        QVERIFY(chip->isChecked());
    }

    void whoHasScrolledIsNotPushed()
    {
        for (int i = 0; i < 80; ++i)
            m_centre->log().take(
                told(u"x%1"_s.arg(i), web, {u"nginx"_s, u"80"_s}, CommandState::Done, 1'000));
        QTRY_VERIFY(table().verticalScrollBar()->maximum() > 200);
        table().verticalScrollBar()->setValue(200);
        const CommandLog::Record *record = nullptr;
        table().setCurrentIndex(table().model()->index(table().rowAt(40), 0));
        record = table().current();
        const QString id = record->newest.id;
        m_centre->log().take(
            told(u"new"_s, database, {u"mysql"_s, u"3301"_s}, CommandState::Done, 0));
        table().setCurrentIndex(table().model()->index(table().rowAt(40), 0));
        QCOMPARE(table().current()->newest.id, id);
        auto *news = button<LinkButton>(u"1 new"_s);
        QVERIFY(news && news->isVisible());
        QTest::mouseClick(news, Qt::LeftButton);
        QVERIFY(table().isAtTop());
        QVERIFY(!news->isVisible());
    }

    void keysWork()
    {
        table().setFocus();
        table().setCurrentIndex(table().model()->index(0, 0));
        const QString first = details();
        QTest::keyClick(&table(), Qt::Key_Down);
        QVERIFY(details() != first);
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\t'), CommandLog::ColumnCount - 1);
        QTest::keyClick(&table(), '/');
        QTRY_VERIFY(filter().hasFocus());
        table().setFocus();
        QTest::keyClick(&table(), '?');
        auto *help = m_page->findChild<WordHelp *>();
        QVERIFY(help && help->isVisible());
        QTest::keyClick(help, Qt::Key_Escape);
        QTRY_VERIFY(!m_page->findChild<WordHelp *>());
    }

    void olderOnesAreReadFromTheStream()
    {
        RedisServer redis;
        const CommandMessage message
            = told(u"NUMBER"_s, u"10.0.0.7"_s, {u"nginx"_s, u"80"_s}, CommandState::Done, 10'000);
        redis.call({"EVAL",
                    "for i = 0, 619 do redis.call('XADD', 'commands', (i + 1) .. '-0', 'ip', "
                    "'10.0.0.7', 'id', 'c' .. i, 'state', 'done', 'json', "
                    "(string.gsub(ARGV[1], 'NUMBER', 'c' .. i))) end",
                    "0", entry(message)});
        WatcherSource source([] { return evening; });
        CommandLog log(source);
        source.watch(redis.url());
        // The stream may answer before the fleet has been read: more can be had once both are
        // there.
        QTRY_VERIFY_WITH_TIMEOUT(source.isLive() && log.canFetchMore({}), 20'000);
        QCOMPARE(log.rowCount(), 500);
        log.fetchMore({});
        QTRY_COMPARE_WITH_TIMEOUT(log.rowCount(), 620, 20'000);
        QVERIFY(log.isComplete());
        QVERIFY(!log.canFetchMore({}));
        QCOMPARE(log.record(619).newest.id, u"c0"_s);
        QAbstractItemModelTester tester(&log,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void looksGood()
    {
        chooseText(u"after the update"_s);
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
            QApplication::setPalette(theme->palette());
            m_page->setPalette(theme->palette());
            QTest::qWait(150); // counts follow after a moment
            QVERIFY(m_page->grab().save(u"%1/commands-details-%2.png"_s.arg(
                QStringLiteral(SCREENSHOT_FOLDER), theme->isDark ? u"dark"_s : u"light"_s)));
        }
        QApplication::setPalette(lightTheme().palette());
    }
};

QTEST_MAIN(TestCommandsPage)
#include "tst_commandspage.moc"
