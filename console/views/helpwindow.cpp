// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/helpwindow.h"

#include "console/views/card.h"
#include "console/views/filterfield.h"
#include "console/views/helpbrowser.h"
#include "console/views/helpdelegate.h"
#include "console/views/tonedlabel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>

namespace Treewarden {
using namespace Qt::StringLiterals;

HelpWindow::HelpWindow(HelpBook book, QWidget *parent)
    : QWidget(parent)
    , m_book(std::move(book))
    , m_search(new FilterField(tr("Search the help"), {}))
    , m_contents(new QListWidget)
    , m_browser(new HelpBrowser)
    , m_linkBar(makeLinkBar())
    , m_nothing(new TonedLabel({}, TonedLabel::Tone::Secondary))
{
    setWindowFlag(Qt::Window);
    setAttribute(Qt::WA_QuitOnClose, false);
    setWindowTitle(tr("Treewarden help"));
    setFont(uiFont());
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_browser, 1);
    column->addWidget(m_linkBar);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSide());
    row->addWidget(page, 1);
    resize(940, 680);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::fillContents);
    connect(m_search, &FilterField::left, m_contents, qOverload<>(&QWidget::setFocus));
    connect(m_search, &QLineEdit::returnPressed, m_browser, qOverload<>(&QWidget::setFocus));
    connect(m_contents, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            open(item->data(Qt::UserRole).toString());
    });
    connect(m_browser, &HelpBrowser::pageLinked, this, &HelpWindow::showPage);
    connect(m_browser, &HelpBrowser::webLinked, this, &HelpWindow::offerLink);
    addKeys();
    fillContents();
}

QWidget *HelpWindow::makeSide()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(10);
    m_contents->setFrameShape(QFrame::NoFrame);
    m_contents->setAccessibleName(tr("Contents"));
    m_contents->setItemDelegate(new HelpDelegate(m_contents));
    m_contents->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_contents->viewport()->setAutoFillBackground(false);
    m_search->setAccessibleName(tr("Search the help"));
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    column->addWidget(m_search);
    column->addWidget(m_nothing);
    column->addWidget(m_contents, 1);
    side->setFixedWidth(qMax(240, QFontMetrics(uiFont()).averageCharWidth() * 34));
    return side;
}

/// Where a link into the web leads, before anything goes there.
QWidget *HelpWindow::makeLinkBar()
{
    auto *bar = new QWidget;
    auto *line = new QHBoxLayout;
    m_linkText = new TonedLabel({}, TonedLabel::Tone::Secondary);
    m_linkText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_linkText->setMinimumWidth(60);
    auto *go = new QPushButton(tr("Open in the browser"));
    auto *copy = new QPushButton(tr("Copy"));
    auto *close = new QPushButton(tr("Dismiss"));
    go->setObjectName(u"open-link"_s);
    line->setContentsMargins(20, 8, 20, 10);
    line->setSpacing(8);
    line->addWidget(m_linkText, 1);
    for (QPushButton *button : {go, copy, close})
        line->addWidget(button);
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Divider);
    column->addLayout(line);
    bar->hide();
    connect(go, &QPushButton::clicked, this, [this] {
        m_linkBar->hide();
        Q_EMIT webRequested(m_link);
    });
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_link.toString()); });
    connect(close, &QPushButton::clicked, bar, &QWidget::hide);
    return bar;
}

void HelpWindow::addKeys()
{
    const auto add = [this](const QKeySequence &key, auto does) {
        auto *action = new QAction(this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, does);
        addAction(action);
    };
    const auto go = [this](const std::optional<PageHistory::Place> &place) {
        if (place)
            showPage(place->page);
    };
    add(QKeySequence(u"Alt+Left"_s), [this, go] { go(m_history.back()); });
    add(QKeySequence(u"Alt+Right"_s), [this, go] { go(m_history.forward()); });
    add(QKeySequence(u"Ctrl+F"_s), [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
}

/// All pages, or those in which all the words stand.
void HelpWindow::fillContents()
{
    const QString typed = m_search->text().trimmed();
    const QSignalBlocker quiet(m_contents);
    m_contents->clear();
    const auto add = [this](const HelpPage &page, const QString &snippet) {
        auto *item = new QListWidgetItem(
            snippet.isEmpty() ? page.title : page.title + u'\n' + snippet, m_contents);
        item->setData(Qt::UserRole, page.key);
        if (page.key == m_key)
            m_contents->setCurrentItem(item);
    };
    if (typed.isEmpty()) {
        for (const HelpPage &page : m_book.pages())
            add(page, {});
        m_browser->mark({});
    } else {
        for (const HelpBook::Hit &hit : m_book.search(typed))
            add(*m_book.page(hit.key), hit.snippet);
        m_browser->mark(typed.split(u' ', Qt::SkipEmptyParts));
    }
    m_nothing->setText(tr("No page of the help has all these words."));
    m_nothing->setVisible(m_contents->count() == 0);
}

void HelpWindow::showPage(const QString &key)
{
    const QString wanted = m_book.page(key) ? key : HelpBook::keys().first();
    for (int row = 0; row < m_contents->count(); ++row) {
        if (m_contents->item(row)->data(Qt::UserRole).toString() == wanted) {
            m_contents->setCurrentRow(row); // opens it
            break;
        }
    }
    open(wanted); // also one that the search does not show
}

void HelpWindow::open(const QString &key)
{
    const HelpPage *page = m_book.page(key);
    if (!page || key == m_key)
        return;
    m_key = key;
    m_history.visit({key, {}});
    m_linkBar->hide();
    m_browser->showPage(page->markdown);
    m_browser->mark(m_search->text().split(u' ', Qt::SkipEmptyParts));
    setWindowTitle(tr("%1 - Treewarden help").arg(page->title));
}

void HelpWindow::offerLink(const QUrl &address)
{
    m_link = address;
    m_linkText->setText(address.toString());
    m_linkBar->show();
    m_linkBar->findChild<QPushButton *>()->setFocus();
}

void HelpWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Treewarden
