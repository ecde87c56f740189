// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/theme.h"

#include <QStyledItemDelegate>

namespace Treewarden {

class FleetModel;
struct FleetRow;

/// Paints the cells of the fleet's table: state shape and word, meters, the course of the CPU,
/// counts. Rows have one height; nothing but the row's own values is read while painting.
class FleetDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit FleetDelegate(const FleetModel &model, QObject *parent = nullptr);

    static constexpr int rowHeight = 28, compactRowHeight = 22;
    static constexpr int padding = 10;
    static constexpr double highPercent = 90; ///< from here on a value is drawn as a warning

    /// What a column needs beside its text: bar or curve.
    static int extraWidth(int column);
    static QFont fontOf(int column);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintHealth(QPainter *painter, const QRect &rect, const FleetRow &row,
                     const Theme &theme) const;
    void paintCurve(QPainter *painter, const QRect &rect, const FleetRow &row,
                    const Theme &theme) const;
    void paintMeter(QPainter *painter, const QRect &rect, std::optional<double> percent,
                    const Theme &theme) const;
    void paintServices(QPainter *painter, const QRect &rect, const FleetRow &row,
                       const Theme &theme) const;

    const FleetModel &m_model;
};

} // namespace Treewarden
