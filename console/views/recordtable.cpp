// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/recordtable.h"

#include "console/views/tableheader.h"
#include "console/views/theme.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Treewarden {

RecordTable::RecordTable(const QString &name, int rowHeight, QWidget *parent)
    : QTableView(parent)
    , m_header(new TableHeader)
{
    setHorizontalHeader(m_header);
    m_header->setSectionsClickable(false);
    m_header->setSortIndicator(-1, Qt::AscendingOrder);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setAccessibleName(name);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(rowHeight);
    verticalHeader()->setDefaultSectionSize(qMax(rowHeight, QFontMetrics(uiFont()).height() + 8));
    connect(this, &QTableView::doubleClicked, this, &RecordTable::rowChosen);
}

bool RecordTable::isAtTop() const
{
    return verticalScrollBar()->value() <= verticalScrollBar()->minimum();
}

void RecordTable::goToTop()
{
    verticalScrollBar()->setValue(verticalScrollBar()->minimum());
}

QString RecordTable::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << row.siblingAtColumn(column).data().toString();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

void RecordTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void RecordTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        fitColumns();
    QTableView::changeEvent(event);
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid())
        Q_EMIT rowChosen();
    else
        QTableView::keyPressEvent(event);
}

} // namespace Treewarden
