// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/views/treepalette.h"

#include "console/views/filterfield.h"
#include "console/views/pagetabs.h"
#include "console/views/stateicon.h"
#include "console/views/tonedlabel.h"

#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace Treewarden {
using namespace Qt::StringLiterals;

namespace {

constexpr int treePaletteWidth = 230, treePaletteMargin = 12;

/// A name with its caption at the right; pale when it stands in the tree already.
class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const bool isHeading = index.data(TreePaletteModel::HeadingRole).toBool();
        return {0, QFontMetrics(uiFont()).height() + (isHeading ? 14 : 10)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = themeOf(option.palette);
        const bool isHeading = index.data(TreePaletteModel::HeadingRole).toBool();
        const bool isUsed = index.data(TreePaletteModel::UsedRole).toBool();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, theme.sel);
        QRect cell = option.rect.adjusted(isHeading ? 4 : treePaletteMargin, 0, -4, 0);
        painter->setFont(uiFont(isHeading ? TextSize::small : TextSize::body));
        painter->setPen(isHeading || isUsed ? theme.text3 : theme.text);
        if (isHeading)
            cell.setTop(cell.top() + 4);
        const QString text = painter->fontMetrics().elidedText(index.data().toString(),
                                                               Qt::ElideRight, cell.width());
        painter->drawText(cell, Qt::AlignVCenter | Qt::TextSingleLine, text);
        cell.setLeft(cell.left() + painter->fontMetrics().horizontalAdvance(text) + 10);
        painter->setFont(uiFont(TextSize::small));
        painter->setPen(theme.text3);
        painter->drawText(
            cell, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(index.data(TreePaletteModel::NoteRole).toString(),
                                              Qt::ElideRight, cell.width()));
        painter->restore();
    }
};

} // namespace

TreePalette::TreePalette(FleetSource &source, QWidget *parent)
    : Card(parent)
    , m_model(source)
    , m_choice(new SegmentedChoice({tr("Roles"), tr("Services")}))
    , m_filter(new FilterField(tr("Find to add"), {}))
    , m_list(new QListView)
    , m_more(new TonedLabel({}, TonedLabel::Tone::Caption, TextSize::small))
{
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setDragEnabled(true);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("What can be added to the tree"));
    m_more->setWordWrap(true);
    auto *hint = new TonedLabel(tr("Drag into the tree, or press Enter."),
                                TonedLabel::Tone::Caption, TextSize::small);
    hint->setWordWrap(true);
    column()->setContentsMargins(10, 10, 10, 10);
    column()->setSpacing(8);
    column()->addWidget(m_choice);
    column()->addWidget(m_filter);
    column()->addWidget(m_list, 1);
    column()->addWidget(m_more);
    column()->addWidget(hint);
    setMinimumWidth(qMax(treePaletteWidth, m_choice->sizeHint().width() + 24));
    setMaximumWidth(minimumWidth());
    setAccessibleName(tr("Palette"));
    connect(m_choice, &QTabBar::currentChanged, this, [this](int index) {
        m_model.setContent(TreePaletteModel::Content(index));
        showMore();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        showMore();
    });
    connect(m_filter, &FilterField::left, this, [this] {
        m_list->setFocus();
        for (int row = 0; row < m_model.rowCount() && !m_list->currentIndex().isValid(); ++row) {
            if (m_model.dragOf(m_model.index(row)))
                m_list->setCurrentIndex(m_model.index(row));
        }
    });
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const auto drag = m_model.dragOf(index))
            Q_EMIT chosen(*drag);
    });
}

void TreePalette::setTree(const PaasTree &tree, const QString &role)
{
    m_tree = tree;
    m_role = role;
    refresh();
}

void TreePalette::open(TreePaletteModel::Content content)
{
    m_choice->setCurrentIndex(int(content));
    m_filter->clear();
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

void TreePalette::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    refresh();
}

/// The same row stays chosen where it can: what was just added is now pale, and the next is near.
void TreePalette::refresh()
{
    if (!isVisible())
        return;
    const int row = m_list->currentIndex().row();
    m_model.setTree(m_tree, m_role);
    if (row >= 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(qMin(row, m_model.rowCount() - 1)));
    showMore();
}

void TreePalette::showMore()
{
    m_more->setText(tr("%1 more: type to find them").arg(m_model.hiddenCount()));
    m_more->setVisible(m_model.hiddenCount() > 0);
}

} // namespace Treewarden
