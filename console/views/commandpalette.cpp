// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/commandpalette.h"

#include "console/models/actioncentre.h"
#include "console/models/savedfilters.h"
#include "console/settings/preferences.h"
#include "console/views/actionbar.h"
#include "console/views/actionmenu.h"
#include "console/views/mainwindow.h"
#include "console/views/menuentries.h"
#include "console/views/page.h"
#include "console/views/palettedelegate.h"
#include "console/views/stateicon.h"
#include "console/views/tonedlabel.h"
#include "shared/core/textformat.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPainter>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int paletteWidth = 560, paletteField = 36;
constexpr int paletteShadow = 14; ///< px around the palette that belong to its shadow
constexpr qsizetype mostRemembered = 20;
const QString pagePrefix = u"page/"_s;

} // namespace

CommandPalette::CommandPalette(FleetSource &source, ActionCentre *actions, Preferences &preferences,
                               MainWindow &window)
    : QWidget(&window)
    , m_actions(actions)
    , m_preferences(preferences)
    , m_window(window)
    , m_model(source)
    , m_field(new QLineEdit)
    , m_list(new QListView)
    , m_sentence(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_hint(new TonedLabel({}, TonedLabel::Tone::Caption, TextSize::axis))
    , m_delegate(new PaletteDelegate(m_model, this))
{
    hide();
    setAccessibleName(tr("Command palette"));
    m_field->setAccessibleName(tr("Go to or do"));
    m_field->setMaxLength(200);
    m_field->setMinimumHeight(paletteField);
    m_field->setTextMargins(36, 0, 4, 0);
    m_field->setFrame(false);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("What was found"));
    m_sentence->setContentsMargins(14, 10, 14, 14);
    m_sentence->setWordWrap(true);
    m_hint->setContentsMargins(14, 6, 14, 8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(paletteShadow + 1, paletteShadow + 5, paletteShadow + 1,
                               paletteShadow + 1);
    column->setSpacing(0);
    column->addWidget(m_field);
    column->addSpacing(6);
    column->addWidget(m_sentence);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    m_field->installEventFilter(this);
    window.installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::take);
    connect(m_list, &QAbstractItemView::clicked, this, &CommandPalette::activate);
    connect(qApp, &QApplication::focusChanged, this,
            [this](const QWidget *, const QWidget *now) { leaveFor(now); });
}

void CommandPalette::open(const QString &text)
{
    if (!isVisible())
        m_before = m_window.focusWidget();
    m_acting = {};
    const QStringList recent
        = m_preferences.text(Preference::PaletteRecent).split(u'\n', Qt::SkipEmptyParts);
    m_model.open(offered(), recent);
    m_field->setPlaceholderText(tr("Server, service, page or action"));
    m_hint->setText(m_actions ? tr("Enter opens, Ctrl+Enter acts, > lists actions only, Esc leaves")
                              : tr("Enter opens, > lists actions only, Esc leaves"));
    m_field->setText(text);
    m_model.setText(text);
    showRows();
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
    qApp->installEventFilter(this);
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hidePalette();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
    else if (QWidget *page = m_window.page(m_window.currentPage()))
        page->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::hidePalette()
{
    qApp->removeEventFilter(this);
    hide();
}

/// Somebody clicked or went elsewhere: the palette is not in the way, and takes no focus back.
void CommandPalette::leaveFor(const QWidget *widget)
{
    if (isVisible() && widget && widget != this && !isAncestorOf(widget))
        hidePalette();
}

/// Pages with the shortcut that the menu has for them, then everything else in the menus.
QList<PaletteItem> CommandPalette::offered()
{
    QList<PaletteItem> pages, actions;
    m_menuActions.clear();
    for (const MenuEntry &entry : menuEntries(*m_window.menuBar())) {
        if (!entry.action->isEnabled() && entry.action->statusTip().isEmpty()
            && entry.action->shortcuts().isEmpty())
            continue; // a hint that stands in a menu
        PaletteItem item;
        item.title = entry.isNested
            ? tr("%1: %2", "a menu, a choice of it").arg(entry.menu, entry.title)
            : entry.title;
        item.shortcut = shortcutText(*entry.action);
        item.isEnabled = entry.action->isEnabled();
        item.whyNot = item.isEnabled ? QString() : entry.action->statusTip();
        if (entry.key.startsWith(pagePrefix)) {
            item.kind = PaletteItem::Kind::Page;
            item.key = entry.key;
            item.icon = m_window.pageIcon(item.what());
            item.detail = tr("Page");
            pages << item;
        } else {
            item.kind = PaletteItem::Kind::Action;
            item.key = u"action/"_s + entry.key;
            item.icon = u"command"_s;
            item.detail = entry.isNested ? tr("Choice") : entry.menu;
            actions << item;
        }
        m_menuActions.insert(item.key, entry.action);
    }
    return pages + savedFilters() + actions;
}

/// Of the fleet's page: opened with it.
QList<PaletteItem> CommandPalette::savedFilters() const
{
    QList<PaletteItem> items;
    const QString text = m_preferences.text(Preference::FleetSavedFilters);
    for (const SavedFilter &saved : parseSavedFilters(text)) {
        PaletteItem item;
        item.kind = PaletteItem::Kind::Filter;
        item.key = u"fleet/"_s + saved.filter;
        item.title = oneLine(saved.name, 60);
        item.note = oneLine(saved.filter, 80);
        item.icon = u"search"_s;
        item.detail = tr("Saved filter");
        items << item;
    }
    return items;
}

void CommandPalette::take(const QString &text)
{
    m_model.setText(text);
    if (isVisible())
        showRows();
}

void CommandPalette::showRows()
{
    m_sentence->setText(m_model.sentence());
    m_sentence->setVisible(m_model.rowCount() == 0);
    m_list->setVisible(m_model.rowCount() > 0);
    place();
    select(0, 1);
    m_list->scrollToTop();
    tellScreenReader();
}

void CommandPalette::select(int row, int step)
{
    if (row = m_model.selectable(row, step); row < 0)
        return;
    const QModelIndex index = m_model.index(row);
    m_list->setCurrentIndex(index);
    // The heading of the first rows goes with them.
    if (m_model.selectable(row - 1, -1) < 0)
        m_list->scrollToTop();
    else
        m_list->scrollTo(index);
    tellScreenReader();
}

PaletteItem CommandPalette::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? m_model.item(index.row()) : PaletteItem();
}

