// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/helpbook.h"
#include "console/models/pagehistory.h"

#include <QUrl>
#include <QWidget>

class QAction;
class QListWidget;

namespace Treewarden {

class FilterField;
class HelpBrowser;
class TonedLabel;

/// The handbook: contents at the left, a page at the right, a search over all pages. It stands
/// beside the console's window. Links into the web are shown, and opened by the desktop's browser
/// when somebody says so.
class HelpWindow : public QWidget
{
    Q_OBJECT
public:
    explicit HelpWindow(HelpBook book, QWidget *parent = nullptr);

    /// An unknown page shows the first.
    void showPage(const QString &key);

    QString currentPage() const { return m_key; }

    HelpBrowser &browser() { return *m_browser; }

    QListWidget &contents() { return *m_contents; }

Q_SIGNALS:
    void webRequested(const QUrl &address);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeSide();
    QWidget *makeLinkBar();
    void addKeys();
    void fillContents();
    void open(const QString &key);
    void offerLink(const QUrl &address);

    HelpBook m_book;
    PageHistory m_history;
    QString m_key;
    QUrl m_link;
    FilterField *m_search;
    QListWidget *m_contents;
    HelpBrowser *m_browser;
    QWidget *m_linkBar;
    TonedLabel *m_linkText;
    TonedLabel *m_nothing;
};

} // namespace Treewarden
