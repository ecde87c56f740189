// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTreeWidget;

namespace Treewarden {

class FilterField;
class MainWindow;

/// All keys that do something: those of the menus as they are now, and those of the pages.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ShortcutsDialog(MainWindow &window);

    QTreeWidget &list() { return *m_list; }

private:
    void addRow(const QString &group, const QString &title, const QString &keys);
    void addMenus(const MainWindow &window);
    void addOthers();
    void filter(const QString &text);

    FilterField *m_filter;
    QTreeWidget *m_list;
};

} // namespace Treewarden
