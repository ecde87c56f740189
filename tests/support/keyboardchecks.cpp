// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/keyboardchecks.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QDialog>
#include <QRadioButton>
#include <QTest>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostTabs = 300;

QString describe(const QWidget &widget)
{
    return u"%1 %2 '%3' in %4"_s.arg(
        QLatin1StringView(widget.metaObject()->className()), widget.objectName(),
        widget.accessibleName(),
        QLatin1StringView(widget.parentWidget()->metaObject()->className()));
}

bool takesFocus(const QWidget &widget)
{
    return widget.isVisible() && widget.isEnabled() && !widget.focusProxy()
        && (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget.size().isEmpty()
        && widget.objectName() != u"qt_spinbox_lineedit" && !widget.inherits("QScrollArea");
}

/// Of radio buttons Tab comes to the chosen one, arrows to the others.
bool isOtherChoice(const QWidget &widget)
{
    const auto *radio = qobject_cast<const QRadioButton *>(&widget);
    return radio && !radio->isChecked();
}

bool isEmptyView(const QWidget &widget)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(&widget);
    return view && (!view->model() || view->model()->rowCount() == 0);
}

} // namespace

QStringList namelessWidgets(const QWidget &root)
{
    QStringList nameless;
    const QList<QWidget *> widgets = root.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!takesFocus(*widget)
            || qobject_cast<const QDialog *>(widget->window())
                != qobject_cast<const QDialog *>(root.window()))
            continue;
        const QVariant text = widget->property("text");
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        const bool isField = widget->inherits("QLineEdit"); // its text is its contents
        const QString name = interface ? interface->text(QAccessible::Name) : QString();
        if (widget->accessibleName().isEmpty() && name.isEmpty()
            && (isField || text.toString().isEmpty()))
            nameless << describe(*widget);
    }
    return nameless;
}

QStringList unreachedByTab(const QWidget &part)
{
    QSet<const QWidget *> reached;
    for (int i = 0; i < mostTabs; ++i) {
        const QWidget *before = QApplication::focusWidget();
        pressKey(Qt::Key_Tab);
        if (QApplication::focusWidget() == before && before && before->inherits("QsciScintilla"))
            pressKey(Qt::Key_Escape);
        reached.insert(QApplication::focusWidget());
    }
    QStringList missed;
    const QList<QWidget *> widgets = part.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (takesFocus(*widget) && !isOtherChoice(*widget) && !reached.contains(widget)
            && widget->window() == part.window())
            missed << describe(*widget);
    }
    return missed;
}

QStringList unseenFocus(QWidget &part)
{
    pressKey(Qt::Key_Tab); // from here on the focus is shown
    QStringList unseen;
    const QList<QWidget *> widgets = part.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!takesFocus(*widget) || isEmptyView(*widget) || widget->window() != part.window())
            continue;
        if (QWidget *focused = QApplication::focusWidget())
            focused->clearFocus();
        QApplication::processEvents();
        const QImage without = widget->grab().toImage();
        widget->setFocus(Qt::TabFocusReason);
        QApplication::processEvents();
        const bool isView = qobject_cast<const QAbstractItemView *>(widget);
        if (widget->grab().toImage() == without && !isView) // a view shows its current row
            unseen << describe(*widget);
    }
    return unseen;
}

void pressKey(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget *widget = QApplication::focusWidget();
    QTest::keyClick(widget ? widget : QApplication::activeWindow(), key, modifiers);
}

} // namespace Treewarden
