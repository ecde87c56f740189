// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/models/actioncentre.h"
#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"
#include "console/views/page.h"
#include "console/views/pagetabs.h"
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/treegraph.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"
#include "tests/support/picturechecks.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 evening = 1'700'068'841'000; // 2023-11-15 17:20:41 UTC
constexpr double ratio = 1.5;

} // namespace

/// Pages on a screen of which 1.5 dots are one pixel: the same, finer.
class TestHidpi : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(u"settings.ini"_s), QSettings::IniFormat};
    Preferences m_preferences{m_settings};
    FixedSource m_source{demoFleet(evening), evening};
    FixedDesk m_desk;
    ActionCentre m_centre{m_source, m_desk};

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void everyPageFitsAsOnACoarseScreen()
    {
        MainWindow window(m_source, m_preferences, &m_centre);
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QString folder = QStringLiteral(SCREENSHOT_FOLDER "/hidpi");
        QDir().mkpath(folder);
        for (const QString &key :
             {u"overview"_s, u"fleet"_s, u"tree"_s, u"events"_s, u"server"_s}) {
            window.showPage(key, key == u"server" ? u"10.207.26.233"_s : QString());
            QTest::qWait(20); // layouts that were asked for
            const QPixmap picture = window.grab();
            QCOMPARE(picture.devicePixelRatio(), ratio);
            QCOMPARE(picture.size(), QSize(1280, 800) * ratio);
            QVERIFY(picture.save(u"%1/%2.png"_s.arg(folder, key)));
            QVERIFY2(cutTexts(window).isEmpty(), qPrintable(cutTexts(window).join(u"; "_s)));
        }
    }

    void theLegendOfTheGraphKeepsItsSize()
    {
        MainWindow window(m_source, m_preferences, &m_centre);
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.showPage(u"tree"_s, u"dev"_s);
        window.page(u"tree"_s)->findChild<SegmentedChoice *>()->setCurrentIndex(1);
        QTest::qWait(20); // layouts that were asked for
        const auto *graph = window.page(u"tree"_s)->findChild<TreeGraph *>();
        const QImage picture = graph->viewport()->grab().toImage();
        QVERIFY(picture.save(QStringLiteral(SCREENSHOT_FOLDER "/hidpi/graph.png")));
        const QColor surface = themeOf(graph).surface;
        const auto isEmpty = [&](const QRect &rect) { // in pixels of the window
            for (int y = int(rect.top() * ratio); y < int(rect.bottom() * ratio); ++y)
                for (int x = int(rect.left() * ratio); x < int(rect.right() * ratio); ++x)
                    if (picture.pixelColor(x, y) != surface)
                        return false;
            return true;
        };
        QVERIFY(!isEmpty({16, 6, 200, 20}));
        QVERIFY(isEmpty({16, 27, 200, 6})); // below it
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_SCALE_FACTOR", QByteArray::number(ratio));
    QApplication app(argc, argv);
    TestHidpi test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_hidpi.moc"
