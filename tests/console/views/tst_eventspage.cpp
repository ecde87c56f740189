// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/streampages.h"
#include "console/models/watchersource.h"
#include "console/views/detailstext.h"
#include "console/views/emptystate.h"
#include "console/views/eventdetails.h"
#include "console/views/eventspage.h"
#include "console/views/eventtable.h"
#include "console/views/filterfield.h"
#include "console/views/linkbutton.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/wordhelp.h"
#include "shared/core/json.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixedsource.h"
#include "tests/support/redisserver.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QString web = u"10.207.26.233"_s;

Event death(qint64 when)
{
    return {u"%1-0"_s.arg(when), u"service"_s, web,
            QJsonObject{{u"role"_s, u"nginx"_s},
                        {u"instance"_s, u"80"_s},
                        {u"alive"_s, 0},
                        {u"timestamp"_s, when}}};
}

/// A day with a command, a maintenance and more than a page of rows.
FleetState busyFleet()
{
    FleetState state = demoFleet(evening);
    QList<Event> more;
    for (int i = 0; i < 80; ++i)
        more << death(evening - 61'000'000 - i * 500'000);
    more << Event{u"1699990000000-0"_s, u"command"_s, web,
                  QJsonObject{{u"role"_s, u"nginx"_s},
                              {u"instance"_s, u"80"_s},
                              {u"action"_s, u"restart"_s},
                              {u"state"_s, u"failed"_s},
                              {u"by"_s, u"li.wei"_s},
                              {u"detail"_s, u"bind() failed"_s},
                              {u"timestamp"_s, qint64(1'699'990'000'000)}}};
    state.events += more;
    std::sort(state.events.begin(), state.events.end(), [](const Event &a, const Event &b) {
        return streamPlace(a.id.toLatin1()) > streamPlace(b.id.toLatin1());
    });
    return state;
}

} // namespace

/// The events page as a person uses it.
class TestEventsPage : public QObject
{
    Q_OBJECT
    std::unique_ptr<FixedSource> m_source;
    std::unique_ptr<EventsPage> m_page;

    EventTable &table() { return m_page->table(); }

    FilterField &filter() { return *m_page->findChild<FilterField *>(); }

    DetailsText &details() { return m_page->findChild<EventDetails *>()->text(); }

    template<typename T>
    T *button(const QString &text)
    {
        for (T *widget : m_page->findChildren<T *>())
            if (widget->text() == text || widget->accessibleName() == text)
                return widget;
        return nullptr;
    }

