// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/totalstile.h"

#include "console/views/stateicon.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <numeric>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNotes = 12;

} // namespace

TotalsTile::TotalsTile(const QString &title, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(title);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TotalsTile::setParts(const QList<Part> &parts)
{
    if (m_parts == parts)
        return;
    m_parts = parts;
    QStringList words;
    for (const Part &part : parts)
        words << u"%1 %2"_s.arg(part.count).arg(healthText(part.health));
    setAccessibleName(text() + u": "_s + words.join(u", "_s));
    makeNotes();
    update();
}

int TotalsTile::total() const
{
    return std::accumulate(m_parts.begin(), m_parts.end(), 0,
                           [](int sum, const Part &part) { return sum + part.count; });
}

QSize TotalsTile::sizeHint() const
{
    const int big = QFontMetrics(uiFont(TextSize::total, true)).height(),
              line = QFontMetrics(uiFont()).height();
    return {240, 12 + line + 2 + qMax(36, big) + 8 + 5 + 9 + line + 12};
}

void TotalsTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    painter.setBrush(theme.surface);
    painter.setPen(hasFocus() ? QPen(theme.accent, 2)
                              : QPen(underMouse() ? theme.line2 : theme.line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 6, 6);

    const QRect inside = rect().adjusted(16, 12, -16, -12);
    const int line = QFontMetrics(uiFont()).height();
    painter.setPen(theme.text2);
    painter.setFont(uiFont());
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignTop, text());

    const int alive = m_parts.isEmpty() ? 0 : m_parts.first().count, all = total();
    const QRect number(inside.left(), inside.top() + line + 2, inside.width(), 36);
    painter.setFont(uiFont(TextSize::total, true));
    painter.setPen(theme.text);
    const QString big = locale().toString(alive);
    painter.drawText(number, Qt::AlignLeft | Qt::AlignVCenter, big);
    if (alive != all) {
        const int after = painter.fontMetrics().horizontalAdvance(big) + 8;
        const int base = number.center().y()
            + (painter.fontMetrics().ascent() - painter.fontMetrics().descent()) / 2;
        painter.setFont(uiFont(TextSize::problem));
        painter.setPen(theme.text3);
        painter.drawText(number.left() + after, base, u"/ "_s + locale().toString(all));
    }
    paintBar(painter, QRect(inside.left(), inside.bottom() - line - 13, inside.width(), 5));
    if (!m_notes.isEmpty() && m_hidden == 0)
        return;
    painter.setFont(uiFont(TextSize::small));
    painter.setPen(theme.text2);
    const int left = m_notes.isEmpty() ? inside.left() : m_afterNotes;
    painter.drawText(QRect(left, inside.bottom() - line + 1, inside.right() - left + 1, line),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     m_hidden > 0 ? u"+%1"_s.arg(m_hidden)
                         : all    ? tr("all alive")
                                  : tr("none yet"));
}

void TotalsTile::paintBar(QPainter &painter, const QRect &rect) const
{
    const Theme &theme = themeOf(this);
    const int all = total();
    painter.setPen(Qt::NoPen);
    if (all == 0) {
        painter.setBrush(theme.line);
        painter.drawRoundedRect(rect, 2, 2);
        return;
    }
    // Even one of thousands is seen: a part is never narrower than six pixels.
    QMap<Health, int> counts;
    for (const Part &part : m_parts)
        counts[part.health] += part.count;
    counts.removeIf([](auto count) { return count.value() == 0; });
    QMap<Health, qreal> widths;
    qreal sum = 0;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        widths[count.key()] = qMax(6.0, qreal(rect.width()) * count.value() / all);
        sum += widths[count.key()] + 2;
    }
    *std::max_element(widths.begin(), widths.end()) -= sum - 2 - rect.width();
    qreal x = rect.left();
    for (const Health health :
         {Health::Alive, Health::Died, Health::Degraded, Health::Unknown, Health::Maintenance}) {
        if (!widths.contains(health))
            continue;
        painter.setBrush(health == Health::Alive ? theme.quiet : theme.state(health));
        painter.drawRoundedRect(QRectF(x, rect.top(), widths[health], rect.height()), 2, 2);
        x += widths[health] + 2;
    }
}

void TotalsTile::makeNotes()
{
    qDeleteAll(m_notes);
    m_notes.clear();
    for (const Part &part : std::as_const(m_parts)) {
        if (part.health == Health::Alive || part.count == 0 || m_notes.size() >= mostNotes)
            continue;
        auto *note = new NoteLink(part.health, part.note, this);
        connect(note, &QAbstractButton::clicked, this,
                [this, link = part.link] { Q_EMIT linkChosen(link); });
        m_notes << note;
    }
    placeNotes();
}

/// Those that have room, then how many have not; the tile itself leads to all.
void TotalsTile::placeNotes()
{
    const int line = QFontMetrics(uiFont()).height();
    const QFontMetrics small(uiFont(TextSize::small));
    int x = 16;
    bool isRoom = true;
    m_hidden = int(std::count_if(m_parts.begin(), m_parts.end(), [](const Part &part) {
        return part.health != Health::Alive && part.count > 0;
    }));
    for (NoteLink *note : std::as_const(m_notes)) {
        const QSize size = note->sizeHint();
        const int after = m_hidden > 1 ? 14 + small.horizontalAdvance(u"+%1"_s.arg(m_hidden)) : 0;
        isRoom = isRoom && x + size.width() + after <= width() - 16;
        note->setGeometry(x, height() - 12 - line + (line - size.height()) / 2, size.width(),
                          size.height());
        note->setVisible(isRoom);
        if (!isRoom)
            continue;
        x += size.width() + 14;
        --m_hidden;
    }
    m_afterNotes = x;
    update();
}

void TotalsTile::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    placeNotes();
}

void TotalsTile::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        placeNotes();
}

NoteLink::NoteLink(Health health, const QString &note, QWidget *parent)
    : QAbstractButton(parent)
    , m_health(health)
{
    setText(note);
    setAccessibleName(note);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

QSize NoteLink::sizeHint() const
{
    const QFontMetrics metrics(uiFont(TextSize::small));
    return {17 + metrics.horizontalAdvance(text()) + 2, qMax(16, metrics.height() + 2)};
}

void NoteLink::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    paintState(&painter, QRect(0, (height() - 12) / 2, 12, 12), m_health, theme);
    QFont font = uiFont(TextSize::small);
    font.setUnderline(underMouse() || hasFocus());
    painter.setFont(font);
    painter.setPen(theme.state(m_health));
    painter.drawText(rect().adjusted(17, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace Treewarden
