// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/models/timesource.h"
#include "console/settings/preferences.h"
#include "console/views/configeditor.h"
#include "console/views/configformview.h"
#include "console/views/configpage.h"
#include "console/views/differencepanel.h"
#include "console/views/eventspage.h"
#include "console/views/eventtable.h"
#include "console/views/historypanel.h"
#include "console/views/jsoneditor.h"
#include "console/views/jsonpanel.h"
#include "console/views/mainwindow.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/hostilefleet.h"
#include "tests/support/picturechecks.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;
const QSize windowSize(1440, 900);

QStringList warnings; ///< everything that was said on stderr
QtMessageHandler usualHandler = nullptr;

void noteWarning(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const QLatin1StringView category(context.category ? context.category : "");
    const bool isOfPlatform
        = category.startsWith("qt.qpa"_L1) || text.startsWith(u"This plugin does not support"_s);
    if (type != QtDebugMsg && type != QtInfoMsg && !isOfPlatform)
        warnings << text;
    usualHandler(type, context, text);
}

/// What no text that is shown may hold: it would hide, move or end other text.
bool isHarmful(QChar c)
{
    const char16_t u = c.unicode();
    return (u < 0x20 && u != u'\n' && u != u'\t') || u == 0x7f || (u >= 0x80 && u < 0xa0)
        || (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

QString wrongWith(const QString &text)
{
    if (text.size() > 2500)
        return u"%1 characters"_s.arg(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isHarmful(text[i]))
            return u"character %1"_s.arg(int(text[i].unicode()), 4, 16, QChar(u'0'));
        const bool isPair
            = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (text[i].isSurrogate() && !isPair)
            return u"a lone surrogate"_s;
        i += isPair ? 1 : 0;
    }
    return {};
}

} // namespace

