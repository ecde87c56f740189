// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treelist.h"

#include "console/models/fleetsource.h"
#include "console/models/treeedit.h"
#include "console/models/treemodel.h"
#include "console/models/treepalettemodel.h"
#include "console/models/treeseveral.h"
#include "console/views/tableheader.h"
#include "console/views/theme.h"
#include "console/views/treedelegate.h"

#include <QDrag>
#include <QDropEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int narrowTree = 620; ///< px; columns then leave more room to the names

/// What follows the mouse: the name that is dragged, on a small card.
QPixmap dragPicture(const QString &text, const QWidget *widget)
{
    const Theme &theme = themeOf(widget);
    const QFontMetrics metrics(uiFont());
    const QString shown = metrics.elidedText(text, Qt::ElideRight, 240);
    const QSize size(metrics.horizontalAdvance(shown) + 20, metrics.height() + 10);
    QPixmap picture(size * widget->devicePixelRatioF());
    picture.setDevicePixelRatio(widget->devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.accent);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF({}, size).adjusted(.5, .5, -.5, -.5), 4, 4);
    painter.setFont(uiFont());
    painter.setPen(theme.text);
    painter.drawText(QRect({}, size), Qt::AlignCenter, shown);
    return picture;
}

} // namespace

TreeList::TreeList(FleetSource &source, QWidget *parent)
    : QTreeView(parent)
    , m_source(source)
{
    auto *header = new TableHeader;
    setHeader(header);
    setItemDelegate(new TreeDelegate(this));
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(18);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setExpandsOnDoubleClick(false);
    setSelectionMode(ExtendedSelection);
    setAccessibleName(tr("Service tree"));
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setStretchLastSection(false);
    m_opening.setSingleShot(true);
    m_opening.setInterval(600ms);
    connect(&m_opening, &QTimer::timeout, this, [this] {
        if (m_over.isValid())
            expand(m_over);
    });
}

void TreeList::fitColumns()
{
    m_isNarrow = width() < narrowTree;
    const int wide[] = {0, 120, 90, 140, 110}, narrow[] = {0, 90, 66, 90, 76};
    header()->setSectionResizeMode(TreeModel::NameColumn, QHeaderView::Stretch);
    for (int column = TreeModel::StateColumn; column < TreeModel::ColumnCount; ++column) {
        header()->setSectionResizeMode(column, QHeaderView::Interactive);
        header()->resizeSection(column, (m_isNarrow ? narrow : wide)[column]);
    }
}

void TreeList::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (model() && m_isNarrow != (width() < narrowTree))
        fitColumns();
}

void TreeList::setEdit(TreeEdit *edit)
{
    m_edit = edit;
    setDragEnabled(edit);
    setAcceptDrops(edit);
    setAutoScroll(true);
    endDrag();
}

QList<TreePlace> TreeList::places() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    rows.removeIf([this](const QModelIndex &row) {
        for (QModelIndex above = row.parent(); above.isValid(); above = above.parent()) {
            if (selectionModel()->isRowSelected(above.row(), above.parent()))
                return true;
        }
        return false;
    });
    std::sort(rows.begin(), rows.end(), [this](const QModelIndex &a, const QModelIndex &b) {
        return visualRect(a).top() < visualRect(b).top();
    });
    QList<TreePlace> places;
    for (const QModelIndex &row : std::as_const(rows))
        places << treePlaceOf(row);
    return places;
}

void TreeList::startDrag(Qt::DropActions)
{
    const QModelIndex index = currentIndex().siblingAtColumn(TreeModel::NameColumn);
    const TreePlace place = treePlaceOf(index);
    if (!m_edit || !index.isValid()
        || (place.kind != TreePlace::Kind::Role && place.kind != TreePlace::Kind::Instance))
        return;
    QList<TreePlace> nodes = places();
    const bool isOneKind = std::all_of(
        nodes.begin(), nodes.end(), [&](const TreePlace &node) { return node.kind == place.kind; });
    if (nodes.isEmpty() || !isOneKind || !nodes.contains(place))
        nodes = {place};
    auto *data = new QMimeData;
    data->setData(treeDragFormat(),
                  toBytes({TreeDrag::Kind::Node, {}, {}, nodes.first(), nodes.mid(1)}));
    auto *drag = new QDrag(this);
    drag->setMimeData(data);
    drag->setPixmap(dragPicture(nodes.size() == 1
                                    ? index.data().toString()
                                    : tr("%1 selected").arg(locale().toString(nodes.size())),
                                this));
    drag->exec(Qt::MoveAction | Qt::CopyAction, Qt::MoveAction);
    endDrag();
}

void TreeList::dragEnterEvent(QDragEnterEvent *event)
{
    // Also where a drop would be refused: the moves that follow say why.
    if (m_edit && event->mimeData()->hasFormat(treeDragFormat()))
        event->acceptProposedAction();
    else
        event->ignore();
}

