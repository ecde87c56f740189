// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treegraph.h"

#include "console/models/fleettext.h"
#include "console/models/treelayout.h"
#include "console/views/theme.h"
#include "console/views/treenode.h"
#include "shared/core/textformat.h"

#include <QGraphicsPathItem>
#include <QGraphicsSimpleTextItem>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr qreal columnStep = TreeNode::width + 68, nodeGap = 22, captionHeight = 26,
                sceneMargin = 20;
constexpr double smallestZoom = 0.25, largestZoom = 3;
constexpr qsizetype mostSortedInstances = 500; ///< of one role that are not alive

QString instanceText(const FleetState &state, const PaasInstance &instance)
{
    const QString server = serverText(state, instance.ip);
    return instance.instance == u"default" ? server
                                           : oneLine(instance.instance, 64) + u' ' + server;
}

/// Those that a card has room for: what is not alive first, wherever it stands in the role.
QList<GraphInstance> graphInstances(const FleetState &state, const PaasRole &role,
                                    const RoleHealth &health, qint64 now)
{
    QList<GraphInstance> bad, alive;
    const int badCount = health.total - health.alive;
    for (const PaasInstance &instance : role.instances) {
        const bool isFull = alive.size() == TreeNode::mostInstances;
        if (isFull && (bad.size() >= badCount || bad.size() >= mostSortedInstances))
            break;
        const Health one = instanceHealth(state, role, instance, now);
        if (one != Health::Alive)
            bad << GraphInstance{instanceText(state, instance), one};
        else if (!isFull)
            alive << GraphInstance{instanceText(state, instance), one};
    }
    std::stable_sort(bad.begin(), bad.end(), [](const GraphInstance &a, const GraphInstance &b) {
        return a.health > b.health;
    });
    return (bad + alive).mid(0, TreeNode::mostInstances);
}

GraphRole graphRole(const FleetState &state, const PaasRole &role, const RoleHealth &health,
                    qint64 now)
{
    GraphRole shown;
    shown.id = role.role;
    shown.title = roleTitle(role);
    shown.isEmpty = health.total == 0;
    shown.count = shown.isEmpty ? u"–"_s : aliveText(health.alive, health.total);
    shown.health = health.health;
    shown.instances = graphInstances(state, role, health, now);
    shown.hidden = role.instances.size() - shown.instances.size();
    shown.needs = role.needs;
    return shown;
}

} // namespace

TreeGraph::TreeGraph(QWidget *parent)
    : QGraphicsView(parent)
{
    setScene(new QGraphicsScene(this));
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setDragMode(ScrollHandDrag);
    setTransformationAnchor(AnchorUnderMouse);
    setViewportUpdateMode(FullViewportUpdate); // the legend does not scroll along
    viewport()->setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("Service tree as a graph"));
}

void TreeGraph::setTree(const FleetState &state, const FleetRollup &rollup, const PaasTree &tree,
                        qint64 now)
{
    const QList<GraphRole> before = std::exchange(m_roles, {});
    const bool isOther = m_tree != tree.id;
    m_tree = tree.id;
    for (qsizetype i = 0; i < tree.roles.size(); ++i)
        m_roles << graphRole(state, tree.roles[i], rollup.role(tree.id, i), now);
    place(tree);
    if (before == m_roles && !isOther)
        return;
    rebuildScene();
    if (isOther || m_isFitted)
        fit();
}

