// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Treewarden {

class PaletteModel;
struct PaletteItem;

/// A row of the command palette: icon, name and note; at the right what it is and its shortcut.
class PaletteDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int rowHeight = 32, headingHeight = 26;

    PaletteDelegate(const PaletteModel &model, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintHeading(QPainter *painter, const QStyleOptionViewItem &option,
                      const PaletteItem &item) const;
    int paintRight(QPainter *painter, const QStyleOptionViewItem &option,
                   const PaletteItem &item) const;

    const PaletteModel &m_model;
};

} // namespace Treewarden