/// Finds out what a drop at this place would do.
void TreeList::look(const QDropEvent &event)
{
    const QPoint at = event.position().toPoint();
    QModelIndex index = indexAt(at).siblingAtColumn(TreeModel::NameColumn);
    DropSide side = DropSide::On;
    if (index.isValid()) {
        const QRect row = visualRect(index);
        const int quarter = row.height() / 4;
        if (at.y() < row.top() + quarter)
            side = DropSide::Above;
        else if (at.y() > row.bottom() - quarter)
            side = DropSide::Below;
    } else {
        index = model()->index(0, 0); // below the last row: the tree itself
    }
    if (m_over == index && m_side == side && (!m_wanted.isEmpty() || !m_refusal.isEmpty()))
        return;
    m_over = index;
    m_side = side;
    m_wanted.clear();
    m_refusal.clear();
    m_opening.start();
    viewport()->update();
    const auto drag = parseTreeDrag(event.mimeData()->data(treeDragFormat()));
    if (!drag || !m_edit || !m_edit->isEditing() || !index.isValid())
        return;
    const TreePlace target = treePlaceOf(index);
    const auto changes = drag->others.isEmpty()
        ? dropOf(m_edit->tree(), m_source.state(), *drag, target, side)
        : moveOf(m_edit->tree(), m_source.state(), QList{drag->node} + drag->others, target, side);
    const auto next = changes ? Treewarden::changed(m_edit->tree(), *changes)
                              : Result<PaasTree>(changes.error());
    if (next)
        m_wanted = *changes;
    else
        m_refusal = next.error().text;
}

void TreeList::dragMoveEvent(QDragMoveEvent *event)
{
    if (!m_edit || !event->mimeData()->hasFormat(treeDragFormat()))
        return event->ignore();
    look(*event);
    const int margin = autoScrollMargin();
    const int y = event->position().toPoint().y();
    if (y < margin || y > viewport()->height() - margin)
        startAutoScroll();
    if (m_wanted.isEmpty())
        event->ignore();
    else
        event->acceptProposedAction();
}

void TreeList::dragLeaveEvent(QDragLeaveEvent *)
{
    endDrag();
}

void TreeList::dropEvent(QDropEvent *event)
{
    look(*event);
    const QList<TreeChange> wanted = m_wanted;
    if (wanted.isEmpty())
        event->ignore();
    else
        event->acceptProposedAction();
    endDrag();
    if (!wanted.isEmpty())
        Q_EMIT dropped(wanted);
}

void TreeList::endDrag()
{
    stopAutoScroll();
    m_opening.stop();
    m_over = QModelIndex();
    m_wanted.clear();
    m_refusal.clear();
    setState(NoState);
    viewport()->update();
}

void TreeList::keyPressEvent(QKeyEvent *event)
{
    const bool isAlt = event->modifiers().testFlag(Qt::AltModifier);
    const int key = event->key();
    if (m_edit && key == Qt::Key_Delete)
        Q_EMIT removalRequested();
    else if (m_edit && key == Qt::Key_Insert)
        Q_EMIT additionRequested();
    else if (m_edit && key == Qt::Key_F2)
        Q_EMIT renameRequested();
    else if (m_edit && isAlt && (key == Qt::Key_Up || key == Qt::Key_Down))
        Q_EMIT shiftRequested(key == Qt::Key_Up ? -1 : 1);
    else
        return QTreeView::keyPressEvent(event);
    event->accept();
}

void TreeList::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (!m_over.isValid())
        return;
    const Theme &theme = themeOf(this);
    QPainter painter(viewport());
    const QRect cell = visualRect(m_over);
    const QRect row(cell.left(), cell.top(), viewport()->width() - cell.left() - 4, cell.height());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_refusal.isEmpty() ? theme.accent : theme.dead, 2));
    painter.setBrush(Qt::NoBrush);
    if (!m_refusal.isEmpty())
        return paintRefusal(painter, row);
    if (m_wanted.isEmpty())
        return;
    if (m_side == DropSide::On)
        painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 4, 4);
    else
        painter.drawLine(row.left(), m_side == DropSide::Above ? row.top() : row.bottom(),
                         row.right(), m_side == DropSide::Above ? row.top() : row.bottom());
}

/// The sentence in a box directly below the row, or above where there is no room.
void TreeList::paintRefusal(QPainter &painter, const QRect &row) const
{
    const Theme &theme = themeOf(this);
    painter.setFont(uiFont());
    const QFontMetrics metrics = painter.fontMetrics();
    const int widest = qMax(120, viewport()->width() - row.left() - 24);
    QRect box = metrics.boundingRect(QRect(0, 0, widest, 400), Qt::TextWordWrap, m_refusal);
    box.setSize(box.size() + QSize(20, 12));
    box.moveTopLeft({row.left(), row.bottom() + 2});
    if (box.bottom() > viewport()->height())
        box.moveBottom(row.top() - 2);
    painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 4, 4);
    painter.setPen(theme.dead);
    painter.setBrush(theme.deadTint);
    painter.drawRoundedRect(QRectF(box).adjusted(.5, .5, -.5, -.5), 4, 4);
    painter.drawText(box.adjusted(10, 6, -8, -6), Qt::TextWordWrap, m_refusal);
}

} // namespace Treewarden
