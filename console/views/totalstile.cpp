// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/totalstile.h"

#include "console/views/stateicon.h"

#include <QPainter>

#include <numeric>

namespace Treewarden {
using namespace Qt::StringLiterals;

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
    paintNotes(painter, QRect(inside.left(), inside.bottom() - line + 1, inside.width(), line));
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
    QList<qreal> widths;
    qreal sum = 0;
    for (const Part &part : m_parts) {
        widths << (part.count ? qMax(6.0, qreal(rect.width()) * part.count / all) : 0);
        sum += widths.last() + (part.count ? 2 : 0);
    }
    const qsizetype widest = std::max_element(widths.begin(), widths.end()) - widths.begin();
    widths[widest] -= sum - 2 - rect.width();
    qreal x = rect.left();
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        if (widths[i] <= 0)
            continue;
        painter.setBrush(m_parts[i].health == Health::Alive ? theme.quiet
                                                            : theme.state(m_parts[i].health));
        painter.drawRoundedRect(QRectF(x, rect.top(), widths[i], rect.height()), 2, 2);
        x += widths[i] + 2;
    }
}

void TotalsTile::paintNotes(QPainter &painter, const QRect &rect) const
{
    const Theme &theme = themeOf(this);
    painter.setFont(uiFont(TextSize::small));
    int x = rect.left();
    for (const Part &part : m_parts) {
        if (part.health == Health::Alive || part.count == 0)
            continue;
        const int words = painter.fontMetrics().horizontalAdvance(part.note);
        if (x + 17 + words > rect.right() + 1)
            break;
        paintState(&painter, QRect(x, rect.center().y() - 5, 12, 12), part.health, theme);
        painter.setPen(theme.state(part.health));
        painter.drawText(QRect(x + 17, rect.top(), words + 2, rect.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, part.note);
        x += 17 + words + 14;
    }
    if (x != rect.left())
        return;
    painter.setPen(theme.text2);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                     total() ? tr("all alive") : tr("none yet"));
}

} // namespace Treewarden
