// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/models/treeplace.h"

#include <QTimer>
#include <QTreeView>

namespace Treewarden {

class FleetSource;
class TreeEdit;

/// A service tree as a list. While it is edited, roles and instances can be dragged inside it and
/// into it from a palette; where something can't be dropped, why not stands there.
class TreeList : public QTreeView
{
    Q_OBJECT
public:
    explicit TreeList(FleetSource &source, QWidget *parent = nullptr);

    /// From now on what is done here is asked of `edit`; nullptr: it only shows.
    void setEdit(TreeEdit *edit);
    /// Gives the columns their first widths, once there is a model; names get what is left.
    void fitColumns();

    /// What is selected, from above to below; nothing that stands below another of them.
    QList<TreePlace> places() const;

    /// Why what is dragged can't be dropped where it is; empty when it can, or nothing is dragged.
    QString refusal() const { return m_refusal; }

Q_SIGNALS:
    void dropped(const QList<Treewarden::TreeChange> &changes);
    void removalRequested();
    void additionRequested();
    void renameRequested();
    void shiftRequested(int by);

protected:
    void startDrag(Qt::DropActions actions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void look(const QDropEvent &event);
    void endDrag();
    void paintRefusal(QPainter &painter, const QRect &row) const;

    FleetSource &m_source;
    TreeEdit *m_edit = nullptr;
    QPersistentModelIndex m_over; ///< what something is dragged over
    DropSide m_side = DropSide::On;
    QString m_refusal;
    QList<TreeChange> m_wanted; ///< what a drop here would do
    QTimer m_opening; ///< a branch opens when one waits over it
    bool m_isNarrow = false;
};

} // namespace Treewarden
