// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/factsline.h"

#include "console/views/theme.h"

#include <QPainter>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int factGap = 20, valueGap = 7, factLine = 20;

} // namespace

FactsLine::FactsLine(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FactsLine::setFacts(const QList<Fact> &facts)
{
    QList<Fact> shown = facts;
    QStringList said;
    for (Fact &fact : shown) {
        if (fact.value.isEmpty())
            fact.value = u"–"_s;
        said << fact.name + u' ' + fact.value;
    }
    if (shown == m_facts)
        return;
    m_facts = shown;
    setAccessibleName(said.join(u", "_s));
    updateGeometry();
    update();
}

QList<FactsLine::Place> FactsLine::places(int width) const
{
    const QFontMetrics metrics(uiFont());
    QList<Place> places;
    int x = 0, line = 0;
    for (const Fact &fact : m_facts) {
        const int nameWidth = metrics.horizontalAdvance(fact.name) + valueGap;
        const int total = nameWidth + metrics.horizontalAdvance(fact.value);
        if (x > 0 && x + total > width) {
            x = 0;
            ++line;
        }
        places << Place{x, x + nameWidth, line};
        x += total + factGap;
    }
    return places;
}

int FactsLine::heightForWidth(int width) const
{
    const QList<Place> placed = places(width);
    return placed.isEmpty()
        ? 0
        : (placed.last().line + 1) * qMax(factLine, QFontMetrics(uiFont()).height());
}

QSize FactsLine::sizeHint() const
{
    return {600, heightForWidth(600)};
}

QSize FactsLine::minimumSizeHint() const
{
    return {200, heightForWidth(qMax(200, width()))};
}

void FactsLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(uiFont());
    const Theme &theme = themeOf(this);
    const int height = qMax(factLine, painter.fontMetrics().height());
    const QList<Place> placed = places(width());
    for (qsizetype i = 0; i < placed.size(); ++i) {
        const Place &place = placed[i];
        const auto draw = [&](int x, const QString &text, const QColor &colour) {
            painter.setPen(colour);
            const QRect cell(x, place.line * height, width() - x, height);
            painter.drawText(cell, Qt::AlignVCenter | Qt::TextSingleLine,
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, cell.width()));
        };
        draw(place.nameAt, m_facts[i].name, theme.text3);
        draw(place.valueAt, m_facts[i].value, theme.text2);
    }
}

} // namespace Treewarden
