// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/historypanel.h"

#include "console/models/configdocument.h"
#include "console/views/card.h"
#include "console/views/differencepanel.h"
#include "console/views/emptystate.h"
#include "console/views/outcomedelegate.h"
#include "console/views/tableheader.h"
#include "console/views/tonedlabel.h"

#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace Treewarden {
using namespace Qt::StringLiterals;

HistoryPanel::HistoryPanel(FleetSource &source, QWidget *parent)
    : QWidget(parent)
    , m_model(source)
    , m_table(new QTableView)
    , m_content(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_difference(new DifferencePanel)
    , m_compared(new TonedLabel({}, TonedLabel::Tone::Secondary))
    , m_rollback(new QPushButton)
{
    auto *lower = new QWidget;
    auto *line = new QHBoxLayout;
    line->addWidget(m_compared, 1);
    line->addWidget(m_rollback);
    auto *lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 8, 0, 0);
    lowerColumn->addLayout(line);
    lowerColumn->addWidget(m_difference, 1);
    m_rollback->setObjectName(u"rollback"_s);
    auto *both = new QSplitter(Qt::Vertical);
    both->addWidget(makeTable());
    both->addWidget(lower);
    both->setStretchFactor(1, 1);
    both->setChildrenCollapsible(false);
    both->setSizes({220, 400});
    m_content->addWidget(both);
    m_content->addWidget(m_empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_content);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &HistoryPanel::showContent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &HistoryPanel::showDifference);
    connect(m_rollback, &QPushButton::clicked, this, &HistoryPanel::rollBack);
    showContent();
}

QWidget *HistoryPanel::makeTable()
{
    auto *header = new TableHeader;
    header->setSectionsClickable(false);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new OutcomeDelegate(-1, {}, m_table));
    m_table->setHorizontalHeader(header);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAccessibleName(tr("Versions"));
    m_table->setObjectName(u"versions"_s);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(
        qMax(OutcomeDelegate::rowHeight, QFontMetrics(uiFont()).height() + 6));
    header->setStretchLastSection(true);
    auto *card = new Card;
    card->column()->setContentsMargins(1, 1, 1, 5);
    card->column()->addWidget(m_table);
    return card;
}

void HistoryPanel::setServer(const QString &ip)
{
    m_model.setServer(ip);
}

void HistoryPanel::showContent()
{
    const bool isEmpty = m_model.rowCount() == 0;
    m_content->setCurrentIndex(isEmpty ? 1 : 0);
    m_empty->setText(m_model.trouble().isEmpty() ? tr("Its versions are being read.")
                                                 : m_model.trouble());
    if (isEmpty)
        return;
    const QFontMetrics metrics(uiFont());
    for (int column = 0; column < ConfigHistory::ColumnCount; ++column) {
        int widest = m_table->horizontalHeader()->sectionSizeHint(column);
        for (int row = 0; row < m_model.rowCount(); ++row)
            widest = qMax(widest,
                          metrics.horizontalAdvance(m_model.index(row, column).data().toString())
                              + 2 * OutcomeDelegate::padding + 8);
        m_table->setColumnWidth(column, qMin(widest, 320));
    }
    m_table->selectRow(0);
}

QList<int> HistoryPanel::chosenRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    return rows;
}

void HistoryPanel::showDifference()
{
    const QList<int> rows = chosenRows();
    const auto &versions = m_model.versions();
    m_rollback->setVisible(rows.size() == 1 && rows.first() > 0);
    if (rows.isEmpty() || rows.last() >= versions.size()) {
        m_compared->setText(tr("Choose a version to see what it changed, or two to compare them."));
        m_difference->setPairs({}, tr("No version is chosen."));
        return;
    }
    const ConfigVersion &newer = versions[rows.first()];
    m_rollback->setText(tr("Roll back to version %1…").arg(newer.version));
    const int olderRow = rows.size() > 1 ? rows.last() : rows.first() + 1;
    if (olderRow >= versions.size()) {
        m_compared->setText(tr("Version %1 is the oldest that is remembered.").arg(newer.version));
        m_difference->setPairs({}, tr("There is nothing to compare it with."));
        return;
    }
    const ConfigVersion &older = versions[olderRow];
    m_compared->setText(tr("From version %1 to version %2").arg(older.version).arg(newer.version));
    m_difference->setPairs({{{}, configDocument(older.fields), configDocument(newer.fields)}},
                           tr("They hold the same; only the signature differs."));
}

void HistoryPanel::rollBack()
{
    const QList<int> rows = chosenRows();
    if (rows.size() != 1 || rows.first() >= m_model.rowCount())
        return;
    const ConfigVersion version = m_model.versions()[rows.first()];
    Q_EMIT rollbackRequested(version.version, version.fields);
}

} // namespace Treewarden
