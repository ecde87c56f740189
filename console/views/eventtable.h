// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/views/recordtable.h"

#include <QStyledItemDelegate>

namespace Treewarden {

class EventLog;

/// Events as a table: time, shape and sentence, where, who. The heading of the day at hand sticks
/// to the top.
class EventTable : public RecordTable
{
    Q_OBJECT
public:
    explicit EventTable(EventLog &log, QWidget *parent = nullptr);

    /// What stands at the top: the day of the first row that is seen.
    QString stickingDay() const;

Q_SIGNALS:
    void atTopChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void fitColumns() override;

private:
    void widenFor(int first, int last);
    int naturalWidth(int column, int first, int last) const;
    void paintDay(QPainter &painter, int top, const QString &day) const;

    EventLog &m_log;
};

/// Paints the cells of an EventTable but the headings.
class EventRowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static constexpr int rowHeight = 28, padding = 10, iconWidth = 22;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace Treewarden
