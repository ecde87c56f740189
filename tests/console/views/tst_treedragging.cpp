// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/theme.h"
#include "console/views/themestyle.h"
#include "console/views/treepalette.h"
#include "tests/console/views/treeconsole.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDrag>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWindow>

using namespace Treewarden;
using namespace Qt::StringLiterals;

namespace {

const QString webOne = u"10.207.26.231"_s;

/// A hand that moves the mouse on while the platform's own loop of dragging runs, and lets go at
/// the end. Each step is a timer of its own: the loop may begin within any of them, and no timer
/// tells again before it has returned.
class Hand
{
public:
    Hand(QWindow *window, const QPoint &start, const QPoint &end, std::function<void()> over)
        : m_window(window)
        , m_over(std::move(over))
    {
        m_way << start + QPoint(3, 12) << start + QPoint(3, 30); // from here on it is a drag
        for (int i = 1; i <= 6; ++i)
            m_way << start + (end - start) * i / 6;
        m_way << end << end;
    }

    void drag(const QPoint &start)
    {
        QTest::mousePress(m_window, Qt::LeftButton, {}, start);
        goOn();
    }

    bool isDone() const { return m_isDone; }

private:
    void goOn()
    {
        QTimer::singleShot(10, &m_context, [this] { step(); });
    }

    void step()
    {
        if (m_at < m_way.size()) {
            goOn();
            QTest::mouseMove(m_window, m_way[m_at++]);
            return;
        }
        if (m_over)
            m_over();
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, m_way.last());
        QDrag::cancel(); // a drag that the release did not end must fail here, not hang
        m_isDone = true;
    }

    QWindow *m_window;
    std::function<void()> m_over;
    QList<QPoint> m_way;
    qsizetype m_at = 0;
    bool m_isDone = false;
    QObject m_context;
};

inline void drag(QWidget *from, const QPoint &start, QWidget *to, const QPoint &end,
                 const std::function<void()> &over = {})
{
    const QPoint first = from->mapTo(from->window(), start), last = to->mapTo(to->window(), end);
    Hand hand(from->window()->windowHandle(), first, last, over);
    hand.drag(first);
    QTRY_VERIFY(hand.isDone());
    QTRY_VERIFY(QApplication::mouseButtons() == Qt::NoButton);
}

} // namespace

/// Drag and drop in a service tree that is edited, through the platform's own loop of dragging: the
/// platform "minimal" has one, "offscreen" has none.
class TestTreeDragging : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;
    int m_files = 0;

    QString file() { return m_folder.filePath(u"%1.ini"_s.arg(++m_files)); }

private Q_SLOTS:

    void initTestCase()
    {
        QApplication::setStyle(new ThemeStyle);
        QApplication::setPalette(lightTheme().palette());
        QApplication::setFont(uiFont());
    }

    void anInstanceIsDraggedFromOneRoleToAnother()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        QAbstractItemModelTester tester(console.find<TreeList>()->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        console.begin();
        TreeList *list = console.find<TreeList>();
        const QPoint to = console.placeOf(u"dev/varnish"_s);
        const QPoint from = console.placeOf(u"dev/nginx/%1/80"_s.arg(webOne));
        drag(list->viewport(), from, list->viewport(), to);
        QCOMPARE(console.edit().changes().size(), 1);
        QCOMPARE(console.role(u"varnish"_s)->instances.last(), (PaasInstance{webOne, u"80"_s}));
        QCOMPARE(console.role(u"nginx"_s)->instances.size(), 2);
        QVERIFY(console.text().startsWith(u"1 change"_s));
        QVERIFY(console.text().contains(u"counts as Varnish now"_s));
        console.edit().steps().undo();
        QVERIFY(!console.edit().isChanged());
        console.edit().steps().redo();
        QCOMPARE(console.edit().changes().size(), 1);
    }

    void aServiceIsDraggedFromThePalette()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        console.choose(u"dev/nginx"_s);
        auto *palette = console.find<TreePalette>();
        palette->open(TreePaletteModel::Content::Services);
        TreeList *list = console.find<TreeList>();
        const QModelIndex first = palette->list()->model()->index(0, 0);
        QVERIFY(first.data().toString().startsWith(u"nginx"_s));
        const QPoint from = palette->list()->visualRect(first).center();
        const QPoint wrong = console.placeOf(u"dev/gearman"_s);
        QString refusal;
        drag(palette->list()->viewport(), from, list->viewport(), wrong,
             [&] { refusal = list->refusal(); });
        QVERIFY2(refusal.contains(u"is no instance of Gearman"_s), qPrintable(refusal));
        QVERIFY(!console.edit().isChanged());
        QVERIFY(list->refusal().isEmpty());
        drag(palette->list()->viewport(), from, list->viewport(), console.placeOf(u"dev/nginx"_s));
        QCOMPARE(console.role(u"nginx"_s)->instances.size(), 4);
    }

    void aRoleIsDraggedToAnotherGroup()
    {
        TreeDemo demo(file());
        TreeConsole &console = demo.console;
        console.begin();
        TreeList *list = console.find<TreeList>();
        const QPoint to = console.placeOf(u"dev//Data"_s), from = console.placeOf(u"dev/redis"_s);
        drag(list->viewport(), from, list->viewport(), to);
        QCOMPARE(console.role(u"redis"_s)->group, u"Data"_s);
        QCOMPARE(console.edit().changes().size(), 1);
    }
};

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "minimal:enable_fonts");
    QApplication app(argc, argv);
    TestTreeDragging test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_treedragging.moc"
