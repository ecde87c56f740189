// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/dialogs/shortcutsdialog.h"

#include "console/views/filterfield.h"
#include "console/views/mainwindow.h"
#include "console/views/menuentries.h"
#include "console/views/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequence>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

QString native(const QString &keys)
{
    return QKeySequence(keys).toString(QKeySequence::NativeText);
}

} // namespace

ShortcutsDialog::ShortcutsDialog(MainWindow &window)
    : QDialog(&window)
    , m_filter(new FilterField(tr("Filter: a word or a key"), {}))
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setFont(uiFont());
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(12);
    m_list->setFocusPolicy(Qt::StrongFocus);
    m_list->setAccessibleName(tr("Keyboard shortcuts"));
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    addMenus(window);
    addOthers();
    m_list->expandAll();
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_filter);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    resize(560, 620);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    connect(m_filter, &FilterField::left, m_list, qOverload<>(&QWidget::setFocus));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_filter->setFocus();
}

void ShortcutsDialog::addRow(const QString &group, const QString &title, const QString &keys)
{
    QTreeWidgetItem *parent = nullptr;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        if (m_list->topLevelItem(i)->text(0) == group)
            parent = m_list->topLevelItem(i);
    }
    if (!parent) {
        parent = new QTreeWidgetItem(m_list, {group});
        parent->setFlags(Qt::ItemIsEnabled);
        parent->setSizeHint(0, QSize(0, qMax(30, fontMetrics().height() + 12)));
        parent->setTextAlignment(0, Qt::AlignLeft | Qt::AlignBottom);
        parent->setFont(0, uiFont(TextSize::small, true));
        parent->setForeground(0, themeOf(this).text3);
        parent->setFirstColumnSpanned(true);
    }
    auto *row = new QTreeWidgetItem(parent, {title, keys});
    row->setSizeHint(0, QSize(0, qMax(26, fontMetrics().height() + 8)));
    row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    row->setForeground(1, themeOf(this).text2);
    row->setData(0, Qt::AccessibleTextRole, title + u", "_s + keys);
}

void ShortcutsDialog::addMenus(const MainWindow &window)
{
    for (const MenuEntry &entry : menuEntries(*window.menuBar())) {
        if (const QString keys = shortcutText(*entry.action); !keys.isEmpty())
            addRow(entry.menu, entry.title, keys);
    }
}

/// What pages and lists do with keys by themselves.
void ShortcutsDialog::addOthers()
{
    const QString lists = tr("In lists and tables");
    addRow(lists, tr("Open what is chosen"), native(u"Return"_s));
    addRow(lists, tr("Choose several"),
           tr("%1 with arrows").arg(native(u"Shift+A"_s).section(u'+', 0, 0)));
    addRow(lists, tr("Choose all"), native(u"Ctrl+A"_s));
    addRow(lists, tr("Copy"), native(u"Ctrl+C"_s));
    const QString fields = tr("In a filter");
    addRow(fields, tr("Go to the list"), native(u"Down"_s));
    addRow(fields, tr("Clear it, then leave it"), native(u"Esc"_s));
    const QString palette = tr("In the command palette");
    addRow(palette, tr("Open"), native(u"Return"_s));
    addRow(palette, tr("What can be done with it"), native(u"Ctrl+Return"_s));
    addRow(palette, tr("Actions only"), u">"_s);
    addRow(palette, tr("Go back"), native(u"Esc"_s));
}

void ShortcutsDialog::filter(const QString &text)
{
    const QString wanted = text.trimmed();
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = m_list->topLevelItem(i);
        bool isAny = false;
        for (int row = 0; row < group->childCount(); ++row) {
            QTreeWidgetItem *item = group->child(row);
            const bool isFound = item->text(0).contains(wanted, Qt::CaseInsensitive)
                || item->text(1).contains(wanted, Qt::CaseInsensitive)
                || group->text(0).contains(wanted, Qt::CaseInsensitive);
            item->setHidden(!isFound);
            isAny = isAny || isFound;
        }
        group->setHidden(!isAny);
    }
}

} // namespace Treewarden