void TreeGraph::place(const PaasTree &tree)
{
    const TreeLayout layout = layoutOf(tree);
    QHash<QString, GraphRole *> byId;
    for (GraphRole &role : m_roles)
        byId.insert(role.id, &role);
    const auto heightOf = [&](const QString &id) { return qreal(TreeNode::heightFor(*byId[id])); };
    const auto columnHeight = [&](const QStringList &layer) {
        qreal height = -nodeGap;
        for (const QString &id : layer)
            height += heightOf(id) + nodeGap;
        return height;
    };
    qreal highest = 0;
    for (const QStringList &layer : layout.layers)
        highest = std::max(highest, columnHeight(layer));
    for (qsizetype i = 0; i < layout.layers.size(); ++i) {
        qreal y = std::round((highest - columnHeight(layout.layers[i])) / 2);
        for (const QString &id : layout.layers[i]) {
            byId[id]->place = QRectF(qreal(i) * columnStep, y, TreeNode::width, heightOf(id));
            y += heightOf(id) + nodeGap;
        }
    }
    // Those that stand alone: a row below, as wide as the layers are or three cards.
    const qsizetype perRow = std::max<qsizetype>(3, layout.layers.size());
    m_aloneTop = layout.alone.isEmpty() ? 0 : (highest > 0 ? highest + nodeGap : 0) + captionHeight;
    qreal top = m_aloneTop, rowHeight = 0;
    for (qsizetype i = 0; i < layout.alone.size(); ++i) {
        if (i > 0 && i % perRow == 0) {
            top += rowHeight + nodeGap;
            rowHeight = 0;
        }
        const qreal height = heightOf(layout.alone[i]);
        byId[layout.alone[i]]->place
            = QRectF(qreal(i % perRow) * columnStep, top, TreeNode::width, height);
        rowHeight = std::max(rowHeight, height);
    }
}

void TreeGraph::rebuildScene()
{
    const Theme &theme = themeOf(this);
    scene()->clear();
    scene()->setBackgroundBrush(theme.surface);
    for (const GraphRole &role : std::as_const(m_roles)) {
        for (const QString &need : role.needs) {
            if (const GraphRole *needed = find(need))
                addEdge(role, *needed);
        }
    }
    for (const GraphRole &role : std::as_const(m_roles))
        scene()->addItem(new TreeNode(role, theme, role.id == m_chosen));
    if (m_aloneTop > 0) {
        auto *caption = scene()->addSimpleText(tr("Needed by no other role"), uiFont());
        caption->setBrush(theme.text3);
        caption->setPos(0, m_aloneTop - captionHeight);
    }
    scene()->setSceneRect(scene()->itemsBoundingRect().adjusted(-sceneMargin, -sceneMargin,
                                                                sceneMargin, sceneMargin));
}

void TreeGraph::addEdge(const GraphRole &from, const GraphRole &to)
{
    const Theme &theme = themeOf(this);
    const bool carriesProblem
        = !to.isEmpty && to.health != Health::Alive && to.health != Health::Maintenance;
    const QColor colour = carriesProblem ? theme.warn : theme.line2;
    const QPointF start(from.place.right(), from.place.top() + TreeNode::headHeight / 2.);
    const QPointF tip(to.place.left() - 1, to.place.top() + TreeNode::headHeight / 2.);
    const QPointF end = tip - QPointF(7, 0);
    const qreal bend = std::max<qreal>(30, (end.x() - start.x()) / 2);
    QPainterPath curve(start);
    curve.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
    auto *line = scene()->addPath(curve, QPen(colour, carriesProblem ? 2 : 1.2));
    const QPolygonF arrow{tip, end + QPointF(0, -4), end + QPointF(0, 4)};
    auto *head = scene()->addPolygon(arrow, QPen(Qt::NoPen), colour);
    line->setZValue(carriesProblem ? -1 : -2);
    head->setZValue(-1);
}

const GraphRole *TreeGraph::find(const QString &role) const
{
    const auto found = std::find_if(m_roles.begin(), m_roles.end(),
                                    [&](const GraphRole &r) { return r.id == role; });
    return found == m_roles.end() ? nullptr : &*found;
}

void TreeGraph::setChosen(const QString &role)
{
    if (role == m_chosen)
        return;
    m_chosen = role;
    rebuildScene();
    if (const GraphRole *chosen = find(role))
        ensureVisible(chosen->place, 20, 20);
}

void TreeGraph::zoom(double factor)
{
    const double wanted = std::clamp(transform().m11() * factor, smallestZoom, largestZoom);
    m_isFitted = false;
    setTransform(QTransform::fromScale(wanted, wanted));
    Q_EMIT zoomChanged();
}

