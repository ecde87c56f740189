// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/sidebar.h"

#include "console/models/sitelist.h"
#include "console/views/sitebutton.h"
#include "console/views/stateicon.h"

#include <QEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int narrowWidth = 32;
constexpr int wideWidth = 180;

void drawFocus(QPainter &painter, const QWidget *widget, const Theme &theme)
{
    if (!widget->hasFocus() || !widget->window()->testAttribute(Qt::WA_KeyboardFocusChange))
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRoundedRect(QRectF(widget->rect()).adjusted(1, 1, -1, -1), 4, 4);
}

} // namespace

NavButton::NavButton(const QString &title, const QString &iconName, QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
{
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NavButton::setCount(int count, Health health)
{
    m_count = count;
    m_health = health;
    setAccessibleDescription(count ? healthText(health) + u' ' + locale().toString(count)
                                   : QString());
    update();
}

void NavButton::setNote(const QString &note)
{
    m_note = note;
    setAccessibleDescription(note);
    update();
}

void NavButton::setIsNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    setToolTip(isNarrow ? text() : QString());
    updateGeometry();
    update();
}

QSize NavButton::sizeHint() const
{
    const int words = QFontMetrics(uiFont(TextSize::body, true)).horizontalAdvance(text());
    return {m_isNarrow ? narrowWidth : qMax(wideWidth, 8 + 16 + 10 + words + 48), 32};
}

void NavButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? theme.sel : theme.alt);
        painter.drawRoundedRect(rect(), 4, 4);
    }
    const QColor colour = isChecked() ? theme.text : theme.text2;
    paintTool(&painter, QRect(8, (height() - 16) / 2, 16, 16), m_iconName, colour);
    if (!m_isNarrow) {
        painter.setPen(colour);
        painter.setFont(uiFont(TextSize::body, isChecked()));
        painter.drawText(rect().adjusted(34, 0, -40, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    }
    if (!m_note.isEmpty() && !m_isNarrow) {
        painter.setPen(theme.text3);
        painter.setFont(uiFont(TextSize::small));
        painter.drawText(rect().adjusted(0, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight, m_note);
    }
    if (m_count) {
        painter.setPen(theme.state(m_health));
        painter.setFont(uiFont(m_isNarrow ? TextSize::axis : TextSize::small));
        painter.drawText(rect().adjusted(0, 0, m_isNarrow ? 0 : -8, m_isNarrow ? -14 : 0),
                         Qt::AlignVCenter | Qt::AlignRight, locale().toString(m_count));
    }
    drawFocus(painter, this, theme);
}

Sidebar::Sidebar(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_column(new QVBoxLayout)
    , m_site(new SiteButton)
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(8, 12, 9, 12);
    column->setSpacing(2);
    m_before = new QVBoxLayout;
    m_after = new QVBoxLayout;
    for (QVBoxLayout *part : {m_before, m_column, m_after})
        part->setSpacing(2);
    column->addLayout(m_before);
    column->addWidget(m_site);
    column->addSpacing(10);
    column->addLayout(m_column);
    column->addSpacing(10);
    column->addLayout(m_after);
    column->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    for (QWidget *transparent : {m_scroll->viewport(), content})
        transparent->setAutoFillBackground(false);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 1, 0);
    whole->addWidget(m_scroll);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    content->installEventFilter(this);
    connect(m_site, &QAbstractButton::clicked, this, &Sidebar::siteClicked);
}

bool Sidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return QWidget::eventFilter(watched, event);
}

/// As wide as what stands in it, also where it is higher than the window.
void Sidebar::fit()
{
    const QWidget *content = m_scroll->widget();
    const bool isCut = content->minimumSizeHint().height() > height();
    m_scroll->setFixedWidth(content->sizeHint().width()
                            + (isCut ? style()->pixelMetric(QStyle::PM_ScrollBarExtent) : 0));
}

void Sidebar::addPage(const QString &key, const QString &title, const QString &iconName)
{
    auto *button = new NavButton(title, iconName, this);
    m_column->addWidget(button);
    m_buttons.insert(key, button);
    m_pages.append({key, title});
    connect(button, &QAbstractButton::clicked, this, [this, key] { Q_EMIT pageChosen(key); });
}

void Sidebar::setSites(SiteList &sites)
{
    m_sites = &sites;
    connect(&sites, &SiteList::changed, this, &Sidebar::rebuildSites);
    connect(&sites, &SiteList::siteChanged, this, &Sidebar::showSites);
    rebuildSites();
}

/// One tree: the sites, and below the one in front its pages.
void Sidebar::rebuildSites()
{
    for (const auto &[id, button] : std::as_const(m_others))
        delete button;
    m_others.clear();
    QVBoxLayout *part = m_before;
    for (const auto &site : m_sites->sites()) {
        if (site.get() == m_sites->current()) {
            part = m_after;
            continue;
        }
        auto *button = new SiteButton;
        button->setIsCurrent(false);
        button->setIsNarrow(m_isNarrow);
        connect(button, &QAbstractButton::clicked, this,
                [this, id = site->id()] { Q_EMIT siteChosen(id); });
        part->addWidget(button);
        m_others.append({site->id(), button});
    }
    showSites();
}

void Sidebar::showSites()
{
    const bool isOnly = m_sites->sites().size() < 2;
    m_column->setContentsMargins(isOnly || m_isNarrow ? 0 : 12, 0, 0, 0);
    if (const Site *current = m_sites->current())
        m_site->showSite(*current, isOnly);
    for (const auto &[id, button] : std::as_const(m_others)) {
        if (const Site *site = m_sites->find(id))
            button->showSite(*site, isOnly);
    }
}

void Sidebar::setCurrent(const QString &key)
{
    if (NavButton *button = m_buttons.value(key))
        button->setChecked(true);
}

void Sidebar::setCount(const QString &key, int count, Health health)
{
    if (NavButton *button = m_buttons.value(key))
        button->setCount(count, health);
}

void Sidebar::setNote(const QString &key, const QString &note)
{
    if (NavButton *button = m_buttons.value(key))
        button->setNote(note);
}

void Sidebar::setSite(const QString &name, const QString &detail)
{
    if (!m_sites || !m_sites->current())
        m_site->setSite(name, detail);
}

void Sidebar::setSitePalette(const QPalette &palette)
{
    m_site->setPalette(palette);
    for (NavButton *button : std::as_const(m_buttons))
        button->setPalette(palette);
}

void Sidebar::setIsNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    m_site->setIsNarrow(isNarrow);
    for (const auto &[id, button] : std::as_const(m_others))
        button->setIsNarrow(isNarrow);
    if (m_sites)
        showSites();
    for (NavButton *button : std::as_const(m_buttons))
        button->setIsNarrow(isNarrow);
    fit(); // at once: a window that is about to be shown takes its least width from it
}

void Sidebar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), themeOf(this).line);
}

} // namespace Treewarden