/// Whatever Redis holds, every page shows it as what it is: text.
class TestHostileInput : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<FixedSource> m_source;
    std::unique_ptr<TimeSource> m_time;
    std::unique_ptr<FixedDesk> m_desk;
    std::unique_ptr<ActionCentre> m_centre;
    std::unique_ptr<MainWindow> m_window;
    QStringList m_wrong; ///< by place

    void open(FleetState state)
    {
        static int count = 0;
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QString::number(++count)),
                                                 QSettings::IniFormat);
        m_preferences = std::make_unique<Preferences>(*m_settings);
        m_source = std::make_unique<FixedSource>(std::move(state), evening);
        m_time = std::make_unique<TimeSource>(*m_source);
        m_desk = std::make_unique<FixedDesk>();
        m_centre = std::make_unique<ActionCentre>(*m_time, *m_desk);
        m_window = std::make_unique<MainWindow>(*m_time, *m_preferences, m_centre.get());
        m_window->resize(windowSize);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    QList<std::pair<QString, QString>> places() const
    {
        QList<std::pair<QString, QString>> places{
            {u"overview"_s, {}}, {u"fleet"_s, {}}, {u"events"_s, {}}, {u"commands"_s, {}}};
        for (const QString &id : m_source->state().trees.keys().mid(0, 4))
            places.append({u"tree"_s, id});
        QStringList ips = m_source->state().servers.keys();
        ips.sort();
        for (const QString &ip : std::as_const(ips))
            places.append({u"server"_s, ip});
        return places;
    }

    /// Labels, buttons and fields.
    QStringList wrongWidgets() const
    {
        QStringList wrong;
        const QList<QWidget *> widgets = m_window->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible())
                continue;
            const auto *label = qobject_cast<const QLabel *>(widget);
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const QString text = label ? label->text() : button ? button->text() : QString();
            if (label && label->textFormat() != Qt::PlainText && Qt::mightBeRichText(text))
                wrong << u"rich: "_s + text.left(80);
            if (Qt::mightBeRichText(widget->toolTip()) && widget->toolTip().contains(u'<'))
                wrong << u"rich tool tip: "_s + widget->toolTip().left(80);
            for (const QString &shown : {text, widget->toolTip(), widget->accessibleName()}) {
                if (const QString why = wrongWith(shown); !why.isEmpty())
                    wrong << u"%1 %2: %3"_s.arg(
                        QString::fromLatin1(widget->metaObject()->className()), why,
                        shown.left(80));
            }
        }
        return wrong;
    }

    /// The items of lists, tables and trees that are seen.
    QStringList wrongItems() const
    {
        QStringList wrong;
        const QList<QAbstractItemView *> views = m_window->findChildren<QAbstractItemView *>();
        for (const QAbstractItemView *view : views) {
            if (!view->isVisible() || !view->model())
                continue;
            const QAbstractItemModel &model = *view->model();
            for (int row = 0; row < qMin(200, model.rowCount()); ++row) {
                for (int column = 0; column < model.columnCount(); ++column) {
                    const QModelIndex index = model.index(row, column);
                    const QString tip = index.data(Qt::ToolTipRole).toString();
                    if (Qt::mightBeRichText(tip) && tip.contains(u'<'))
                        wrong << u"rich tool tip: "_s + tip.left(80);
                    for (const QString &shown : {index.data().toString(), tip}) {
                        if (const QString why = wrongWith(shown); !why.isEmpty())
                            wrong << u"%1 %2: %3"_s.arg(view->accessibleName(), why,
                                                        shown.left(80));
                    }
                }
            }
        }
        return wrong;
    }

    /// Looks at the page in front and notes what is wrong with it.
    void look(const QString &place)
    {
        QElapsedTimer clock;
        clock.start();
        QCoreApplication::processEvents();
        const QImage picture = m_window->grab().toImage();
        const qint64 took = clock.elapsed();
        const QSize least = m_window->minimumSizeHint();
        QStringList wrong = wrongWidgets() + wrongItems() + std::exchange(warnings, {});
        if (took > 3000)
            wrong << u"takes %1 ms"_s.arg(took);
        if (least.width() > 1100 || least.height() > 800)
            wrong << u"needs %1 x %2: %3"_s.arg(least.width())
                         .arg(least.height())
                         .arg(widestParts(*m_window, 800).join(u", "_s));
        if (m_window->size() != windowSize) {
            wrong << u"grew to %1 x %2"_s.arg(m_window->width()).arg(m_window->height());
            m_window->resize(windowSize);
        }
        if (!wrong.isEmpty())
            m_wrong << place + u": "_s + wrong.mid(0, 5).join(u"; "_s);
    }

    void lookAtAllTabs(const QString &place)
    {
        look(place);
        QWidget *page = m_window->page(m_window->currentPage());
        for (QTabBar *tabs : page->findChildren<QTabBar *>()) {
            for (int i = 1; tabs->isVisible() && i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                look(u"%1, %2"_s.arg(place, tabs->tabText(i)));
            }
            if (tabs->count())
                tabs->setCurrentIndex(0);
        }
    }

    static void press(ConfigEditor &editor, const QString &name)
    {
        auto *button = editor.findChild<QPushButton *>(name);
        QVERIFY(button);
        button->click();
    }

    static bool isShownAsNumber(ConfigEditor &editor, QChar c)
    {
        const QByteArray sign = QString(c).toUtf8();
        char shown[64] = {};
        editor.json().editor().SendScintilla(QsciScintilla::SCI_GETREPRESENTATION, sign.constData(),
                                             shown);
        return QByteArray(shown).startsWith("U+");
    }

    /// Every section of the form, its first entries, and the text.
    void lookAtEditor(ConfigEditor &editor, const QString &place)
    {
        editor.showJson(false);
        auto *sections = editor.findChild<QTabBar *>(u"configSections"_s);
        for (int i = 0; i < sections->count(); ++i) {
            sections->setCurrentIndex(i);
            QListView &list = editor.form().list();
            for (int row = 0; row < qMin(3, list.model()->rowCount()); ++row) {
                list.setCurrentIndex(list.model()->index(row, 0));
                look(u"%1 section %2 entry %3"_s.arg(place).arg(i).arg(row));
            }
            if (list.model()->rowCount() == 0)
                look(u"%1 section %2"_s.arg(place).arg(i));
        }
        editor.showJson(true);
        look(place + u" JSON"_s);
        for (const QChar c : editor.json().editor().text()) {
            if (isHarmful(c) && c.unicode() >= 0x80 && !isShownAsNumber(editor, c)) {
                m_wrong << place + u" JSON shows character %1"_s.arg(int(c.unicode()), 4, 16);
                break;
            }
        }
        editor.showJson(false);
        sections->setCurrentIndex(0);
    }

    void verifyNothingIsWrong()
    {
        for (const QString &wrong : std::as_const(m_wrong))
            qDebug("%s", qPrintable(wrong));
        QVERIFY2(m_wrong.isEmpty(), qPrintable(m_wrong.value(0)));
    }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
        usualHandler = qInstallMessageHandler(noteWarning);
    }

    void init()
    {
        warnings.clear();
        m_wrong.clear();
    }

    void cleanup()
    {
        m_window.reset();
        m_centre.reset();
        m_time.reset();
        m_wrong += warnings;
        verifyNothingIsWrong();
    }

    void everyPageShowsHostileTextsAsText()
    {
        open(hostileFleet(evening));
        for (const CommandMessage &message : hostileCommands(evening))
            Q_EMIT m_source->commandChanged(message);
        for (const auto &[page, what] : places()) {
            m_window->showPage(page, what);
            lookAtAllTabs(page + u' ' + what);
        }
    }

    void thePastShowsHostileTextsAsText()
    {
        open(hostileFleet(evening));
        for (const qint64 ago : {1'000LL, 86'400'000LL, 40 * 86'400'000LL}) {
            m_time->goTo(evening - ago);
            for (const auto &[page, what] : places()) {
                m_window->showPage(page, what);
                look(u"%1 ms ago, %2 %3"_s.arg(ago).arg(page, what));
            }
        }
        m_time->goLive();
        look(u"live again"_s);
    }

    void everyConfigurationIsShownAsText()
    {
        open(demoFleet(evening));
        const QString ip = u"10.207.26.250"_s;
        int number = 0;
        for (const ConfigFields &fields : hostileConfigs()) {
            m_window->showPage(u"overview"_s);
            m_window->showPage(u"config"_s, ip);
            auto &editor = static_cast<ConfigPage *>(m_window->page(u"config"_s))->editor();
            const QString place = u"configuration %1"_s.arg(number++);
            editor.session()->take(ip, fields);
            lookAtEditor(editor, place);
            const ConfigVersion version{1, evening, QString::fromUtf8(fields.value("signer")),
                                        QString::fromUtf8(fields.value("signer")), fields};
            editor.history().model().take({version, version});
            press(editor, u"history"_s);
            look(place + u" history"_s);
            press(editor, u"history"_s);
        }
    }

    void severalHostileConfigurationsAreEditedAtOnce()
    {
        open(demoFleet(evening));
        const QStringList ips = m_source->state().servers.keys().mid(0, 4);
        const QList<ConfigFields> configs = hostileConfigs();
        for (qsizetype i = 0; i < configs.size(); i += 3) {
            m_window->showPage(u"config"_s, ips.join(u' '));
            auto &editor = static_cast<ConfigPage *>(m_window->page(u"config"_s))->editor();
            for (qsizetype server = 0; server < ips.size(); ++server)
                editor.session()->take(ips[server], configs[(i + server) % configs.size()]);
            editor.session()->set(u"x"_s, {u"intervals"_s, u"lease"_s}, 30);
            editor.session()->checkNow();
            lookAtEditor(editor, u"several from %1"_s.arg(i));
            press(editor, u"difference"_s);
            look(u"several from %1, difference"_s.arg(i));
            for (const QString &line : editor.findChild<DifferencePanel *>()->lines()) {
                if (const QString why = wrongWith(line); !why.isEmpty())
                    m_wrong << u"several from %1, difference: %2"_s.arg(i).arg(why);
            }
            press(editor, u"difference"_s);
            editor.session()->revert();
        }
    }

    void everyHostileEventIsToldInFull()
    {
        open(hostileFleet(evening));
        m_window->showPage(u"events"_s);
        auto *page = static_cast<EventsPage *>(m_window->page(u"events"_s));
        QVERIFY(page->log().heldCount() > 15);
        for (int row = 0; row < page->log().rowCount(); ++row) {
            page->table().setCurrentIndex(page->log().index(row, EventLog::EventColumn));
            look(u"event %1"_s.arg(row));
        }
    }

    void everyFilterIsOnlyText()
    {
        open(hostileFleet(evening));
        for (const QString &name : {u"fleet"_s, u"events"_s, u"commands"_s}) {
            m_window->showPage(name);
            auto *field = m_window->page(name)->findChild<QLineEdit *>();
            for (const QString &text : hostileTexts()) {
                field->setText(text);
                look(name + u" filtered"_s);
            }
            field->clear();
        }
    }

    void contradictoryMessagesBreakNothing()
    {
        open(demoFleet(evening));
        const QString ip = u"10.207.26.233"_s;
        for (const QString &page :
             {u"overview"_s, u"fleet"_s, u"tree"_s, u"server"_s, u"events"_s}) {
            m_window->showPage(page, page == u"server" ? ip : QString());
            for (const QString &unknown : {u"192.0.2.1"_s, QString(), QString(10'000, u'x')}) {
                Q_EMIT m_source->serverChanged(unknown);
                Q_EMIT m_source->workloadChanged(unknown);
                Q_EMIT m_source->serverAdded(unknown);
                Q_EMIT m_source->serverRemoved(unknown);
                Q_EMIT m_source->configChanged(unknown);
            }
            Q_EMIT m_source->serverAdded(ip); // it is there already
            m_source->setAlive(ip, true);
            m_source->setAlive(ip, std::nullopt);
            m_source->setAlive(ip, false);
            Q_EMIT m_source->eventsAdded(hostileEvents(evening));
            Q_EMIT m_source->eventsAdded(hostileEvents(evening - 10'000'000)); // backwards
            Q_EMIT m_source->treesChanged();
            QTest::qWait(300); // what is coalesced
            look(page);
        }
    }

    void whatIsShownMayVanish()
    {
        open(demoFleet(evening));
        const QString ip = u"10.207.26.233"_s;
        m_window->showPage(u"tree"_s, u"dev"_s);
        m_window->showPage(u"server"_s, ip);
        m_source->edit().servers.remove(ip);
        Q_EMIT m_source->serverRemoved(ip);
        m_source->edit().trees.clear();
        Q_EMIT m_source->treesChanged();
        for (const QString &page : {u"server"_s, u"tree"_s, u"fleet"_s, u"overview"_s}) {
            m_window->showPage(page);
            QTest::qWait(300);
            look(page);
        }
        m_source->replace({});
        for (const QString &page : {u"server"_s, u"tree"_s, u"fleet"_s, u"overview"_s}) {
            m_window->showPage(page);
            look(page);
        }
    }

    void clocksThatDisagreeAreShownAsTheyAre()
    {
        FleetState state = demoFleet(evening);
        for (FleetServer &server : state.servers) {
            const qint64 skew = (qint64(server.ip.size()) - 12) * 86'400'000 * 3;
            server.since += skew;
            server.workload.timestamp += skew;
            server.info.bootTime = evening + skew;
            for (FleetService &service : server.services)
                service.state.since += skew;
        }
        open(state);
        for (const auto &[page, what] : places()) {
            m_window->showPage(page, what);
            look(page + u' ' + what);
        }
    }
};

QTEST_MAIN(TestHostileInput)
#include "tst_hostileinput.moc"
