// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/actioncentre.h"
#include "console/models/treedetails.h"
#include "console/models/treemodel.h"
#include "console/settings/preferences.h"
#include "console/views/mainwindow.h"
#include "console/views/treeeditbar.h"
#include "console/views/treelist.h"
#include "console/views/treepage.h"
#include "tests/support/demofleet.h"
#include "tests/support/fixeddesk.h"
#include "tests/support/fixedsource.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QTest>

namespace Treewarden {
using namespace Qt::StringLiterals;

constexpr qint64 evening = 1'700'068'841'000;

/// The window over a source of any kind.
struct TreeConsole
{
    TreeConsole(FleetSource &source, ActionDesk &desk, const QString &file)
        : settings(file, QSettings::IniFormat)
        , preferences(settings)
        , centre(source, desk)
        , window(source, preferences, &centre)
    {
        window.resize(1440, 900);
        window.showPage(u"tree"_s, u"dev"_s);
        window.show();
        if (!QTest::qWaitForWindowExposed(&window))
            qFatal("the window does not come");
    }

    TreeEdit &edit() { return centre.treeEdit(); }

    TreePage &page() { return *static_cast<TreePage *>(window.page(u"tree"_s)); }

    template<typename Widget>
    Widget *find(const QString &name = {})
    {
        return page().findChild<Widget *>(name);
    }

    void press(const QString &name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }

    void begin()
    {
        find<TreeList>()->setFocus();
        QTest::keyClick(find<TreeList>(), Qt::Key_E, Qt::ControlModifier);
    }

    QModelIndex node(const QString &key)
    {
        const QAbstractItemModel *model = find<TreeList>()->model();
        return model
            ->match(model->index(0, 0), TreeModel::KeyRole, key, 1,
                    Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }

    QPoint placeOf(const QString &key)
    {
        TreeList *list = find<TreeList>();
        for (QModelIndex above = node(key).parent(); above.isValid(); above = above.parent())
            list->expand(above);
        list->scrollTo(node(key));
        return list->visualRect(node(key)).center();
    }

    void choose(const QString &key)
    {
        const QPoint place = placeOf(key);
        QTest::mouseClick(find<TreeList>()->viewport(), Qt::LeftButton, {}, place);
    }

    QString chosen()
    {
        return find<TreeList>()->currentIndex().data(TreeModel::KeyRole).toString();
    }

    QString text() { return find<TreeEditBar>()->text(); }

    const PaasRole *role(const QString &id) { return Treewarden::findRole(edit().tree(), id); }

    /// Answers the question that is open with the button of this text.
    void answer(const QString &button)
    {
        QPointer<QMessageBox> box;
        QTRY_VERIFY((box = page().findChild<QMessageBox *>()));
        for (QAbstractButton *one : box->buttons()) {
            if (one->text() != button)
                continue;
            QTest::mouseClick(one, Qt::LeftButton);
            QTRY_VERIFY(!box || !box->isVisible());
            window.activateWindow(); // a window manager does so
            return;
        }
        QFAIL(qPrintable(u"no button "_s + button));
    }

    bool isAsking() { return page().findChild<QMessageBox *>() != nullptr; }

    QSettings settings;
    Preferences preferences;
    ActionCentre centre;
    MainWindow window;
};

struct TreeDemo
{
    TreeDemo(const QString &file, FleetState state = demoFleet(evening))
        : source(std::move(state), evening)
        , console(source, desk, file)
    {
    }

    FixedSource source;
    FixedDesk desk;
    TreeConsole console;
};

} // namespace Treewarden
