// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace Treewarden {

class EventLog;
class TableHeader;

/// Events as a table: time, shape and sentence, where, who. The heading of the day at hand sticks
/// to the top.
class EventTable : public QTableView
{
    Q_OBJECT
public:
    explicit EventTable(EventLog &log, QWidget *parent = nullptr);

    /// Nothing newer than what is seen has a row.
    bool isAtTop() const;
    void goToTop();
    /// The chosen rows, one line each.
    QString selectedText() const;

    /// What stands at the top: the day of the first row that is seen.
    QString stickingDay() const;

Q_SIGNALS:
    void atTopChanged();
    /// Enter or a double click.
    void rowChosen();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitColumns();
    void widenFor(int first, int last);
    int naturalWidth(int column, int first, int last) const;
    void paintDay(QPainter &painter, int top, const QString &day) const;

    EventLog &m_log;
    TableHeader *m_header;
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
