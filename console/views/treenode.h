// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/theme.h"
#include "console/views/treegraph.h"

#include <QGraphicsItem>

namespace Treewarden {

/// The card of one role in a TreeGraph: shape, title and count; below, its instances in two
/// columns.
class TreeNode : public QGraphicsItem
{
public:
    static constexpr int width = 232, headHeight = 34, rowHeight = 24, mostInstances = 12;

    TreeNode(const GraphRole &role, const Theme &theme, bool isChosen);

    /// How high the card of a role is.
    static int heightFor(const GraphRole &role);

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void paintHead(QPainter *painter) const;
    void paintInstance(QPainter *painter, const QRect &cell, const GraphInstance &instance) const;

    GraphRole m_role;
    const Theme &m_theme;
    bool m_isChosen;
};

} // namespace Treewarden
