// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/app/appearance.h"
#include "console/app/problemteller.h"
#include "console/app/traykeeper.h"
#include "console/models/sitelist.h"
#include "console/views/theme.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000;

/// All is well but one service.
FleetState fleetWithOne(std::optional<bool> alive)
{
    FleetState state = calmFleet(evening);
    for (FleetServer &server : state.servers) {
        if (server.services.isEmpty())
            continue;
        server.services.first().state.alive = alive;
        break;
    }
    return state;
}

} // namespace

/// The icon in the desktop's tray and its menu, as pictures too.
class TestTray : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<SiteList> m_sites;

    FixedSource *add(const QString &id, const QString &name, const FleetState &state)
    {
        auto source = std::make_unique<FixedSource>(state, evening);
        FixedSource *added = source.get();
        m_sites->add(
            std::make_unique<Site>(id, name, std::move(source), std::make_unique<FixedDesk>()));
        return added;
    }

    static QStringList textsOf(const QMenu &menu)
    {
        QStringList texts;
        for (const QAction *action : menu.actions())
            texts << (action->isSeparator() ? u"-"_s : action->text());
        return texts;
    }

    static void save(const QPixmap &picture, const QString &name)
    {
        QDir().mkpath(QStringLiteral(SCREENSHOT_FOLDER));
        QVERIFY(picture.save(QStringLiteral(SCREENSHOT_FOLDER "/") + name + u".png"_s));
    }

    /// All sizes on a light and on a dark panel.
    static void drawIcons(QPainter &painter, const QIcon &icon, int row)
    {
        for (const bool isDark : {false, true}) {
            int x = isDark ? 240 : 10;
            for (const int size : {16, 22, 24, 32, 48}) {
                painter.drawPixmap(x, row * 60 + (60 - size) / 2, icon.pixmap(QSize(size, size)));
                x += size + 12;
            }
        }
    }

private Q_SLOTS:

    void init()
    {
        static int count = 0;
        m_settings = std::make_unique<QSettings>(m_folder.filePath(u"%1.ini"_s.arg(++count)),
                                                 QSettings::IniFormat);
        m_preferences = std::make_unique<Preferences>(*m_settings);
        m_appearance = std::make_unique<Appearance>(*m_preferences);
        m_sites = std::make_unique<SiteList>();
    }

    void cleanup()
    {
        m_preferences->setValue(Preference::Language, u"en"_s);
        m_appearance->apply();
        m_sites.reset();
    }

    void theMenuLeadsToTheProblems()
    {
        add(u"a"_s, u"Shanghai & Co"_s, demoFleet(evening));
        add(u"b"_s, u"Oslo"_s, calmFleet(evening));
        ProblemTeller teller(*m_sites, *m_preferences, [](const QString &) { return true; });
        TrayKeeper tray(*m_sites, teller, *m_preferences);
        QStringList chosen;
        connect(&tray, &TrayKeeper::problemChosen, this,
                [&chosen](const QString &site, const QString &ip) { chosen << site << ip; });
        const QStringList texts = textsOf(tray.menu());
        QCOMPARE(texts.first(), u"&Open Treewarden"_s);
        QCOMPARE(texts.last(), u"&Quit"_s);
        QVERIFY2(texts[2].startsWith(u"Shanghai && Co: "_s), qPrintable(texts[2]));
        tray.menu().actions()[2]->trigger();
        QCOMPARE(chosen.value(0), u"a"_s);
        QVERIFY(!chosen.value(1).isEmpty());
    }

    void aQuietFleetHasNoProblemInTheMenu()
    {
        add(u"b"_s, u"Oslo"_s, calmFleet(evening));
        ProblemTeller teller(*m_sites, *m_preferences, [](const QString &) { return true; });
        const TrayKeeper tray(*m_sites, teller, *m_preferences);
        QVERIFY(textsOf(tray.menu()).contains(u"No problem"_s));
    }

    void theIconShowsTheWorstOfAllSites()
    {
        QPixmap picture(460, 5 * 60);
        picture.fill(u"#f0f0f0"_s);
        QPainter painter(&picture);
        painter.fillRect(230, 0, 230, picture.height(), QColor(u"#202326"_s));
        drawIcons(painter, trayIcon(*m_sites), 0);
        FixedSource *calm = add(u"a"_s, u"Shanghai"_s, calmFleet(evening));
        const QImage well = trayIcon(*m_sites).pixmap(22).toImage();
        drawIcons(painter, trayIcon(*m_sites), 1);
        calm->goStale(evening, u"The server is away."_s, 5000);
        QTRY_VERIFY(trayIcon(*m_sites).pixmap(22).toImage() != well);
        drawIcons(painter, trayIcon(*m_sites), 2);
        calm->goLive();
        add(u"c"_s, u"Lima"_s, fleetWithOne(std::nullopt));
        drawIcons(painter, trayIcon(*m_sites), 3);
        add(u"b"_s, u"Oslo"_s, demoFleet(evening));
        QCOMPARE(m_sites->total().worst, Health::Died);
        drawIcons(painter, trayIcon(*m_sites), 4);
        painter.end();
        save(picture, u"tray-icons"_s);
    }

    void theMenuIsDrawnInAllLooks()
    {
        add(u"a"_s, u"Shanghai"_s, demoFleet(evening));
        add(u"b"_s, u"Oslo"_s, calmFleet(evening));
        for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
            for (const QString &theme : {u"light"_s, u"dark"_s}) {
                m_preferences->setValue(Preference::Language, language);
                m_preferences->setValue(Preference::Theme, theme);
                m_appearance->apply();
                ProblemTeller teller(*m_sites, *m_preferences,
                                     [](const QString &) { return true; });
                TrayKeeper tray(*m_sites, teller, *m_preferences);
                auto &menu = const_cast<QMenu &>(tray.menu());
                menu.ensurePolished();
                menu.resize(menu.sizeHint());
                menu.setActiveAction(menu.actions()[2]);
                QCOMPARE(themeOf(&menu).isDark, theme == u"dark");
                const QString ending = language == u"en" ? QString() : u"-zh"_s;
                save(menu.grab(), u"tray-menu"_s + ending + u'-' + theme);
            }
        }
    }
};

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