/// The focus stays in the field; what is chosen in the list has to be told by hand.
void CommandPalette::tellScreenReader()
{
    const QModelIndex index = m_list->currentIndex();
    const QString text
        = index.isValid() ? index.data(Qt::AccessibleTextRole).toString() : m_model.sentence();
    if (m_field->accessibleDescription() != text)
        m_field->setAccessibleDescription(text); // tells that it changed
}

/// In the middle, in the window's top third, as tall as its rows up to half the window.
void CommandPalette::place()
{
    const int width = qMin(paletteWidth, m_window.width() - 32);
    int rows = 0;
    const int mostRows = qMax(3 * PaletteDelegate::rowHeight, m_window.height() / 2);
    for (int row = 0; row < m_model.rowCount() && rows < mostRows; ++row)
        rows += m_delegate->sizeHint({}, m_model.index(row)).height();
    m_list->setFixedHeight(qMin(rows, mostRows));
    layout()->activate();
    resize(width + 2 * paletteShadow,
           layout()->hasHeightForWidth() ? layout()->heightForWidth(width + 2 * paletteShadow)
                                         : sizeHint().height());
    move((m_window.width() - this->width()) / 2, qMax(8, m_window.height() / 9 - paletteShadow));
}

void CommandPalette::activate()
{
    const PaletteItem item = current();
    if (item.kind == PaletteItem::Kind::Heading || !item.isEnabled)
        return;
    if (item.kind == PaletteItem::Kind::Choice) {
        const ActionScope target = m_acting.target;
        remember(m_acting.key);
        close();
        if (item.key == maintenanceAction)
            Q_EMIT m_window.maintenanceRequested(target);
        else
            Q_EMIT m_window.actionRequested(item.key, target);
        return;
    }
    remember(item.key);
    openItem(item);
}

void CommandPalette::openItem(const PaletteItem &item)
{
    using Kind = PaletteItem::Kind;
    if (item.kind == Kind::Action) {
        close();
        if (QAction *action = m_menuActions.value(item.key))
            action->trigger();
        return;
    }
    hidePalette();
    if (item.kind == Kind::Page) {
        m_window.showPage(item.what());
    } else if (item.kind == Kind::Service) {
        m_window.showPage(u"server"_s, item.what().section(u'/', 0, 0));
        m_window.page(u"server"_s)->choose(item.what().section(u'/', 1));
    } else {
        m_window.showPage(item.key.section(u'/', 0, 0), item.what());
    }
    m_window.focusPage();
}