void TreeGraph::fit()
{
    m_isFitted = true;
    const QRectF all = scene()->sceneRect();
    if (all.isEmpty())
        return;
    const double scale = std::clamp(
        std::min(viewport()->width() / all.width(), viewport()->height() / all.height()),
        smallestZoom, 1.);
    setTransform(QTransform::fromScale(scale, scale));
    centerOn(all.center());
    Q_EMIT zoomChanged();
}

int TreeGraph::zoomPercent() const
{
    return qRound(transform().m11() * 100);
}

void TreeGraph::setEditable(bool isEditable, const NeedCheck &check)
{
    m_isEditable = isEditable;
    m_check = check;
    m_needFrom.clear();
    viewport()->update();
}

/// The arrow that is being drawn, and at its end why it can't be.
void TreeGraph::drawNewNeed(QPainter *painter) const
{
    const GraphRole *from = find(m_needFrom);
    if (!from)
        return;
    const Theme &theme = themeOf(this);
    const QColor colour = m_needFault.isEmpty() ? theme.accent : theme.dead;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 2, m_needTo.isEmpty() ? Qt::DashLine : Qt::SolidLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawLine(QPointF(from->place.right(), from->place.top() + TreeNode::headHeight / 2.),
                      mapToScene(m_needEnd));
    if (const GraphRole *to = find(m_needTo))
        painter->drawRoundedRect(to->place.adjusted(-3, -3, 3, 3), 7, 7);
    if (m_needFault.isEmpty())
        return;
    painter->save();
    painter->resetTransform();
    painter->setFont(uiFont());
    QRect box
        = painter->fontMetrics().boundingRect(QRect(0, 0, 320, 400), Qt::TextWordWrap, m_needFault);
    box.setSize(box.size() + QSize(20, 12));
    box.moveTopLeft(m_needEnd + QPoint(14, 14));
    box.moveRight(qMin(box.right(), viewport()->width() - 8));
    box.moveBottom(qMin(box.bottom(), viewport()->height() - 8));
    painter->setPen(theme.dead);
    painter->setBrush(theme.deadTint);
    painter->drawRoundedRect(QRectF(box).adjusted(.5, .5, -.5, -.5), 4, 4);
    painter->drawText(box.adjusted(10, 6, -8, -6), Qt::TextWordWrap, m_needFault);
    painter->restore();
}

/// What the arrows mean, at a corner that does not scroll.
void TreeGraph::drawForeground(QPainter *painter, const QRectF &)
{
    const Theme &theme = themeOf(this);
    drawNewNeed(painter);
    painter->save();
    painter->resetTransform();
    painter->setFont(uiFont(TextSize::small));
    int x = 16;
    const auto draw = [&](const QString &text, const QColor &colour, qreal width) {
        const int textWidth = painter->fontMetrics().horizontalAdvance(text);
        painter->fillRect(QRect(x - 4, 6, textWidth + 40, 20), theme.surface);
        painter->setPen(QPen(colour, width));
        painter->drawLine(x, 16, x + 16, 16);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawPolygon(
            QPolygonF{QPointF(x + 22, 16), QPointF(x + 15, 12), QPointF(x + 15, 20)});
        painter->setPen(theme.text2);
        painter->drawText(QRect(x + 28, 6, textWidth + 2, 20), Qt::AlignVCenter, text);
        x += textWidth + 28 + 20;
    };
    draw(tr("needs"), theme.line2, 1.2);
    draw(tr("needs what is not alive"), theme.warn, 2);
    painter->restore();
}

void TreeGraph::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuildScene();
}

void TreeGraph::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    if (m_isFitted)
        fit();
}