    void choose(int row)
    {
        const QRect place = table().visualRect(m_page->log().index(row, EventLog::EventColumn));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, place.center());
    }

    int rowOfSentence(const QString &sentence)
    {
        for (int row = 0; row < m_page->log().rowCount(); ++row)
            if (const EventRecord *record = m_page->log().record(row);
                record && record->sentence == sentence)
                return row;
        return -1;
    }

    void save(const QString &name)
    {
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
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
        m_source = std::make_unique<FixedSource>(busyFleet(), evening);
        m_page = std::make_unique<EventsPage>(*m_source);
        m_page->resize(1250, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void aClickShowsTheEventInFull()
    {
        const int row = rowOfSentence(u"nginx on web-03 died"_s);
        choose(row);
        const QString text = details().toPlainText();
        QVERIFY2(text.startsWith(u"nginx on web-03 died\n0 of 4 expected processes found"_s),
                 qPrintable(text));
        QVERIFY(text.contains(u"2023-11-15 16:58:41, 22 min ago"_s));
        QVERIFY(text.contains(u"code\tprocess.count"_s));
    }

    void theDetailsLeadOn()
    {
        choose(rowOfSentence(u"nginx on web-03 died"_s));
        QSignalSpy moment(m_page.get(), &Page::momentRequested),
            server(m_page.get(), &Page::openServer), tree(m_page.get(), &Page::openTree);
        QTest::mouseClick(button<QPushButton>(u"See this moment"_s), Qt::LeftButton);
        QTest::mouseClick(button<QPushButton>(u"Open server"_s), Qt::LeftButton);
        QTest::mouseClick(button<QPushButton>(u"Show in tree"_s), Qt::LeftButton);
        QTest::mouseClick(button<QPushButton>(u"Copy as JSON"_s), Qt::LeftButton);
        QCOMPARE(moment.first().first().toLongLong(), evening - 22 * 60'000);
        QCOMPARE(server.first().first().toString(), web);
        QCOMPARE(tree.first().first().toString(), u"dev/nginx"_s);
        const QJsonObject copied
            = QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object();
        QCOMPARE(copied.value(u"role"_s).toString(), u"nginx"_s);
    }

    void whatLeadsNowhereIsNotOffered()
    {
        m_source->edit().servers.remove(web);
        m_source->edit().trees.clear();
        choose(rowOfSentence(u"nginx on web-03 died"_s));
        QVERIFY(!button<QPushButton>(u"Open server"_s)->isEnabled());
        QVERIFY(!button<QPushButton>(u"Show in tree"_s)->isEnabled());
    }

    void theKeysGoFromEventToEvent()
    {
        table().setFocus();
        table().setCurrentIndex(m_page->log().index(1, 0));
        const QString first = details().toPlainText();
        int headings = 0;
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(&table(), Qt::Key_Down);
            headings += m_page->log().record(table().currentIndex().row()) ? 0 : 1;
        }
        QCOMPARE(headings, 0);
        QVERIFY(details().toPlainText() != first);
        QSignalSpy opened(m_page.get(), &Page::openServer);
        table().setCurrentIndex(m_page->log().index(1, 0));
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(opened.first().first().toString(), m_page->log().record(1)->ip);
    }

    void aFilterIsTypedAndKeepsWhatIsChosen()
    {
        const int row = rowOfSentence(u"nginx on web-03 died"_s);
        choose(row);
        const QString id = m_page->log().record(row)->id;
        QTest::keyClick(&table(), '/');
        QTRY_VERIFY(filter().hasFocus());
        QTest::keyClicks(&filter(), u"role:nginx"_s);
        QCOMPARE(m_page->log().record(table().currentIndex().row())->id, id);
        QTest::keyClick(&filter(), Qt::Key_Down);
        QTRY_VERIFY(table().hasFocus());
        QTest::keyClick(&table(), Qt::Key_Escape);
        QCOMPARE(filter().text(), QString());
        QCOMPARE(m_page->log().record(table().currentIndex().row())->id, id);
    }

    void nothingFoundSaysSoAndOffersTheWayBack()
    {
        filter().setText(u"type:alert"_s);
        auto *empty = m_page->findChild<EmptyState *>();
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->text(), u"No event matches type:alert."_s);
        QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
        QVERIFY(table().isVisible());
    }

    void aChipSetsItsFilterAndCounts()
    {
        auto *chip = button<ChipButton>(u"Commands"_s);
        QCOMPARE(chip->accessibleDescription(), u"1"_s);
        QTest::mouseClick(chip, Qt::LeftButton);
        QVERIFY(chip->isChecked());
        QCOMPARE(filter().text(), u"type:command"_s);
        QCOMPARE(m_page->log().matchCount(), 1);
        QTest::mouseClick(chip, Qt::LeftButton);
        QVERIFY(chip->isChecked());
    }

    void whatIsNewAppearsAtTheTop()
    {
        Q_EMIT m_source->eventsAdded({death(evening)});
        QCOMPARE(m_page->log().record(1)->time, evening);
        QVERIFY(!m_page->findChild<LinkButton *>()->isVisible());
    }

    void whoHasScrolledIsNotPushed()
    {
        table().verticalScrollBar()->setValue(200);
        const int first = table().rowAt(40);
        const QString id = m_page->log().record(first)->id;
        Q_EMIT m_source->eventsAdded({death(evening), death(evening + 1), death(evening + 2)});
        auto *news = m_page->findChild<LinkButton *>();
        QTRY_VERIFY(news->isVisible());
        QCOMPARE(news->text(), u"3 new"_s);
        QCOMPARE(m_page->log().record(table().rowAt(40))->id, id);
        QTest::mouseClick(news, Qt::LeftButton);
        QVERIFY(table().isAtTop());
        QCOMPARE(m_page->log().record(1)->time, evening + 2);
        QTRY_VERIFY(!news->isVisible());
    }

    void whoDoesNotFollowDecidesWhen()
    {
        QTest::mouseClick(m_page->findChild<QCheckBox *>(), Qt::LeftButton, {}, QPoint(8, 12));
        Q_EMIT m_source->eventsAdded({death(evening)});
        auto *news = m_page->findChild<LinkButton *>();
        QTRY_VERIFY(news->isVisible());
        QCOMPARE(news->text(), u"1 new"_s);
        QTest::mouseClick(m_page->findChild<QCheckBox *>(), Qt::LeftButton, {}, QPoint(8, 12));
        QTRY_VERIFY(!news->isVisible());
        QCOMPARE(m_page->log().record(1)->time, evening);
    }

    void aHiddenPageLetsThemWait()
    {
        m_page->hide();
        Q_EMIT m_source->eventsAdded({death(evening)});
        QCOMPARE(m_page->log().waitingCount(), 1);
        m_page->show();
        QTRY_COMPARE(m_page->log().waitingCount(), 0);
    }

    void theHeadingOfTheDaySticks()
    {
        QVERIFY(table().stickingDay().startsWith(u"Today"_s));
        table().scrollToBottom();
        QVERIFY2(!table().stickingDay().startsWith(u"Today"_s), qPrintable(table().stickingDay()));
        const QImage top = table().viewport()->grab(QRect(0, 0, 200, 28)).toImage();
        table().verticalScrollBar()->setValue(table().verticalScrollBar()->value() - 5);
        QCOMPARE(table().viewport()->grab(QRect(0, 0, 200, 28)).toImage(), top);
    }

    void aSaveTellsWhatItChanged()
    {
        RedisServer redis;
        const auto entry = [](int version, int port) {
            const QByteArray services = compactJson(
                {{u"mysql"_s, QJsonObject{{u"3301"_s, QJsonObject{{u"port"_s, port}}}}}});
            return compactJson({{u"version"_s, version},
                                {u"by"_s, u"chen"_s},
                                {u"config"_s,
                                 QJsonObject{{u"services"_s, QString::fromUtf8(services)},
                                             {u"version"_s, QString::number(version)}}}});
        };
        redis.call({"RPUSH", "server:config:10.0.0.7:history", entry(2, 1), entry(3, 2)});
        redis.call({"XADD", "events", "1700000000000-0", "type", "config", "ip", "10.0.0.7", "json",
                    compactJson({{u"state"_s, u"saved"_s}, {u"version"_s, 3}})});
        WatcherSource source([] { return evening; });
        EventsPage page(source);
        page.show();
        source.watch(redis.url());
        QTRY_COMPARE_WITH_TIMEOUT(page.log().rowCount(), 2, 20'000);
        page.table().setCurrentIndex(page.log().index(1, 1));
        DetailsText &text = page.findChild<EventDetails *>()->text();
        QTRY_VERIFY_WITH_TIMEOUT(
            text.toPlainText().contains(
                u"What it changed\nservices.mysql.3301.port\n\u2212 1\n+ 2\nMessage"_s),
            20'000);
    }

    void rowsAreCopied()
    {
        table().setFocus();
        table().selectRow(rowOfSentence(u"nginx on web-03 died"_s));
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"16:58:41\tnginx on web-03 died\tweb-03\t"_s);
    }

    void aQuestionMarkExplainsTheWords()
    {
        table().setFocus();
        QTest::keyClick(&table(), '?');
        auto *help = m_page->findChild<WordHelp *>();
        QVERIFY(help && help->isVisible());
        for (LinkButton *word : help->findChildren<LinkButton *>())
            if (word->text() == u"since:2h")
                QTest::mouseClick(word, Qt::LeftButton);
        QCOMPARE(filter().text(), u"since:2h"_s);
        QTRY_VERIFY(!m_page->findChild<WordHelp *>());
    }

    void looksGood()
    {
        choose(rowOfSentence(u"nginx on web-03 died"_s));
        for (const Theme *theme : {&lightTheme(), &darkTheme()}) {
            QApplication::setPalette(theme->palette());
            m_page->setPalette(theme->palette());
            QCoreApplication::processEvents();
            save(u"events-details"_s);
        }
        QApplication::setPalette(lightTheme().palette());
    }
};

QTEST_MAIN(TestEventsPage)
#include "tst_eventspage.moc"
