// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/fleet/fleetrollup.h"

#include <QGraphicsView>

#include <functional>

namespace Treewarden {

/// One instance as a node of the graph shows it.
struct GraphInstance
{
    QString text;
    Health health = Health::Unknown;

    friend bool operator==(const GraphInstance &, const GraphInstance &) = default;
};

/// One role as the graph shows it.
struct GraphRole
{
    QString id, title, count;
    Health health = Health::Unknown;
    bool isEmpty = false; ///< without any instance
    QList<GraphInstance> instances; ///< those that its card has room for, not alive first
    qsizetype hidden = 0; ///< how many more it has
    QStringList needs;
    QRectF place; ///< in the scene

    friend bool operator==(const GraphRole &, const GraphRole &) = default;
};

/// A service tree drawn in layers along `needs`: a card for each role with its instances, arrows to
/// what it needs; those that lead to a problem stand out. The mouse drags it, Ctrl and the wheel
/// zoom; arrow keys go from role to role.
class TreeGraph : public QGraphicsView
{
    Q_OBJECT
public:
    explicit TreeGraph(QWidget *parent = nullptr);

    /// `rollup` has counted the tree.
    void setTree(const FleetState &state, const FleetRollup &rollup, const PaasTree &tree,
                 qint64 now);
    void setChosen(const QString &role);

    const QList<GraphRole> &roles() const { return m_roles; }

    /// Why one role cannot need another, a sentence; empty when it can.
    using NeedCheck = std::function<QString(const QString &from, const QString &to)>;
    /// While the tree is edited, dragging from one card to another adds a need.
    void setEditable(bool isEditable, const NeedCheck &check);

    void zoom(double factor);
    /// Shows all of it, but never larger than it is.
    void fit();
    int zoomPercent() const;

Q_SIGNALS:
    void roleChosen(const QString &role);
    /// Enter: somebody wants to see what the role is made of.
    void roleOpened(const QString &role);
    void removalRequested();
    void additionRequested();
    void renameRequested();
    void shiftRequested(int by);
    void needDrawn(const QString &from, const QString &to);
    void zoomChanged();

protected:
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void place(const PaasTree &tree);
    void rebuildScene();
    void addEdge(const GraphRole &from, const GraphRole &to);
    void drawNewNeed(QPainter *painter) const;
    const GraphRole *find(const QString &role) const;
    const GraphRole *roleUnder(const QPoint &place) const;
    void chooseNeighbour(int dx, int dy);
    bool edits(const QKeyEvent &key);

    QString m_tree, m_chosen;
    QList<GraphRole> m_roles;
    qreal m_aloneTop = 0; ///< where the roles that stand alone begin, 0: none do
    QPoint m_pressedAt;
    bool m_isEditable = false;
    NeedCheck m_check;
    QString m_needFrom, m_needTo; ///< roles between which a need is drawn just now
    QString m_needFault;
    QPoint m_needEnd;
    bool m_isFitted = true; ///< follows the window until somebody zooms
};

} // namespace Treewarden