void TreeGraph::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QGraphicsView::wheelEvent(event);
    zoom(std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

const GraphRole *TreeGraph::roleUnder(const QPoint &place) const
{
    const QPointF at = mapToScene(place);
    const auto found = std::find_if(m_roles.begin(), m_roles.end(),
                                    [&](const GraphRole &role) { return role.place.contains(at); });
    return found == m_roles.end() ? nullptr : &*found;
}

void TreeGraph::mousePressEvent(QMouseEvent *event)
{
    m_pressedAt = event->pos();
    const GraphRole *role = roleUnder(event->pos());
    if (!m_isEditable || !role || event->button() != Qt::LeftButton)
        return QGraphicsView::mousePressEvent(event);
    m_needFrom = role->id;
    m_needTo.clear();
    m_needFault.clear();
    m_needEnd = event->pos();
    setFocus(Qt::MouseFocusReason);
}

void TreeGraph::mouseMoveEvent(QMouseEvent *event)
{
    if (m_needFrom.isEmpty())
        return QGraphicsView::mouseMoveEvent(event);
    m_needEnd = event->pos();
    const GraphRole *role = roleUnder(event->pos());
    const QString to = role && role->id != m_needFrom ? role->id : QString();
    if (to != m_needTo) {
        m_needTo = to;
        m_needFault = to.isEmpty() || !m_check ? QString() : m_check(m_needFrom, to);
    }
    viewport()->update();
}

/// A click chooses, a drag moves the view or draws a need.
void TreeGraph::mouseReleaseEvent(QMouseEvent *event)
{
    const QString from = std::exchange(m_needFrom, QString());
    if (from.isEmpty()) {
        QGraphicsView::mouseReleaseEvent(event);
        viewport()->setCursor(Qt::ArrowCursor);
    }
    viewport()->update();
    if (event->button() != Qt::LeftButton)
        return;
    if ((event->pos() - m_pressedAt).manhattanLength() <= 4) {
        if (const GraphRole *role = roleUnder(event->pos()))
            Q_EMIT roleChosen(QString(role->id));
    } else if (!from.isEmpty() && !m_needTo.isEmpty()) {
        Q_EMIT needDrawn(from, QString(m_needTo));
    }
}

/// The same keys as in the list; true for one of them.
bool TreeGraph::edits(const QKeyEvent &key)
{
    const bool isAlt = key.modifiers().testFlag(Qt::AltModifier);
    if (!m_isEditable || !find(m_chosen))
        return false;
    if (key.key() == Qt::Key_Delete)
        Q_EMIT removalRequested();
    else if (key.key() == Qt::Key_Insert)
        Q_EMIT additionRequested();
    else if (key.key() == Qt::Key_F2)
        Q_EMIT renameRequested();
    else if (isAlt && (key.key() == Qt::Key_Up || key.key() == Qt::Key_Down))
        Q_EMIT shiftRequested(key.key() == Qt::Key_Up ? -1 : 1);
    else
        return false;
    return true;
}

void TreeGraph::keyPressEvent(QKeyEvent *event)
{
    if (edits(*event))
        return;
    switch (event->key()) {
    case Qt::Key_Left:
        return chooseNeighbour(-1, 0);
    case Qt::Key_Right:
        return chooseNeighbour(1, 0);
    case Qt::Key_Up:
        return chooseNeighbour(0, -1);
    case Qt::Key_Down:
        return chooseNeighbour(0, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (find(m_chosen))
            Q_EMIT roleOpened(QString(m_chosen));
        return;
    case Qt::Key_Plus:
        return zoom(1.25);
    case Qt::Key_Minus:
        return zoom(0.8);
    case Qt::Key_0:
        return fit();
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

/// The nearest card in this direction.
void TreeGraph::chooseNeighbour(int dx, int dy)
{
    const GraphRole *from = find(m_chosen);
    if (!from) {
        if (!m_roles.isEmpty())
            Q_EMIT roleChosen(QString(m_roles.first().id));
        return;
    }
    const GraphRole *nearest = nullptr;
    qreal shortest = 0;
    for (const GraphRole &role : std::as_const(m_roles)) {
        const QPointF way = role.place.center() - from->place.center();
        const qreal along = way.x() * dx + way.y() * dy,
                    aside = std::abs(way.x() * dy) + std::abs(way.y() * dx);
        if (&role == from || along <= 1 || (dy != 0 && aside > 1))
            continue;
        if (!nearest || along + aside < shortest) {
            nearest = &role;
            shortest = along + aside;
        }
    }
    if (nearest)
        Q_EMIT roleChosen(QString(nearest->id));
}

} // namespace Treewarden
