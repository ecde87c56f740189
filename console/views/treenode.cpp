// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treenode.h"

#include "console/views/stateicon.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

namespace Treewarden {

TreeNode::TreeNode(const GraphRole &role, const Theme &theme, bool isChosen)
    : m_role(role)
    , m_theme(theme)
    , m_isChosen(isChosen)
{
    setPos(role.place.topLeft());
}

int TreeNode::heightFor(const GraphRole &role)
{
    const qsizetype shown = role.instances.size() + (role.hidden > 0 ? 1 : 0);
    return headHeight + (shown == 0 ? 0 : 8 + int(shown + 1) / 2 * rowHeight);
}

QRectF TreeNode::boundingRect() const
{
    return QRectF(0, 0, m_role.place.width(), m_role.place.height()).adjusted(-2, -2, 2, 2);
}

void TreeNode::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const bool isCalm = m_role.isEmpty || m_role.health == Health::Alive;
    const QRectF card(0, 0, m_role.place.width(), m_role.place.height());
    QPainterPath outline;
    outline.addRoundedRect(card, 6, 6);
    painter->fillPath(outline, m_theme.surface);
    if (!isCalm) {
        painter->save();
        painter->setClipPath(outline);
        painter->fillRect(QRectF(0, 0, card.width(), headHeight), m_theme.tint(m_role.health));
        painter->restore();
    }
    const QColor edge = m_isChosen ? m_theme.accent
        : isCalm                   ? m_theme.line2
                                   : m_theme.state(m_role.health);
    painter->setPen(QPen(edge, m_isChosen ? 2 : isCalm ? 1 : 1.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(outline);
    paintHead(painter);

    int place = 0;
    for (; place < m_role.instances.size(); ++place) {
        const QRect cell(12 + place % 2 * 106, headHeight + 4 + place / 2 * rowHeight, 104,
                         rowHeight);
        paintInstance(painter, cell, m_role.instances[place]);
    }
    if (m_role.hidden > 0) {
        painter->setFont(uiFont(TextSize::small));
        painter->setPen(m_theme.text3);
        painter->drawText(QRect(12, headHeight + 4 + place / 2 * rowHeight, 180, rowHeight),
                          Qt::AlignVCenter | Qt::AlignLeft,
                          QCoreApplication::translate("Treewarden::TreeGraph", "%1 more")
                              .arg(QLocale().toString(m_role.hidden)));
    }
}

void TreeNode::paintHead(QPainter *painter) const
{
    const bool isCalm = m_role.isEmpty || m_role.health == Health::Alive;
    if (!m_role.isEmpty)
        paintState(painter, QRect(12, (headHeight - 14) / 2, 14, 14), m_role.health, m_theme);
    painter->setFont(uiFont(TextSize::body, !isCalm));
    painter->setPen(isCalm ? m_theme.text3 : m_theme.state(m_role.health));
    const int countWidth = painter->fontMetrics().horizontalAdvance(m_role.count);
    painter->drawText(QRect(width - 12 - countWidth, 0, countWidth + 1, headHeight),
                      Qt::AlignVCenter | Qt::AlignRight, m_role.count);
    painter->setFont(uiFont(TextSize::body, true));
    painter->setPen(m_role.isEmpty ? m_theme.text3 : m_theme.text);
    const QRect title(36, 0, width - 36 - 20 - countWidth, headHeight);
    painter->drawText(
        title, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(m_role.title, Qt::ElideRight, title.width()));
    if (isCalm && !m_role.instances.isEmpty())
        painter->fillRect(QRectF(12, headHeight - 1, width - 24, 1), m_theme.line);
}

void TreeNode::paintInstance(QPainter *painter, const QRect &cell,
                             const GraphInstance &instance) const
{
    const bool isAlive = instance.health == Health::Alive;
    if (isAlive) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.quiet);
        painter->drawEllipse(QPointF(cell.left() + 5, cell.center().y() + 0.5), 3, 3);
    } else {
        paintState(painter, QRect(cell.left() - 1, cell.center().y() - 5, 12, 12), instance.health,
                   m_theme);
    }
    painter->setFont(uiFont(TextSize::small, !isAlive));
    painter->setPen(isAlive ? m_theme.text2 : m_theme.state(instance.health));
    const QRect words = cell.adjusted(15, 0, 0, 0);
    painter->drawText(
        words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(instance.text, Qt::ElideRight, words.width()));
}

} // namespace Treewarden
