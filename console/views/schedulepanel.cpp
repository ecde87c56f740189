// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/schedulepanel.h"

#include "console/views/card.h"
#include "console/views/emptystate.h"
#include "console/views/outcomedelegate.h"
#include "console/views/tableheader.h"
#include "console/views/theme.h"
#include "shared/core/textformat.h"

#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace Treewarden {
using namespace std::chrono_literals;

SchedulePanel::SchedulePanel(ActionCentre &centre, QWidget *parent)
    : QWidget(parent)
    , m_model(centre)
    , m_table(new QTableView)
    , m_empty(new EmptyState)
    , m_content(new QStackedWidget)
{
    auto *header = new TableHeader;
    header->setSectionsClickable(false);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(
        new OutcomeDelegate(ScheduleModel::LastColumn, {ScheduleModel::WhenColumn}, m_table));
    m_table->setHorizontalHeader(header);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setAccessibleName(tr("Schedule"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(
        qMax(OutcomeDelegate::rowHeight, QFontMetrics(uiFont()).height() + 6));
    m_content->addWidget(m_table);
    m_content->addWidget(m_empty);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 5);
    card->column()->addWidget(m_content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 12);
    column->addWidget(card);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &SchedulePanel::showContent);
    connect(&m_ages, &QTimer::timeout, &m_model, &ScheduleModel::refresh);
    m_ages.start(5s);
    showContent();
}

void SchedulePanel::setServer(const QString &ip)
{
    m_ip = ip;
    m_model.setServer(ip);
}

void SchedulePanel::showContent()
{
    const bool isEmpty = m_model.rowCount() == 0;
    m_content->setCurrentIndex(isEmpty ? 1 : 0);
    m_empty->setText(
        m_model.trouble().isEmpty() ? tr("Nothing is scheduled on this server.")
                                    : m_model.trouble(),
        m_model.trouble().isEmpty()
            ? tr("An entry is added with: treewarden schedule add %1 …").arg(oneLine(m_ip, 64))
            : QString());
    fitColumns();
}

/// Each its content; what is left goes to the last.
void SchedulePanel::fitColumns()
{
    auto *header = static_cast<TableHeader *>(m_table->horizontalHeader());
    const QFontMetrics metrics(uiFont());
    for (int column = 0; column < ScheduleModel::ColumnCount; ++column) {
        int widest = header->sectionSizeHint(column);
        for (int row = 0; row < m_model.rowCount(); ++row)
            widest = qMax(widest,
                          metrics.horizontalAdvance(m_model.index(row, column).data().toString())
                              + 2 * OutcomeDelegate::padding + OutcomeDelegate::iconWidth);
        header->resizeSection(column, qMin(widest, 300));
    }
    header->setStretchLastSection(true);
}

void SchedulePanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

} // namespace Treewarden
