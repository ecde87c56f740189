// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/settings/sitesaver.h"

#include <QDialog>

#include <functional>

class QListWidget;
class QPushButton;

namespace Treewarden {

class ConnectionForm;
class EmptyState;

/// The sites that the console watches: adds, edits, tests, orders and removes them. Nothing changes
/// before it is saved.
class SitesDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SitesDialog(SiteSaver &saver, QWidget *parent = nullptr);

    /// Shows this one first.
    void select(const QString &id);

    /// Tells what would be lost with a site, a sentence; empty: nothing, so nothing is asked.
    void setLossOf(std::function<QString(const QString &id)> lossOf)
    {
        m_lossOf = std::move(lossOf);
    }

private:
    QWidget *makeList();
    QPushButton *makeButton(const QString &text, const QString &name, const QString &tip);
    void addSite();
    void removeSite();
    void askToRemoveSite();
    void move(int by);
    void leaveRow(int row);
    void showRow(int row);
    void showTitles();
    void showButtons();
    void submit();
    void showTrouble(int row, const QString &sentence);

    SiteSaver &m_saver;
    std::function<QString(const QString &id)> m_lossOf;
    QList<SiteEntry> m_entries;
    int m_row = -1; ///< which of them the form shows
    QListWidget *m_list;
    ConnectionForm *m_form;
    QPushButton *m_up, *m_down, *m_remove, *m_save;
};

} // namespace Treewarden
