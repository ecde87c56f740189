// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Treewarden {

/// A cell of a table of commands: text, and in the outcome's column its shape before it.
class OutcomeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// `stateColumn` shows the outcome; `pale` the columns that matter less.
    OutcomeDelegate(int stateColumn, const QList<int> &pale, QObject *parent);

    static constexpr int rowHeight = 28, padding = 10, iconWidth = 14 + 6;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_stateColumn;
    QList<int> m_pale;
};

} // namespace Treewarden
