// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/sidebar.h"

#include "console/views/stateicon.h"

#include <QPainter>
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

/// Which Redis and how many servers; a click asks for another.
class Sidebar::SiteButton : public QAbstractButton
{
public:
    explicit SiteButton(QWidget *parent)
        : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    void setSite(const QString &name, const QString &detail)
    {
        setText(name);
        m_detail = detail;
        setAccessibleName(Sidebar::tr("Connection: %1, %2").arg(name, detail));
        setToolTip(name);
        update();
    }

    void setIsNarrow(bool isNarrow)
    {
        m_isNarrow = isNarrow;
        updateGeometry();
    }

    QSize sizeHint() const override
    {
        return {m_isNarrow ? narrowWidth : wideWidth, m_isNarrow ? narrowWidth : 46};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = themeOf(this);
        painter.setPen(underMouse() ? theme.line2 : theme.line);
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 4, 4);
        const QPixmap icon
            = QIcon(u":/icons/treewarden-32.svg"_s).pixmap(QSize(20, 20), devicePixelRatioF());
        painter.drawPixmap(m_isNarrow ? 6 : 8, (height() - 20) / 2, icon);
        if (!m_isNarrow) {
            const QRect words = rect().adjusted(36, 7, -28, -7);
            painter.setFont(uiFont(TextSize::body, true));
            painter.setPen(theme.text);
            painter.drawText(
                words, Qt::AlignLeft | Qt::AlignTop,
                painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, words.width()));
            painter.setFont(uiFont(TextSize::axis));
            painter.setPen(theme.text3);
            painter.drawText(
                words, Qt::AlignLeft | Qt::AlignBottom,
                painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, words.width()));
            paintTool(&painter, QRect(width() - 22, (height() - 14) / 2, 14, 14), u"chevron-down"_s,
                      theme.text3);
        }
        drawFocus(painter, this, theme);
    }

private:
    QString m_detail;
    bool m_isNarrow = false;
};

Sidebar::Sidebar(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_site(new SiteButton(this))
{
    m_column->setContentsMargins(8, 12, 9, 12);
    m_column->setSpacing(2);
    m_column->addWidget(m_site);
    m_column->addSpacing(10);
    m_column->addStretch(1);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(m_site, &QAbstractButton::clicked, this, &Sidebar::siteClicked);
}

void Sidebar::addPage(const QString &key, const QString &title, const QString &iconName)
{
    auto *button = new NavButton(title, iconName, this);
    m_column->insertWidget(m_column->count() - 1, button);
    m_buttons.insert(key, button);
    m_pages.append({key, title});
    connect(button, &QAbstractButton::clicked, this, [this, key] { Q_EMIT pageChosen(key); });
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
    m_site->setSite(name, detail);
}

void Sidebar::setIsNarrow(bool isNarrow)
{
    m_site->setIsNarrow(isNarrow);
    for (NavButton *button : std::as_const(m_buttons))
        button->setIsNarrow(isNarrow);
}

void Sidebar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), themeOf(this).line);
}

} // namespace Treewarden