/// What can be done with the server, service or role that is chosen.
void CommandPalette::showChoices()
{
    const PaletteItem item = current();
    if (!m_actions || item.target.maintenanceKeys().isEmpty()) {
        activate();
        return;
    }
    QList<PaletteItem> choices;
    for (const ActionChoice &choice : m_actions->choices(item.target)) {
        PaletteItem row;
        row.kind = PaletteItem::Kind::Choice;
        row.key = choice.action;
        row.title = actionLabel(choice);
        row.icon = u"command"_s;
        row.shortcut = actionShortcut(choice.action).toString(QKeySequence::NativeText);
        row.isEnabled = choice.isPossible();
        row.whyNot = choice.whyNot;
        choices << row;
    }
    PaletteItem maintenance;
    maintenance.kind = PaletteItem::Kind::Choice;
    maintenance.key = maintenanceAction.toString();
    maintenance.title = tr("Maintenance…");
    maintenance.icon = u"command"_s;
    choices << maintenance;
    m_acting = item;
    m_field->setPlaceholderText(tr("What to do with %1").arg(item.title));
    m_hint->setText(tr("Enter asks before anything is done, Esc goes back"));
    m_field->clear();
    m_model.setChoices(choices);
    showRows();
}

void CommandPalette::remember(const QString &key)
{
    QStringList keys
        = m_preferences.text(Preference::PaletteRecent).split(u'\n', Qt::SkipEmptyParts);
    keys.removeAll(key);
    keys.prepend(key);
    m_preferences.setValue(Preference::PaletteRecent,
                           keys.first(qMin(keys.size(), mostRemembered)).join(u'\n'));
}

bool CommandPalette::handleKey(const QKeyEvent &key)
{
    const int row = m_list->currentIndex().row();
    const int page = qMax(1, m_list->height() / PaletteDelegate::rowHeight - 1);
    switch (key.key()) {
    case Qt::Key_Down:
    case Qt::Key_Tab:
        select(row + 1, 1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        select(row - 1, -1);
        return true;
    case Qt::Key_PageDown:
        select(qMin(row + page, m_model.rowCount() - 1), -1);
        return true;
    case Qt::Key_PageUp:
        select(qMax(row - page, 0), 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key.modifiers().testFlag(Qt::ControlModifier) && m_acting.key.isEmpty())
            showChoices();
        else
            activate();
        return true;
    case Qt::Key_Backspace:
        if (m_acting.key.isEmpty() || !m_field->text().isEmpty())
            return false;
        open();
        return true;
    case Qt::Key_Escape:
        if (m_acting.key.isEmpty())
            close();
        else
            open();
        return true;
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field) {
        // Keys that mean something here must not be taken for the window's shortcuts.
        const auto *key = static_cast<const QKeyEvent *>(event);
        if (event->type() == QEvent::ShortcutOverride
            && (key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return)) {
            event->accept();
            return true;
        }
        return event->type() == QEvent::KeyPress && handleKey(*key);
    }
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible())
        place();
    if (event->type() == QEvent::MouseButtonPress && isVisible()) {
        if (const auto *widget = qobject_cast<const QWidget *>(watched);
            widget && widget->window() == m_window.window())
            leaveFor(widget);
    }
    return false;
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    const QRectF frame
        = QRectF(rect()).adjusted(paletteShadow, paletteShadow, -paletteShadow, -paletteShadow);
    painter.setPen(Qt::NoPen);
    for (int i = paletteShadow; i > 0; --i) {
        painter.setBrush(QColor(0, 0, 0, theme.isDark ? 9 : 4));
        painter.drawRoundedRect(frame.adjusted(-i, -i + 3, i, i), 8 + i, 8 + i);
    }
    painter.setPen(theme.line2);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(frame.adjusted(.5, .5, -.5, -.5), 8, 8);
    paintTool(&painter,
              QRect(m_field->x() + 13, m_field->y() + (m_field->height() - 16) / 2, 16, 16),
              u"search"_s, theme.text3);
    const int below = m_field->geometry().bottom() + 3;
    painter.fillRect(QRectF(frame.left() + 1, below, frame.width() - 2, 1), theme.line);
    painter.fillRect(QRectF(frame.left() + 1, m_hint->geometry().top(), frame.width() - 2, 1),
                     theme.line);
}

} // namespace Treewarden
